### Les mots de ce qui a suivi une réponse, et du temps que prennent les réponses.

## Ce qui a suivi une réponse

ui-after-title = Ce qui a suivi
ui-after-out = Sortie { $dtg }
ui-after-due = Ce qui a suivi sera regardé le { $dtg }, deux jours après la sortie.
ui-after-soon = Deux jours sont passés ; ce qui a suivi est en cours d’examen.
ui-after-verdict-fell = Le récit a baissé après elle
ui-after-verdict-rose = Le récit a monté après elle
ui-after-verdict-none = Aucun effet visible
ui-after-verdict-not-assessable = Non évaluable
ui-after-line = sortie
ui-after-hours-before = { $hours } h avant
ui-after-hours-after = { $hours } h après
ui-after-chart-label = Signaux par demi-journée : { $before } dans les { $hoursbefore } h avant la sortie de la réponse, { $after } dans les { $hoursafter } h après. Le tableau ci-dessous donne les mêmes chiffres.
ui-after-caption = Signaux par demi-journée, comptées à partir de la sortie de la réponse.
ui-after-table = La même chose en tableau
ui-after-from = À partir de
ui-after-side = Côté
ui-after-is-before = avant
ui-after-is-after = après
ui-after-hours = Heures
ui-after-signals = Signaux
ui-after-sources = Sources
ui-after-sources-help = Les sources sont recomptées à chaque heure : celle qui parle durant trois heures compte trois fois.
ui-after-rests = Sur quoi cela repose, et ce qui n’y est pas
ui-after-yet = pas encore de réponse
ui-after-late = EN RETARD
ui-after-help = C’est ce qui est venu après la réponse, ce qui ne veut pas dire que cela vient d’elle.
ui-after-model = Examiné { $dtg }, méthode { $model }.

## Question reposée

ui-after-more = Ce qu’ils ajoutent, le cas échéant
ui-after-did-answer = La réponse à { $code } figure à côté des chiffres.
ui-after-told = Se raconte-t-il encore chez eux ?

## Le temps que prennent les réponses

ui-pace-help = Médianes des récits qui ont reçu une réponse dans le mois, comptées depuis le moment où ils ont été connus.
ui-pace-chart = Délai jusqu’à la réponse, mois par mois ; le tableau ci-dessous donne les mêmes chiffres.
ui-pace-none = Aucun récit n’a encore reçu de réponse.
ui-pace-line = En tirets, un point de comparaison et non une norme.
ui-pace-months = Médianes par mois
ui-pace-month = Mois
ui-pace-stories = Récits
ui-pace-found = Trouvé
ui-pace-verified = Vérifié
ui-pace-cleared = Validé
ui-pace-answered = Sorti
ui-pace-measured = Mesuré
ui-pace-functions = Par fonction
ui-pace-functions-none = Aucune fonction n’a été sollicitée ni n’a validé quoi que ce soit durant ces mois.
ui-pace-function = Fonction
ui-pace-step = Étape
ui-pace-verify = Une question, jusqu’à la réponse
ui-pace-clear = Un texte vérifié, jusqu’à sa validation
ui-pace-language = Un texte écrit, jusqu’à ce que sa langue soit vérifiée
ui-pace-issue = Un texte validé, jusqu’à son émission
ui-pace-count = Fois
ui-pace-median = Médiane
ui-pace-waiting = Ce qui attend encore n’est pas dans ces chiffres.
ui-pace-hours = { $n } h
ui-pace-days = { $n } j

# Récits qui sont peut-être le même, dit autrement.
ui-near-title = Peut-être le même récit, dit autrement
ui-near-not-no-model = Non évalué : aucun modèle de sens n’a été ajouté à ce site.
ui-near-not-not-yet = Pas encore évalué : le modèle n’a pas lu ce récit, ou personne n’en a parlé depuis 28 jours.
ui-near-not-restricted = Non évalué : le modèle ne lit pas les récits à accès restreint.
ui-near-none = Aucun autre récit visible pour vous n’est proche de celui-ci.
ui-near-signals = { $count ->
        [one] { $count } signal
       *[other] { $count } signaux
    }
ui-near-why = Rang { $rank } parmi les récits dont les premiers mots sont les plus proches. Ce peut être aussi bien un démenti : lisez les deux.
ui-near-said = Quelqu’un a comparé les deux.
ui-near-same = Même récit
ui-near-other = Pas le même récit
ui-near-agree = C’est le même récit
ui-near-join = Pour n’en faire qu’un récit, ouvrez « Réunir ou séparer » ci-dessus et donnez { $code }.
ui-near-overrule = C’est un autre récit
ui-near-did-same = Noté : même récit que { $code }. Rien n’a été réuni.
ui-near-did-other = Noté : pas le même récit que { $code }.
ui-near-model = Proposé par { $model }. Fréquence de ses erreurs sur ce site : non évaluée. Rien n’est réuni par lui.

## Ce qui est demandé à un assistant de liaison

ui-own-title = Ce qu’on vous demande
ui-own-help = Répondez quand vous pouvez le faire sans risque. Ce à quoi vous avez répondu ne s’affiche plus ici. Pour signaler quelque chose, appuyez sur n, ou « Ajouter à la main ».
ui-own-none = Rien ne vous est demandé pour l’instant.
ui-own-due = réponse attendue pour le { $dtg }
ui-own-told = Se raconte-t-il encore là où vous êtes ?
ui-own-more = Ce que vous voulez ajouter, le cas échéant
ui-own-reply = Votre réponse
ui-own-lang = Langue de la réponse
ui-own-send = Envoyer la réponse
ui-own-did = Votre réponse à { $code } est notée.
