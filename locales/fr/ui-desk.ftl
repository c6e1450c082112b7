### Mots de la file et de la barre. À lire avec ui.ftl.

ui-loading = Chargement…
ui-close = Fermer
ui-undo = Annuler
ui-any = Indifférent
ui-key-escape = Échap
ui-label = Étiquette
ui-narrative = Récit
ui-acts = Actes

## Pannes

ui-not-saved = Non enregistré. { $why }

## Connexion

ui-sign-out = Se déconnecter

## La barre

ui-nav = Écrans
ui-nav-monitoring = Veille
ui-nav-situation = Situation
ui-nav-warnings = Alertes
ui-nav-communication = Communication
ui-nav-facts = Faits établis
ui-nav-log = Main courante
ui-nav-admin = Administration
ui-only-adding = Votre rôle apporte des signaux : tapez n, ou « Ajouter à la main ».
ui-no-screen = Votre rôle n’ouvre aucun écran ici. Un administrateur peut le changer.
ui-skip-to-content = Aller au contenu
ui-state-of-this-desk = État de ce poste
ui-mission-time = { $time } heure de la mission
ui-unsent = { $count ->
    [0] rien en attente
   *[other] { $count } en attente d’envoi
}
ui-preferences = Affichage

## Actes : boutons, touches, palette, aide

ui-do-add = Ajouter à la main
ui-do-help = Touches et aide
ui-do-palette = Tous les actes
ui-do-next = Récit suivant
ui-do-previous = Récit précédent
ui-do-relevant = Retenir
ui-do-dismiss = Écarter
ui-do-reopen = Remettre en attente
ui-do-assign = Attribuer
ui-assign-me = { $name } (moi)
ui-assign-nobody = Personne
ui-assign-type = Nom d’un ou d’une collègue
ui-assign-none = Personne de ce nom ne peut agir sur ce récit.
ui-do-label = Étiqueter
ui-do-join = Réunir en un seul
ui-do-select = Sélectionner ou non
ui-do-unselect = Vider la sélection
ui-do-open = Ouvrir le récit
ui-do-search = Chercher
ui-do-show-new = Montrer les nouveautés
ui-did-new = { $count ->
    [one] Récit remis en attente
   *[other] { $count } récits remis en attente
}
ui-did-relevant = { $count ->
    [one] Récit retenu
   *[other] { $count } récits retenus
}
ui-did-dismissed = { $count ->
    [one] Récit écarté
   *[other] { $count } récits écartés
}
ui-did-assign = { $count ->
    [one] Récit attribué à { $name }
   *[other] { $count } récits attribués à { $name }
}
ui-did-unassign = { $count ->
    [one] Récit attribué à personne
   *[other] { $count } récits attribués à personne
}
ui-did-label = { $count ->
    [one] Étiquette « { $label } » posée
   *[other] Étiquette « { $label } » posée sur { $count } récits
}
ui-did-unlabel = { $count ->
    [one] Étiquette « { $label } » retirée
   *[other] Étiquette « { $label } » retirée de { $count } récits
}
ui-did-undo = { $count ->
    [one] Annulé
   *[other] Annulé pour { $count } récits
}
ui-nothing-to-undo = Rien à annuler : un acte peut être repris pendant 10 secondes. Vous pouvez toujours décider à nouveau.
ui-label-on = Poser cette étiquette
ui-label-off = Retirer « { $label } »

## Langues

ui-languages = { $count ->
    [one] { $count } langue
   *[other] { $count } langues
}

## Veille

ui-filters = Filtres
ui-filter-state = État
ui-filter-state-new = Nouveaux
ui-filter-state-relevant = Retenus
ui-filter-state-dismissed = Écartés
ui-filter-state-all = Tous
ui-search = Chercher
ui-more-filters = Plus de filtres
ui-sort = Ordre
ui-sort-attention = Attention d’abord
ui-sort-newest = Plus récents d’abord
ui-sort-count = Plus copiés d’abord
ui-filter-kind = Genre
ui-filter-since = Actif depuis
ui-filter-lang = Langue
ui-filter-source = Source
ui-filter-label = Étiquette
ui-filter-mine = Attribués à moi
ui-any-time = Toujours
ui-since-1h = 1 heure
ui-since-6h = 6 heures
ui-since-24h = 24 heures
ui-since-72h = 3 jours
ui-since-7d = 7 jours
ui-clear-filters = Retirer les filtres
ui-narratives = { $count ->
    [one] { $count } récit
   *[other] { $count } récits
}
ui-as-of = état à { $dtg }
ui-index-lag = { $count ->
    [one] recherche en retard de { $count } écriture
   *[other] recherche en retard de { $count } écritures
}
ui-remembered = La liaison est coupée. Voici la liste telle qu’elle était à { $dtg } ; elle ne bouge plus.
ui-waiting = { $count ->
    [one] { $count } nouveau
   *[other] { $count } nouveaux
}
ui-selected = { $count ->
    [one] { $count } sélectionné
   *[other] { $count } sélectionnés
}
ui-select-all = Sélectionner les { $count } affichés
ui-select-one = Sélectionner { $code }
ui-queue-empty = Rien à traiter. Les nouveaux récits apparaissent ici d’eux-mêmes.
ui-queue-empty-filtered = Rien ne répond à ces filtres.
ui-tricks = { $count } sortes de changement
ui-more-narratives = Récits suivants
ui-preview = Aperçu
ui-restricted = Contenu d’accès restreint
ui-restricted-about = Contenu d’accès restreint : l’ouvrir est inscrit au journal.
ui-preview-empty = Choisissez un récit, ou tapez j.
ui-count-open = { $count ->
    [one] { $count } signal : ouvrir la liste
   *[other] { $count } signaux : ouvrir la liste
}
ui-per-hour = { $count } en une heure
ui-sources = { $count ->
    [one] { $count } source
   *[other] { $count } sources
}
ui-has-media = avec fichier joint
ui-ago-s = il y a { $value } s
ui-ago-min = il y a { $value } min
ui-ago-h = il y a { $value } h
ui-ago-d = il y a { $value } j
ui-recorded-ago = enregistré { $ago }
ui-why-here = Pourquoi à cette place ({ $value })

## Un récit

ui-clock-known = { $hours ->
    [0] Connu depuis moins de 1 h.
   *[other] Connu depuis { $hours } h.
}
ui-clock-not-verified = Vérifié : non.
ui-clock-verified = Vérifié : { $dtg }.
ui-clock-not-answered = Réponse : non.
ui-clock-answered = Réponse : { $dtg }.
ui-clock-since = Connu depuis { $dtg }
ui-signals-word = { $count ->
    [one] signal
   *[other] signaux
}
ui-sources-word = { $count ->
    [one] source
   *[other] sources
}
ui-all-signals = Les { $count } signaux
ui-why-grouped = Pourquoi groupés
ui-earliest-trace = PREMIÈRE TRACE
ui-alike-same = même texte
ui-imitates = Imite « { $name } »
ui-alike-link = même adresse
ui-alike-picture = même image
ui-alike-near = presque le même texte, { $share } en commun

## Un signal

ui-text-clipped = Le texte continue ; ouvrez le signal pour le lire en entier.
ui-seen-at = vu { $dtg }
ui-seen-unknown = heure inconnue
ui-recorded-at = enregistré { $dtg }
ui-repeats = { $count ->
    [one] livré une fois de plus
   *[other] livré { $count } fois de plus
}
ui-open-entry = Écriture { $seq }
ui-attachments = Fichiers joints
ui-picture-show = Image floutée : montrer ({ $size })
ui-picture-hide = Flouter l’image
ui-file-download = Télécharger { $name } ({ $size })

## Ajout à la main et envois en attente

ui-sent-kept = { $seq ->
    [0] Inscrit au journal scellé.
   *[other] Inscrit au journal scellé, écriture { $seq }.
}
ui-sent-refused = Le serveur a refusé ce que vous avez écrit ; c’est toujours sur ce poste. { $why }
