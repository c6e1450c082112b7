### Words for what engines found in many signals together.

ui-found-title = Found in these signals together
ui-found-help = A suggestion, with the messages behind it. It says what was posted and when, never who is behind it.
ui-found-open = Nobody has answered
ui-found-agreed = Agreed
ui-found-overruled = Overruled
ui-found-agree = Agree
ui-found-overrule = Overrule
ui-found-did-agree = Noted: you agree.
ui-found-did-overrule = Noted: you overrule it. It stays in the record with your reason.
ui-found-reason = Why it does not hold
ui-found-not-assessed = Chance: not assessed
ui-found-messages =
    { $count ->
        [one] The message behind it
       *[other] The { $count } messages behind it
    }
ui-found-model = Found by { $model }.
ui-found-error-none = How often it errs is not assessed.
ui-found-error-exact = A count, exact.
ui-found-error = Of such findings, chance alone gives about { $share }.
ui-found-entry = entry { $seq }
ui-found-graph =
    { $accounts ->
        [one] { $accounts } account
       *[other] { $accounts } accounts
    } and { $things ->
        [one] the thing that they shared
       *[other] the { $things } things that they shared
    }. The table says the same.
ui-found-graph-help = Dots are accounts, squares what they shared.
ui-found-table = The same as a table
ui-found-account = Account (pseudonym)
ui-found-posts = Messages
ui-found-post-of = Message { $n } of { $name }
ui-found-first = First
ui-found-gaps = What could not be heard
ui-found-gap-uplink = The link to the outside was down
ui-found-gap-source = { $name } was paused
ui-found-gap-from = since { $from }
ui-found-gap-until = from { $from } to { $until }
ui-found-share = Of all signals heard in these hours, { $share } belong here ({ $count } of { $heard }).
ui-found-recall = { $lang }: copies changed by { $changes } are found more seldom than in English; not assessed.
ui-found-recall-none = { $lang }: how often changed copies are found is not assessed.
ui-found-change-spelling = misspelling
ui-found-change-affixes = prefixes and endings
ui-found-change-emoji = emoji
ui-found-change-switching = words of another language
ui-found-change-hyphens = hyphens
ui-found-change-look-alikes = look-alike letters

## Joining and taking apart

ui-apart-title = Together or apart
ui-apart-part = These wordings are another story
ui-apart-part-help = Their copies go along, those to come too. Machines never join the two stories again.
ui-apart-one-wording = There is one wording only.
ui-apart-part-reason = Why this is another story
ui-apart-part-do = Make them a story of their own
ui-apart-did-part = They are a story of their own now.
ui-apart-join = Another story is the same
ui-apart-join-help = The older of the two keeps its name; judgements, requests and answers of both stand there.
ui-apart-join-code = Code of the other story
ui-apart-join-reason = Why they are one
ui-apart-join-do = Make one story of both
ui-apart-did-join = They are one story now.

## What is suggested

ui-suggest-answers = What may answer it
ui-suggest-answers-help = Facts, stories checked before and checks that others published, near in wording or meaning. A denial reads like the rumour that it denies: read both.
ui-suggest-answers-none =
    { $count ->
        [0] Nothing that was checked is there to look through.
        [one] Nothing near in the one thing checked before. That is not to say there is nothing.
       *[other] Nothing near in the { $count } things checked before. That is not to say there is nothing.
    }
ui-suggest-close = Very close
ui-suggest-check-said = { $publisher }: { $verdict }
ui-suggest-check-publisher-none = Publisher not named
ui-suggest-check-verdict-none = no verdict in words
ui-suggest-check-rating = rated { $value } on a scale from { $worst } (false) to { $best } (true)
ui-suggest-check-dated = published { $date }
ui-suggest-check-list = list { $list }, version { $version } · licence: { $licence }
ui-suggest-check-read = Read it where it was published
ui-suggest-by-meaning = Published checks were searched by words and by meaning.
ui-suggest-by-words = Published checks were searched by words alone; nearness in meaning is not assessed.
ui-suggest-measured = How often it errs was measured in this language: see its card.
ui-suggest-not-measured = How often it errs in this language is not assessed.
ui-suggest-classes = Which kind of speech it may be
ui-suggest-classes-help = A suggestion from the examples that people confirmed. It labels nothing and counts for nothing; judging is yours.
ui-suggest-classes-none = Nothing near was ever confirmed. That is not to say it is harmless.
ui-suggest-may-be = May be { $class }
ui-suggest-wrong = In this language { $share } of such answers are wrong.

## Models

ui-models-about = What machines do here, what they cover, and how often they err. What nobody measured reads “not assessed”.
ui-models-language = Language
ui-models-not-assessed = Not assessed
ui-models-recall = Changed copies that are found
ui-models-recall-help = Share of copies found although they were changed. More than five points under English reads “not assessed”.
ui-models-recall-others = Every other language, French among them: not assessed.
ui-models-classes = Suggested classes of speech
ui-models-classes-help =
    { $count ->
        [one] Learned from stories that people judged here. A language is covered from { $count } example on each side.
       *[other] Learned from stories that people judged here. A language is covered from { $count } examples on each side.
    }
ui-models-classes-none = Not assessed: nobody has judged a story yet.
ui-models-with = Examples with a class
ui-models-without = Examples without
ui-models-wrong = Wrong answers
ui-models-rate = ({ $found } found, { $missed } missed, { $alarms } false alarms)
ui-models-judges = Whose judgements they learn from
ui-models-judges-help = Set aside what somebody judged if it misleads: the machine forgets it at once, the judgements themselves stand.
ui-models-judges-none = Nobody’s yet.
ui-models-examples =
    { $count ->
        [one] { $count } example
       *[other] { $count } examples
    }
ui-models-aside = Set aside since { $dtg } by { $name }
ui-models-set-aside = Set aside
ui-models-take-up = Take up again
ui-models-reason = Why
ui-models-effect = What that changed
ui-models-effect-of = { $lang }: { $before } examples before, { $after } now
ui-models-cards = Model cards
ui-models-cards-help = As they stand beside the source.
ui-models-card-language = Names the language
ui-models-card-meaning = Finds the same story told otherwise
ui-models-card-coordination = Finds accounts that share together
ui-models-card-claims = Finds what was checked before
ui-models-not-here = Not added to this site

## Spread

ui-spread-title = How it spreads
ui-spread-langs = Language
ui-spread-kinds = Kind
ui-spread-places = Place named

## Joining several in the queue

ui-merge-title = { $count ->
    [one] Join { $count } narrative
   *[other] Join { $count } narratives into one
}
ui-merge-about = The oldest keeps its name, and everything about the others goes there. Each joining is an entry of its own and can be taken back.
ui-merge-did = { $count ->
    [one] { $count } narrative now belongs to { $code }.
   *[other] { $count } narratives now belong to { $code }.
}
ui-merge-not = { $count ->
    [one] { $count } stays as it was:
   *[other] { $count } stay as they were:
}
ui-merge-undo-reason = Taken back right after joining.
ui-merge-undone = { $count ->
    [one] { $count } narrative stands apart again.
   *[other] { $count } narratives stand apart again.
}
