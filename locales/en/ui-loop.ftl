### Words of answers: the board, one response, clearing on a phone, facts, the mandate, questions.

## The board

ui-loop-title = Communication and response
ui-loop-count = { $count ->
    [one] { $count } open response
   *[other] { $count } open responses
}
ui-loop-mine = Waits for a function of mine
ui-loop-stage = Stage
ui-loop-all-stages = All stages
ui-loop-new = New response
ui-loop-next = Next response
ui-loop-previous = Previous response
ui-loop-open = Open the response
ui-loop-not-all = { $shown } of { $total } shown, newest first.
ui-loop-overdue = OVERDUE
ui-loop-opened = opened { $ago }
ui-loop-due = due { $dtg }
ui-loop-pace = How long answers take
ui-loop-none-here = None
ui-loop-last-of = last { $shown } of { $total }
ui-loop-out-at = out { $dtg }
ui-loop-bound-cut = The link is cut: nothing is recorded. Your word is for the exact words as they stand when the server takes it; kept here, it could come to stand for other words. Do it again when the link is back.
ui-waits-option = Waits for an option
ui-waits-text = Waits for its texts
ui-waits-verified = Waits for verification: { $lang }
ui-waits-cleared = Waits for clearance: { $function }
ui-waits-out = Waits to be issued
ui-waits-measure = Waits for a look at what followed
ui-waits-nothing = Waits for nothing

## Opening a response

ui-loop-what = What it is about
ui-loop-event = The event it answers
ui-loop-event-help = To answer a narrative, open the response from that narrative.
ui-loop-from = It starts from
ui-loop-from-event = an event, planned or past
ui-loop-from-question = a question that people ask
ui-loop-from-plan = a plan
ui-loop-choose = Choose…
ui-loop-no-plan = No plan is written.
ui-loop-starts-from = It starts from: { $what }
ui-loop-due-at = Out by ({ $zone })
ui-loop-chain = Who clears it, in order of ticking
ui-loop-chain-help = Functions, not people: whoever holds the function that day.
ui-loop-open-it = Open it
ui-loop-close-again = Something is written here. Close again to discard it.

## One response

ui-loop-owner = answers for it: { $name }
ui-loop-closed = Closed { $dtg }: { $outcome }
ui-loop-nobody = nobody named
ui-loop-option = What is done
ui-loop-why-this = Why this and not another
ui-loop-take-option = Take this option
ui-loop-other-option = Take another option
ui-loop-new-message = New message
ui-loop-effect-later = It is out. There is no narrative behind it whose signals could be counted.
ui-loop-effect-none = Nothing is out yet.
ui-loop-history = What happened
ui-loop-was-opened = Opened
ui-loop-was-decided = Option: { $option }
ui-loop-was-drafted = { $code } written, revision { $revision }
ui-loop-was-verified = { $code } verified: { $lang }
ui-loop-was-cleared = { $code } cleared: { $function }
ui-loop-was-returned = { $code } sent back: { $reason }
ui-loop-was-issued = { $code } issued: { $channel }

## A message

ui-loop-message = Message { $code }
ui-loop-revision = revision { $revision }, { $name }, { $dtg }
ui-loop-returned = Sent back { $dtg }: { $reason }
ui-loop-verified = Verified
ui-loop-verified-by = Verified by { $name }, { $dtg }
ui-loop-not-verified = Not verified
ui-loop-written-by = written by { $name }
ui-loop-sms = { $parts ->
    [one] { $parts } SMS
   *[other] { $parts } SMS
}, { $units } units, { $left } left, { $coding }
ui-loop-sms-beyond = These letters make it dear: { $letters }
ui-loop-reading = { $seconds } s to read aloud
ui-loop-too-long = More than a minute: it will be refused.
ui-loop-behind = Facts behind each sentence
ui-loop-fact-hidden = a fact that you may not read
ui-loop-verify = I answer for these words in { $lang }
ui-loop-verify-help = Binds to exactly these words; a change voids it.
ui-loop-clearance = Clearance
ui-loop-cleared-by = cleared by { $name }, { $dtg }
ui-loop-not-cleared = not yet
ui-loop-ready-until = Cleared in advance: these words, unchanged, may go at once until { $dtg }.
ui-loop-to-clear = Read and clear
ui-loop-edit = Change the texts
ui-loop-edit-voids = A change voids the clearance.

## Writing

ui-loop-editor = Texts of the message
ui-loop-editing = Changing { $code }
ui-loop-base = based on revision { $revision }
ui-loop-restored = This is what you had written here and not saved.
ui-loop-discard = Discard it
ui-loop-not-kept = This computer keeps no copy of what you type. Save often.
ui-loop-kept-here = What you type is kept on this computer until it is saved.
ui-loop-two-versions = { $name } saved revision { $revision } meanwhile. Choose for each text.
ui-loop-mine-words = Mine
ui-loop-their-words = As saved
ui-loop-no-text = (no text)
ui-loop-go-on = Go on with these
ui-loop-aside = { $count ->
    [one] { $count } text of yours set aside
   *[other] { $count } texts of yours set aside
}
ui-loop-sentence = Sentence { $n } ({ $lang })
ui-loop-pick-fact = Fact behind sentence { $n }
ui-loop-add-fact = Add a fact…
ui-loop-drop-fact = Take { $code } off
ui-loop-needs-fact = Needs a fact
ui-loop-needs-facts = Each sentence needs a live fact behind it.
ui-loop-drop-sentence = Remove the sentence
ui-loop-add-sentence = Add a sentence
ui-loop-drop-text = Remove this text
ui-loop-language = Language
ui-loop-form = Form
ui-loop-add-text = Add a text
ui-loop-no-live-facts = No fact is live now. A message is written from live facts alone.
ui-loop-save = Save the texts
ui-loop-saved = { $code } saved, revision { $revision }

## Issuing

ui-loop-issue = Issue
ui-loop-channel = By
ui-loop-hours = Tried for (hours)
ui-loop-which-texts = Texts that go
ui-loop-to-whom = To whom
ui-loop-askers = Those who asked and want an answer
ui-loop-contacts = Contacts that I choose
ui-loop-contacts-which = { $count ->
    [0] Which contacts
    [one] Which contacts ({ $count } chosen)
   *[other] Which contacts ({ $count } chosen)
}
ui-loop-contacts-none = Nobody can be reached by this channel.
ui-loop-contacts-help = Numbers and names stay in the vault; the screen shows their codes alone.
ui-loop-audience = Whoever reads or hears the channel
ui-loop-audience-words = For whom, in a few words
ui-loop-purpose = Purpose
ui-loop-issue-now = Issue now
ui-loop-sheet = Print the sheet
ui-loop-sheet-until = Issued by { $name }, to be used until { $dtg }
ui-loop-releases = Issued
ui-loop-standing = under a standing approval
ui-loop-recipients = { $count ->
    [one] { $count } recipient
   *[other] { $count } recipients
}
ui-loop-recipient = Recipient
ui-loop-stands = Where it stands
ui-loop-attempt = Attempts
ui-loop-when = When

## Clearing on a phone

ui-clear-title = Clear
ui-clear-reload = Read again
ui-clear-revision = Revision { $revision } by { $name }, { $dtg }. Touch a sentence to see the facts behind it.
ui-clear-until = until { $dtg }
ui-clear-fact-hidden = a fact that you may not read
ui-clear-written = Written by { $name }
ui-clear-verified = verified by { $name }
ui-clear-bound = Your clearance binds to exactly these words, by this seal. If one letter changes, it is void and asked for again.
ui-clear-for = For how long
ui-clear-days = { $count ->
    [0] For this going out
    [one] In advance, { $count } day
   *[other] In advance, { $count } days
}
ui-clear-advance = Unchanged, these words may go at any time until { $dtg }, under the name of whoever issues them.
ui-clear-already = Already cleared by { $name }, { $dtg }.
ui-clear-clear = Clear these words
ui-clear-return = Send back
ui-clear-reason = What has to be different
ui-clear-not-yet = Not yet
ui-clear-done = Cleared. These exact words may go on.
ui-clear-sent-back = Sent back, with your reason.
ui-clear-waits-verified = It waits for verification first: { $lang }.
ui-clear-not-yours = It waits for clearance by a function that is not yours, or you wrote part of it.
ui-clear-nothing = Nothing waits to be cleared here.
ui-clear-back = The whole response

## Facts

ui-facts-title = Facts
ui-facts-parts = Parts of this screen
ui-facts-base = Facts
ui-facts-mandate = Mandate
ui-facts-questions = Questions
ui-facts-new = New fact
ui-facts-search = Words in a fact or its source
ui-facts-show = Show
ui-facts-show-all = All
ui-facts-show-live = Live
ui-facts-show-open = Waiting for approval
ui-facts-import = Import CSV
ui-facts-imported = Imported: { $accepted } new, { $known } already there, { $refused } left out.
ui-facts-row = Row { $row }:
ui-facts-count = { $count ->
    [one] { $count } fact
   *[other] { $count } facts
}
ui-facts-none = No fact here.
ui-facts-more = More facts
ui-facts-until = until { $dtg }
ui-facts-source = Rests on: { $source }
ui-facts-by = written by { $name }, { $dtg }
ui-facts-approved = approved by { $name }, { $dtg }
ui-facts-withdrawn = Withdrawn { $dtg }: { $reason }
ui-facts-why-withdraw = Why it no longer holds
ui-facts-withdraw = Withdraw
ui-facts-withdraw-help = Who issued a message that rests on it gets a task to correct it.
ui-facts-approve = Approve these words
ui-facts-own = You wrote it, so somebody else approves it.
ui-facts-waits = Waits for approval
ui-facts-renew = Renew
ui-facts-renewing = Renewing { $code }
ui-facts-words = Statement in { $lang }
ui-facts-add-language = Add a language
ui-facts-drop-language = Remove { $lang }
ui-facts-rests-on = What it rests on
ui-facts-valid-from = Holds from ({ $zone })
ui-facts-at-once = at once
ui-facts-valid-until = Holds until ({ $zone })
ui-facts-save = Write it down
ui-facts-save-help = It goes live once a second person approves it.

## The mandate and questions

ui-mandate-search = Words of the mandate
ui-mandate-about = Finds paragraphs of the mandate, and the approved answers that cite them.
ui-mandate-none = No paragraph holds these words.
ui-mandate-no-answer = No approved answer cites it yet.
ui-questions-open = Only those not answered yet
ui-questions-ask = What people want to know
ui-questions-keep = Keep the question
ui-questions-approve = Approve this answer
ui-questions-answer = Propose an answer
ui-questions-verdict = What the mandate says
ui-questions-cites = Paragraphs it rests on
ui-questions-propose = Propose it
ui-questions-none = No question here.
