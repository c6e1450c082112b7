### Mots pour ce que les moteurs ont constaté dans plusieurs signaux ensemble.

ui-found-title = Constaté dans ces signaux ensemble
ui-found-help = Une suggestion, avec les messages qui la fondent. Elle dit ce qui a été publié et quand, jamais qui est derrière.
ui-found-open = Personne n’a répondu
ui-found-agreed = Confirmé
ui-found-overruled = Infirmé
ui-found-agree = Confirmer
ui-found-overrule = Infirmer
ui-found-did-agree = Noté : vous confirmez.
ui-found-did-overrule = Noté : vous infirmez ce constat. Il reste au journal, avec votre motif.
ui-found-reason = Pourquoi ce constat ne tient pas
ui-found-not-assessed = Part du hasard : non évaluée
ui-found-messages =
    { $count ->
        [one] Le message qui le fonde
       *[other] Les { $count } messages qui le fondent
    }
ui-found-model = Constaté par { $model }.
ui-found-error-none = La fréquence de ses erreurs n’est pas évaluée.
ui-found-error-exact = Un décompte, exact.
ui-found-error = Parmi de tels constats, le hasard seul en donne environ { $share }.
ui-found-entry = écriture { $seq }
ui-found-graph =
    { $accounts ->
        [one] { $accounts } compte
       *[other] { $accounts } comptes
    } et { $things ->
        [one] l’élément partagé
       *[other] les { $things } éléments partagés
    }. Le tableau dit la même chose.
ui-found-graph-help = Les points sont des comptes, les carrés ce qu’ils ont partagé.
ui-found-table = La même chose en tableau
ui-found-account = Compte (pseudonyme)
ui-found-posts = Messages
ui-found-post-of = Message { $n } de { $name }
ui-found-first = Premier
ui-found-gaps = Ce qui n’a pas pu être entendu
ui-found-gap-uplink = La liaison avec l’extérieur était coupée
ui-found-gap-source = { $name } était suspendue
ui-found-gap-from = depuis { $from }
ui-found-gap-until = de { $from } à { $until }
ui-found-share = De tous les signaux entendus durant ces heures, { $share } sont ici ({ $count } sur { $heard }).
ui-found-recall = { $lang } : les copies modifiées par { $changes } sont retrouvées plus rarement qu’en anglais ; non évalué.
ui-found-recall-none = { $lang } : la fréquence à laquelle des copies modifiées sont retrouvées n’est pas évaluée.
ui-found-change-spelling = des fautes d’orthographe
ui-found-change-affixes = des préfixes et des terminaisons
ui-found-change-emoji = des émojis
ui-found-change-switching = des mots d’une autre langue
ui-found-change-hyphens = des traits d’union
ui-found-change-look-alikes = des lettres qui se ressemblent

## Réunir et séparer

ui-apart-title = Réunir ou séparer
ui-apart-part = Ces formulations racontent une autre histoire
ui-apart-part-help = Leurs copies les suivent, celles à venir aussi. Les machines ne réuniront plus jamais les deux récits.
ui-apart-one-wording = Il n’y a qu’une formulation.
ui-apart-part-reason = Pourquoi c’est une autre histoire
ui-apart-part-do = En faire un récit à part
ui-apart-did-part = C’est maintenant un récit à part.
ui-apart-join = Un autre récit raconte la même histoire
ui-apart-join-help = Le plus ancien des deux garde son nom ; appréciations, demandes et réponses des deux s’y trouvent.
ui-apart-join-code = Code de l’autre récit
ui-apart-join-reason = Pourquoi c’est la même histoire
ui-apart-join-do = N’en faire qu’un récit
ui-apart-did-join = Ce n’est plus qu’un récit.

## Ce qui est suggéré

ui-suggest-answers = Ce qui peut y répondre
ui-suggest-answers-help = Les faits établis, les récits déjà vérifiés et les vérifications publiées par d’autres, proches par les mots ou par le sens. Un démenti se lit comme la rumeur qu’il dément : lisez les deux.
ui-suggest-answers-none =
    { $count ->
        [0] Rien de vérifié n’est là pour la recherche.
        [one] Rien de proche dans le seul élément déjà vérifié. Cela ne veut pas dire qu’il n’y a rien.
       *[other] Rien de proche dans les { $count } éléments déjà vérifiés. Cela ne veut pas dire qu’il n’y a rien.
    }
ui-suggest-close = Très proche
ui-suggest-check-said = { $publisher } : { $verdict }
ui-suggest-check-publisher-none = Auteur de la vérification non nommé
ui-suggest-check-verdict-none = sans verdict en toutes lettres
ui-suggest-check-rating = note { $value } sur une échelle de { $worst } (faux) à { $best } (vrai)
ui-suggest-check-dated = publiée le { $date }
ui-suggest-check-list = liste { $list }, version { $version } · licence : { $licence }
ui-suggest-check-read = La lire là où elle a été publiée
ui-suggest-by-meaning = Les vérifications publiées ont été cherchées par les mots et par le sens.
ui-suggest-by-words = Les vérifications publiées ont été cherchées par les seuls mots ; la proximité de sens n’est pas évaluée.
ui-suggest-measured = La fréquence de ses erreurs a été mesurée dans cette langue : voir sa fiche.
ui-suggest-not-measured = La fréquence de ses erreurs dans cette langue n’est pas évaluée.
ui-suggest-classes = Quel genre de propos ce peut être
ui-suggest-classes-help = Une suggestion tirée des exemples que des personnes ont confirmés. Elle n’étiquette et ne compte rien ; c’est à vous d’apprécier.
ui-suggest-classes-none = Rien de proche n’a jamais été confirmé. Cela ne veut pas dire que c’est inoffensif.
ui-suggest-may-be = Peut-être : { $class }
ui-suggest-wrong = Dans cette langue, { $share } de ces réponses sont fausses.

## Modèles

ui-models-about = Ce que les machines font ici, ce qu’elles couvrent et la fréquence de leurs erreurs. Ce que personne n’a mesuré se lit « non évalué ».
ui-models-language = Langue
ui-models-not-assessed = Non évalué
ui-models-recall = Copies modifiées retrouvées
ui-models-recall-help = Part des copies retrouvées bien que modifiées. Plus de cinq points sous l’anglais se lit « non évalué ».
ui-models-recall-others = Toute autre langue, dont le français : non évalué.
ui-models-classes = Genres de propos suggérés
ui-models-classes-help =
    { $count ->
        [one] Appris des récits appréciés ici. Une langue est couverte à partir de { $count } exemple de chaque côté.
       *[other] Appris des récits appréciés ici. Une langue est couverte à partir de { $count } exemples de chaque côté.
    }
ui-models-classes-none = Non évalué : personne n’a encore apprécié de récit.
ui-models-with = Exemples avec un genre
ui-models-without = Exemples sans
ui-models-wrong = Réponses fausses
ui-models-rate = ({ $found } trouvés, { $missed } manqués, { $alarms } fausses alertes)
ui-models-judges = De qui elles apprennent
ui-models-judges-help = Mettez de côté ce que quelqu’un a apprécié si cela induit en erreur : la machine l’oublie aussitôt, les appréciations elles-mêmes demeurent.
ui-models-judges-none = De personne encore.
ui-models-examples =
    { $count ->
        [one] { $count } exemple
       *[other] { $count } exemples
    }
ui-models-aside = Mis de côté depuis { $dtg } par { $name }
ui-models-set-aside = Mettre de côté
ui-models-take-up = Reprendre
ui-models-reason = Pourquoi
ui-models-effect = Ce que cela a changé
ui-models-effect-of = { $lang } : { $before } exemples avant, { $after } maintenant
ui-models-cards = Fiches des modèles
ui-models-cards-help = Telles qu’elles accompagnent le code source.
ui-models-card-language = Reconnaît la langue
ui-models-card-meaning = Retrouve le même récit dit autrement
ui-models-card-coordination = Repère les comptes qui partagent ensemble
ui-models-card-claims = Retrouve ce qui a déjà été vérifié
ui-models-not-here = Pas ajouté à ce site

## Diffusion

ui-spread-title = Comment il se répand
ui-spread-langs = Langue
ui-spread-kinds = Genre
ui-spread-places = Lieu nommé

## Réunir plusieurs récits de la file

ui-merge-title = { $count ->
    [one] Réunir { $count } récit
   *[other] Réunir { $count } récits en un seul
}
ui-merge-about = Le plus ancien garde son nom ; tout ce qui concerne les autres le rejoint. Chaque réunion est une écriture à part et peut être annulée.
ui-merge-did = { $count ->
    [one] { $count } récit fait maintenant partie de { $code }.
   *[other] { $count } récits font maintenant partie de { $code }.
}
ui-merge-not = { $count ->
    [one] { $count } récit reste comme il était :
   *[other] { $count } récits restent comme ils étaient :
}
ui-merge-undo-reason = Annulé aussitôt après la réunion.
ui-merge-undone = { $count ->
    [one] { $count } récit est de nouveau à part.
   *[other] { $count } récits sont de nouveau à part.
}
