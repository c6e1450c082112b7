### What is kept, what expires, what is erased: Admin, and keeping a story.

ui-keep-about = Backups, erasures by two people, what retention erased by itself, and what is held beyond it. All of it stands in the sealed record.
ui-keep-backups = Backups
ui-keep-no-backup = No backup was ever recorded.
ui-keep-own = The site backs itself up every { $hours } h into { $to }; the last { $keep } are kept.
ui-keep-own-none = The site does not back itself up: nobody told it where to. On the host: recipient and to under [backup] in vigie.toml; by hand, vigie backup FOLDER --recipient age1….
ui-keep-own-now = Back up now
ui-keep-own-running = A backup is being made: { $percent } %.
ui-keep-own-done = Backed up.
ui-keep-own-failed = The backup of { $at } failed: { $cause }
ui-keep-own-same-disk = That folder lies on the disk of the site: one that is lost takes both.
ui-keep-last-backup = Last backup { $at }: { $entries } entries, { $size }.
ui-keep-erased-since = Erased since then: { $count }. Until the next backup replaces its keys, copies of them still open this content.
ui-keep-erasures = Erasing on request
ui-keep-asked-at = Asked
ui-keep-what = What
ui-keep-state = State
ui-keep-is-asked = waits for a second person
ui-keep-is-refused = refused by
ui-keep-is-done = erased, agreed by
ui-keep-agree = Agree and erase
ui-keep-refuse = Refuse…
ui-keep-refused = Refused, and recorded.
ui-keep-no-erasures = Nothing was asked.
ui-keep-objects = What to erase
ui-keep-objects-help = signal:ID, note:ID, contact:ID or attachment:ID, separated by blanks. The address of a signal or of a file ends in its ID.
ui-keep-reason = Why, without naming the person
ui-keep-basis = What entitles to it
ui-keep-ask = Ask for it
ui-keep-asked = Asked. A second person has to agree.
ui-keep-erased = Erased: { $objects }, with { $entries } entries in all. Every file of the site was searched; nothing of it is left.
ui-keep-waiting = Erased: { $objects }. Somebody is still reading an older state (a check, an export): what the logs hold of it goes when that ends. Nothing was searched yet.
ui-keep-remnants = Erased, but a piece of it still stands in { $files }. Tell whoever looks after the site.
ui-keep-because = The reason, for the record:
ui-keep-runs = What was erased
ui-keep-when = When
ui-keep-why = Why
ui-keep-why-asked = on request
ui-keep-why-retention = retention of
ui-keep-of-nobody = numbers and files that no signal names any more
ui-keep-gone = Erased
ui-keep-held = Held although expired
ui-keep-no-runs = Nothing has been erased.
ui-keep-kept = Legal holds: future exhibits
ui-keep-owner = Function that answers for it
ui-keep-until = Until
ui-keep-lift = Lift…
ui-keep-lifted = Lifted, and recorded.
ui-keep-no-keeps = Nothing is held beyond its retention.
ui-keep-title = Hold { $code }
ui-keep-it-about = This story and its signals become future exhibits: they neither expire nor are erased until the day you set.
ui-keep-it = Place the hold
ui-keep-done = Held, and recorded.

## Room on the disk

ui-disk-full = The disk is full: nothing new is taken in.
ui-disk-full-about = What comes waits with whoever sends it; what you write and cannot send stays on this computer. Reading, deciding and sending out go on for now.
ui-disk-low = The disk is nearly full: soon nothing new can be taken in.
ui-disk-do = To do: make room on the disk of the site, or let what may go be erased (Admin, Keeping and erasing). Intake goes on by itself when there is room.
ui-disk-tell = To do: tell an administrator now.

## Much reading in a short time

ui-noticed-title = Noticed: much reading in a short time
ui-noticed-about = The rules are the same for everybody and stand in the help of every screen. A notice accuses nobody and changes no right: find out what it was, and say so. Nobody answers for themselves.
ui-noticed-none = Nothing was noticed.
ui-noticed-numbers = { $count } between { $from } and { $until }; noticed from { $limit } on.
ui-noticed-what = What it was
ui-noticed-say = Record
ui-noticed-did = Recorded as entry { $seq }.
ui-noticed-said = { $name }, { $at }:
ui-noticed-own = This is about you: somebody else answers it.
ui-noticed-readings = What was read

## Functions and verifiers

ui-functions-about = Questions, warnings and duties go to functions, never to a person's name; whoever holds one answers for it. A function that nobody holds lets its duty pass to the next on the call tree.
ui-functions-none = No function is named yet. Nothing can be asked of anybody before one is.
ui-functions-add = Name a function
ui-functions-change = Change
ui-functions-name = Function
ui-functions-holders = Held by
ui-functions-nobody = nobody
ui-functions-liaison = liaison
ui-functions-liaison-is = A liaison assistant's: asked again two days after an answer what is still told
ui-functions-id = Short name (lower-case letters, digits, hyphens)
ui-functions-name-fr = Name in French
ui-functions-name-en = Name in English
ui-functions-keep = Record
ui-functions-did = { $name } is recorded.
ui-functions-verifiers = Who answers for texts in a language
ui-functions-verifiers-about = A text in a language goes out only after somebody named here has read it.
ui-functions-no-verifier = Nobody is named: no text can go out.
ui-functions-verifier-add = Name a verifier
ui-functions-until = until { $dtg }
ui-functions-end = End
ui-functions-who = Who
ui-functions-language = Language (fr, en, sg, ar…)
ui-functions-did-verifier = The verifier is named.
ui-functions-did-end = It has ended.

## Saying why, and agreeing

ui-keep-sure = What is erased does not come back, in this site or from its next backup. You agree as the second person: { $objects }
ui-doctor-about = What vigie doctor looks at, and what mends it. The sealed record has a check of its own.
ui-doctor-again = Look again
ui-doctor-good = In order:
ui-doctor-warn = To be looked at:
ui-doctor-bad = Wrong:
