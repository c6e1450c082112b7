### The first loop: asking, judging, establishing, writing, clearing, issuing.

## Texts that people type

text-too-long = The text has { $count } characters; { $max } are allowed. Nothing was changed.
    .code = VG-LOOP-001
    .hint = Shorten it; your text is still in the field.
text-lang = “{ $lang }” is no language tag. Nothing was changed.
    .code = VG-LOOP-002
    .hint = Choose a language from the list, or write its tag, such as fr or sg.
text-changed-meanwhile = The text has changed since you read it. What you were about to sign was not recorded.
    .code = VG-LOOP-003
    .hint = Read it again as it stands now, then decide.

## Functions

function-no-name = A function needs a name in English and in French. Nothing was changed.
    .code = VG-LOOP-004
    .hint = Write both names.
function-unknown = There is no function “{ $function }” on this site. Nothing was changed.
    .code = VG-LOOP-005
    .hint = Choose one from the list; an administrator can add one.
function-not-held = You do not hold the function “{ $function }”. Nothing was changed.
    .code = VG-LOOP-006
    .hint = Choose a function that you hold, or ask an administrator to put you down for it.
story-protected = The content of this narrative is restricted: no request, task, question or response is opened about it. Nothing was changed.
    .code = VG-LOOP-007
    .hint = Speak to the adviser of that compartment directly. Judging it remains possible.

## What is asked of functions

work-due-past = The deadline has already passed. Nothing was changed.
    .code = VG-LOOP-008
    .hint = Set a time that lies ahead.
work-answer-within = The time to acknowledge must be between one minute and seven days. Nothing was changed.
    .code = VG-LOOP-009
    .hint = Give a number of minutes within that.
work-call-tree-too-long = The call tree is too long. Nothing was changed.
    .code = VG-LOOP-010
    .hint = Name at most twelve functions.
work-closed-already = This is closed already. What was closed stays in the record.
    .code = VG-LOOP-011
    .hint = Nothing more needs doing; open a new one if the matter comes back.
work-acknowledged-already = Somebody has acknowledged this already. Nothing was changed.
    .code = VG-LOOP-012
    .hint = See which function has it; it waits for that one.
work-not-asked-of-you = This was not asked of the function “{ $function }”. Nothing was changed.
    .code = VG-LOOP-013
    .hint = Only functions of its call tree acknowledge it.
work-no-outcome = Closing needs an outcome in words. Nothing was changed.
    .code = VG-LOOP-014
    .hint = Say in a sentence how it ended.
request-no-question = The question is empty. Nothing was asked.
    .code = VG-LOOP-015
    .hint = Write what you need to know.
request-no-reply = The reply is empty. The request stays open.
    .code = VG-LOOP-016
    .hint = Write down what the unit said.
recheck-no-answer = It does not say whether the story is still told. Nothing was recorded; the request stays open.
    .code = VG-LOOP-082
    .hint = Choose one of the four answers, “cannot say” among them.
request-answered-already = { $code } has been answered or closed already. The first reply stands.
    .code = VG-LOOP-017
    .hint = If the new reply says something else, draft it as a fact of its own.
task-no-text = The task says nothing. Nothing was given.
    .code = VG-LOOP-018
    .hint = Write what is to be done.
warning-no-words = The warning says nothing. Nobody was warned.
    .code = VG-LOOP-019
    .hint = Write what people must know.
incident-no-what = What happened is missing. Nothing was recorded.
    .code = VG-LOOP-020
    .hint = Say in one sentence what happened.
incident-no-place = The place is missing. Nothing was recorded.
    .code = VG-LOOP-021
    .hint = Name the place as people call it; how precisely it is known stands beside it.
incident-place-degrees = The point lies outside the Earth’s degrees, or half of it is missing. Nothing was recorded.
    .code = VG-LOOP-022
    .hint = Give latitude (-90 to 90) and longitude (-180 to 180), or neither.
incident-not-yet = The time given lies in the future. Nothing was recorded.
    .code = VG-LOOP-023
    .hint = Correct the time; what is still to come is a task or a plan.

## Judging

judge-no-reasons = This needs reasons. Nothing was recorded.
    .code = VG-LOOP-024
    .hint = Say in a few sentences what it rests on; whoever is labelled may read them.
judge-rabat-parts = Incitement needs all six parts of the test. Nothing was recorded.
    .code = VG-LOOP-025
    .hint = Fill in context, speaker, intent, content, extent and likelihood.
judge-second-is-first = A second person must agree, and you are the first. Nothing was changed.
    .code = VG-LOOP-026
    .hint = Ask a colleague to read it and agree.
judge-nothing-to-second = No judgement waits for a second person here. Nothing was changed.
    .code = VG-LOOP-027
    .hint = Read the narrative again: somebody has judged anew or agreed already.
judge-nothing-to-contest = Nobody has judged this narrative, so there is nothing to object to. Nothing was changed.
    .code = VG-LOOP-028
    .hint = Note the concern in the duty log.
judge-contest-empty = An objection needs who objects and what they say. Nothing was recorded.
    .code = VG-LOOP-029
    .hint = Write both; a function or “a resident” is enough for the first.
judge-contest-own = Whoever judged or agreed does not decide the objection. Nothing was changed.
    .code = VG-LOOP-030
    .hint = Ask somebody who took no part to decide it.
judge-contest-decided = This objection is decided already, or it is not there. Nothing was changed.
    .code = VG-LOOP-031
    .hint = Read the narrative again.

## Facts

fact-no-statement = A fact needs a statement in at least one language, and none may be empty. Nothing was drafted.
    .code = VG-LOOP-032
    .hint = Write the statement; twenty languages at most.
fact-language-twice = The language { $lang } stands twice. Nothing was drafted.
    .code = VG-LOOP-033
    .hint = Keep one statement for each language.
fact-no-source = A fact needs a source. Nothing was drafted.
    .code = VG-LOOP-034
    .hint = Name the document or the function that it rests on.
fact-validity = The fact ends before it begins. Nothing was drafted.
    .code = VG-LOOP-035
    .hint = Set an end that lies after its beginning.
fact-no-reason = Withdrawing a fact needs a reason. It stands as before.
    .code = VG-LOOP-036
    .hint = Say in a few words why it no longer holds.
fact-approve-own = You drafted { $code }; a second person approves it. Nothing was changed.
    .code = VG-LOOP-037
    .hint = Ask a colleague who may approve.
fact-approved-already = { $code } is approved already. Nothing was changed.
    .code = VG-LOOP-038
    .hint = Nothing more needs doing.
fact-withdrawn-already = { $code } has been withdrawn. Nothing was changed.
    .code = VG-LOOP-039
    .hint = Draft a new fact in its place.
fact-expired = The time of { $code } has passed, so it is not approved. Nothing was changed.
    .code = VG-LOOP-040
    .hint = Draft it again with a new end, if it still holds.
fact-import-columns = The columns of a fact were not found: a statement or one column for each language, a source, and until when it holds. Columns found: { $found }. Nothing was imported.
    .code = VG-LOOP-041
    .hint = Name the columns “statement” and “lang” (or fr, en, sg…), “source” and “valid_until”.
fact-row-date = “{ $date }” cannot be read as a day. This row was left out; the others were kept.
    .code = VG-LOOP-042
    .hint = Write days as 2026-11-22 or 22/11/2026, with the day before the month.

## The mandate and questions about it

mandate-no-symbol = A mandate needs its symbol and its title. Nothing was loaded.
    .code = VG-LOOP-043
    .hint = Write both as printed.
mandate-no-paragraph = A mandate needs 1 to 500 paragraphs, each with number and text. Nothing was loaded.
    .code = VG-LOOP-044
    .hint = Check the list of paragraphs.
mandate-paragraph-twice = Paragraph { $number } stands twice. Nothing was loaded.
    .code = VG-LOOP-045
    .hint = Give each paragraph its own number, with letters where printed.
question-no-text = The question is empty. Nothing was noted.
    .code = VG-LOOP-046
    .hint = Write it as people ask it.
question-no-cite = An answer about the mandate cites at least one paragraph. Nothing was recorded.
    .code = VG-LOOP-047
    .hint = Choose the paragraph that it stands on.
question-cite-unknown = No loaded mandate has a paragraph { $number } there. Nothing was recorded.
    .code = VG-LOOP-048
    .hint = Choose the paragraph from the list.
question-no-answer = Nobody has proposed an answer yet. Nothing was changed.
    .code = VG-LOOP-049
    .hint = Propose one first.
question-approve-own = You proposed this answer; a second person approves it. Nothing was changed.
    .code = VG-LOOP-050
    .hint = Ask a colleague who may approve.
question-approved-already = This answer is approved already. Nothing was changed.
    .code = VG-LOOP-051
    .hint = Propose another answer if it no longer holds.

## Plans, responses, messages

plan-no-title = A plan, and each line of its calendar, needs a name. Nothing was written.
    .code = VG-LOOP-052
    .hint = Name it in a few words.
plan-no-aim = A plan needs an aim. Nothing was written.
    .code = VG-LOOP-053
    .hint = Say what it is meant to achieve.
plan-no-audience = A plan needs an audience. Nothing was written.
    .code = VG-LOOP-054
    .hint = Say for whom it is.
plan-calendar-too-long = The calendar has { $count } lines; { $max } are allowed. Nothing was written.
    .code = VG-LOOP-055
    .hint = Split the plan into two.
response-no-title = A response needs a title, and an event a name. Nothing was opened.
    .code = VG-LOOP-056
    .hint = Write a few words.
response-due-past = The deadline of the response has already passed. Nothing was opened.
    .code = VG-LOOP-057
    .hint = Set a time that lies ahead.
response-no-chain = A response names one to six functions that clear it. Nothing was opened.
    .code = VG-LOOP-058
    .hint = Choose at least one function other than your own desk.
response-no-reason = An option needs a reason. Nothing was recorded.
    .code = VG-LOOP-059
    .hint = Say why this and not another.
response-closed = { $code } is closed. Nothing was changed.
    .code = VG-LOOP-060
    .hint = Open a new response if the matter comes back.
message-edited-meanwhile = Somebody else has edited this message meanwhile (revision { $revision }). Yours was not recorded, and both versions are before you.
    .code = VG-LOOP-061
    .hint = Take over what you need into theirs, then send again.
message-no-text = There is no text here, or a sentence is empty, or there are too many. Nothing was changed.
    .code = VG-LOOP-062
    .hint = Write at least one sentence in one language.
message-text-twice = Two texts have the same language ({ $lang }) and form. Nothing was recorded.
    .code = VG-LOOP-063
    .hint = Keep one of them.
message-sentence-without-fact = This sentence rests on no fact: “{ $sentence }”. Nothing was recorded.
    .code = VG-LOOP-064
    .hint = Choose the fact behind it, or leave the sentence out.
message-no-such-language = The message has no such text in { $lang }. Nothing was changed.
    .code = VG-LOOP-065
    .hint = Choose among its languages and forms.
message-not-verifier = You are not named as verifier for { $lang }. Nothing was changed.
    .code = VG-LOOP-066
    .hint = Ask a named verifier; an administrator keeps the list.
message-verify-own = You wrote a text in { $lang } here; somebody else answers for it. Nothing was changed.
    .code = VG-LOOP-067
    .hint = Ask another named verifier for this language.
message-unverified = Nobody answers yet for { $lang } as it stands. It was neither cleared nor issued.
    .code = VG-LOOP-068
    .hint = Ask a named verifier to read it.
message-clear-own = You wrote part of this text; a second person clears it. Nothing was changed.
    .code = VG-LOOP-069
    .hint = Ask somebody who holds the function and wrote none of it.
message-clear-function = It is the turn of “{ $function }”, which you do not hold. Nothing was changed.
    .code = VG-LOOP-070
    .hint = Ask whoever holds that function now.
message-clear-until-past = The day until which it would be cleared has passed. Nothing was changed.
    .code = VG-LOOP-071
    .hint = Set a day that lies ahead, or clear it for this issue alone.
message-cleared-already = Every function of the chain has cleared these exact words already. Nothing was changed.
    .code = VG-LOOP-072
    .hint = It can be issued.
message-return-no-reason = Sending it back needs what to change. Nothing was changed.
    .code = VG-LOOP-073
    .hint = Say in a sentence what has to be different.
message-not-cleared = “{ $function }” has not cleared these exact words. Nothing went out.
    .code = VG-LOOP-074
    .hint = Ask whoever holds that function; a clearance given in advance may have ended.
message-script-too-long = The radio script takes { $seconds } seconds to read; a minute is the limit. It was neither cleared nor issued.
    .code = VG-LOOP-075
    .hint = Take a sentence out.
message-fact-not-live =
    The fact { $code } { $state ->
        [draft] is not approved yet
        [early] does not hold yet
        [expired] has expired
       *[withdrawn] has been withdrawn
    }. Nothing was cleared and nothing went out.
    .code = VG-LOOP-076
    .hint = Have the fact renewed or approved, or take the sentence out.
release-expiry-past = The time until which it would be tried has passed. Nothing went out.
    .code = VG-LOOP-077
    .hint = Set a time that lies ahead.
release-no-recipients = It says nobody to whom this goes. Nothing went out.
    .code = VG-LOOP-078
    .hint = Name contacts, or describe the audience in a few words.
release-no-purpose = Every issue needs a purpose. Nothing went out.
    .code = VG-LOOP-079
    .hint = Say in a few words what it is for.
approval-until-past = A standing approval needs an end that lies ahead. Nothing was given.
    .code = VG-LOOP-080
    .hint = Set a day.
approval-ended-already = { $code } has ended already. Nothing was changed.
    .code = VG-LOOP-081
    .hint = Nothing more needs doing.

## A reply gives nothing away

reply-repeats-rumour = The text message in { $lang } says again what was asked or told: whoever looks at the telephone would learn it. Nothing was changed and nothing went out.
    .code = VG-LOOP-083
    .hint = Say what is so in words of your own, without what is not so.
reply-names-somebody = The text message in { $lang } names somebody. Nothing was changed and nothing went out.
    .code = VG-LOOP-084
    .hint = Take every name out: a reply to somebody who wrote names nobody.
reply-names-place = The text message in { $lang } names a place. Nothing was changed and nothing went out.
    .code = VG-LOOP-085
    .hint = Take the place out, or send it to an audience instead of those who asked.
release-recalled-already = { $code } has been taken back already. Nothing was changed.
    .code = VG-LOOP-086
    .hint = Nothing more needs doing.

## Why a recipient was not reached

release-recalled = was taken back before it was sent
release-withheld-stop = said STOP
release-withheld-discreet = asked for silence
release-withheld-had-it = had these exact words
release-withheld-other-channel = is not reached by this channel
release-withheld-echo = the text would repeat what they wrote
release-no-gateway = no gateway is set up or running; tried again
release-nobody = there is nobody to send it to
release-file-not-written = the file could not be written
release-contact-gone = the contact is no longer there
release-end-unknown = it may have arrived: sending again could be sending twice
release-expired = its time passed before it could be sent
release-tried-too-often = tried as often as is allowed
release-gateway-failed = the gateway says that it did not arrive
mail-not-an-address = the address, the sender or the subject cannot stand in a mail
mail-not-possible = the mail server cannot carry it
mail-refused = the mail server refuses it for good
mail-later = the mail server takes nothing now; tried again
mail-too-slow = the mail server took too long; tried again
mail-no-connection = no connection to the mail server, or it broke; tried again
mail-no-tls = the line to the mail server could not be made safe; nothing was said; tried again
mail-certificate = the certificate of the mail server is not accepted; nothing was said; tried again
mail-authority = the certificate of the mission’s own authority cannot be used
mail-sign-in = the mail server does not accept the account; tried again

## The correction travels

task-correct-fact = Tell those who received { $release } that { $fact }, on which it rested, has been withdrawn.
task-late-response = { $code } is past its time and not out. Clearing it is for: { $function }.
task-recall = Tell those who have { $release } that it has been taken back: { $reason }
task-correct-judgement = Tell those who received { $release } that an objection to the judgement behind it was right.

## The clock

clock-waits = Waits for { $function }.
clock-verifier = Verifier: { $lang }
clock-issuer = Whoever issues
clock-reference = One documented case, Central African Republic, 2023: the mission’s reply came after { $reply } days, a published rebuttal after { $rebuttal }.

## Reports

report-digest = Digest
report-shift = Shift report
report-period = From { $from } to { $to }.
report-cites = Entries: { $entries }
report-nothing = Nothing.
report-cells =
    { $count ->
        [one] An apostrophe stands before one cell that a spreadsheet would otherwise calculate.
       *[other] An apostrophe stands before { $count } cells that a spreadsheet would otherwise calculate.
    }
report-section-top = Top narratives
report-section-harm = Harm
report-section-answered = Answered
report-section-unanswered = Not answered
report-section-gaps = Coverage gaps
report-section-overdue = Overdue
report-section-open = Open
report-section-notes = Duty log since the hand-over
report-section-issued = Issued
report-section-incidents = Incidents
report-story =
    { $code } “{ $head }”: { $count ->
        [one] { $count } signal
       *[other] { $count } signals
    }, { $trend ->
        [new] new in this period
        [same] as many as in the period before
        [more] more than in the period before ({ $before })
       *[fewer] fewer than in the period before ({ $before })
    }.
report-story-restricted =
    { $code } (restricted): { $count ->
        [one] { $count } signal
       *[other] { $count } signals
    }.
report-harm = { $code }: { $harm }. { $truth }.
report-answered = { $code }: answered { $at }, { $hours } h after it was first known.
report-unanswered =
    { $code }: known { $hours } h, not answered. { $function ->
        [none] Nobody has been asked.
       *[other] Waits for { $function }.
    }
report-gap =
    { $source }: { $at ->
        [never] nothing received so far
       *[other] nothing since { $at }
    }.
report-duty = { $code } { $what }: { $function }, due { $due }.
report-note =
    { $at } { $text }{ $struck ->
        [yes] {" "}(struck)
       *[no] {""}
    }
report-issued = { $code } { $at }, { $channel }: { $purpose }
report-incident = { $code } { $at }, { $place }: { $what }
