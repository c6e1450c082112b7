### Mots des réponses : le tableau, une réponse, la validation sur un téléphone, les faits établis, le mandat, les questions.

## Le tableau

ui-loop-title = Communication et réponses
ui-loop-count = { $count ->
    [one] { $count } réponse en cours
   *[other] { $count } réponses en cours
}
ui-loop-mine = Attend une de mes fonctions
ui-loop-stage = Étape
ui-loop-all-stages = Toutes les étapes
ui-loop-new = Nouvelle réponse
ui-loop-next = Réponse suivante
ui-loop-previous = Réponse précédente
ui-loop-open = Ouvrir la réponse
ui-loop-not-all = { $shown } sur { $total } affichées, les plus récentes d’abord.
ui-loop-overdue = EN RETARD
ui-loop-opened = ouverte { $ago }
ui-loop-due = échéance { $dtg }
ui-loop-pace = Le temps que prennent les réponses
ui-loop-none-here = Aucune
ui-loop-last-of = les { $shown } dernières sur { $total }
ui-loop-out-at = diffusée { $dtg }
ui-loop-bound-cut = La liaison est coupée : rien n’est enregistré. Votre accord vaut pour les mots exacts tels qu’ils sont au moment où le serveur les reçoit ; gardé ici, il pourrait valoir pour d’autres mots. Recommencez au retour de la liaison.
ui-waits-option = Attend une option
ui-waits-text = Attend ses textes
ui-waits-verified = Attend une vérification : { $lang }
ui-waits-cleared = Attend une validation : { $function }
ui-waits-out = Attend d’être diffusée
ui-waits-measure = Attend l’examen de ce qui a suivi
ui-waits-nothing = N’attend rien

## Ouvrir une réponse

ui-loop-what = De quoi il s’agit
ui-loop-event = L’événement auquel elle répond
ui-loop-event-help = Pour répondre à un récit, ouvrez la réponse depuis ce récit.
ui-loop-from = Elle part
ui-loop-from-event = d’un événement prévu ou survenu
ui-loop-from-question = d’une question que l’on pose
ui-loop-from-plan = d’un plan
ui-loop-choose = Choisir…
ui-loop-no-plan = Aucun plan n’est écrit.
ui-loop-starts-from = Elle part de : { $what }
ui-loop-due-at = À diffuser avant ({ $zone })
ui-loop-chain = Qui valide, dans l’ordre où vous cochez
ui-loop-chain-help = Des fonctions, pas des personnes : qui tient la fonction ce jour-là.
ui-loop-open-it = L’ouvrir
ui-loop-close-again = Un texte est commencé ici. Fermez encore pour l’abandonner.

## Une réponse

ui-loop-owner = en répond : { $name }
ui-loop-closed = Close { $dtg } : { $outcome }
ui-loop-nobody = personne de nommé
ui-loop-option = Ce que l’on fait
ui-loop-why-this = Pourquoi cette option et pas une autre
ui-loop-take-option = Prendre cette option
ui-loop-other-option = Prendre une autre option
ui-loop-new-message = Nouveau message
ui-loop-effect-later = Elle est sortie. Aucun récit n’est derrière, dont on puisse compter les signaux.
ui-loop-effect-none = Rien n’est encore diffusé.
ui-loop-history = Ce qui s’est passé
ui-loop-was-opened = Ouverte
ui-loop-was-decided = Option : { $option }
ui-loop-was-drafted = { $code } rédigé, révision { $revision }
ui-loop-was-verified = { $code } vérifié : { $lang }
ui-loop-was-cleared = { $code } validé : { $function }
ui-loop-was-returned = { $code } renvoyé : { $reason }
ui-loop-was-issued = { $code } diffusé : { $channel }

## Un message

ui-loop-message = Message { $code }
ui-loop-revision = révision { $revision }, { $name }, { $dtg }
ui-loop-returned = Renvoyé { $dtg } : { $reason }
ui-loop-verified = Vérifié
ui-loop-verified-by = Vérifié par { $name }, { $dtg }
ui-loop-not-verified = Non vérifié
ui-loop-written-by = rédigé par { $name }
ui-loop-sms = { $parts ->
    [one] { $parts } SMS
   *[other] { $parts } SMS
}, { $units } unités, { $left } de reste, { $coding }
ui-loop-sms-beyond = Ces lettres le rendent coûteux : { $letters }
ui-loop-reading = { $seconds } s à lire à voix haute
ui-loop-too-long = Plus d’une minute : il sera refusé.
ui-loop-behind = Faits derrière chaque phrase
ui-loop-fact-hidden = un fait que vous ne pouvez pas lire
ui-loop-verify = Je réponds de ces mots ({ $lang })
ui-loop-verify-help = Vaut pour ces mots exacts ; un changement l’annule.
ui-loop-clearance = Validation
ui-loop-cleared-by = validé par { $name }, { $dtg }
ui-loop-not-cleared = pas encore
ui-loop-ready-until = Validé d’avance : ces mots, inchangés, peuvent partir tout de suite jusqu’au { $dtg }.
ui-loop-to-clear = Lire et valider
ui-loop-edit = Modifier les textes
ui-loop-edit-voids = Un changement annule la validation.

## Rédiger

ui-loop-editor = Textes du message
ui-loop-editing = Modification de { $code }
ui-loop-base = à partir de la révision { $revision }
ui-loop-restored = Voici ce que vous aviez écrit ici sans l’enregistrer.
ui-loop-discard = L’abandonner
ui-loop-not-kept = Cet ordinateur ne garde pas de copie de ce que vous tapez. Enregistrez souvent.
ui-loop-kept-here = Ce que vous tapez est gardé sur cet ordinateur jusqu’à l’enregistrement.
ui-loop-two-versions = { $name } a enregistré la révision { $revision } entre-temps. Choisissez pour chaque texte.
ui-loop-mine-words = Le mien
ui-loop-their-words = Tel qu’enregistré
ui-loop-no-text = (pas de texte)
ui-loop-go-on = Continuer avec ceux-ci
ui-loop-aside = { $count ->
    [one] { $count } texte à vous mis de côté
   *[other] { $count } textes à vous mis de côté
}
ui-loop-sentence = Phrase { $n } ({ $lang })
ui-loop-pick-fact = Fait derrière la phrase { $n }
ui-loop-add-fact = Ajouter un fait…
ui-loop-drop-fact = Retirer { $code }
ui-loop-needs-fact = Il faut un fait
ui-loop-needs-facts = Chaque phrase doit reposer sur un fait en vigueur.
ui-loop-drop-sentence = Retirer la phrase
ui-loop-add-sentence = Ajouter une phrase
ui-loop-drop-text = Retirer ce texte
ui-loop-language = Langue
ui-loop-form = Forme
ui-loop-add-text = Ajouter un texte
ui-loop-no-live-facts = Aucun fait n’est en vigueur. Un message ne s’écrit qu’à partir de faits en vigueur.
ui-loop-save = Enregistrer les textes
ui-loop-saved = { $code } enregistré, révision { $revision }

## Diffuser

ui-loop-issue = Diffuser
ui-loop-channel = Par
ui-loop-hours = Tenté pendant (heures)
ui-loop-which-texts = Textes qui partent
ui-loop-to-whom = À qui
ui-loop-askers = Ceux qui ont demandé et veulent une réponse
ui-loop-contacts = Des contacts choisis
ui-loop-contacts-which = { $count ->
    [0] Quels contacts
    [one] Quels contacts ({ $count } choisi)
   *[other] Quels contacts ({ $count } choisis)
}
ui-loop-contacts-none = Aucun contact n’est joignable par ce canal.
ui-loop-contacts-help = Les numéros et les noms restent au coffre ; l’écran n’en montre que le code.
ui-loop-audience = Qui lit ou entend le canal
ui-loop-audience-words = Pour qui, en quelques mots
ui-loop-purpose = But
ui-loop-issue-now = Diffuser maintenant
ui-loop-sheet = Imprimer la feuille
ui-loop-sheet-until = Diffusé par { $name }, à utiliser jusqu’au { $dtg }
ui-loop-releases = Diffusions
ui-loop-standing = au titre d’une validation permanente
ui-loop-recipients = { $count ->
    [one] { $count } destinataire
   *[other] { $count } destinataires
}
ui-loop-recipient = Destinataire
ui-loop-stands = Où cela en est
ui-loop-attempt = Essais
ui-loop-when = Quand

## Valider sur un téléphone

ui-clear-title = Valider
ui-clear-reload = Relire
ui-clear-revision = Révision { $revision } de { $name }, { $dtg }. Touchez une phrase pour voir les faits qui la fondent.
ui-clear-until = jusqu’au { $dtg }
ui-clear-fact-hidden = un fait que vous ne pouvez pas lire
ui-clear-written = Rédigé par { $name }
ui-clear-verified = vérifié par { $name }
ui-clear-bound = Votre validation vaut pour ces mots exacts, par cette empreinte. Si une lettre change, elle tombe et vous sera redemandée.
ui-clear-for = Pour combien de temps
ui-clear-days = { $count ->
    [0] Pour cette diffusion
    [one] D’avance, { $count } jour
   *[other] D’avance, { $count } jours
}
ui-clear-advance = Inchangés, ces mots pourront partir à tout moment jusqu’au { $dtg }, au nom de qui les diffuse.
ui-clear-already = Déjà validé par { $name }, { $dtg }.
ui-clear-clear = Valider ces mots
ui-clear-return = Renvoyer
ui-clear-reason = Ce qui doit changer
ui-clear-not-yet = Pas encore
ui-clear-done = Validé. Ces mots exacts peuvent avancer.
ui-clear-sent-back = Renvoyé, avec votre motif.
ui-clear-waits-verified = Il attend d’abord une vérification : { $lang }.
ui-clear-not-yours = Il attend la validation d’une fonction qui n’est pas la vôtre, ou vous en avez rédigé une partie.
ui-clear-nothing = Rien n’attend d’être validé ici.
ui-clear-back = Toute la réponse

## Faits établis

ui-facts-title = Faits établis
ui-facts-parts = Parties de cet écran
ui-facts-base = Faits
ui-facts-mandate = Mandat
ui-facts-questions = Questions
ui-facts-new = Nouveau fait
ui-facts-search = Mots d’un fait ou de sa source
ui-facts-show = Afficher
ui-facts-show-all = Tous
ui-facts-show-live = En vigueur
ui-facts-show-open = En attente d’approbation
ui-facts-import = Importer un CSV
ui-facts-imported = Importé : { $accepted } nouveaux, { $known } déjà là, { $refused } écartés.
ui-facts-row = Ligne { $row } :
ui-facts-count = { $count ->
    [one] { $count } fait
   *[other] { $count } faits
}
ui-facts-none = Aucun fait ici.
ui-facts-more = Plus de faits
ui-facts-until = jusqu’au { $dtg }
ui-facts-source = Repose sur : { $source }
ui-facts-by = rédigé par { $name }, { $dtg }
ui-facts-approved = approuvé par { $name }, { $dtg }
ui-facts-withdrawn = Retiré { $dtg } : { $reason }
ui-facts-why-withdraw = Pourquoi il ne tient plus
ui-facts-withdraw = Retirer
ui-facts-withdraw-help = Qui a diffusé un message qui repose sur lui reçoit une tâche pour le corriger.
ui-facts-approve = Approuver ces mots
ui-facts-own = Vous l’avez rédigé : une autre personne l’approuve.
ui-facts-waits = Attend l’approbation
ui-facts-renew = Renouveler
ui-facts-renewing = Renouvellement de { $code }
ui-facts-words = Énoncé ({ $lang })
ui-facts-add-language = Ajouter une langue
ui-facts-drop-language = Retirer : { $lang }
ui-facts-rests-on = Sur quoi il repose
ui-facts-valid-from = Vaut à partir du ({ $zone })
ui-facts-at-once = tout de suite
ui-facts-valid-until = Vaut jusqu’au ({ $zone })
ui-facts-save = L’inscrire
ui-facts-save-help = Il entre en vigueur quand une deuxième personne l’approuve.

## Le mandat et les questions

ui-mandate-search = Mots du mandat
ui-mandate-about = Trouve les paragraphes du mandat et les réponses approuvées qui les citent.
ui-mandate-none = Aucun paragraphe ne contient ces mots.
ui-mandate-no-answer = Aucune réponse approuvée ne le cite encore.
ui-questions-open = Seulement celles sans réponse approuvée
ui-questions-ask = Ce que l’on veut savoir
ui-questions-keep = Garder la question
ui-questions-approve = Approuver cette réponse
ui-questions-answer = Proposer une réponse
ui-questions-verdict = Ce que dit le mandat
ui-questions-cites = Paragraphes qui la fondent
ui-questions-propose = La proposer
ui-questions-none = Aucune question ici.
