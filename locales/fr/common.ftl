### Les noms des choses, un par idée. La liste et ses raisons : docs/glossary.md.

## Fonctions

role-duty-officer = Officier de permanence
role-analyst = Analyste
role-communications-officer = Chargé de communication
role-spokesperson = Porte-parole
role-verifier = Vérificateur de langue
role-liaison-assistant = Agent de liaison
role-operations = Opérations
role-police = Police
role-protection-adviser = Conseiller à la protection
role-evidence-officer = Responsable des pièces
role-data-protection-officer = Délégué à la protection des données
role-administrator = Administrateur
role-visitor = Visiteur

## Appartenance

affiliation-military = Militaire
affiliation-police = Police
affiliation-civilian = Civil
affiliation-country-team = Équipe de pays
affiliation-host-state = État hôte
affiliation-contributor = Pays contributeur
affiliation-partner = Partenaire

component-military = Composante militaire
component-police = Composante police
component-civilian = Composante civile

## Accès restreints

compartment-operations = Opérations
compartment-communications = Communication
compartment-protection = Accès restreint : protection des civils
compartment-crsv = Accès restreint : VSLC
compartment-conduct = Accès restreint : conduite
compartment-health = Accès restreint : santé
compartment-legal = Accès restreint : affaires juridiques
compartment-security = Accès restreint : sécurité
compartment-vault = Coffre des sources

level-see = Lire
level-write = Écrire
level-decide = Décider

## Nature d'un signal

kind-post = Publication
kind-sms = SMS
kind-call = Appel
kind-liaison = Agent de liaison
kind-radio = Radio
kind-document = Document

connector-file = Fichier
connector-feed = Flux
connector-intake = Réception
connector-hand = À la main
connector-sms = Passerelle SMS
connector-mail = Serveur de messagerie
connector-form = Formulaire des pages publiques

## Ce qu'une personne a décidé

decision-new = Nouveau
decision-relevant = Retenu
decision-dismissed = Écarté

## Ressemblance des copies, et ce qui a été changé

likeness-same = Même texte
likeness-near = Presque le même texte
likeness-link = Même adresse
likeness-picture = Même image

reading-many-read = A ouvert beaucoup d’éléments restreints
reading-many-taken = A emporté beaucoup de tableaux ou de fichiers
reading-many-denied = A demandé beaucoup d’éléments qui ne lui sont pas ouverts
reading-many-asked = A demandé bien des fois qui a lu quoi
finding-burst = La même chose, publiée par beaucoup en peu de temps
finding-repeated = Les mêmes comptes, à plusieurs reprises
finding-topic = Dont on parle pour la première fois
suggested-fact = Fait
suggested-story = Récit déjà vérifié
suggested-class = Genre de propos
suggested-check = Vérification publiée
share-form-stix = STIX 2.1
share-form-misp = événement MISP
share-accounts-pseudonymous = sous pseudonyme
share-accounts-plain = avec le nom des comptes
tlp-clear = TLP:CLEAR, tout le monde
tlp-green = TLP:GREEN, au sein de la communauté du destinataire
tlp-amber = TLP:AMBER, au sein de l’organisation du destinataire
tlp-red = TLP:RED, le seul destinataire
shared-text = texte
shared-link = adresse
shared-picture = image
shared-hashtag = mot-dièse

trick-split-words = Mots coupés
trick-look-alikes = Lettres imitées
trick-invisible = Caractères invisibles
trick-stretched = Lettres répétées
trick-dressing = Majuscules, ponctuation ou émojis changés

## D'où l'on sait une langue ou un lieu

basis-script = seule langue de cette écriture
basis-hint = selon la source
basis-model = selon un modèle
basis-none = inconnue

precision-exact = exact
precision-site = bâtiment ou carrefour
precision-village = village ou quartier
precision-district = district
precision-region = région
precision-country = pays
precision-unknown = précision inconnue

## Langues

language-am = Amharique
language-ar = Arabe
language-arq = Arabe algérien
language-ary = Arabe marocain
language-bm = Bambara
language-en = Anglais
language-es = Espagnol
language-ff = Foulfouldé
language-fr = Français
language-ha = Haoussa
language-ig = Igbo
language-kr = Kanouri
language-ln = Lingala
language-om = Oromo
language-pcm = Pidgin nigérian
language-pt = Portugais
language-ru = Russe
language-rw = Kinyarwanda
language-sg = Sango
language-so = Somali
language-sw = Swahili
language-ti = Tigrigna
language-ts = Tsonga
language-tw = Twi
language-yo = Yoruba
language-zh = Chinois
language-und = Langue inconnue

## Vérité, nature et préjudice : ce que les personnes qualifient

truth-unverified = Non vérifié
truth-corroborated = Recoupé
truth-false = Faux
truth-true = Vrai
truth-mixed = Vrai en partie
truth-undecidable = Invérifiable
class-unknown = Non qualifié
class-misinformation = Mésinformation
class-disinformation = Désinformation
class-malinformation = Information malveillante
class-hate-speech = Discours de haine
class-incitement = Incitation
class-legitimate-criticism = Critique légitime
class-satire = Satire
harm-not-assessed = Préjudice non évalué
harm-none = Aucun préjudice constaté
harm-some = Préjudice limité
harm-serious = Grave : des personnes peuvent être blessées
harm-grave = Extrême : des vies sont en danger
reliability-A = Tout à fait fiable
reliability-B = Généralement fiable
reliability-C = Assez fiable
reliability-D = Généralement peu fiable
reliability-E = Non fiable
reliability-F = Fiabilité impossible à apprécier
credibility-1 = Confirmé
credibility-2 = Probablement vrai
credibility-3 = Peut-être vrai
credibility-4 = Douteux
credibility-5 = Improbable
credibility-6 = Impossible à apprécier

## Objets de travail

record-signal = Signal
record-narrative = Récit
record-note = Mention
record-request = Demande d’information
record-fact = Fait établi
record-mandate = Mandat
record-question = Question
record-plan = Plan
record-response = Réponse
record-message = Message
record-release = Diffusion
record-approval = Approbation permanente
record-task = Tâche
record-warning = Alerte
record-incident = Incident

## Où ils en sont

duty-waiting = En attente
duty-acknowledged = Pris en charge
duty-closed = Clos
fact-state-draft = Projet
fact-state-early = Pas encore valable
fact-state-live = En vigueur
fact-state-expired = Périmé
fact-state-withdrawn = Retiré
question-state-unanswered = Sans réponse
question-state-proposed = Réponse proposée
question-state-answered = Réponse approuvée
stage-need = Besoin
stage-draft = Projet
stage-verified = Vérifié
stage-cleared = Validé
stage-out = Diffusé
stage-measured = Mesuré
stage-closed = Clos
late-unanswered = Personne n’a accusé réception à temps
late-overdue = Pas fait à temps
delivery-queued = En attente
delivery-trying = En cours d’envoi
delivery-sent = Envoyé
delivery-delivered = Arrivé
delivery-failed = Échec, nouvel essai
delivery-given-up = Abandonné
delivery-withheld = Retenu

## Comment, par quoi, sous quelle forme

via-typed = Saisi par l’unité
via-sms = Par SMS
via-radio = Dicté par radio
via-phone = Dicté par téléphone
told-yes = Se raconte comme avant
told-less = Se raconte moins qu’avant
told-no = Ne se raconte plus
told-unknown = Ne sait pas
channel-sms = SMS
channel-email = Courriel
channel-feed = Flux public
channel-file = Fichier
channel-print = Papier
channel-radio = Radio
channel-voice = De vive voix, patrouilles et notables
channel-form = Pages publiques (réponses au formulaire)
form-sms = SMS
form-radio-script = Texte radio
form-post = Publication
form-qa = Questions et réponses
form-lines = Éléments de langage
option-silence = Se taire et observer
option-pre-bunk = Prévenir
option-rebut = Démentir
option-radio = Parler à la radio
option-leader = Solliciter un notable
option-patrol = Montrer par une patrouille
verdict-can = La mission le peut et le fait
verdict-partly = La mission le peut en partie
verdict-cannot = Hors du mandat
warning-site-named = Site nommé
warning-site-threatened = Site menacé
warning-person-threatened = Personne menacée ou exposée
warning-judged = Alerte donnée par une personne
standing-receipt = Accusés de la ligne rumeurs
standing-feed = Entrées du flux public
standing-alarm = Alarmes de protection
reply-answer = Attend une réponse
reply-discreet = Discret : aucune réponse
reply-stop = A dit STOP
time-precision-minute = à la minute
time-precision-hour = à l’heure
time-precision-day = au jour
time-precision-unsure = approximative

## Nombres

unit-signals =
    { $count ->
        [one] { $count } signal
       *[other] { $count } signaux
    }
unit-sources =
    { $count ->
        [one] { $count } source
       *[other] { $count } sources
    }

## Où se trouve une erreur ; la phrase qui la dit vient après

fault-at-row = Ligne { $at } :
fault-at-byte = Octet { $at } :
