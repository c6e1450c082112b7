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
