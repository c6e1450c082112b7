### Words of the watch: what we think, who is asked, situation, warnings, tasks, incidents, reports.

ui-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
ui-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
ui-late = late

## The steps of a story

ui-steps-title = Steps of this story
ui-loop-t0 = First seen
ui-loop-t1 = Found
ui-loop-t2 = Verified
ui-loop-t3 = Cleared
ui-loop-t4 = Out
ui-loop-t5 = Measured
ui-loop-not-yet = not yet
ui-loop-waits = Waits for: { $name }
ui-loop-waits-nobody = No function has been asked about this story.

## What we think

ui-think-title = What we think
ui-think-none = Nobody has judged this story yet.
ui-judge-open = Judge
ui-judge = Record this judgement
ui-judge-title = What do we think of this story?
ui-judge-about = Three questions, answered apart: whether it is so, what kind of speech it is, and what it may do to people. Fair criticism and satire are never counted against anybody.
ui-judge-truth = Is it so?
ui-judge-class = What kind is it?
ui-judge-harm = What may it do?
ui-judge-two = This class counts only when a second person has agreed.
ui-judge-rabat = The six parts of the test for incitement
ui-judge-rabat-about = All six are needed. Who is labelled may read them.
ui-rabat-context = Context
ui-rabat-speaker = Speaker
ui-rabat-intent = Intent
ui-rabat-content = Content and form
ui-rabat-extent = Reach
ui-rabat-likelihood = Likelihood of harm
ui-rabat-help-context = What is going on there, socially and politically.
ui-rabat-help-speaker = Standing and influence over those who listen, as a function.
ui-rabat-help-intent = What shows that it is meant; carelessness is not enough.
ui-rabat-help-content = What is called for, how directly, in what form.
ui-rabat-help-extent = How public, how many people, how often.
ui-rabat-help-likelihood = How likely it is that people act on it, and how soon.
ui-judge-reasons = Reasons
ui-judge-reasons-needed = Reasons (needed)
ui-judge-reasons-help = What it rests on. Who is labelled may read it and object.
ui-judge-reasons-of = { $count ->
    [one] Reasons of the judgement
   *[other] Reasons of the { $count } judgements
}
ui-judge-did = The judgement is in the record.
ui-judge-did-half = The judgement is in the record. It counts when a second person agrees.
ui-judge-awaits = Waits for a second person:
ui-judge-second = I have read it and I agree
ui-judge-second-other = You judged it; somebody else must agree.
ui-judge-seconded = { $name } agreed, { $dtg }
ui-judge-did-second = Your agreement is in the record.
ui-contests-title = Objections
ui-contest = Note an objection
ui-contest-about = Whoever is labelled can object, in their own words. Somebody who took no part in the judgement decides.
ui-contest-who = Who objects
ui-contest-who-help = A function or “a resident” is enough.
ui-contest-grounds = What they say
ui-contest-note = Note it
ui-contest-decide = Decide the objection
ui-contest-answer = Decision
ui-contest-upheld = The objection is right
ui-contest-refused = The judgement stands
ui-contest-reasons = Reasons
ui-contest-open = Waits for a decision.

## Whom we ask

ui-requests-title = Requests for information
ui-requests-none = Nobody has been asked yet.
ui-request-ask = Ask a unit
ui-request-question = What do you need to know?
ui-request-did-ask = { $code } has been asked.
ui-request-answer = Enter the reply
ui-request-answer-title = Reply to { $code }
ui-request-answer-about = The reply becomes a draft fact, which a second person approves.
ui-request-via = How the reply came
ui-request-reply = The reply, in the unit’s own words
ui-request-from = From (function)
ui-request-source = What it rests on
ui-request-lang = Language
ui-request-until = Holds for
ui-request-fact = a draft fact was made of it
ui-request-did-answer = The reply to { $code } is in the record, and a draft fact with it.
ui-responses-title = Responses to this story
ui-responses-none = No response has been opened.
ui-story-duties = Warnings and tasks of this story

## What is asked of functions

ui-asked = Asked of whom, and by when
ui-asked-of = Asked of
ui-asked-within = Each acknowledges within
ui-asked-due = To be done within
ui-asked-tree = Then, if nobody acknowledges
ui-asked-tree-add = Add a function
ui-asked-tree-remove = Take { $name } out of the call tree
ui-duty-waits = waits for { $name }
ui-duty-since = since { $dtg } ({ $ago })
ui-duty-due = due { $dtg }
ui-duty-step = { $count ->
    [one] went on { $count } step
   *[other] went on { $count } steps
}
ui-duty-late = { $h ->
    [0] Late by { $min } min
   *[other] Late by { $h } h { $min } min
}
ui-duty-acknowledged = { $name } has it since { $dtg }
ui-duty-acknowledge = Acknowledge as { $name }
ui-duty-did-acknowledge = { $code }: acknowledged by { $name }.
ui-duty-close = Close
ui-duty-close-title = Close { $code }
ui-duty-outcome = How did it end?
ui-duty-closed = Closed { $dtg }:
ui-duties-late = { $count ->
    [one] { $count } is late
   *[other] { $count } are late
}
ui-duties-open-only = Open ones only
ui-duties-closed-too = Closed ones too
ui-duties-more = More

## Restricting

ui-restrict = Restrict this story
ui-restrict-open = Restrict…
ui-restrict-title = Restrict { $code }
ui-restrict-warning = This cannot be opened again. From now on, only people of the area chosen read this story, its signals and those still to come; requests, tasks and responses about it close. You yourself may lose sight of it.
ui-restrict-to = Who may still read it
ui-restrict-reason = Reason
ui-restrict-reason-help = It stands in the record: name no victim and no source.
ui-restrict-understood = I understand that this cannot be taken back.
ui-restrict-did = { $code } is restricted.

## Situation and hand-over

ui-situation-overdue = { $count } overdue
ui-situation-mine = { $count ->
    [0] Waits for you
   *[other] Waits for you: { $count }
}
ui-situation-mine-none = Nothing waits for a function that you hold.
ui-situation-changed = { $count ->
    [0] Since your last watch
   *[other] Since your last watch: { $count }
}
ui-situation-changed-none = Nothing has changed since your last watch.
ui-situation-counts = All that is open
ui-situation-kind = Kind
ui-situation-open = Open
ui-situation-late = Late
ui-count-new = new stories
ui-count-relevant = stories kept
ui-count-second = judgements that wait for a second person
ui-count-contested = objections to decide
ui-functions-held = you hold: { $names }
ui-item-verify = waits for a verifier: { $lang }
ui-watch-hand-over = Hand the watch over
ui-watch-about = All that is open is listed in the record with the hand-over.
ui-watch-remark = What the next one should know
ui-watch-to = To
ui-watch-to-nobody = Whoever comes next
ui-watch-did = { $count ->
    [0] Watch handed over (entry { $seq }); nothing stays open.
    [one] Watch handed over (entry { $seq }); { $count } thing stays open.
   *[other] Watch handed over (entry { $seq }); { $count } things stay open.
}
ui-watch-last = Last hand-over { $dtg }, by { $name }
ui-watch-left-open = { $count ->
    [0] Nothing was left open.
    [one] { $count } thing was left open.
   *[other] { $count } things were left open.
}

## Warnings, tasks, incidents

ui-watch-add = Add to this list
ui-part-warnings = Warnings
ui-part-tasks = Tasks
ui-part-incidents = Incidents
ui-part-add-warnings = Raise a warning
ui-part-add-tasks = Give a task
ui-part-add-incidents = Report an incident
ui-part-none-warnings = No warning is open.
ui-part-none-tasks = No task is open.
ui-part-none-incidents = No incident has been reported.
ui-warning-words = Words that matched:
ui-warning-score = Score { $value } by { $model }.
ui-warning-kind = Kind of warning
ui-warning-what = What must people know?
ui-warning-site = Site
ui-warning-did = { $code } has been raised.
ui-task-what = What is to be done?
ui-task-did = { $code } has been given.
ui-incident-from = Made from a duty log line or a signal; the record keeps the link.
ui-incident-what = What happened
ui-incident-when = When (0412Z, 04:12 or a whole group)
ui-incident-when-precision = How exactly known
ui-incident-where = Where
ui-incident-where-precision = How exactly the place is known
ui-incident-point = Latitude and longitude, if known
ui-incident-no-point = Write the point as two numbers of degrees, such as 4.3947 18.5582, or leave it empty.
ui-incident-who = Who, to whom
ui-incident-who-help = Functions and groups, no names.
ui-incident-how = How
ui-incident-why = Why, as far as known
ui-incident-save = Record the incident
ui-incident-did = { $code } is in the record.
ui-incident-version = Version { $count }
ui-sites = Sites
ui-site = Site
ui-sites-none = No site is registered. “vigie gazetteer sites” loads the register.
ui-site-open = To act on
ui-site-last = Last warning
ui-site-never = never
ui-site-about = This site
ui-site-place = Place
ui-site-names = Names recognised
ui-site-contingent = Nicknames of the contingent
ui-site-around = Around it
ui-site-radius = { $km } km around
ui-site-said = { $count ->
    [0] What named or threatened it
    [one] What named or threatened it: { $count } warning
   *[other] What named or threatened it: { $count } warnings
}
ui-site-signals = { $count ->
    [one] { $count } signal
   *[other] { $count } signals
}
ui-site-nothing = No signal has named it.
ui-grade-title = Source and information
ui-grade-about = Two grades apart: who says it, and what is said. They tell neither whether the story is true nor what it may do to people.
ui-grade-none = Nobody has graded it yet.
ui-grade-source = The source (A to F)
ui-grade-information = The information (1 to 6)
ui-grade-save = Save the grade
ui-grade-did = Graded { $grade }.
ui-warning-why = Why this warning
ui-item-until = until { $dtg }
ui-duty-tree = Call tree ({ $min } min each):
ui-request-answer-waits = An answer waits on this computer for the link to come back.
ui-part-requests = Requests
ui-part-add-requests = Ask a unit
ui-part-none-requests = No request is open.

## Reports

ui-report-digest = Digest
ui-report-shift = Shift report
ui-report-back = Back to Situation
ui-report-hours = Over
ui-report-print = Print
ui-report-docx = Download as DOCX
ui-report-entries = entries
ui-story-keep = Legal hold: a future exhibit
ui-story-keep-open = Hold…
