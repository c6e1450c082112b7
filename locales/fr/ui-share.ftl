### Partenaires : remettre un récit à l'un d'eux, ce qui leur a été remis, et les vérifications qu'ils ont publiées.

## Remettre un récit

ui-share-title = Remettre { $code } à un partenaire
ui-share = Pour un partenaire
ui-share-open = Remettre à un partenaire…
ui-share-about = Ce qui a été publié ou diffusé sort, une fois : les textes tels que vous les voyez, noms et numéros des personnes protégées masqués. Ce que des personnes ont confié à la mission reste, ainsi que tout ce qui est restreint. Le destinataire, la finalité et l’empreinte de ce qui sort sont inscrits sous votre nom.
ui-share-recipient = À qui
ui-share-recipient-help = L’organisation, et la personne s’il y en a une. Le même destinataire reçoit chaque fois les mêmes pseudonymes.
ui-share-purpose = À quelle fin
ui-share-form = Forme
ui-share-accounts = Comptes
ui-share-pseudonymous = Sous pseudonyme, différent pour chaque destinataire ; adresses et @noms masqués dans les textes
ui-share-plain = Avec les noms et adresses tels que publiés
ui-share-reason = Pourquoi des pseudonymes ne suffisent pas
ui-share-do = Remettre et inscrire
ui-share-done = Inscrit. { $messages ->
        [one] { $messages } message sort
       *[other] { $messages } messages sortent
    } ; { $left ->
        [one] { $left } signal reste ici
       *[other] { $left } signaux restent ici
    }.
ui-share-handling = Peut être transmis : { $tlp }.
ui-share-hash = SHA-256 du fichier
ui-share-save = Enregistrer le fichier
ui-share-entry = Écriture { $seq }

## Ce qui a été remis à des partenaires

ui-shares-title = Remis à des partenaires
ui-shares-about = Les récits sortis de la main d’une personne nommée, à qui et à quelle fin. L’empreinte dit si un fichier est bien celui qui est sorti.
ui-shares-none = Rien n’a été remis à un partenaire.
ui-shares-when = Quand
ui-shares-who = Qui
ui-shares-what = Récit
ui-shares-hidden = hors de votre accès
ui-shares-how = Comment
ui-shares-messages =
    { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }
ui-shares-reason = Noms donnés parce que : { $reason }
ui-shares-older = Plus anciens

## Vérifications publiées

ui-checks-about = Les listes de vérifications que d’autres ont publiées, comme données de référence : elles sont proposées à côté des récits comme réponses possibles. Sur le serveur : vigie claims add FICHIER.
ui-checks-none = Aucune liste n’a été chargée.
ui-checks-list = Liste
ui-checks-version = Version
ui-checks-count = Vérifications
ui-checks-owner = En répond
ui-checks-from = Provenance, licence
ui-checks-loaded = Chargée { $at } par { $name }
ui-checks-console = la console
ui-checks-withdraw = Retirer…
ui-checks-withdraw-do = Retirer
ui-checks-withdrawn = Retirée { $at } par { $name }
ui-checks-reason = Pourquoi elle n’est plus proposée
ui-checks-did = Retirée, et inscrit.
