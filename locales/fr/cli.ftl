### Ce que dit la ligne de commande. Codes : VG-CLI, VG-STORE.

## Fautes

our-fault = Une erreur s’est produite de notre côté : { $cause }. Rien n’a été fait à moitié.
    .code = VG-CLI-070
    .hint = Citez ce code en la signalant.
config-unreadable = La configuration { $file } est inutilisable : { $cause }.
    .code = VG-CLI-001
    .hint = Corrigez cette ligne ou retirez le fichier.
config-mail-from = L’expéditeur { $address } de la section [mail] de la configuration n’est pas une adresse de courriel.
    .code = VG-CLI-071
    .hint = Écrivez l’adresse seule, comme desk@mission.example ; le nom a sa propre ligne.
passphrase-unread = Aucune phrase secrète n’a pu être lue : { $cause }.
    .code = VG-CLI-002
    .hint = Lancez la commande depuis un terminal ou définissez VIGIE_PASSPHRASE.
time-without-zone = « { $time } » n’est pas une heure avec son fuseau.
    .code = VG-CLI-003
    .hint = Écrivez 2026-11-22T15:30:00Z, ou avec un décalage tel que +01:00.
file-unreadable = { $path } est illisible : { $cause }.
    .code = VG-CLI-004
    .hint = Vérifiez le chemin et les droits d’accès.
word-unknown = « { $word } » n’est pas une valeur connue ({ $what }).
    .code = VG-CLI-005
    .hint = L’aide de cette commande donne la liste des valeurs.
store-not-a-site = { $dir } ne contient pas de site Vigie.
    .code = VG-STORE-001
    .hint = Indiquez le dossier avec --site, ou créez un site avec vigie init.
store-not-empty = { $dir } n’est pas vide. Rien n’y a été écrit.
    .code = VG-STORE-002
    .hint = Choisissez un dossier qui n’existe pas encore.
store-in-use = { $dir } est déjà ouvert par le processus { $holder }. Rien n’a été modifié.
    .code = VG-STORE-003
    .hint = Arrêtez d’abord ce processus, ou envoyez les signaux à son point de réception.
store-newer = Ce dossier a été écrit par une version plus récente (format { $found } ; celle-ci lit jusqu’au format { $known }). Rien n’a été écrit.
    .code = VG-STORE-004
    .hint = Installez la version qui l’a écrit, ou une version ultérieure.
store-wrong-key = La clé fournie n’ouvre pas ce site.
    .code = VG-STORE-005
    .hint = Indiquez le fichier de clé avec --key-file, ou utilisez --passphrase si le site a été créé ainsi.
store-key-file = Le fichier de clé { $path } est illisible : { $cause }.
    .code = VG-STORE-006
    .hint = Sans sa clé, le contenu d’un site ne peut être ouvert. Remettez le fichier en place ou indiquez-le avec --key-file.
store-disk-full = Le disque est plein. Ce qui a été confirmé est conservé ; ceci n’a pas été enregistré.
    .code = VG-STORE-007
    .hint = Libérez de la place, puis recommencez.
store-damaged = L’écriture { $seq } ne peut être lue telle qu’elle a été écrite : { $cause }. Les autres sont conservées.
    .code = VG-STORE-008
    .hint = Lancez vigie verify pour voir ce qui est touché, puis restaurez cette écriture depuis une sauvegarde.
store-io = { $path } : { $cause }.
    .code = VG-STORE-009
    .hint = Vérifiez le disque et les droits d’accès.
init-unknown-zone = « { $zone } » n’est pas un fuseau horaire.
    .code = VG-CLI-006
    .hint = Utilisez un nom tel que Africa/Bangui.
source-bad-name = « { $name } » ne peut pas nommer une source.
    .code = VG-SOURCE-001
    .hint = Utilisez de 2 à 48 lettres minuscules, chiffres et traits d’union, en commençant par une lettre.
source-unknown = Il n’y a pas de source « { $name } ». Rien n’a été lu.
    .code = VG-SOURCE-002
    .hint = Inscrivez-la d’abord avec vigie source add : finalité, base juridique, responsable et durée de conservation sont demandés.
source-is-paused = La source « { $name } » est suspendue. Rien n’a été lu.
    .code = VG-SOURCE-003
    .hint = Un administrateur peut la rétablir.
source-no-purpose = L’inscription n’indique pas de finalité. La source n’a pas été inscrite.
    .code = VG-SOURCE-004
    .hint = Dites pourquoi la mission la lit, avec --purpose.
source-no-basis = L’inscription n’indique pas de base juridique. La source n’a pas été inscrite.
    .code = VG-SOURCE-005
    .hint = Dites ce qui autorise la mission à la lire, avec --basis.
source-no-owner = L’inscription n’indique pas de responsable. La source n’a pas été inscrite.
    .code = VG-SOURCE-006
    .hint = Nommez la fonction qui en répond, avec --owner.
source-no-retention = L’inscription n’indique pas de durée de conservation. La source n’a pas été inscrite.
    .code = VG-SOURCE-007
    .hint = Donnez le nombre de jours de conservation, avec --retention-days.
source-no-address = Un flux a besoin d’une adresse. La source n’a pas été inscrite.
    .code = VG-SOURCE-008
    .hint = Donnez-la avec --url.
source-no-compartment = L’inscription n’ouvre la source à personne. La source n’a pas été inscrite.
    .code = VG-SOURCE-009
    .hint = Dites qui peut voir ses signaux, avec --compartments.
source-not-a-feed = « { $name } » n’est pas un flux : il n’y a rien à aller chercher.
    .code = VG-SOURCE-010
    .hint = Seuls les flux s’essaient ; pour les autres, vigie source list montre le dernier signal.
user-exists = Il existe déjà un compte « { $name } ». Rien n’a été modifié.
    .code = VG-USER-001
    .hint = Choisissez un autre nom.
user-weak-password = Ce mot de passe est trop court ou trop facile à deviner. Aucun compte n’a été créé.
    .code = VG-USER-002
    .hint = Utilisez au moins 12 caractères, différents du nom.
user-bad-name = Ce nom de connexion est inutilisable. Aucun compte n’a été créé.
    .code = VG-USER-003
    .hint = Utilisez de 2 à 64 lettres, chiffres, points, traits d’union, tirets bas ou arobases.
user-bad-display = Le nom affiché est vide, trop long ou contient des caractères de commande. Aucun compte n’a été créé.
    .code = VG-USER-004
    .hint = Utilisez une seule ligne de 80 caractères au plus.
user-bad-lang = La langue n’est pas une étiquette de langue. Aucun compte n’a été créé.
    .code = VG-USER-005
    .hint = Utilisez fr ou en.
source-bad-address = Un flux se lit en http ou https. La source n’a pas été inscrite.
    .code = VG-SOURCE-011
    .hint = Donnez l’adresse entière, par exemple https://example.org/feed.xml.
source-bad-zone = Le fuseau n’existe pas. La source n’a pas été inscrite.
    .code = VG-SOURCE-012
    .hint = Utilisez un nom tel que Africa/Bangui.
verify-bad-key = Ceci n’est pas une clé de vérification.
    .code = VG-VERIFY-001
    .hint = Copiez la ligne entière affichée par vigie init.
verify-cannot = { $dir } n’a pas pu être contrôlé : { $cause }.
    .code = VG-VERIFY-002
    .hint = Rien n’a été conclu sur son contenu. Vérifiez le dossier.

## Réponses

init-made = Site créé dans { $dir }.
init-key-file = Sa clé est dans { $file }. Gardez-en une copie à part : sans elle, le contenu est illisible ; qui a les deux a tout.
init-verifier-key = Clé de vérification, à remettre à ceux qui contrôleront le journal : { $key }
init-first-admin = Premier administrateur : ouvrez le site et utilisez ce code une seule fois, dans les { $minutes } minutes : { $code }
init-next = Ensuite : vigie --site { $dir } serve
init-code-in-output = Le code figure dans cette sortie : ne la conservez pas dans un journal.
import-done = { $rows } { $rows ->
    [one] ligne lue
   *[other] lignes lues
} : { $new } nouvelles, { $repeated } déjà connues, { $refused } refusées.
import-would = Rien n’a été conservé (essai à blanc). { $rows } { $rows ->
    [one] ligne lue
   *[other] lignes lues
} : { $new } seraient nouvelles, { $repeated } déjà connues, { $refused } refusées.
import-more-faults = { $count } autres lignes refusées ne sont pas montrées ; --json les compte.
import-unused = Colonnes non utilisées : { $columns }.
import-left-aside = Laissés de côté, sans messages : { $kinds }. Ce que racontent les récits se charge avec vigie claims add.
checks-added = { $count ->
    [one] { $count } vérification
   *[other] { $count } vérifications
} dans la liste « { $name } », version { $version } ; { $refused } refusées.
checks-known = La liste « { $name } », version { $version }, est déjà là avec le même contenu : rien à ajouter.
checks-withdrawn = La liste « { $name } » est retirée : plus rien n’en est proposé.
checks-line = { $name } · { $version } · vérifications : { $count } · responsable : { $owner } · provenance : { $source } · licence : { $licence }
checks-line-withdrawn = { $name } · { $version } · retirée · responsable : { $owner } · provenance : { $source } · licence : { $licence }
checks-no-lists = Aucune liste de vérifications publiées n’a été chargée.
source-added = Source « { $name } » inscrite.
source-key = Clé de réception de « { $name } », montrée une seule fois : { $key }
source-none = Aucune source n’est encore inscrite.
source-line = { $name } · { $connector } · { $accepted } acceptés, { $repeated } répétés, { $refused } refusés · dernier { $last } · responsable : { $owner } · conservation { $days } jours
source-test-good = { $status } de { $address } : { $found } signaux trouvés, { $refused } refusés. Rien n’a été conservé.
source-test-first = Premier : { $title }
user-added = Compte « { $name } » créé.
user-invite = Code à usage unique pour choisir son mot de passe : { $code }
user-none = Aucun compte pour l’instant : le premier administrateur entre avec le code de vigie init.
verify-good = Les { $entries } écritures sont intactes. Racine { $root }.
verify-erased-count = Contenus effacés : { $count }.
rebuild-equal = Vues reconstruites à partir de { $entries } écritures : identiques ({ $hash }).
rebuild-damaged = Le contenu de { $count } écritures est endommagé (la première est l’écriture { $first }) : les vues sont faites sans lui. Remettez-le avec vigie mend à partir d’une sauvegarde plus ancienne.
rebuild-differs = Vues reconstruites à partir de { $entries } écritures : elles différaient du journal et lui sont désormais conformes ({ $hash }).
serve-ready = { $site } est servi à l’adresse { $address }
serve-fingerprint = Empreinte du certificat (SHA-256) : { $fingerprint }
serve-first-admin = Premier administrateur : ouvrez { $address } et utilisez ce code une seule fois, dans les { $minutes } minutes : { $code }
doctor-open = Le site { $site } de { $mission } s’ouvre avec sa clé.
doctor-staffed = { $count } { $count ->
    [one] compte
   *[other] comptes
}.
doctor-unstaffed = Personne n’a encore de compte. Lancez vigie serve : un code s’affichera pour le premier administrateur.
doctor-index = { $lag ->
    [0] La recherche est à jour.
   *[other] La recherche a { $lag } signaux de retard ; elle les rattrape pendant que le site est servi.
}
doctor-source-incomplete = L’inscription de « { $name } » est incomplète : la source ne peut pas démarrer. Inscrivez-la de nouveau avec vigie source add.
doctor-source-silent = « { $name } » n’a encore rien apporté. Essayez vigie source test { $name }.
doctor-journal = Les { $entries } écritures du journal scellé sont intactes.
doctor-key = La clé du site est hors du dossier, lisible par son seul propriétaire : { $file }.
doctor-key-inside = La clé du site se trouve dans le dossier du site : { $file }. Sortez-la et indiquez-la avec --key-file.
doctor-key-open = La clé du site peut être lue par d’autres : { $file }. Lancez chmod 600 sur ce fichier.
doctor-disk = { $mib } Mio libres sur le disque ; { $reserve } Mio à côté sont pour la réserve.
doctor-disk-full = { $mib } Mio libres sur le disque : moins que la réserve de { $reserve } Mio. Bientôt rien ne pourra plus être reçu. Faites de la place, ou déplacez le site sur un disque plus grand.

store-did-not-keep = Ce qui a été lu n’a pas pu être enregistré. Rien n’est perdu à la source : ce sera redemandé.
    .code = VG-STORE-010
    .hint = Lancez vigie doctor : le disque est peut-être plein ou défaillant.
serve-needs-tls = { $address } est accessible depuis d’autres machines : il faut TLS. Rien n’a été démarré.
    .code = VG-CLI-007
    .hint = Ajoutez --tls, ou --behind-proxy si un serveur mandataire à vous assure TLS.
serve-cannot-listen = Impossible d’écouter sur { $address } : { $cause }.
    .code = VG-CLI-008
    .hint = Un autre programme utilise peut-être ce port ; choisissez-en un autre avec --listen.
serve-sim-needs-demo = Seul un magasin de démonstration tourne sur une horloge simulée. Rien n’a été démarré.
    .code = VG-CLI-009
    .hint = Retirez --clock sim, ou créez un magasin de démonstration avec vigie init --demo.

track-done = { $scans ->
    [one] { $scans } balayage suivi
   *[other] { $scans } balayages suivis
 }, { $faults ->
    [one] { $faults } faute
   *[other] { $faults } fautes
 }.

user-unknown = Il n’existe pas de compte « { $name } ». Rien n’a été modifié.
    .code = VG-USER-010
    .hint = vigie user list donne la liste des comptes.
function-bad-name = « { $name } » ne peut pas nommer une fonction. Rien n’a été modifié.
    .code = VG-FUNC-001
    .hint = Prenez 2 à 48 lettres minuscules, chiffres et traits d’union, en commençant par une lettre.
function-added = Fonction « { $name } » enregistrée.
verifier-added = « { $name } » vérifie désormais les textes en { $lang }.

model-unknown = Il n’existe pas de modèle « { $name } ». Rien n’a été ajouté.
    .code = VG-MODEL-001
    .hint = Le modèle que l’on peut ajouter est { $known }.
model-other-file = Ce n’est pas le fichier du modèle : son SHA-256 est { $sha256 }. Rien n’a été ajouté.
    .code = VG-MODEL-002
    .hint = La fiche docs/models/meaning.md nomme le fichier, sa provenance et son SHA-256.
model-unreadable = Le fichier du modèle est illisible : { $cause }. Rien n’a été ajouté.
    .code = VG-MODEL-003
    .hint = Procurez-vous à nouveau le fichier.
model-added = Modèle « { $name } » ajouté. Un site en marche le prend au prochain démarrage.
model-there = { $name } : présent, tel que publié. Il propose les récits qui disent peut-être la même chose autrement.
model-changed = { $name } : le fichier n’est pas celui qui est publié et ne sert pas. Ajoutez-le à nouveau.
model-missing = { $name } : absent. Quels récits disent peut-être la même chose autrement n’est pas évalué.

gazetteer-added = { $count ->
    [one] Un lieu chargé
   *[other] { $count } lieux chargés
  } ; { $refused } refusés.
gazetteer-sites = { $count ->
    [one] Un site chargé.
   *[other] { $count } sites chargés.
  }
gazetteer-lexicon = { $count ->
    [one] Une liste d’une tournure chargée.
   *[other] Une liste de { $count } tournures chargée.
  }
mask-threatened = Quelqu’un est menacé.
mask-exposed = Quelqu’un est exposé.
mask-identifying = Un nom ou un numéro protégé y figure.
