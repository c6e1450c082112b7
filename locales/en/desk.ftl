### What people decide: queue, clock, duty log.

## Why an act in the queue is refused

acts-nothing-chosen = No narrative is chosen. Nothing was changed.
    .code = VG-DESK-001
    .hint = Choose at least one, then try again.
acts-too-many =
    { $count ->
        [one] { $count } narrative is chosen
       *[other] { $count } narratives are chosen
    }; one act takes at most { $max }. Nothing was changed.
    .code = VG-DESK-002
    .hint = Choose fewer and try again.
compare-itself = A narrative was compared with itself. Nothing was recorded.
    .code = VG-DESK-050
    .hint = Choose another narrative.
join-compartments = These narratives are not read by the same people. Nothing was changed.
    .code = VG-DESK-051
    .hint = Leave them apart; say in the duty log that they belong together.
join-no-reason = No reason is given for joining the narratives. Nothing was changed.
    .code = VG-DESK-052
    .hint = Write in a sentence why they are one story.
join-one = Only one narrative is chosen. Nothing was changed.
    .code = VG-DESK-070
    .hint = Choose at least two that are one story.
join-too-many = { $count } narratives are chosen; at most { $max } can be joined at a time. Nothing was changed.
    .code = VG-DESK-071
    .hint = Choose fewer, then join the rest.
notice-own = This is about your own reading. Somebody else answers it. Nothing was recorded.
    .code = VG-DESK-072
    .hint = Ask a colleague who watches over personal data.
notice-answered = Somebody has answered this already. Nothing was recorded.
    .code = VG-DESK-073
    .hint = Read what was said; a line of the duty log can add to it.
notice-no-text = Nothing is said of what it was. Nothing was recorded.
    .code = VG-DESK-074
    .hint = Write in a sentence what you found out.
part-nothing = No wording of this narrative is chosen. Nothing was changed.
    .code = VG-DESK-053
    .hint = Choose the wordings that are another story.
part-all = All wordings of this narrative are chosen. Nothing was changed.
    .code = VG-DESK-054
    .hint = Leave at least one wording where it is.
part-too-many = The narrative has { $count } signals; one of at most { $max } can be taken apart. Nothing was changed.
    .code = VG-DESK-055
    .hint = Say in the duty log that it holds two stories.
part-no-reason = No reason is given for taking the narrative apart. Nothing was changed.
    .code = VG-DESK-056
    .hint = Write in a sentence why this is another story.
part-restricted = A restricted narrative cannot be taken apart. Nothing was changed.
    .code = VG-DESK-057
    .hint = Say in the duty log that it holds two stories.
aside-no-reason = No reason is given. Nothing was changed.
    .code = VG-DESK-058
    .hint = Write in a sentence why.
label-empty = The label is empty. Nothing was changed.
    .code = VG-DESK-003
    .hint = Type a word or two.
label-too-long = The label has { $count } characters; { $max } are allowed. Nothing was changed.
    .code = VG-DESK-004
    .hint = Use a shorter label and put the rest in the duty log.
act-undo-not-yours = Only the person who did this can undo it.
    .code = VG-DESK-005
    .hint = Decide again instead: the new decision counts, and both stay in the record.
act-undo-too-late = This can no longer be undone: { $seconds } seconds have passed.
    .code = VG-DESK-006
    .hint = Decide again instead: a narrative that was dismissed can be kept at any time.
act-undo-not-latest = Somebody has decided about the same narratives since. Nothing was changed.
    .code = VG-DESK-007
    .hint = Look at the narratives again and decide on what they show now.
act-undo-done = This was already undone.
    .code = VG-DESK-008
    .hint = Nothing more needs doing.

## Duty log

note-empty = The entry is empty. Nothing was written.
    .code = VG-DESK-011
    .hint = Type what happened, then press Enter.
note-too-long = The entry has { $count } characters; { $max } are allowed. Your text is still in the line.
    .code = VG-DESK-012
    .hint = Split it into two entries.
note-strike-no-reason = Striking an entry needs a reason. Nothing was changed.
    .code = VG-DESK-013
    .hint = Say in a few words what was wrong.
note-strike-reason-too-long = The reason has { $count } characters; { $max } are allowed. Nothing was changed.
    .code = VG-DESK-014
    .hint = Shorten the reason; a new entry can say the rest.
note-struck-already = This entry is already struck. Nothing was changed.
    .code = VG-DESK-015
    .hint = Write a new entry if something is to be added.
note-correct-struck-first = An entry is corrected by striking it and adding a new one; this one is not struck.
    .code = VG-DESK-016
    .hint = Strike it with a reason, then write the new entry.
note-corrected-already = Another entry already corrects this one. Nothing was written.
    .code = VG-DESK-017
    .hint = Correct the newer entry instead.

## What engines found

finding-no-reason = Overruling a finding needs a reason. Nothing was changed.
    .code = VG-DESK-018
    .hint = Say in a few words why it does not hold: whoever comes after reads it.
finding-reason-too-long = The reason has { $count } characters; { $max } are allowed. Nothing was changed.
    .code = VG-DESK-019
    .hint = Shorten the reason; the duty log can hold the rest.

## Rights

right-missing = Your role does not include this. Nothing was changed.
    .code = VG-RIGHT-001
    .hint = Ask the duty officer, or an administrator if your role should include it.
right-compartment = Part of this is restricted and not open to you. Nothing was changed.
    .code = VG-RIGHT-002
    .hint = Ask an administrator if your work needs it.

## Why a narrative stands high in the queue. Counts and times, never who is behind it.

attention-count =
    { $count ->
        [one] Seen once
       *[other] Seen { $count } times
    }
attention-pace =
    { $count ->
        [one] { $count } signal in its busiest latest hour
       *[other] { $count } signals in its busiest latest hour
    }
attention-sources =
    { $count ->
        [one] From { $count } source
       *[other] From { $count } sources
    }
attention-tricks =
    { $count ->
        [one] Copies differ by { $count } kind of change (hyphens, look-alike letters…)
       *[other] Copies differ by { $count } kinds of change (hyphens, look-alike letters…)
    }
attention-together =
    { $count ->
        [one] { $count } account shared the same within a short time
       *[other] { $count } accounts shared the same within a short time
    }
attention-topic = Speaks of what was hardly spoken of in the four weeks before
attention-share = { $count } of the { $total } signals heard in the last hour
attention-silent =
    { $count ->
        [one] { $count } source or link is silent: there may be more than is counted
       *[other] { $count } sources or links are silent: there may be more than is counted
    }
attention-age =
    { $hours ->
        [0] Last seen less than an hour ago
        [one] Last seen { $hours } hour ago
       *[other] Last seen { $hours } hours ago
    }

## The clock of a narrative

# A step not taken arrives as "no", a step taken as its date-time group.
clock-sentence =
    { $hours ->
        [0] Known less than 1 h.
       *[other] Known { $hours } h.
    } Verified: { $verified ->
        [no] no
       *[other] yes, { $verified }
    }. Answered: { $answered ->
        [no] no
       *[other] yes, { $answered }
    }.

## Giving a narrative to a partner, and lists of published checks

share-no-recipient = It is not said to whom the narrative goes. Nothing left.
    .code = VG-DESK-059
    .hint = Name the organisation, and the person where there is one.
share-no-purpose = It is not said what for. Nothing left.
    .code = VG-DESK-060
    .hint = Say in a few words what the recipient needs it for.
share-no-reason = Names of accounts leave only with a reason. Nothing left.
    .code = VG-DESK-061
    .hint = Say why pseudonyms are not enough, or leave the accounts under pseudonyms.
share-one-line = Recipient and purpose stand on one line each. Nothing left.
    .code = VG-DESK-062
    .hint = Take the line breaks out.
share-restricted = This narrative is restricted: it stays here. Nothing left.
    .code = VG-DESK-063
    .hint = Whoever answers for the restricted area decides what others are told, and tells them.
share-nothing = Nothing of this narrative was published or broadcast, or all of it is restricted. Nothing left.
    .code = VG-DESK-064
    .hint = What people told the mission is not given to partners.
checks-no-reason = Withdrawing a list needs a reason. Nothing was changed.
    .code = VG-DESK-065
    .hint = Say in a few words why it is suggested no more.
