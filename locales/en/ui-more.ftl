### Words of the other screens: narrative, signal, duty log, add by hand, admin, exercise.

ui-cancel = Cancel
ui-unknown = unknown
ui-key = Key
ui-key-enter = Enter
ui-source = Source
ui-place = Place
ui-order = Order
ui-hour = Hour
ui-first = First
ui-seen = Seen
ui-reported = Reported
ui-recorded = Recorded
ui-author = Said by
ui-address = Address
ui-component = Component
ui-signal = Signal
ui-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

## Signing in

ui-account-name-help = Lower-case letters, digits, dot, hyphen

## Acts, for buttons, keys, palette and help

ui-do-back = Back
ui-what-it-does = What it does
ui-help-about = Keys are the character typed, wherever your keyboard puts it. They rest while you type in a field. The browser keeps its own keys.
ui-palette-type = Type what you want to do
ui-palette-none = Nothing here by that name

## One narrative

ui-narrative-answer = Open a response
ui-back-to-queue = Back to the queue
ui-assigned-to = with { $name }
ui-signals = Signals
ui-signals-title = { $count ->
    [one] { $count } signal
   *[other] { $count } signals
}
ui-sources-title = Sources
ui-per-hour-title = Signals per hour
ui-chart-label = { $count } signals over { $hours } hours, at most { $top } in one hour. The same figures stand in the table below.
ui-chart-top = { $count } in one hour
ui-chart-bar = { $dtg }: { $count }
ui-chart-table = As a table
ui-order-first = Earliest first
ui-order-last = Latest first
ui-waiting-signals = { $count ->
    [one] { $count } more arrived: show it
   *[other] { $count } more arrived: show them
}
ui-more-signals = More signals
ui-history-title = What was done
ui-history-none = Nobody has acted on it yet.
ui-history-triaged = Decided
ui-history-assigned = Assigned
ui-history-labelled = Labelled
ui-history-unlabelled = Label taken off
ui-history-alike = Same story as another one
ui-history-unlike = Not the same story as another one
ui-history-joined = Joined with another one
ui-history-parted = Taken apart
ui-history-shared = Given to a partner
ui-history-taken-back = taken back
ui-by-nobody = nobody named
ui-why-alone = One signal so far: nothing to group it with yet.
ui-lead = The earliest trace ({ $kind }) came { $hours } h before the first post.
ui-earliest-public = First post in public
ui-variants = { $count ->
    [one] { $count } wording
   *[other] { $count } wordings
}
ui-copies = { $count ->
    [one] { $count } copy
   *[other] { $count } copies
}
ui-first-of-these = first of these { $dtg }
ui-why-method = Grouped because the texts are alike, and for no other reason. Compared by { $model }.
ui-error-exact = Each likeness was counted exactly.
ui-error-not-assessed = Its error rate has not been assessed.
ui-error-measured = It errs in { $share } of cases on its evaluation.

## One signal

ui-original = Original, as received
ui-to-narrative = Its narrative
ui-normal-text = Text as compared
ui-sheet-field-station = Station or line
ui-sheet-field-frequency = Frequency
ui-sheet-field-speaker = Speaker
ui-sheet-field-duration_s = Length in seconds
ui-sealed-entry = Entry in the sealed record
ui-sealed-about = The record only grows. This page recomputes, on this computer, the way from the entry to the signed state.
ui-entry = Entry
ui-entry-kind = What happened
ui-entry-actor = By
ui-entry-hash = Hash of the entry
ui-entry-root = Root of the record
ui-entry-raw = The entry, byte for byte
ui-entry-checkpoint = Signed state
ui-entry-path = Way to the root ({ $count })
ui-proof-checking = Checking on this computer…
ui-proof-ok = Checked on this computer: the entry leads to the root of the signed state.
ui-proof-bad = DOES NOT MATCH: this entry does not lead to the root of the signed state. Tell the administrator; keep this page.
ui-proof-cannot = This browser cannot compute hashes on an unencrypted page. Use vigie-verify on a copy.

## Duty log

ui-log-about = Times are Zulu and set by the site. A line is struck, never erased.
ui-log-line = Write a line
ui-log-write = Write
ui-log-happened-at = Happened at
ui-log-happened = happened { $dtg }
ui-log-no-such-time = “Happened at” takes a Zulu time such as 0412Z.
ui-log-incident = Incident
ui-log-correct = Correct
ui-log-correct-title = Correct the line of { $dtg }
ui-log-correct-about = The line stays readable, struck through, with your name and your reason. The corrected line is added at the end.
ui-log-instead = Corrected line
ui-log-instead-help = Leave it unchanged or empty to strike without a new line.
ui-log-reason = Reason
ui-log-strike = Strike and add
ui-log-corrects = corrects an earlier line
ui-log-struck = struck by { $by } { $dtg }: { $reason }
ui-log-strike-waiting = correction waits to be sent
ui-log-unsent = on this computer only, waits to be sent
ui-log-empty = No line yet.
ui-log-older = Earlier lines
ui-log-remembered = The link is cut. These lines are as last received; new ones wait on this computer.

## Add by hand and the outbox

ui-sheet-text = Text or file
ui-sheet-radio = Radio monitoring
ui-sheet-call = Phone call
ui-add-form = Kind of sheet
ui-add-text-text = Text, as received
ui-add-text-radio = What was said on air
ui-add-text-call = What the caller said
ui-add-kind = What it is
ui-add-author = Said by (function or account)
ui-add-station-radio = Station and programme
ui-add-station-call = Line called
ui-add-frequency = Frequency
ui-add-speaker = Speaker, as a function
ui-add-minutes = Length in minutes
ui-add-source-hand = My own desk
ui-add-no-source = No source for signals added by hand is registered yet: the server would refuse. An administrator registers one under Sources.
ui-add-seen = When it was seen or heard
ui-add-seen-unknown = Unknown
ui-add-seen-now = Now
ui-add-seen-at = At (mission time, { $zone })
ui-add-file = Choose a file
ui-add-drop = or drop or paste a screenshot or a voice note here.
ui-add-seen-help = 04:12 is the latest past 04:12; 21 04:12 is on the 21st; 210412ZNOV26 is Zulu.
ui-add-save = Save
ui-add-about = Saved on this computer first, then sent.
ui-add-offline = The link is cut. You can go on: it is kept here and sent when the link returns.
ui-add-nothing = Nothing to save yet: write the text or add a file.
ui-add-no-such-time = That time does not exist on the mission’s clock. Correct it or choose “Unknown”.
ui-add-not-kept = This computer refused to keep it (its memory is full or closed). Copy the text elsewhere before you leave this page.
ui-add-leave = Leave without saving?
ui-add-go-on = Go on writing
ui-file-too-big = { $name } is too big: a file may have { $size }.
ui-file-remove = Remove { $name }
ui-kept-here = Kept on this computer. It is sent when the link returns.
ui-unsent-title = Waiting to be sent
ui-unsent-none = Nothing waits: everything written here is with the server.
ui-unsent-about = These items are on this computer’s disk and nowhere else yet. They are sent by themselves when the link returns. Clearing the browser’s data would lose them.
ui-held-signal = Signal
ui-held-note = Duty log line
ui-held-strike = Correction
ui-held-answer = Answer to a request
ui-held-incident = Incident
ui-held-by-another = written by another account
ui-held-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
ui-held-refused = Refused: { $why }
ui-try-again = Try again
ui-discard = Discard
ui-discard-sure = Discard for good
ui-send-now = Send now

## Admin

ui-admin-sources = Sources
ui-admin-users = Accounts
ui-admin-journal = Sealed record
ui-admin-models = Models
ui-sources-about = No source runs without a purpose, a legal basis, an owner and a retention.
ui-sources-none = No source yet. Register one to begin.
ui-source-register = Register a source
ui-source-register-line = Purpose register
ui-source-id = Short name
ui-source-id-help = Lower-case letters, digits and hyphens
ui-source-name = Name
ui-source-connector = How it arrives
ui-source-purpose = Why the mission reads it
ui-source-basis = Legal basis
ui-source-owner = Owner
ui-source-owner-help = A function, not a person
ui-source-retention = Retention
ui-source-retention-days = Retention in days
ui-source-languages = Languages (codes)
ui-source-licence = Licence or terms
ui-source-compartments = Who may see it
ui-source-pause = Pause
ui-source-resume = Resume
ui-source-test = Test
ui-source-new-key = New intake key
ui-source-new-key-about = The key in use by { $name } stops working at once. Go on?
ui-source-key-title = Intake key
ui-source-key-once = Copy it now: it is shown once and cannot be shown again.
ui-source-key-for = Key for { $id }
ui-source-did-pause = { $name } is paused.
ui-source-did-resume = { $name } runs again.
ui-source-did-test = { $name } was tested; see its state below.
ui-register-about = This line is kept in the sealed record.
ui-health-ok = Works
ui-health-silent = Silent
ui-health-refusing = Accepts nothing
ui-health-failing = Fails
ui-health-paused = Paused
ui-health-never = Nothing yet
ui-health-last = last accepted { $dtg }
ui-health-never-accepted = nothing accepted yet
ui-health-accepted = { $count } accepted in 24 h
ui-health-refused = { $count } refused in 24 h
ui-health-repeated = { $count } delivered again
ui-users-about = Rights are given per role and per restricted area.
ui-user-add = Add an account
ui-user-role = Role
ui-user-affiliation = Belongs to
ui-user-compartments = Opens
ui-user-level = May
ui-user-grants = Rights
ui-user-no-grants = no rights
ui-user-password = Password (optional)
ui-user-password-help = Leave it empty to get a one-time code to hand over.
ui-user-invite = One-time code
ui-user-invite-about = Hand this to { $name } in person. It is shown once.
ui-user-rights = Change rights
ui-user-rights-for = Rights of { $name }
ui-user-rights-about = They take the place of all that the account has now.
ui-user-rights-did = { $name } has other rights from now on.
ui-user-again = New code
ui-journal-room = { $free } free · { $reserve } in reserve
ui-user-revoke = Take all rights away
ui-user-revoke-about = { $name } loses every right and is signed out. The account’s past acts stay in the record.
ui-user-revoked = { $name } has no rights any more.
ui-journal-about = Everything that is received, read, decided or refused is an entry. Entries are only added.
ui-journal-entries = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
ui-journal-verify = Verify now
ui-journal-checking = Verifying…
ui-journal-ok = { $count ->
    [one] { $count } entry read again: it matches the signed state.
   *[other] All { $count } entries read again: they match the signed state.
}
ui-journal-bad = DOES NOT MATCH from entry { $seq } on. Stop, copy the folder, tell the evidence officer.
ui-journal-last = Last entry
ui-journal-origin = Origin
ui-journal-verifier = Verifier key
ui-journal-index = Search
ui-journal-caught-up = caught up
ui-journal-disk = Disk
ui-journal-disk-parts = { $store } record · { $keys } keys · { $files } files
ui-engine = Engine
ui-engine-version = Version
ui-engine-lag = Entries behind

## The exercise and its guide

ui-exercise = Exercise
ui-exercise-speed = Pace
ui-exercise-play = Go on
ui-exercise-pause = Pause
ui-exercise-cut = Cut the uplink
ui-exercise-restore = Restore the uplink
ui-exercise-tamper = Change one byte of a copy
ui-guide-steps = Steps
ui-guide-show = Show me
ui-guide-next = Next
ui-guide-back = Back
ui-guide-skip = Skip the guide
ui-guide-end = End the guide
ui-guide-again = Guide
ui-step-title-grows = One story
ui-step-title-why = Why grouped
ui-step-title-clock = The clock
ui-step-title-fair = A fair complaint
ui-step-title-cut = The link is cut
ui-step-title-proof = The proof
ui-step-grows = One story, copied again and again. Words are split with hyphens, letters replaced by look-alikes; Vigie still counts one narrative. Watch its number climb to 37.
ui-step-why = Why are they one story? Every wording is shown with what was changed. The earliest trace is not a post: a liaison assistant reported it by word of mouth, 27 hours earlier.
ui-step-clock = The mission has known this for 27 hours. Nobody has verified it, nobody has answered. The clock says so until somebody does.
ui-step-fair = Beside it, people complain about a convoy that drove too fast. That is fair criticism. Vigie counts it and passes no judgement on it.
ui-step-cut = Cut the uplink. The outside is gone, local SMS still arrive. Restore it: what was missed comes in, and nothing is lost.
ui-step-proof = Any number leads to its signals, and a signal to the original in the sealed record. Now change one byte of a copy: the verifier names the entry.
ui-tampered = In a copy of the record, byte { $offset } of entry { $entry } was changed. The verifier stopped with exit { $exit } and said:

## Audit and the purpose register

ui-admin-purposes = Purpose register
ui-admin-checks = Published checks
ui-admin-audit = Who saw this?
ui-audit-about = Readings of protected material, refusals and exports are entries; this finds them by what was read, or by who read. What is open to a whole compartment leaves no trace when it is read. Your question is an entry too.
ui-audit-thing = Story, signal or object
ui-audit-person = Person
ui-audit-who = Who saw this?
ui-audit-what = What did they see?
ui-audit-none = Nothing is recorded about that.
ui-audit-when = When
ui-audit-did = What
ui-audit-did-read = read
ui-audit-did-denied = refused
ui-audit-did-exported = exported
ui-audit-did-shared = given to a partner
ui-audit-entry = Entry
ui-audit-older = Older
ui-purposes-about = What the mission reads, why, under which authority, who answers for it, and for how many days it is kept.
ui-purposes-print = Print
ui-table-xlsx = Download as XLSX
ui-table-csv = Download as CSV
ui-table-stories = Stories as a table
ui-file-pass-on = A copy of { $name } to pass on, without what the camera wrote into it
ui-admin-functions = Functions and verifiers
ui-admin-keeping = Keeping and erasing
ui-admin-state = State of the site

ui-rules-title = What is noticed
ui-rules-about = Opening restricted records, being refused and taking tables out are entries of the sealed journal. Much of it within { $minutes } minutes is told to whoever watches over personal data, with the number. Nothing else follows by itself.
ui-rules-from = from { $limit } on
ui-journal-generation = Generation { $number } since { $at }, from entry { $seq } on: the site was restored or put back from an older copy. Reason: { $reason }. Entries before keep their numbers and proofs; from there on another name and another key sign, and the key before signed the hand-over. What the lost site recorded after that is not here. Nothing that was on its way out was sent by itself.
