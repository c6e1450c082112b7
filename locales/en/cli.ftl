### What the command line says. Codes: VG-CLI, VG-STORE.

## Faults

our-fault = Something went wrong on our side: { $cause }. Nothing was half done.
    .code = VG-CLI-070
    .hint = Quote this code when you report it.
config-unreadable = The configuration { $file } cannot be used: { $cause }.
    .code = VG-CLI-001
    .hint = Correct that line, or remove the file.
config-mail-from = The sender { $address } in the section [mail] of the configuration is no e-mail address.
    .code = VG-CLI-071
    .hint = Write the plain address, as in desk@mission.example; the name has a line of its own.
passphrase-unread = No passphrase could be read: { $cause }.
    .code = VG-CLI-002
    .hint = Start from a terminal, or set VIGIE_PASSPHRASE.
time-without-zone = “{ $time }” is not a time with its zone.
    .code = VG-CLI-003
    .hint = Write it as 2026-11-22T15:30:00Z or with an offset such as +01:00.
file-unreadable = { $path } cannot be read: { $cause }.
    .code = VG-CLI-004
    .hint = Check the path and the permissions.
word-unknown = “{ $word }” is not a known { $what }.
    .code = VG-CLI-005
    .hint = The help of this command lists the words.
store-not-a-site = { $dir } holds no Vigie site.
    .code = VG-STORE-001
    .hint = Name the folder with --site, or make a site with vigie init.
store-not-empty = { $dir } is not empty. Nothing was written there.
    .code = VG-STORE-002
    .hint = Choose a folder that does not exist yet.
store-in-use = { $dir } is already open in process { $holder }. Nothing was changed.
    .code = VG-STORE-003
    .hint = Stop that process first, or send signals to its intake.
store-newer = This folder was written by a newer version (format { $found }; this one reads up to { $known }). Nothing was written.
    .code = VG-STORE-004
    .hint = Install the version that wrote it, or a later one.
store-wrong-key = The key given does not open this site.
    .code = VG-STORE-005
    .hint = Name the key file with --key-file, or use --passphrase if the site was made with one.
store-key-file = The key file { $path } cannot be read: { $cause }.
    .code = VG-STORE-006
    .hint = Without its key a site's content cannot be opened. Put the file back or name it with --key-file.
store-disk-full = The disk is full. What was acknowledged is kept; this was not recorded.
    .code = VG-STORE-007
    .hint = Make room on the disk, then try again.
store-damaged = Entry { $seq } cannot be read as it was written: { $cause }. The others are kept.
    .code = VG-STORE-008
    .hint = Run vigie verify to see what else is touched, then restore that entry from a backup.
store-io = { $path }: { $cause }.
    .code = VG-STORE-009
    .hint = Check the disk and the permissions.
init-unknown-zone = “{ $zone }” is not a time zone.
    .code = VG-CLI-006
    .hint = Use a name such as Africa/Bangui.
source-bad-name = “{ $name }” cannot name a source.
    .code = VG-SOURCE-001
    .hint = Use 2 to 48 lower-case letters, digits and hyphens, starting with a letter.
source-unknown = There is no source “{ $name }”. Nothing was read.
    .code = VG-SOURCE-002
    .hint = Register it first with vigie source add: purpose, legal basis, owner and retention are asked for.
source-is-paused = The source “{ $name }” is paused. Nothing was read.
    .code = VG-SOURCE-003
    .hint = An administrator can resume it.
source-no-purpose = The register entry names no purpose. The source was not registered.
    .code = VG-SOURCE-004
    .hint = Say why the mission reads it with --purpose.
source-no-basis = The register entry names no legal basis. The source was not registered.
    .code = VG-SOURCE-005
    .hint = Say what entitles the mission to read it with --basis.
source-no-owner = The register entry names no owner. The source was not registered.
    .code = VG-SOURCE-006
    .hint = Name the function that answers for it with --owner.
source-no-retention = The register entry names no retention. The source was not registered.
    .code = VG-SOURCE-007
    .hint = Give the days after which its signals expire with --retention-days.
source-no-address = A feed needs an address. The source was not registered.
    .code = VG-SOURCE-008
    .hint = Give it with --url.
source-no-compartment = The register entry opens to nobody. The source was not registered.
    .code = VG-SOURCE-009
    .hint = Name who may see its signals with --compartments.
source-not-a-feed = “{ $name }” is not a feed: there is nothing to fetch.
    .code = VG-SOURCE-010
    .hint = Only feeds are tested; other sources show their last signal in vigie source list.
user-exists = There is already an account “{ $name }”. Nothing was changed.
    .code = VG-USER-001
    .hint = Choose another name.
user-weak-password = This password is too short or too easy to guess. No account was made.
    .code = VG-USER-002
    .hint = Use at least 12 characters that are not the name.
user-bad-name = This sign-in name cannot be used. No account was made.
    .code = VG-USER-003
    .hint = Use 2 to 64 letters, digits, dots, hyphens, underscores or at signs.
user-bad-display = The name to show is empty, too long or holds control characters. No account was made.
    .code = VG-USER-004
    .hint = Use one line of at most 80 characters.
user-bad-lang = The language is not a language tag. No account was made.
    .code = VG-USER-005
    .hint = Use fr or en.
source-bad-address = A feed is read over http or https. The source was not registered.
    .code = VG-SOURCE-011
    .hint = Give the whole address, such as https://example.org/feed.xml.
source-bad-zone = The zone is not a time zone. The source was not registered.
    .code = VG-SOURCE-012
    .hint = Use a name such as Africa/Bangui.
verify-bad-key = This is not a verifier key.
    .code = VG-VERIFY-001
    .hint = Copy the whole line that vigie init printed.
verify-cannot = { $dir } could not be checked: { $cause }.
    .code = VG-VERIFY-002
    .hint = Nothing was concluded about its content. Check the folder.

## Answers

init-made = Site made in { $dir }.
init-key-file = Its key is in { $file }. Keep a copy apart: without it the content cannot be read, and whoever has both has everything.
init-verifier-key = Verifier key, to give to those who will check the record: { $key }
init-first-admin = First administrator: open the site and use this code once, within { $minutes } minutes: { $code }
init-next = Next: vigie --site { $dir } serve
init-code-in-output = The code stands in this output: do not keep it in a log.
import-done = { $rows } { $rows ->
    [one] row
   *[other] rows
} read: { $new } new, { $repeated } already known, { $refused } refused.
import-would = Nothing was kept (dry run). { $rows } { $rows ->
    [one] row
   *[other] rows
} read: { $new } would be new, { $repeated } already known, { $refused } refused.
import-more-faults = { $count } more refused rows are not shown; --json counts them.
import-unused = Columns not used: { $columns }.
import-left-aside = Left aside, no messages: { $kinds }. What stories tell is taken by vigie claims add.
checks-added = { $count ->
    [one] { $count } check
   *[other] { $count } checks
} in list “{ $name }”, version { $version }; { $refused } refused.
checks-known = List “{ $name }”, version { $version }, is there already with the same content: nothing to add.
checks-withdrawn = List “{ $name }” is withdrawn: nothing of it is suggested any more.
checks-line = { $name } · { $version } · checks: { $count } · owner: { $owner } · from: { $source } · licence: { $licence }
checks-line-withdrawn = { $name } · { $version } · withdrawn · owner: { $owner } · from: { $source } · licence: { $licence }
checks-no-lists = No list of published checks was loaded.
source-added = Source “{ $name }” registered.
source-key = Intake key of “{ $name }”, shown once: { $key }
source-none = No source is registered yet.
source-line = { $name } · { $connector } · { $accepted } accepted, { $repeated } repeated, { $refused } refused · last { $last } · owner: { $owner } · kept { $days } days
source-test-good = { $status } from { $address }: { $found } signals found, { $refused } refused. Nothing was kept.
source-test-first = First: { $title }
user-added = Account “{ $name }” made.
user-invite = One-time code to choose its password: { $code }
user-none = No account yet: the first administrator comes in with the code of vigie init.
verify-good = All { $entries } entries hold. Root { $root }.
verify-erased-count = Contents erased: { $count }.
rebuild-equal = Views made again from { $entries } entries: equal ({ $hash }).
rebuild-damaged = The content of { $count } entries is damaged (the first is entry { $first }): the views are made without it. Put it back with vigie mend from an older backup.
rebuild-differs = Views made again from { $entries } entries: they differed from the journal and now agree with it ({ $hash }).
serve-ready = Serving { $site } on { $address }
serve-fingerprint = Certificate fingerprint (SHA-256): { $fingerprint }
serve-first-admin = First administrator: open { $address } and use this code once, within { $minutes } minutes: { $code }
doctor-open = Site { $site } of { $mission } opens with its key.
doctor-staffed = { $count } { $count ->
    [one] account
   *[other] accounts
}.
doctor-unstaffed = Nobody has an account yet. Start vigie serve: it prints a code for the first administrator.
doctor-index = { $lag ->
    [0] Search is up to date.
   *[other] Search is { $lag } signals behind; it catches up while the site is served.
}
doctor-source-incomplete = The register entry of “{ $name }” is incomplete, so it cannot start. Register it again with vigie source add.
doctor-source-silent = “{ $name }” has brought nothing yet. Try vigie source test { $name }.
doctor-journal = All { $entries } entries of the sealed record hold.
doctor-key = The site key is outside the folder, readable by its owner only: { $file }.
doctor-key-inside = The site key lies inside the site's folder: { $file }. Move it out and name it with --key-file.
doctor-key-open = The site key can be read by others: { $file }. Run chmod 600 on it.
doctor-disk = { $mib } MiB free on the disk; { $reserve } MiB beside them are for the reserve.
doctor-disk-full = { $mib } MiB free on the disk: less than the reserve of { $reserve } MiB. Soon nothing can be taken in. Make room, or move the site to a larger disk.

store-did-not-keep = What was read could not be recorded. Nothing of it was lost at its source: it will be asked for again.
    .code = VG-STORE-010
    .hint = Run vigie doctor: the disk may be full or failing.
serve-needs-tls = { $address } can be reached from other machines, so it needs TLS. Nothing was started.
    .code = VG-CLI-007
    .hint = Add --tls, or --behind-proxy where a proxy of yours speaks TLS.
serve-cannot-listen = { $address } cannot be listened on: { $cause }.
    .code = VG-CLI-008
    .hint = Another program may use this port; choose another with --listen.
serve-sim-needs-demo = Only a demo store runs on a simulated clock. Nothing was started.
    .code = VG-CLI-009
    .hint = Leave out --clock sim, or make a demo store with vigie init --demo.

track-done = { $scans ->
    [one] 1 scan
   *[other] { $scans } scans
 } tracked, { $faults ->
    [one] 1 fault
   *[other] { $faults } faults
 }.

user-unknown = There is no account “{ $name }”. Nothing was changed.
    .code = VG-USER-010
    .hint = vigie user list names the accounts.
function-bad-name = “{ $name }” cannot be the name of a function. Nothing was changed.
    .code = VG-FUNC-001
    .hint = Use 2 to 48 lower-case letters, digits and hyphens, beginning with a letter.
function-added = Function “{ $name }” registered.
verifier-added = “{ $name }” now verifies texts in { $lang }.

model-unknown = There is no model “{ $name }”. Nothing was added.
    .code = VG-MODEL-001
    .hint = The model that can be added is { $known }.
model-other-file = This is not the file of the model: its SHA-256 is { $sha256 }. Nothing was added.
    .code = VG-MODEL-002
    .hint = The model card docs/models/meaning.md names the file, where it comes from and its SHA-256.
model-unreadable = The model’s file cannot be read: { $cause }. Nothing was added.
    .code = VG-MODEL-003
    .hint = Get the file anew.
model-added = Model “{ $name }” added. A running site takes it up at its next start.
model-there = { $name }: there, as published. It suggests which stories may be the same, told otherwise.
model-changed = { $name }: the file is not the published one and is not used. Add it anew.
model-missing = { $name }: not there. Which stories may be the same, told otherwise, is not assessed.

gazetteer-added = { $count ->
    [one] One place loaded
   *[other] { $count } places loaded
  }; { $refused } refused.
gazetteer-sites = { $count ->
    [one] One site loaded.
   *[other] { $count } sites loaded.
  }
gazetteer-lexicon = { $count ->
    [one] A list with one wording loaded.
   *[other] A list with { $count } wordings loaded.
  }
mask-threatened = Somebody is threatened.
mask-exposed = Somebody is exposed.
mask-identifying = A protected name or number stands in it.
