### Partners: giving a narrative to one, what went to them, and the checks that they published.

## Giving a narrative

ui-share-title = Give { $code } to a partner
ui-share = To a partner
ui-share-open = Give to a partner…
ui-share-about = What was published or broadcast leaves, once: with the texts as you see them, names and numbers of protected people covered. What people told the mission stays, and so does everything restricted. Recipient, purpose and the hash of what left are recorded under your name.
ui-share-recipient = To whom
ui-share-recipient-help = Organisation, and the person where there is one. The same recipient gets the same pseudonyms each time.
ui-share-purpose = What for
ui-share-form = Form
ui-share-accounts = Accounts
ui-share-pseudonymous = Under pseudonyms, others for each recipient; addresses and @names in the texts are covered
ui-share-plain = With the names and addresses as published
ui-share-reason = Why pseudonyms are not enough
ui-share-do = Give and record
ui-share-done = Recorded. { $messages ->
        [one] { $messages } message leaves
       *[other] { $messages } messages leave
    }; { $left ->
        [one] { $left } signal stays here
       *[other] { $left } signals stay here
    }.
ui-share-handling = It may be passed on: { $tlp }.
ui-share-hash = SHA-256 of the file
ui-share-save = Save the file
ui-share-entry = Entry { $seq }

## What went to partners

ui-shares-title = Given to partners
ui-shares-about = Narratives that left by the hand of a named person, to whom and what for. The hash tells whether a file is the one that left.
ui-shares-none = Nothing was given to a partner.
ui-shares-when = When
ui-shares-who = Who
ui-shares-what = Narrative
ui-shares-hidden = not yours to see
ui-shares-how = How
ui-shares-messages =
    { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }
ui-shares-reason = Names because: { $reason }
ui-shares-older = Older ones

## Published checks

ui-checks-about = Lists of checks that others published, as reference data: they are suggested beside narratives as what may answer them. On the host: vigie claims add FILE.
ui-checks-none = No list was loaded.
ui-checks-list = List
ui-checks-version = Version
ui-checks-count = Checks
ui-checks-owner = Answers for it
ui-checks-from = From, licence
ui-checks-loaded = Loaded { $at } by { $name }
ui-checks-console = the console
ui-checks-withdraw = Withdraw…
ui-checks-withdraw-do = Withdraw
ui-checks-withdrawn = Withdrawn { $at } by { $name }
ui-checks-reason = Why it is suggested no more
ui-checks-did = Withdrawn, and recorded.
