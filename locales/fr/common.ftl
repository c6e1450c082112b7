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

## Ce qu'une personne a décidé

decision-new = Nouveau
decision-relevant = Retenu
decision-dismissed = Écarté

## Ressemblance des copies, et ce qui a été changé

likeness-same = Même texte
likeness-near = Presque le même texte

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
