### Words of communications plans, standing approvals, what is cleared in advance, and loading the mandate.

## Parts of the screen

ui-loop-parts = Parts of communication
ui-loop-part-board = Board
ui-loop-part-plans = Plans
ui-loop-part-lines = Cleared in advance
ui-loop-part-approvals = Standing approvals

## Plans

ui-plan-title = Communications plans
ui-plan-about = What the mission wants to make known, to whom, by which channel, and when. A response can start from a plan or from a line of its calendar.
ui-plan-none = No plan is written.
ui-plan-new = New plan
ui-plan-name = Title
ui-plan-aim = Aim
ui-plan-aim-help = What people should know or be able to do, in one sentence that can be checked later.
ui-plan-audience = For whom
ui-plan-channels = Channels
ui-plan-no-channel = none is chosen
ui-plan-calendar = Calendar
ui-plan-no-calendar = Nothing stands in the calendar yet.
ui-plan-when = When
ui-plan-when-in = When ({ $zone })
ui-plan-what = What happens
ui-plan-past = past
ui-plan-add-line = Add a line
ui-plan-drop-line = Remove
ui-plan-version = version { $version }, { $name }, { $dtg }
ui-plan-change = Change
ui-plan-changing = Changing { $code }
ui-plan-save = Save the plan
ui-plan-save-help = The version before stays in the sealed record.
ui-plan-did = { $code } is saved.
ui-plan-respond = Open a response
ui-plan-respond-whole = Open a response to this plan

## What is cleared in advance

ui-lines-title = Cleared in advance
ui-lines-about = These exact words are verified and cleared until the day given. They go at once, unchanged, under the name of whoever issues them. A fact that has expired or was withdrawn stops them.
ui-lines-none = Nothing is cleared in advance. Whoever clears can give a day on the page where they clear.
ui-lines-until = good until { $dtg }
ui-lines-over = its day has passed: { $dtg }
ui-lines-cleared = Cleared by { $names }
ui-lines-fact-dead = It rests on { $code } ({ $state }): it cannot go.
ui-lines-issue = Issue at once
ui-lines-issue-help = Under the name of { $name }, without changing a word.
ui-lines-did = { $code } goes out.

## Standing approvals

ui-approval-title = Standing approvals
ui-approval-about = What may go out without somebody issuing it: one exact text, under one person’s name, until the day given. Nothing else leaves without a person.
ui-approval-none = No approval stands: nothing goes out by itself.
ui-approval-give = Give an approval
ui-approval-receipt = Let a receipt say that the service is free, that whoever runs the network sees the number, that this is no emergency line, and how to stop (STOP, DISCREET). No name, no place.
ui-approval-for = For what
ui-approval-until = Until ({ $zone })
ui-approval-understood = These words will go out under my name, { $name }, without my seeing them again.
ui-approval-did = { $code } is given.
ui-approval-live = Stands
ui-approval-ended = Revoked
ui-approval-expired = Expired
ui-approval-by = given by { $name } at { $dtg }, until { $until }
ui-approval-ended-at = revoked at { $dtg }
ui-approval-end = Revoke
ui-approval-end-sure = Nothing more will go out under it.
ui-approval-end-now = Revoke it now
ui-approval-did-end = { $code } is revoked.
ui-approval-past = { $count ->
    [one] { $count } approval expired or revoked
   *[other] { $count } approvals expired or revoked
}

## The mandate

ui-mandate-load = Load a mandate
ui-mandate-load-it = Load it
ui-mandate-symbol = Symbol
ui-mandate-title = Title
ui-mandate-paste = Text of the mandate
ui-mandate-paste-help = Paste it here, or take a text file (UTF-8). It is cut at the numbers of its paragraphs: 36., (a), (i).
ui-mandate-cut = Cut into paragraphs
ui-mandate-file = Take a file
ui-mandate-check = { $count ->
    [one] { $count } paragraph: read it before loading
   *[other] { $count } paragraphs: read them before loading
}
ui-mandate-number = Number of paragraph { $n }
ui-mandate-words = Text of paragraph { $n }
ui-mandate-drop = Remove paragraph { $number }
ui-mandate-twice = The number { $number } is there twice.
ui-mandate-no-text = No paragraph was found in this text.
ui-mandate-not-text = This file is not UTF-8 text. Open it, copy the text and paste it here.
ui-mandate-too-large = This file is larger than 2 MB.
ui-mandate-did = { $count ->
    [one] { $symbol } is loaded: { $count } paragraph.
   *[other] { $symbol } is loaded: { $count } paragraphs.
}
ui-mandate-loaded = { $count ->
    [one] loaded { $dtg }, { $count } paragraph
   *[other] loaded { $dtg }, { $count } paragraphs
}
ui-mandate-read = Read the paragraphs
ui-mandate-all = All mandates
ui-mandate-nothing = No mandate is loaded. Without one a question cannot be answered.
ui-questions-respond = Open a response
