### Ce que le serveur répond quand il refuse.

## Connexion

server-sign-in-wrong = Le nom et le mot de passe ne correspondent pas, ou le compte est fermé.
    .code = VG-AUTH-001
    .hint = Vérifiez le nom et réessayez. Un administrateur peut vous donner une nouvelle invitation.
server-not-signed-in = Vous n'êtes pas connecté, ou votre session a pris fin.
    .code = VG-AUTH-002
    .hint = Connectez-vous. Ce qui n'est pas encore envoyé est toujours sur cet appareil.
server-sign-in-slowed =
    { $seconds ->
        [one] Trop d'essais. Le prochain sera examiné dans { $seconds } seconde.
       *[other] Trop d'essais. Le prochain sera examiné dans { $seconds } secondes.
    }
    .code = VG-AUTH-003
    .hint = Attendez, puis réessayez : le blocage cesse de lui-même.
server-code-dead = Ce code ne fonctionne pas : il a déjà servi, ou il a expiré.
    .code = VG-AUTH-004
    .hint = Demandez-en un nouveau. Sur la machine du site : vigie user invite.
server-already-staffed = Ce site a déjà un administrateur.
    .code = VG-AUTH-005
    .hint = Demandez un compte à un administrateur.
server-link-dead = Ce lien n'ouvre rien ici.
    .code = VG-AUTH-006
    .hint = Relancez la démonstration et prenez le lien qu'elle affiche.
server-password-short = Le mot de passe est trop court. Rien n'a été modifié.
    .code = VG-AUTH-007
    .hint = Prenez au moins 12 caractères. Quelques mots à la suite conviennent.
server-password-long = Le mot de passe est trop long. Rien n'a été modifié.
    .code = VG-AUTH-008
    .hint = Prenez moins de caractères ; quelques mots suffisent.
server-password-easy = Le mot de passe est trop facile à deviner. Rien n'a été modifié.
    .code = VG-AUTH-009
    .hint = Ni votre nom, ni une lettre répétée. Quelques mots à la suite conviennent.

## Droits

server-not-allowed = Votre rôle ne le permet pas. Rien n'a été modifié.
    .code = VG-AUTH-011
    .hint = Adressez-vous à l'officier de permanence, ou à un administrateur si votre rôle devrait le permettre.
server-foreign-origin = Cette demande ne vient pas d'une page de ce site. Rien n'a été modifié.
    .code = VG-AUTH-012
    .hint = Ouvrez le site dans ce navigateur et faites-le là.
server-wrong-host = Ce site ne répond pas à ce nom.
    .code = VG-AUTH-013
    .hint = Utilisez l'adresse qui vous a été donnée. Un administrateur peut ajouter un nom au lancement du serveur.
server-revoke-self = Vous ne pouvez pas fermer votre propre compte. Rien n'a été modifié.
    .code = VG-AUTH-014
    .hint = Demandez-le à un autre administrateur.
server-name-taken = Ce nom de connexion est déjà pris. Rien n'a été modifié.
    .code = VG-AUTH-015
    .hint = Choisissez un autre nom.

## Demandes

server-nothing-there = Il n'y a rien ici, ou rien qui vous soit ouvert.
    .code = VG-SERVER-001
    .hint = Vérifiez l'adresse, ou revenez à la liste.
server-field = Le champ « { $field } » manque ou ne peut être lu. Rien n'a été modifié.
    .code = VG-SERVER-002
    .hint = Corrigez-le et renvoyez.
server-unreadable = La demande ne peut être lue : { $why }. Rien n'a été modifié.
    .code = VG-SERVER-003
    .hint = Depuis les écrans, rechargez la page. Sinon, comparez avec openapi.json.
server-unreadable-plain = La demande ne peut être lue. Rien n'a été modifié.
    .code = VG-SERVER-004
    .hint = Depuis les écrans, rechargez la page. Sinon, comparez avec openapi.json.
server-too-large = C'est plus que le site n'accepte en une fois. Rien n'a été modifié.
    .code = VG-SERVER-005
    .hint = Envoyez moins à la fois, ou un fichier plus petit.
server-too-slow = La demande a duré trop longtemps et a été abandonnée.
    .code = VG-SERVER-006
    .hint = Vérifiez si elle a abouti ; sinon, réessayez. Sur une liaison faible, envoyez moins à la fois.
server-method = Cette adresse n'accepte pas ce type de demande.
    .code = VG-SERVER-007
    .hint = Comparez avec openapi.json.
server-media-type = La demande ne dit pas qu'elle contient du JSON. Rien n'a été modifié.
    .code = VG-SERVER-008
    .hint = Envoyez-la avec « Content-Type: application/json ».
server-bad-cursor = Ce repère de page n'est pas des nôtres.
    .code = VG-SERVER-009
    .hint = Reprenez à la première page.
server-id-taken = Autre chose porte déjà cet identifiant. Rien n'a été modifié.
    .code = VG-SERVER-010
    .hint = Renvoyez avec un nouvel identifiant.
server-erased = Le contenu a été effacé ; l'écriture et sa preuve demeurent.
    .code = VG-SERVER-011
    .hint = Le journal scellé montre quand il a été effacé, et sur quelle décision.
server-narrative-gone = Un des récits n'existe pas, ou ne vous est pas ouvert. Rien n'a été modifié.
    .code = VG-SERVER-012
    .hint = Rechargez la liste et choisissez de nouveau.

## Le site lui-même

server-our-fault = Quelque chose a échoué de notre côté. Cette demande n'a pas abouti ; les autres continuent.
    .code = VG-SERVER-021
    .hint = Réessayez. Si cela se reproduit, donnez ce code et l'heure à un administrateur.
server-disk-full = Le disque est plein : rien de nouveau ne peut être conservé. La lecture continue.
    .code = VG-SERVER-022
    .hint = Prévenez un administrateur sans attendre. Ce qui n'est pas encore envoyé est toujours sur cet appareil.
server-store-stopped = Le disque a refusé une écriture : le site a cessé d'écrire. La lecture continue.
    .code = VG-SERVER-023
    .hint = Prévenez un administrateur sans attendre : vérifier le disque, puis relancer le serveur.
server-busy = Le site reçoit autant qu’il peut tenir. Rien n’a été enregistré.
    .code = VG-SERVER-061
    .hint = Réessayez dans { $seconds } secondes.
server-held = Quelqu’un d’autre retient la base trop longtemps, peut-être un contrôle ou une copie. Rien n’a été enregistré.
    .code = VG-SERVER-063
    .hint = Réessayez dans un instant.
server-closing = Le serveur s'arrête.
    .code = VG-SERVER-024
    .hint = Réessayez dans une minute.
server-no-verifier = Le vérificateur n'est pas disponible sur ce site.
    .code = VG-SERVER-025
    .hint = Lancez-le sur la machine du site : vigie verify.
server-clock-is-real = Ce site fonctionne à l'heure réelle.
    .code = VG-SERVER-026
    .hint = Pour un exercice, lancez un site de démonstration à horloge simulée.

## Signaux ajoutés à la main

server-signal-empty = Il n'y a ni texte ni fichier. Rien n'a été conservé.
    .code = VG-SERVER-031
    .hint = Tapez ou collez le texte, ou déposez un fichier.
server-signal-no-time = Il n'est pas dit quand cela a été vu. Rien n'a été conservé.
    .code = VG-SERVER-032
    .hint = Donnez l'heure, ou cochez « heure inconnue ».
server-no-hand-source = Aucune source pour les signaux ajoutés à la main ne vous est ouverte. Rien n'a été conservé.
    .code = VG-SERVER-033
    .hint = Un administrateur en inscrit une sous Sources, avec sa finalité et son responsable.
server-file-empty = Le fichier est vide. Rien n'a été conservé.
    .code = VG-SERVER-034
    .hint = Choisissez le fichier de nouveau.

## Sources

server-source-exists = Une source porte déjà cet identifiant. Rien n'a été modifié.
    .code = VG-REGISTER-001
    .hint = Choisissez un autre identifiant.
server-source-no-purpose = La fiche du registre ne donne pas de finalité. Rien n'a été modifié.
    .code = VG-REGISTER-002
    .hint = Dites pourquoi la mission lit cette source.
server-source-no-basis = La fiche du registre ne donne pas de base juridique. Rien n'a été modifié.
    .code = VG-REGISTER-003
    .hint = Dites ce qui autorise la mission à la lire.
server-source-no-owner = La fiche du registre ne nomme pas de responsable. Rien n'a été modifié.
    .code = VG-REGISTER-004
    .hint = Nommez la fonction qui en répond.
server-source-no-retention = La fiche du registre ne dit pas combien de temps ses signaux sont gardés. Rien n'a été modifié.
    .code = VG-REGISTER-005
    .hint = Donnez un nombre de jours.
server-source-no-address = Un flux a besoin d'une adresse. Rien n'a été modifié.
    .code = VG-REGISTER-006
    .hint = Donnez son adresse, qui commence par https://.
server-source-no-compartment = La fiche du registre ne dit pas qui peut voir ses signaux. Rien n'a été modifié.
    .code = VG-REGISTER-007
    .hint = Choisissez au moins un domaine.
server-source-no-intake = Cette source ne reçoit pas de signaux par le point de réception.
    .code = VG-REGISTER-008
    .hint = Inscrivez une source de type « réception » et utilisez sa clé.
server-source-not-tested = Seuls les flux peuvent être essayés, et seulement là où le site peut sortir.
    .code = VG-REGISTER-009
    .hint = Pour un point de réception, envoyez un signal et regardez son état.
server-source-tested =
    { $count ->
        [0] Joint et lu ; il ne contient aucun signal pour l'instant. Rien n'a été conservé.
        [one] Joint et lu : { $count } signal. Rien n'a été conservé.
       *[other] Joint et lu : { $count } signaux. Rien n'a été conservé.
    }
server-source-paused = Cette source est en pause. Rien n'a été conservé.
    .code = VG-REGISTER-010
    .hint = Un administrateur peut la reprendre sous Sources ; renvoyez ensuite.
server-source-incomplete = La fiche du registre de cette source n'est pas complète. Rien n'a été conservé.
    .code = VG-REGISTER-011
    .hint = Un administrateur la complète : finalité, base juridique, responsable, durée de conservation.
server-intake-key = Cette clé n'ouvre aucun point de réception ici. Rien n'a été conservé.
    .code = VG-REGISTER-012
    .hint = Vérifiez le nom de la source et sa clé. Un administrateur peut émettre une nouvelle clé ; l'ancienne cesse alors de fonctionner.
server-intake-slowed =
    { $seconds ->
        [one] Trop à la fois. Le reste de cette demande n'a pas été conservé ; revenez dans { $seconds } seconde.
       *[other] Trop à la fois. Le reste de cette demande n'a pas été conservé ; revenez dans { $seconds } secondes.
    }
    .code = VG-REGISTER-013
    .hint = Envoyez plusieurs signaux par demande, un par ligne, et attendez le temps indiqué par la réponse.


server-cannot-act = Cette personne n’a pas le droit d’agir sur ce récit. Rien n’a été changé.
    .code = VG-SERVER-036
    .hint = Choisissez quelqu’un d’autre, ou demandez ses accès à l’administration du site.
server-label-restricted = Une étiquette se lit dans la veille, et un récit choisi ici est d’accès restreint. Aucune étiquette n’a été posée.
    .code = VG-SERVER-035
    .hint = Ne choisissez que des récits ouverts, ou inscrivez-la dans la main courante sous le code du récit.

## Ce que le public vérifie

public-check-link = Est-ce un message de la mission ?
public-check-help = Collez un texte que l’on dit venir de la mission. Il ne compte que mot pour mot ; rien n’en est gardé.
public-check-label = Le texte
public-check-do = Vérifier
public-check-ours = Oui : ce sont, mot pour mot, des paroles publiées par la mission.
public-check-changed = Non : la mission n’a pas publié ces paroles. Les plus proches qu’elle ait publiées suivent ; comparez chaque mot.
public-check-unknown = Non : la mission n’a rien publié de tel qui soit encore valable.
