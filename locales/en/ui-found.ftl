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
