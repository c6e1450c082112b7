### Ce que la lecture d’un texte dit d’elle-même : pourquoi des signaux vont ensemble, et ce qu’un texte a subi.

## Pourquoi deux signaux sont liés
why-same-text = Même texte, une fois mis de côté majuscules, accents, ponctuation et émojis.
why-same-link = Les deux donnent l’adresse du même article, de la même publication ou de la même vidéo.
why-same-picture = Les deux portent la même image, quelles que soient sa taille et sa position : { $bits } repères sur 256 diffèrent.
why-together-burst = { $accounts } comptes ont publié la même chose en { $seconds } s.
why-together-repeated = { $accounts } comptes ont partagé ensemble, à plusieurs reprises, les mêmes { $things } éléments, chaque fois en { $seconds } s.
why-together-chance = Le hasard en donnerait { $expected } paires de messages aussi rapprochées ; il y en a { $pairs }.
why-together-rate = Sur cent constats de ce genre, le hasard seul en donne { $share }.
why-together-unassessed = Ce que donnerait le hasard n’est pas évalué : on sait trop peu d’autre de ces comptes.
why-together-author = Ceci dit ce qui a été publié et quand, jamais qui est derrière. Une nouvelle que tous entendent au même moment est aussi relayée au même moment.
why-topic = Nouveau depuis un jour : { $words }. Dans { $signals } signaux ; les { $days } jours précédents, dans { $before } sur { $base }.
why-near-text = Texte presque identique : { $shared } suites de trois mots sur { $total } sont les mêmes ({ $percent } %).

## Ce qu’un texte a subi
trick-split-words-long = Des mots sont coupés par des tirets, des points ou des espaces.
trick-look-alikes-long = Des lettres sont remplacées par leurs sosies d’un autre alphabet.
trick-invisible-long = Des caractères invisibles sont insérés.
trick-stretched-long = Des lettres sont répétées.
trick-dressing-long = Les majuscules, la ponctuation, les émojis ou le style des lettres diffèrent.

## Sur quoi repose la langue
language-basis-script = Cette écriture ne sert qu’à une langue.
language-basis-hint = La source l’indique.
language-basis-model = Un modèle l’indique.
language-basis-none = Langue inconnue.

## Pourquoi une classe est proposée, ou aucune ne peut l’être
why-answer-fact = Il reprend { $percent } % des mots de ce fait.
why-answer-story = Il reprend { $percent } % des premiers mots de ce récit, que des personnes ont vérifié.
why-answer-check = Il reprend { $percent } % des mots de cette affirmation.
why-answer-meaning = Rang { $rank } par le sens ; une rumeur et son démenti ont presque le même sens.
why-not-assessed-restricted = Non évalué : les mots d’un récit restreint ne sont pas examinés.
why-near-example = Proche de l’exemple confirmé { $example } ({ $percent } %).
why-words = Ces mots plaident en ce sens dans les exemples confirmés : { $words }.
why-lexicon = Le lexique contient « { $term } » (sous la responsabilité de { $owner }, revu le { $reviewed }).
why-quotes = Le texte cite quelqu’un : il répond peut-être à ce qu’il répète.
why-denounces = Le texte contient des mots de réprobation : il répond peut-être à ce qu’il répète.
why-not-assessed-language = Non évalué : la langue est inconnue.
why-not-assessed-examples = Non évalué : trop peu d’exemples confirmés dans cette langue ({ $lang }).
