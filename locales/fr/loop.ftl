### La première boucle : demander, qualifier, établir, rédiger, valider, diffuser.

## Textes saisis

text-too-long = Le texte compte { $count } caractères ; { $max } sont admis. Rien n’a été changé.
    .code = VG-LOOP-001
    .hint = Raccourcissez-le ; votre texte est toujours dans le champ.
text-lang = « { $lang } » n’est pas un code de langue. Rien n’a été changé.
    .code = VG-LOOP-002
    .hint = Choisissez une langue dans la liste, ou écrivez son code, par exemple fr ou sg.
text-changed-meanwhile = Le texte a changé depuis que vous l’avez lu. Votre accord n’a pas été enregistré.
    .code = VG-LOOP-003
    .hint = Relisez-le tel qu’il est maintenant, puis décidez.

## Fonctions

function-no-name = Une fonction a besoin d’un nom en anglais et en français. Rien n’a été changé.
    .code = VG-LOOP-004
    .hint = Écrivez les deux noms.
function-unknown = Il n’y a pas de fonction « { $function } » sur ce site. Rien n’a été changé.
    .code = VG-LOOP-005
    .hint = Choisissez-en une dans la liste ; un administrateur peut en ajouter.
function-not-held = Vous n’exercez pas la fonction « { $function } ». Rien n’a été changé.
    .code = VG-LOOP-006
    .hint = Choisissez une fonction que vous exercez, ou demandez à un administrateur de vous y inscrire.
story-protected = Le contenu de ce récit est en accès restreint : aucune demande, tâche, question ni réponse ne s’ouvre à son sujet. Rien n’a été changé.
    .code = VG-LOOP-007
    .hint = Adressez-vous directement au conseiller de ce domaine. Le récit peut toujours être qualifié.

## Ce qui est demandé aux fonctions

work-due-past = L’échéance est déjà passée. Rien n’a été changé.
    .code = VG-LOOP-008
    .hint = Fixez une heure à venir.
work-answer-within = Le délai pour accuser réception va d’une minute à sept jours. Rien n’a été changé.
    .code = VG-LOOP-009
    .hint = Donnez un nombre de minutes dans cet intervalle.
work-call-tree-too-long = La chaîne d’appel est trop longue. Rien n’a été changé.
    .code = VG-LOOP-010
    .hint = Nommez douze fonctions au plus.
work-closed-already = C’est déjà clos. Ce qui a été clos reste dans le journal scellé.
    .code = VG-LOOP-011
    .hint = Il n’y a plus rien à faire ; ouvrez-en un autre si l’affaire revient.
work-acknowledged-already = Quelqu’un en a déjà accusé réception. Rien n’a été changé.
    .code = VG-LOOP-012
    .hint = Voyez quelle fonction s’en charge ; c’est elle qu’on attend.
work-not-asked-of-you = Ceci n’a pas été demandé à la fonction « { $function } ». Rien n’a été changé.
    .code = VG-LOOP-013
    .hint = Seules les fonctions de la chaîne d’appel en accusent réception.
work-no-outcome = Pour clore, il faut dire le résultat. Rien n’a été changé.
    .code = VG-LOOP-014
    .hint = Dites en une phrase comment cela s’est terminé.
request-no-question = La question est vide. Rien n’a été demandé.
    .code = VG-LOOP-015
    .hint = Écrivez ce que vous avez besoin de savoir.
request-no-reply = La réponse est vide. La demande reste ouverte.
    .code = VG-LOOP-016
    .hint = Notez ce que l’unité a dit.
recheck-no-answer = Il n’est pas dit si le récit se raconte encore. Rien n’a été enregistré ; la demande reste ouverte.
    .code = VG-LOOP-082
    .hint = Choisissez l’une des quatre réponses, y compris « ne sait pas ».
request-answered-already = { $code } a déjà reçu une réponse ou est close. La première réponse demeure.
    .code = VG-LOOP-017
    .hint = Si la nouvelle réponse dit autre chose, faites-en un projet de fait.
task-no-text = La tâche ne dit rien. Rien n’a été confié.
    .code = VG-LOOP-018
    .hint = Écrivez ce qui est à faire.
warning-no-words = L’alerte ne dit rien. Personne n’a été alerté.
    .code = VG-LOOP-019
    .hint = Écrivez ce qu’il faut savoir.
incident-no-what = Il manque ce qui s’est passé. Rien n’a été enregistré.
    .code = VG-LOOP-020
    .hint = Dites en une phrase ce qui s’est passé.
incident-no-place = Il manque le lieu. Rien n’a été enregistré.
    .code = VG-LOOP-021
    .hint = Nommez le lieu comme on l’appelle ; sa précision se note à côté.
incident-place-degrees = Le point est hors des degrés de la Terre, ou il en manque la moitié. Rien n’a été enregistré.
    .code = VG-LOOP-022
    .hint = Donnez la latitude (de -90 à 90) et la longitude (de -180 à 180), ou aucune des deux.
incident-not-yet = L’heure indiquée est dans le futur. Rien n’a été enregistré.
    .code = VG-LOOP-023
    .hint = Corrigez l’heure ; ce qui est à venir est une tâche ou un plan.

## Qualifier

judge-no-reasons = Il faut des motifs. Rien n’a été enregistré.
    .code = VG-LOOP-024
    .hint = Dites en quelques phrases sur quoi cela repose ; la personne visée peut les lire.
judge-rabat-parts = L’incitation demande les six parties du test. Rien n’a été enregistré.
    .code = VG-LOOP-025
    .hint = Remplissez contexte, orateur, intention, contenu, portée et probabilité.
judge-second-is-first = Une deuxième personne doit être d’accord, et vous êtes la première. Rien n’a été changé.
    .code = VG-LOOP-026
    .hint = Demandez à un collègue de lire et de donner son accord.
judge-nothing-to-second = Aucune qualification n’attend de deuxième personne ici. Rien n’a été changé.
    .code = VG-LOOP-027
    .hint = Relisez le récit : quelqu’un l’a requalifié ou a déjà donné son accord.
judge-nothing-to-contest = Personne n’a qualifié ce récit : il n’y a rien à contester. Rien n’a été changé.
    .code = VG-LOOP-028
    .hint = Notez l’objection dans la main courante.
judge-contest-empty = Une contestation dit qui conteste et pourquoi. Rien n’a été enregistré.
    .code = VG-LOOP-029
    .hint = Écrivez les deux ; une fonction ou « un habitant » suffit pour le premier.
judge-contest-own = Qui a qualifié ou donné son accord ne tranche pas la contestation. Rien n’a été changé.
    .code = VG-LOOP-030
    .hint = Demandez à quelqu’un qui n’y a pas pris part de trancher.
judge-contest-decided = Cette contestation est déjà tranchée, ou elle n’existe pas. Rien n’a été changé.
    .code = VG-LOOP-031
    .hint = Relisez le récit.

## Faits établis

fact-no-statement = Un fait a besoin d’un énoncé dans une langue au moins, et aucun ne peut être vide. Aucun projet n’a été fait.
    .code = VG-LOOP-032
    .hint = Écrivez l’énoncé ; vingt langues au plus.
fact-language-twice = La langue { $lang } figure deux fois. Aucun projet n’a été fait.
    .code = VG-LOOP-033
    .hint = Gardez un seul énoncé par langue.
fact-no-source = Un fait a besoin d’une source. Aucun projet n’a été fait.
    .code = VG-LOOP-034
    .hint = Nommez le document ou la fonction sur quoi il repose.
fact-validity = Le fait prend fin avant de commencer. Aucun projet n’a été fait.
    .code = VG-LOOP-035
    .hint = Fixez une fin postérieure au début.
fact-no-reason = Retirer un fait demande un motif. Il demeure tel quel.
    .code = VG-LOOP-036
    .hint = Dites en quelques mots pourquoi il ne tient plus.
fact-approve-own = Vous avez rédigé { $code } ; une deuxième personne l’approuve. Rien n’a été changé.
    .code = VG-LOOP-037
    .hint = Demandez à un collègue habilité.
fact-approved-already = { $code } est déjà approuvé. Rien n’a été changé.
    .code = VG-LOOP-038
    .hint = Il n’y a plus rien à faire.
fact-withdrawn-already = { $code } a été retiré. Rien n’a été changé.
    .code = VG-LOOP-039
    .hint = Rédigez un nouveau fait à sa place.
fact-expired = La validité de { $code } est passée : il n’est pas approuvé. Rien n’a été changé.
    .code = VG-LOOP-040
    .hint = Rédigez-le de nouveau avec une nouvelle fin, s’il tient toujours.
fact-import-columns = Les colonnes d’un fait sont introuvables : un énoncé ou une colonne par langue, une source et une fin de validité. Colonnes trouvées : { $found }. Rien n’a été importé.
    .code = VG-LOOP-041
    .hint = Nommez les colonnes « énoncé » et « langue » (ou fr, en, sg…), « source » et « valable jusqu’au ».
fact-row-date = « { $date } » n’est pas un jour lisible. Cette ligne a été laissée ; les autres sont gardées.
    .code = VG-LOOP-042
    .hint = Écrivez les jours ainsi : 22/11/2026 ou 2026-11-22.

## Le mandat et les questions à son sujet

mandate-no-symbol = Un mandat a besoin de sa cote et de son titre. Rien n’a été chargé.
    .code = VG-LOOP-043
    .hint = Écrivez les deux comme imprimés.
mandate-no-paragraph = Un mandat compte de 1 à 500 paragraphes, chacun avec numéro et texte. Rien n’a été chargé.
    .code = VG-LOOP-044
    .hint = Vérifiez la liste des paragraphes.
mandate-paragraph-twice = Le paragraphe { $number } figure deux fois. Rien n’a été chargé.
    .code = VG-LOOP-045
    .hint = Donnez à chaque paragraphe son numéro, avec les lettres imprimées.
question-no-text = La question est vide. Rien n’a été noté.
    .code = VG-LOOP-046
    .hint = Écrivez-la comme on la pose.
question-no-cite = Une réponse sur le mandat cite un paragraphe au moins. Rien n’a été enregistré.
    .code = VG-LOOP-047
    .hint = Choisissez le paragraphe sur lequel elle repose.
question-cite-unknown = Aucun mandat chargé n’a là de paragraphe { $number }. Rien n’a été enregistré.
    .code = VG-LOOP-048
    .hint = Choisissez le paragraphe dans la liste.
question-no-answer = Personne n’a encore proposé de réponse. Rien n’a été changé.
    .code = VG-LOOP-049
    .hint = Proposez-en une d’abord.
question-approve-own = Vous avez proposé cette réponse ; une deuxième personne l’approuve. Rien n’a été changé.
    .code = VG-LOOP-050
    .hint = Demandez à un collègue habilité.
question-approved-already = Cette réponse est déjà approuvée. Rien n’a été changé.
    .code = VG-LOOP-051
    .hint = Proposez-en une autre si elle ne tient plus.

## Plans, réponses, messages

plan-no-title = Un plan, comme chaque ligne de son calendrier, a besoin d’un nom. Rien n’a été écrit.
    .code = VG-LOOP-052
    .hint = Nommez-le en quelques mots.
plan-no-aim = Un plan a besoin d’un but. Rien n’a été écrit.
    .code = VG-LOOP-053
    .hint = Dites ce qu’il doit obtenir.
plan-no-audience = Un plan a besoin d’un public. Rien n’a été écrit.
    .code = VG-LOOP-054
    .hint = Dites à qui il s’adresse.
plan-calendar-too-long = Le calendrier compte { $count } lignes ; { $max } sont admises. Rien n’a été écrit.
    .code = VG-LOOP-055
    .hint = Faites-en deux plans.
response-no-title = Une réponse a besoin d’un titre, et un événement d’un nom. Rien n’a été ouvert.
    .code = VG-LOOP-056
    .hint = Écrivez quelques mots.
response-due-past = L’échéance de la réponse est déjà passée. Rien n’a été ouvert.
    .code = VG-LOOP-057
    .hint = Fixez une heure à venir.
response-no-chain = Une réponse nomme d’une à six fonctions qui la valident. Rien n’a été ouvert.
    .code = VG-LOOP-058
    .hint = Choisissez au moins une fonction autre que la vôtre.
response-no-reason = Une option demande un motif. Rien n’a été enregistré.
    .code = VG-LOOP-059
    .hint = Dites pourquoi celle-ci et non une autre.
response-closed = { $code } est close. Rien n’a été changé.
    .code = VG-LOOP-060
    .hint = Ouvrez une nouvelle réponse si l’affaire revient.
message-edited-meanwhile = Quelqu’un d’autre a modifié ce message entre-temps (révision { $revision }). La vôtre n’a pas été enregistrée, et les deux versions sont devant vous.
    .code = VG-LOOP-061
    .hint = Reportez dans la sienne ce qu’il vous faut, puis renvoyez.
message-no-text = Il n’y a pas de texte, ou une phrase est vide, ou il y en a trop. Rien n’a été changé.
    .code = VG-LOOP-062
    .hint = Écrivez au moins une phrase dans une langue.
message-text-twice = Deux textes ont la même langue ({ $lang }) et la même forme. Rien n’a été enregistré.
    .code = VG-LOOP-063
    .hint = Gardez-en un.
message-sentence-without-fact = Cette phrase ne repose sur aucun fait : « { $sentence } ». Rien n’a été enregistré.
    .code = VG-LOOP-064
    .hint = Choisissez le fait qui la soutient, ou retirez la phrase.
message-no-such-language = Le message n’a pas ce texte en { $lang }. Rien n’a été changé.
    .code = VG-LOOP-065
    .hint = Choisissez parmi ses langues et ses formes.
message-not-verifier = Vous n’êtes pas vérificateur désigné pour { $lang }. Rien n’a été changé.
    .code = VG-LOOP-066
    .hint = Demandez à un vérificateur désigné ; un administrateur tient la liste.
message-verify-own = Vous avez écrit ici un texte en { $lang } ; quelqu’un d’autre en répond. Rien n’a été changé.
    .code = VG-LOOP-067
    .hint = Demandez à un autre vérificateur désigné pour cette langue.
message-unverified = Personne ne répond encore de { $lang } dans cet état. Rien n’a été validé ni diffusé.
    .code = VG-LOOP-068
    .hint = Demandez à un vérificateur désigné de le lire.
message-clear-own = Vous avez écrit une partie de ce texte ; une deuxième personne le valide. Rien n’a été changé.
    .code = VG-LOOP-069
    .hint = Demandez à quelqu’un qui exerce la fonction et n’en a rien écrit.
message-clear-function = C’est le tour de « { $function } », que vous n’exercez pas. Rien n’a été changé.
    .code = VG-LOOP-070
    .hint = Demandez à la personne qui exerce cette fonction.
message-clear-until-past = Le jour jusqu’auquel le texte serait validé est passé. Rien n’a été changé.
    .code = VG-LOOP-071
    .hint = Fixez un jour à venir, ou validez pour cette seule diffusion.
message-cleared-already = Toutes les fonctions de la chaîne ont déjà validé ces mots exacts. Rien n’a été changé.
    .code = VG-LOOP-072
    .hint = Le message peut être diffusé.
message-return-no-reason = Pour renvoyer le texte, il faut dire quoi changer. Rien n’a été changé.
    .code = VG-LOOP-073
    .hint = Dites en une phrase ce qui doit être différent.
message-not-cleared = « { $function } » n’a pas validé ces mots exacts. Rien n’est sorti.
    .code = VG-LOOP-074
    .hint = Demandez à la personne qui exerce cette fonction ; une validation donnée d’avance a pu prendre fin.
message-script-too-long = Le texte radio se lit en { $seconds } secondes ; la limite est d’une minute. Rien n’a été validé ni diffusé.
    .code = VG-LOOP-075
    .hint = Retirez une phrase.
message-fact-not-live =
    Le fait { $code } { $state ->
        [draft] n’est pas encore approuvé
        [early] n’est pas encore valable
        [expired] n’est plus valable
       *[withdrawn] a été retiré
    }. Rien n’a été validé et rien n’est sorti.
    .code = VG-LOOP-076
    .hint = Faites renouveler ou approuver le fait, ou retirez la phrase.
release-expiry-past = L’heure limite d’envoi est déjà passée. Rien n’est sorti.
    .code = VG-LOOP-077
    .hint = Fixez une heure à venir.
release-no-recipients = Il n’est dit à personne que cela s’adresse. Rien n’est sorti.
    .code = VG-LOOP-078
    .hint = Nommez des contacts, ou décrivez le public en quelques mots.
release-no-purpose = Toute diffusion a besoin d’une raison d’être. Rien n’est sorti.
    .code = VG-LOOP-079
    .hint = Dites en quelques mots à quoi elle sert.
approval-until-past = Une approbation permanente a besoin d’une fin à venir. Rien n’a été donné.
    .code = VG-LOOP-080
    .hint = Fixez un jour.
approval-ended-already = { $code } a déjà pris fin. Rien n’a été changé.
    .code = VG-LOOP-081
    .hint = Il n’y a plus rien à faire.

## Une réponse ne trahit rien

reply-repeats-rumour = Le message texte en { $lang } redit ce qui a été demandé ou raconté : quiconque regarde le téléphone l’apprendrait. Rien n’a été changé et rien n’est sorti.
    .code = VG-LOOP-083
    .hint = Dites ce qui est avec vos propres mots, sans reprendre ce qui n’est pas.
reply-names-somebody = Le message texte en { $lang } nomme quelqu’un. Rien n’a été changé et rien n’est sorti.
    .code = VG-LOOP-084
    .hint = Retirez tout nom : une réponse à quelqu’un qui a écrit ne nomme personne.
reply-names-place = Le message texte en { $lang } nomme un lieu. Rien n’a été changé et rien n’est sorti.
    .code = VG-LOOP-085
    .hint = Retirez le lieu, ou adressez le message à un public plutôt qu’à ceux qui ont demandé.
release-recalled-already = { $code } a déjà été annulé. Rien n’a été changé.
    .code = VG-LOOP-086
    .hint = Il n’y a plus rien à faire.

## Pourquoi un destinataire n’a pas été atteint

release-recalled = a été annulé avant l’envoi
release-withheld-stop = a dit STOP
release-withheld-discreet = a demandé le silence
release-withheld-had-it = a déjà reçu ces mots exacts
release-withheld-other-channel = n’est pas joignable par ce canal
release-withheld-echo = le texte redirait ce que la personne a écrit
release-no-gateway = aucune passerelle n’est en place ou en marche ; nouvel essai
release-nobody = il n’y a personne à qui l’envoyer
release-file-not-written = le fichier n’a pas pu être écrit
release-contact-gone = le contact n’existe plus
release-end-unknown = peut-être arrivé : un nouvel envoi pourrait faire doublon
release-expired = l’heure limite est passée avant l’envoi
release-tried-too-often = essayé autant de fois que permis
release-gateway-failed = la passerelle signale un échec de remise
mail-not-an-address = l’adresse, l’expéditeur ou l’objet ne peut figurer dans un courriel
mail-not-possible = le serveur de courriel ne peut pas le transporter
mail-refused = le serveur de courriel le refuse définitivement
mail-later = le serveur de courriel ne prend rien pour l’instant ; nouvel essai
mail-too-slow = le serveur de courriel a trop tardé ; nouvel essai
mail-no-connection = pas de liaison avec le serveur de courriel, ou liaison rompue ; nouvel essai
mail-no-tls = la liaison avec le serveur de courriel n’a pu être protégée ; rien n’a été dit ; nouvel essai
mail-certificate = le certificat du serveur de courriel n’est pas accepté ; rien n’a été dit ; nouvel essai
mail-authority = le certificat de l’autorité de la mission est inutilisable
mail-sign-in = le serveur de courriel n’accepte pas le compte ; nouvel essai

## La correction suit

task-correct-fact = Dire à ceux qui ont reçu { $release } que { $fact }, sur quoi elle reposait, a été retiré.
task-late-response = { $code } a dépassé son échéance et n’est pas diffusée. La valider revient à : { $function }.
task-recall = Dire à ceux qui ont { $release } que la diffusion est annulée : { $reason }
task-correct-judgement = Dire à ceux qui ont reçu { $release } qu’une contestation de la qualification qui la fondait était juste.

## L’horloge

clock-waits = Attend : { $function }.
clock-verifier = Vérification : { $lang }
clock-issuer = Émission
clock-reference = Un cas documenté, République centrafricaine, 2023 : la réponse de la mission est venue après { $reply } jours, un démenti publié après { $rebuttal }.

## Comptes rendus

report-digest = Synthèse
report-shift = Compte rendu de quart
report-period = Du { $from } au { $to }.
report-cites = Écritures : { $entries }
report-nothing = Néant.
report-cells =
    { $count ->
        [one] Une apostrophe précède une cellule que le tableur calculerait sinon.
       *[other] Une apostrophe précède { $count } cellules que le tableur calculerait sinon.
    }
report-section-top = Principaux récits
report-section-harm = Préjudice
report-section-answered = Avec réponse
report-section-unanswered = Sans réponse
report-section-gaps = Angles morts
report-section-overdue = En retard
report-section-open = En cours
report-section-notes = Main courante depuis la relève
report-section-issued = Diffusions
report-section-incidents = Incidents
report-story =
    { $code } « { $head } » : { $count ->
        [one] { $count } signal
       *[other] { $count } signaux
    }, { $trend ->
        [new] nouveau dans la période
        [same] autant que dans la période précédente
        [more] plus que dans la période précédente ({ $before })
       *[fewer] moins que dans la période précédente ({ $before })
    }.
report-story-restricted =
    { $code } (accès restreint) : { $count ->
        [one] { $count } signal
       *[other] { $count } signaux
    }.
report-harm = { $code } : { $harm }. { $truth }.
report-answered = { $code } : réponse { $at }, { $hours } h après les premiers faits connus.
report-unanswered =
    { $code } : connu depuis { $hours } h, sans réponse. { $function ->
        [none] Personne n’a été sollicité.
       *[other] Attend : { $function }.
    }
report-gap =
    { $source } : { $at ->
        [never] rien reçu jusqu’ici
       *[other] rien depuis { $at }
    }.
report-duty = { $code } { $what } : { $function }, échéance { $due }.
report-note =
    { $at } { $text }{ $struck ->
        [yes] {" "}(rayé)
       *[no] {""}
    }
report-issued = { $code } { $at }, { $channel } : { $purpose }
report-incident = { $code } { $at }, { $place } : { $what }
