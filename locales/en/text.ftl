### What the reading of a text says of itself: why signals stand together, and what was done to a text.

## Why two signals are linked
why-same-text = Same text once capitals, accents, punctuation and emoji are set aside.
why-same-link = Both give the address of the same article, post or video.
why-same-picture = Both carry the same picture, whatever its size or position: { $bits } of 256 marks differ.
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
why-near-example = Near the confirmed example { $example } ({ $percent } %).
why-words = These words speak for it in the confirmed examples: { $words }.
why-lexicon = The lexicon has “{ $term }” (answered for by { $owner }, reviewed { $reviewed }).
why-quotes = The text quotes somebody: it may answer what it repeats.
why-denounces = The text has words that denounce: it may answer what it repeats.
why-not-assessed-language = Not assessed: the language is unknown.
why-not-assessed-examples = Not assessed: too few confirmed examples in this language ({ $lang }).
