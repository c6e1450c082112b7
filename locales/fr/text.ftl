### Ce que la lecture d’un texte dit d’elle-même : pourquoi des signaux vont ensemble, et ce qu’un texte a subi.

## Pourquoi deux signaux sont liés
why-same-text = Même texte, une fois mis de côté majuscules, accents, ponctuation et émojis.
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
