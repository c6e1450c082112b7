### What the reading of a text says of itself: why signals stand together, and what was done to a text.

## Why two signals are linked
why-same-text = Same text once capitals, accents, punctuation and emoji are set aside.
why-same-link = Both give the address of the same article, post or video.
why-same-picture = Both carry the same picture, whatever its size or position: { $bits } of 256 marks differ.
why-together-burst = { $accounts } accounts posted the same within { $seconds } s.
why-together-repeated = { $accounts } accounts shared the same { $things } things together, again and again, within { $seconds } s each time.
why-together-chance = By chance one would expect { $expected } pairs of messages so close together; there are { $pairs }.
why-together-rate = Of a hundred such findings, chance alone gives { $share }.
why-together-unassessed = What chance would give is not assessed: too little else is known of these accounts.
why-together-author = This says what was posted and when, never who is behind it. News that all hear at the same moment is passed on at the same moment too.
why-topic = New in the last day: { $words }. In { $signals } signals; in the { $days } days before, in { $before } of { $base }.
why-near-text = Nearly the same text: { $shared } of { $total } runs of three words are the same ({ $percent } %).

## What was done to a text
trick-split-words-long = Words are split by hyphens, dots or spaces.
trick-look-alikes-long = Letters are replaced by look-alikes of another script.
trick-invisible-long = Invisible characters are inserted.
trick-stretched-long = Letters are repeated.
trick-dressing-long = Capitals, punctuation, emoji or the style of the letters differ.

## What a language rests on
language-basis-script = The script is used for one language only.
language-basis-hint = The source says so.
language-basis-model = A model says so.
language-basis-none = Language unknown.

## Why a class is suggested, or none can be
why-answer-fact = It repeats { $percent } % of the words of this fact.
why-answer-story = It repeats { $percent } % of the opening words of this story, which people checked.
why-answer-check = It repeats { $percent } % of the words of this claim.
why-answer-meaning = Number { $rank } by meaning; a rumour and its denial mean nearly the same.
why-not-assessed-restricted = Not assessed: the words of a restricted story are not looked at.
why-near-example = Near the confirmed example { $example } ({ $percent } %).
why-words = These words speak for it in the confirmed examples: { $words }.
why-lexicon = The lexicon has “{ $term }” (answered for by { $owner }, reviewed { $reviewed }).
why-quotes = The text quotes somebody: it may answer what it repeats.
why-denounces = The text has words that denounce: it may answer what it repeats.
why-not-assessed-language = Not assessed: the language is unknown.
why-not-assessed-examples = Not assessed: too few confirmed examples in this language ({ $lang }).
