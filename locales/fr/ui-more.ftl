### Mots des autres écrans : récit, signal, main courante, ajout à la main, administration, exercice.

ui-cancel = Annuler
ui-unknown = inconnu
ui-key = Touche
ui-key-enter = Entrée
ui-source = Source
ui-place = Lieu
ui-order = Ordre
ui-hour = Heure
ui-first = Premier
ui-seen = Vu
ui-reported = Rapporté
ui-recorded = Enregistré
ui-author = Dit par
ui-address = Adresse
ui-component = Composante
ui-signal = Signal
ui-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}

## Connexion

ui-account-name-help = Minuscules, chiffres, point, trait d’union

## Actes : boutons, touches, palette, aide

ui-do-back = Retour
ui-what-it-does = Effet
ui-help-about = Une touche est le caractère tapé, où que votre clavier le place. Elles se taisent pendant la saisie. Le navigateur garde les siennes.
ui-palette-type = Tapez ce que vous voulez faire
ui-palette-none = Rien de ce nom ici

## Un récit

ui-narrative-answer = Ouvrir une réponse
ui-back-to-queue = Retour à la veille
ui-assigned-to = attribué à { $name }
ui-signals = Signaux
ui-signals-title = { $count ->
    [one] { $count } signal
   *[other] { $count } signaux
}
ui-sources-title = Sources
ui-per-hour-title = Signaux par heure
ui-chart-label = { $count } signaux sur { $hours } heures, au plus { $top } en une heure. Les mêmes chiffres sont dans le tableau ci-dessous.
ui-chart-top = { $count } en une heure
ui-chart-bar = { $dtg } : { $count }
ui-chart-table = En tableau
ui-order-first = Plus anciens d’abord
ui-order-last = Plus récents d’abord
ui-waiting-signals = { $count ->
    [one] { $count } de plus : le montrer
   *[other] { $count } de plus : les montrer
}
ui-more-signals = Signaux suivants
ui-history-title = Ce qui a été fait
ui-history-none = Personne n’a encore agi.
ui-history-triaged = Décision
ui-history-assigned = Attribution
ui-history-labelled = Étiquette posée
ui-history-unlabelled = Étiquette retirée
ui-history-alike = Même récit qu’un autre
ui-history-unlike = Pas le même récit qu’un autre
ui-history-joined = Réuni avec un autre
ui-history-parted = Séparé
ui-history-shared = Remis à un partenaire
ui-history-taken-back = acte repris
ui-by-nobody = personne de nommé
ui-why-alone = Un seul signal : rien encore avec quoi le grouper.
ui-lead = La première trace ({ $kind }) précède de { $hours } h la première publication.
ui-earliest-public = Première publication
ui-variants = { $count ->
    [one] { $count } formulation
   *[other] { $count } formulations
}
ui-copies = { $count ->
    [one] { $count } copie
   *[other] { $count } copies
}
ui-first-of-these = première le { $dtg }
ui-why-method = Groupés parce que les textes se ressemblent, et pour rien d’autre. Comparés par { $model }.
ui-error-exact = Chaque ressemblance est comptée exactement.
ui-error-not-assessed = Son taux d’erreur n’a pas été évalué.
ui-error-measured = Il se trompe dans { $share } des cas de son évaluation.

## Un signal

ui-original = Original, tel que reçu
ui-to-narrative = Son récit
ui-normal-text = Texte tel que comparé
ui-sheet-field-station = Station ou ligne
ui-sheet-field-frequency = Fréquence
ui-sheet-field-speaker = Qui parle
ui-sheet-field-duration_s = Durée en secondes
ui-sealed-entry = Écriture au journal scellé
ui-sealed-about = Le journal ne fait que croître. Cette page recalcule, sur ce poste, le chemin de l’écriture à l’état signé.
ui-entry = Écriture
ui-entry-kind = Ce qui s’est passé
ui-entry-actor = Par
ui-entry-hash = Empreinte de l’écriture
ui-entry-root = Racine du journal
ui-entry-raw = L’écriture, octet par octet
ui-entry-checkpoint = État signé
ui-entry-path = Chemin vers la racine ({ $count })
ui-proof-checking = Vérification sur ce poste…
ui-proof-ok = Vérifié sur ce poste : l’écriture mène à la racine de l’état signé.
ui-proof-bad = NE CONCORDE PAS : cette écriture ne mène pas à la racine de l’état signé. Prévenez l’administrateur ; gardez cette page.
ui-proof-cannot = Ce navigateur ne calcule pas d’empreintes sur une page non chiffrée. Utilisez vigie-verify sur une copie.

## Main courante

ui-log-about = Les heures sont zoulou et mises par le site. Une mention se raye, elle ne s’efface pas.
ui-log-line = Écrire une mention
ui-log-write = Inscrire
ui-log-happened-at = Heure du fait
ui-log-happened = fait à { $dtg }
ui-log-no-such-time = « Heure du fait » attend une heure zoulou telle que 0412Z.
ui-log-incident = Incident
ui-log-correct = Corriger
ui-log-correct-title = Corriger la mention de { $dtg }
ui-log-correct-about = La mention reste lisible, rayée, avec votre nom et votre motif. La mention corrigée s’ajoute à la fin.
ui-log-instead = Mention corrigée
ui-log-instead-help = Laissez-la telle quelle ou vide pour rayer sans rien ajouter.
ui-log-reason = Motif
ui-log-strike = Rayer et ajouter
ui-log-corrects = corrige une mention antérieure
ui-log-struck = rayée par { $by } { $dtg } : { $reason }
ui-log-strike-waiting = correction en attente d’envoi
ui-log-unsent = sur ce poste seulement, en attente d’envoi
ui-log-empty = Aucune mention.
ui-log-older = Mentions antérieures
ui-log-remembered = La liaison est coupée. Ces mentions sont les dernières reçues ; les nouvelles attendent sur ce poste.

## Ajout à la main et envois en attente

ui-sheet-text = Texte ou fichier
ui-sheet-radio = Écoute radio
ui-sheet-call = Appel
ui-add-form = Type de fiche
ui-add-text-text = Texte, tel que reçu
ui-add-text-radio = Ce qui a été dit à l’antenne
ui-add-text-call = Ce qu’a dit l’appelant
ui-add-kind = Ce que c’est
ui-add-author = Dit par (fonction ou compte)
ui-add-station-radio = Station et émission
ui-add-station-call = Ligne appelée
ui-add-frequency = Fréquence
ui-add-speaker = Qui parle, par fonction
ui-add-minutes = Durée en minutes
ui-add-source-hand = Mon poste
ui-add-no-source = Aucune source pour les ajouts à la main n’est inscrite : le serveur refuserait. Un administrateur en inscrit une sous Sources.
ui-add-seen = Quand cela a été vu ou entendu
ui-add-seen-unknown = Inconnu
ui-add-seen-now = Maintenant
ui-add-seen-at = À (heure de la mission, { $zone })
ui-add-file = Choisir un fichier
ui-add-drop = ou déposez, ou collez ici une capture ou une note vocale.
ui-add-seen-help = 04:12 est le dernier 04:12 passé ; 21 04:12 est le 21 ; 210412ZNOV26 est en zoulou.
ui-add-save = Enregistrer
ui-add-about = Gardé d’abord sur ce poste, puis envoyé.
ui-add-offline = La liaison est coupée. Vous pouvez continuer : c’est gardé ici et partira à son retour.
ui-add-nothing = Rien à enregistrer : écrivez le texte ou ajoutez un fichier.
ui-add-no-such-time = Cette heure n’existe pas à l’heure de la mission. Corrigez-la ou choisissez « Inconnu ».
ui-add-not-kept = Ce poste refuse de le garder (mémoire pleine ou fermée). Copiez le texte ailleurs avant de quitter cette page.
ui-add-leave = Quitter sans enregistrer ?
ui-add-go-on = Continuer
ui-file-too-big = { $name } est trop gros : un fichier peut faire { $size }.
ui-file-remove = Retirer { $name }
ui-kept-here = Gardé sur ce poste. Envoi au retour de la liaison.
ui-unsent-title = En attente d’envoi
ui-unsent-none = Rien n’attend : tout ce qui a été écrit ici est au serveur.
ui-unsent-about = Ces éléments sont sur le disque de ce poste et nulle part ailleurs. Ils partiront d’eux-mêmes au retour de la liaison. Effacer les données du navigateur les perdrait.
ui-held-signal = Signal
ui-held-note = Mention de main courante
ui-held-strike = Correction
ui-held-answer = Réponse à une demande
ui-held-incident = Incident
ui-held-by-another = écrit par un autre compte
ui-held-files = { $count ->
    [one] { $count } fichier joint
   *[other] { $count } fichiers joints
}
ui-held-refused = Refusé : { $why }
ui-try-again = Réessayer
ui-discard = Abandonner
ui-discard-sure = Abandonner pour de bon
ui-send-now = Envoyer maintenant

## Administration

ui-admin-sources = Sources
ui-admin-users = Comptes
ui-admin-journal = Journal scellé
ui-admin-models = Modèles
ui-sources-about = Aucune source ne tourne sans finalité, base juridique, responsable et durée de conservation.
ui-sources-none = Aucune source. Inscrivez-en une pour commencer.
ui-source-register = Inscrire une source
ui-source-register-line = Registre des finalités
ui-source-id = Nom court
ui-source-id-help = Minuscules, chiffres et traits d’union
ui-source-name = Nom
ui-source-connector = Comment elle arrive
ui-source-purpose = Pourquoi la mission la lit
ui-source-basis = Base juridique
ui-source-owner = Responsable
ui-source-owner-help = Une fonction, pas une personne
ui-source-retention = Conservation
ui-source-retention-days = Conservation en jours
ui-source-languages = Langues (codes)
ui-source-licence = Licence ou conditions
ui-source-compartments = Qui peut la voir
ui-source-pause = Suspendre
ui-source-resume = Reprendre
ui-source-test = Essayer
ui-source-new-key = Nouvelle clé d’entrée
ui-source-new-key-about = La clé utilisée par { $name } cesse aussitôt de servir. Continuer ?
ui-source-key-title = Clé d’entrée
ui-source-key-once = Copiez-la maintenant : elle s’affiche une seule fois.
ui-source-key-for = Clé de { $id }
ui-source-did-pause = { $name } est suspendue.
ui-source-did-resume = { $name } tourne à nouveau.
ui-source-did-test = { $name } a été essayée ; voyez son état ci-dessous.
ui-register-about = Cette ligne est gardée au journal scellé.
ui-health-ok = Marche
ui-health-silent = Muette
ui-health-refusing = N’accepte rien
ui-health-failing = En panne
ui-health-paused = Suspendue
ui-health-never = Rien encore
ui-health-last = dernier accepté { $dtg }
ui-health-never-accepted = rien d’accepté encore
ui-health-accepted = { $count ->
    [one] { $count } accepté en 24 h
   *[other] { $count } acceptés en 24 h
}
ui-health-refused = { $count ->
    [one] { $count } refusé en 24 h
   *[other] { $count } refusés en 24 h
}
ui-health-repeated = { $count ->
    [one] { $count } livré à nouveau
   *[other] { $count } livrés à nouveau
}
ui-users-about = Les droits se donnent par rôle et par accès restreint.
ui-user-add = Ajouter un compte
ui-user-role = Rôle
ui-user-affiliation = Appartient à
ui-user-compartments = Donne accès à
ui-user-level = Peut
ui-user-grants = Droits
ui-user-no-grants = aucun droit
ui-user-password = Mot de passe (facultatif)
ui-user-password-help = Laissez vide pour obtenir un code à usage unique à remettre.
ui-user-invite = Code à usage unique
ui-user-invite-about = Remettez-le à { $name } en personne. Il s’affiche une seule fois.
ui-user-rights = Modifier les droits
ui-user-rights-for = Droits de { $name }
ui-user-rights-about = Ils remplacent tous ceux que le compte a aujourd’hui.
ui-user-rights-did = { $name } a désormais d’autres droits.
ui-user-again = Nouveau code
ui-journal-room = { $free } libres · { $reserve } en réserve
ui-user-revoke = Retirer tous les droits
ui-user-revoke-about = { $name } perd tous ses droits et sera déconnecté. Ses actes passés restent au journal.
ui-user-revoked = { $name } n’a plus aucun droit.
ui-journal-about = Tout ce qui est reçu, lu, décidé ou refusé est une écriture. On ne fait qu’en ajouter.
ui-journal-entries = { $count ->
    [one] { $count } écriture
   *[other] { $count } écritures
}
ui-journal-verify = Vérifier maintenant
ui-journal-checking = Vérification…
ui-journal-ok = { $count ->
    [one] { $count } écriture relue : elle concorde avec l’état signé.
   *[other] Les { $count } écritures relues concordent avec l’état signé.
}
ui-journal-bad = NE CONCORDE PAS à partir de l’écriture { $seq }. Arrêtez, copiez le dossier, prévenez le responsable des pièces.
ui-journal-last = Dernière écriture
ui-journal-origin = Origine
ui-journal-verifier = Clé de vérification
ui-journal-index = Recherche
ui-journal-caught-up = à jour
ui-journal-disk = Disque
ui-journal-disk-parts = { $store } journal · { $keys } clés · { $files } fichiers
ui-engine = Moteur
ui-engine-version = Version
ui-engine-lag = Écritures de retard

## L'exercice et son guide

ui-exercise = Exercice
ui-exercise-speed = Allure
ui-exercise-play = Reprendre
ui-exercise-pause = Pause
ui-exercise-cut = Couper la liaison extérieure
ui-exercise-restore = Rétablir la liaison extérieure
ui-exercise-tamper = Changer un octet d’une copie
ui-guide-steps = Étapes
ui-guide-show = Montrer
ui-guide-next = Suivant
ui-guide-back = Précédent
ui-guide-skip = Passer le guide
ui-guide-end = Terminer le guide
ui-guide-again = Guide
ui-step-title-grows = Un récit
ui-step-title-why = Pourquoi groupés
ui-step-title-clock = L’horloge
ui-step-title-fair = Une plainte légitime
ui-step-title-cut = La liaison coupée
ui-step-title-proof = La preuve
ui-step-grows = Un récit, copié encore et encore. Des mots sont coupés par des traits, des lettres remplacées par des sosies ; Vigie compte toujours un seul récit. Regardez son nombre monter jusqu’à 37.
ui-step-why = Pourquoi un seul récit ? Chaque formulation est montrée avec ce qui y a été changé. La première trace n’est pas une publication : un agent de liaison l’avait rapportée, de bouche à oreille, 27 heures plus tôt.
ui-step-clock = La mission le sait depuis 27 heures. Personne n’a vérifié, personne n’a répondu. L’horloge le dira jusqu’à ce que quelqu’un le fasse.
ui-step-fair = À côté, des gens se plaignent d’un convoi passé trop vite. C’est une critique légitime. Vigie la compte et ne la juge pas.
ui-step-cut = Coupez la liaison extérieure. Le dehors disparaît, les SMS locaux arrivent toujours. Rétablissez-la : ce qui manquait rentre, et rien n’est perdu.
ui-step-proof = Chaque nombre mène à ses signaux, et un signal à l’original au journal scellé. Changez maintenant un octet d’une copie : le vérificateur nomme l’écriture.
ui-tampered = Dans une copie du journal, l’octet { $offset } de l’écriture { $entry } a été changé. Le vérificateur s’est arrêté avec le code { $exit } et a dit :

## Audit and the purpose register

ui-admin-purposes = Registre des finalités
ui-admin-checks = Vérifications publiées
ui-admin-audit = Qui a vu ceci ?
ui-audit-about = Les lectures de contenus protégés, les refus et les exports sont des écritures ; on les trouve ici par ce qui a été lu, ou par qui a lu. Ce qui est ouvert à tout un compartiment ne laisse pas de trace à la lecture. Votre question est elle aussi une écriture.
ui-audit-thing = Récit, signal ou objet
ui-audit-person = Personne
ui-audit-who = Qui a vu ceci ?
ui-audit-what = Qu’a vu cette personne ?
ui-audit-none = Rien n’est consigné à ce sujet.
ui-audit-when = Quand
ui-audit-did = Quoi
ui-audit-did-read = lu
ui-audit-did-denied = refusé
ui-audit-did-exported = exporté
ui-audit-did-shared = remis à un partenaire
ui-audit-entry = Écriture
ui-audit-older = Plus anciens
ui-purposes-about = Ce que la mission lit, pourquoi, à quel titre, qui en répond, et combien de jours on le garde.
ui-purposes-print = Imprimer
ui-table-xlsx = Télécharger en XLSX
ui-table-csv = Télécharger en CSV
ui-table-stories = Récits en tableau
ui-file-pass-on = Une copie de { $name } à transmettre, sans ce que l’appareil y a inscrit
ui-admin-functions = Fonctions et vérificateurs
ui-admin-keeping = Garder et effacer
ui-admin-state = État du site

ui-rules-title = Ce qui est remarqué
ui-rules-about = Ouvrir un élément restreint, essuyer un refus et emporter un tableau sont des écritures du journal scellé. Beaucoup en { $minutes } minutes est signalé, avec le nombre, à qui veille sur les données personnelles. Rien d’autre ne s’ensuit de soi-même.
ui-rules-from = à partir de { $limit }
ui-journal-generation = Génération { $number } depuis { $at }, à partir de l’écriture { $seq } : le site a été restauré ou remis depuis une copie plus ancienne. Raison : { $reason }. Les écritures d’avant gardent leur numéro et leurs preuves ; à partir de là, un autre nom et une autre clé signent, et la clé d’avant a signé la passation. Ce que le site perdu a enregistré ensuite n’est pas ici. Rien de ce qui était en partance n’a été envoyé de lui-même.
