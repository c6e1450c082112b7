### What the server answers when it refuses.

## Signing in

server-sign-in-wrong = Name and password do not fit together, or the account is closed.
    .code = VG-AUTH-001
    .hint = Check the name and try again. An administrator can give you a new invitation.
server-not-signed-in = You are not signed in, or your session has ended.
    .code = VG-AUTH-002
    .hint = Sign in. What you had not sent yet is still on this device.
server-sign-in-slowed =
    { $seconds ->
        [one] Too many tries. The next one is looked at in { $seconds } second.
       *[other] Too many tries. The next one is looked at in { $seconds } seconds.
    }
    .code = VG-AUTH-003
    .hint = Wait, then try again: it unlocks by itself.
server-code-dead = This code does not work: it was used already, or it has expired.
    .code = VG-AUTH-004
    .hint = Ask for a new one. On the site's own machine: vigie user invite.
server-already-staffed = This site already has an administrator.
    .code = VG-AUTH-005
    .hint = Ask an administrator for an account.
server-link-dead = This link does not open anything here.
    .code = VG-AUTH-006
    .hint = Start the demonstration again and take the link that it prints.
server-password-short = The password is too short. Nothing was changed.
    .code = VG-AUTH-007
    .hint = Use at least 12 characters. A few words in a row are good.
server-password-long = The password is too long. Nothing was changed.
    .code = VG-AUTH-008
    .hint = Use fewer characters; a few words are enough.
server-password-easy = The password is too easy to guess. Nothing was changed.
    .code = VG-AUTH-009
    .hint = Do not use your name or one letter repeated. A few words in a row are good.

## Rights

server-not-allowed = Your role does not include this. Nothing was changed.
    .code = VG-AUTH-011
    .hint = Ask the duty officer, or an administrator if your role should include it.
server-foreign-origin = This request did not come from a page of this site. Nothing was changed.
    .code = VG-AUTH-012
    .hint = Open the site in this browser and do it there.
server-wrong-host = This site does not answer to that name.
    .code = VG-AUTH-013
    .hint = Use the address that was given to you. An administrator can add a name when the server starts.
server-revoke-self = You cannot close your own account. Nothing was changed.
    .code = VG-AUTH-014
    .hint = Ask another administrator to do it.
server-name-taken = This sign-in name is taken. Nothing was changed.
    .code = VG-AUTH-015
    .hint = Choose another name.

## Requests

server-nothing-there = There is nothing here, or nothing that is open to you.
    .code = VG-SERVER-001
    .hint = Check the address, or go back to the list.
server-field = The field “{ $field }” is missing or cannot be read. Nothing was changed.
    .code = VG-SERVER-002
    .hint = Correct it and send again.
server-unreadable = The request cannot be read: { $why }. Nothing was changed.
    .code = VG-SERVER-003
    .hint = If you used the screens, load the page again. Otherwise compare with openapi.json.
server-unreadable-plain = The request cannot be read. Nothing was changed.
    .code = VG-SERVER-004
    .hint = If you used the screens, load the page again. Otherwise compare with openapi.json.
server-too-large = This is larger than the site takes at once. Nothing was changed.
    .code = VG-SERVER-005
    .hint = Send less at once, or a smaller file.
server-too-slow = The request took too long and was given up.
    .code = VG-SERVER-006
    .hint = Check whether it was done; if not, try again. On a weak link, send less at once.
server-method = This address does not take that kind of request.
    .code = VG-SERVER-007
    .hint = Compare with openapi.json.
server-media-type = The request does not say that it holds JSON. Nothing was changed.
    .code = VG-SERVER-008
    .hint = Send it with “Content-Type: application/json”.
server-bad-cursor = This page marker is not one of ours.
    .code = VG-SERVER-009
    .hint = Start again from the first page.
server-id-taken = Something else already has this identifier. Nothing was changed.
    .code = VG-SERVER-010
    .hint = Send it again with a new identifier.
server-erased = The content was erased; the entry and its proof remain.
    .code = VG-SERVER-011
    .hint = The sealed record shows when it was erased, and on whose decision.
server-narrative-gone = One of the narratives is not there, or not open to you. Nothing was changed.
    .code = VG-SERVER-012
    .hint = Load the list again and choose anew.

## The site itself

server-our-fault = Something failed on our side. This request was not completed; the others go on.
    .code = VG-SERVER-021
    .hint = Try again. If it comes back, give this code and the time to an administrator.
server-disk-full = The disk is full: nothing new can be kept. Reading goes on.
    .code = VG-SERVER-022
    .hint = Tell an administrator now. What you had not sent yet is still on this device.
server-store-stopped = The disk refused a write, so the site has stopped writing. Reading goes on.
    .code = VG-SERVER-023
    .hint = Tell an administrator now: check the disk, then start the server again.
server-busy = The site is taking in as much as it can hold. Nothing was recorded.
    .code = VG-SERVER-061
    .hint = Try again in { $seconds } seconds.
server-held = Somebody else holds the database for too long, perhaps a check or a copy. Nothing was recorded.
    .code = VG-SERVER-063
    .hint = Try again in a moment.
server-closing = The server is stopping.
    .code = VG-SERVER-024
    .hint = Try again in a minute.
server-no-verifier = The verifier is not available on this site.
    .code = VG-SERVER-025
    .hint = Run it on the site's own machine: vigie verify.
server-clock-is-real = This site runs on the real clock.
    .code = VG-SERVER-026
    .hint = Start a demonstration store with a simulated clock to run an exercise.

## Signals added by hand

server-signal-empty = There is neither text nor file. Nothing was kept.
    .code = VG-SERVER-031
    .hint = Type or paste the text, or drop a file.
server-signal-no-time = It is not said when this was seen. Nothing was kept.
    .code = VG-SERVER-032
    .hint = Give the time, or tick “time unknown”.
server-no-hand-source = No source for signals added by hand is open to you. Nothing was kept.
    .code = VG-SERVER-033
    .hint = An administrator registers one under Sources, with its purpose and its owner.
server-file-empty = The file is empty. Nothing was kept.
    .code = VG-SERVER-034
    .hint = Choose the file again.

## Sources

server-source-exists = A source with this identifier is already registered. Nothing was changed.
    .code = VG-REGISTER-001
    .hint = Choose another identifier.
server-source-no-purpose = The register entry names no purpose. Nothing was changed.
    .code = VG-REGISTER-002
    .hint = Say why the mission reads this source.
server-source-no-basis = The register entry names no legal basis. Nothing was changed.
    .code = VG-REGISTER-003
    .hint = Say what entitles the mission to read it.
server-source-no-owner = The register entry names no owner. Nothing was changed.
    .code = VG-REGISTER-004
    .hint = Name the function that answers for it.
server-source-no-retention = The register entry does not say how long its signals are kept. Nothing was changed.
    .code = VG-REGISTER-005
    .hint = Give a number of days.
server-source-no-address = A feed needs an address. Nothing was changed.
    .code = VG-REGISTER-006
    .hint = Give its address, starting with https://.
server-source-no-compartment = The register entry does not say who may see its signals. Nothing was changed.
    .code = VG-REGISTER-007
    .hint = Choose at least one area.
server-source-no-intake = This source does not take signals by the intake.
    .code = VG-REGISTER-008
    .hint = Register a source of the kind “intake” and use its key.
server-source-not-tested = Only feeds can be tried, and only where the site may reach out.
    .code = VG-REGISTER-009
    .hint = For an intake, send one signal and look at its health.
server-source-tested =
    { $count ->
        [0] Reached and read; it holds no signal now. Nothing was kept.
        [one] Reached and read: { $count } signal. Nothing was kept.
       *[other] Reached and read: { $count } signals. Nothing was kept.
    }
server-source-paused = This source is paused. Nothing was kept.
    .code = VG-REGISTER-010
    .hint = An administrator can resume it under Sources; then send again.
server-source-incomplete = The register entry of this source is not complete. Nothing was kept.
    .code = VG-REGISTER-011
    .hint = An administrator completes it: purpose, legal basis, owner, retention.
server-intake-key = This key does not open an intake here. Nothing was kept.
    .code = VG-REGISTER-012
    .hint = Check the source's name and its key. An administrator can issue a new key; the old one then stops working.
server-intake-slowed =
    { $seconds ->
        [one] Too much at once. The rest of this request was not kept; come back in { $seconds } second.
       *[other] Too much at once. The rest of this request was not kept; come back in { $seconds } seconds.
    }
    .code = VG-REGISTER-013
    .hint = Send several signals in one request, one a line, and wait as long as the answer says.


server-cannot-act = This person may not act on it. Nothing was changed.
    .code = VG-SERVER-036
    .hint = Choose somebody else, or ask an administrator for their access.
server-label-restricted = A label is shown in the queue, and a narrative chosen here is restricted. No label was put on.
    .code = VG-SERVER-035
    .hint = Choose open narratives only, or note it in the duty log under its code.

## What the public checks

public-check-link = Is this a message of the mission?
public-check-help = Paste a text that is said to come from the mission. It counts only word for word; nothing of it is kept.
public-check-label = The text
public-check-do = Check
public-check-ours = Yes: these are, word for word, words that the mission published.
public-check-changed = No: the mission did not publish these words. The nearest that it did publish stands below; compare every word.
public-check-unknown = No: the mission published nothing like it that still holds.
