### Words of what followed an answer, and of how long answers take.

## What followed one answer

ui-after-title = What followed
ui-after-out = Out { $dtg }
ui-after-due = What followed is looked at on { $dtg }, two days after it went out.
ui-after-soon = Two days have passed; what followed is being looked at.
ui-after-verdict-fell = The story fell after it
ui-after-verdict-rose = The story rose after it
ui-after-verdict-none = No effect visible
ui-after-verdict-not-assessable = Not assessable
ui-after-line = out
ui-after-hours-before = { $hours } h before
ui-after-hours-after = { $hours } h after
ui-after-chart-label = Signals by half day: { $before } in the { $hoursbefore } h before the answer went out, { $after } in the { $hoursafter } h after. The table below holds the same figures.
ui-after-caption = Signals by half day, counted from the moment the answer went out.
ui-after-table = The same as a table
ui-after-from = From
ui-after-side = Side
ui-after-is-before = before
ui-after-is-after = after
ui-after-hours = Hours
ui-after-signals = Signals
ui-after-sources = Sources
ui-after-sources-help = Sources are counted anew each hour: one that speaks in three hours counts three times.
ui-after-rests = What this rests on and what it leaves out
ui-after-yet = no reply yet
ui-after-late = LATE
ui-after-help = This is what came after the answer, which is not the same as because of it.
ui-after-model = Looked at { $dtg }, method { $model }.

## Asked again

ui-after-more = What they say beside that, if anything
ui-after-did-answer = The reply to { $code } stands beside the figures.
ui-after-told = Is it still told in their place?

## How long answers take

ui-pace-help = Medians over the stories answered in each month, in time from when they were first known.
ui-pace-chart = Time to the answer, month by month; the table below holds the same figures.
ui-pace-none = No story has been answered yet.
ui-pace-line = Dashed lines, a point of comparison and not a norm.
ui-pace-months = Medians by month
ui-pace-month = Month
ui-pace-stories = Stories
ui-pace-found = Found
ui-pace-verified = Verified
ui-pace-cleared = Cleared
ui-pace-answered = Out
ui-pace-measured = Measured
ui-pace-functions = By function
ui-pace-functions-none = No function has been asked or has cleared anything in these months.
ui-pace-function = Function
ui-pace-step = Step
ui-pace-verify = A question, until its reply
ui-pace-clear = A verified text, until it was cleared
ui-pace-language = A written text, until its language was verified
ui-pace-issue = A cleared text, until it went out
ui-pace-count = Times
ui-pace-median = Median
ui-pace-waiting = What still waits is not in these figures.
ui-pace-hours = { $n } h
ui-pace-days = { $n } d

# Stories that may be the same, told otherwise.
ui-near-title = May be the same story told otherwise
ui-near-not-no-model = Not assessed: no model of meaning was added to this site.
ui-near-not-not-yet = Not assessed yet: the model has not read this story, or nobody spoke of it for 28 days.
ui-near-not-restricted = Not assessed: restricted stories are not read by the model.
ui-near-none = No other story that you may see stands near this one.
ui-near-signals = { $count ->
        [one] { $count } signal
       *[other] { $count } signals
    }
ui-near-why = Place { $rank } among the stories whose opening words stand nearest. It may as well be a denial: read both.
ui-near-said = Somebody compared the two.
ui-near-same = Same story
ui-near-other = Not the same story
ui-near-agree = It is the same story
ui-near-join = To make one story of both, open “Together or apart” above and give { $code }.
ui-near-overrule = It is another story
ui-near-did-same = Noted: the same story as { $code }. Nothing was joined.
ui-near-did-other = Noted: not the same story as { $code }.
ui-near-model = Proposed by { $model }. How often it errs on this site: not assessed. Nothing is joined by it.

## What is asked of a liaison assistant

ui-own-title = Asked of you
ui-own-help = Reply when you can do so safely. What you replied is no longer shown here. To report something, press n, or “Add by hand”.
ui-own-none = Nothing is asked of you now.
ui-own-due = reply wanted by { $dtg }
ui-own-told = Is it still told where you are?
ui-own-more = What you want to say beside that, if anything
ui-own-reply = Your reply
ui-own-lang = Language of the reply
ui-own-send = Send the reply
ui-own-did = Your reply to { $code } has been taken down.
