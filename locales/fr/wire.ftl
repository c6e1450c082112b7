### Formats et consultation : ce qui est refusé, ce qui est gardé, ce qu’il faut faire.

## Un fichier de correspondance est refusé

map-refused = Le fichier de correspondance est illisible ici : { $reason }. Rien n’a été importé.
    .code = VG-MAP-001
    .hint = Corrigez cette ligne et recommencez.
map-unknown-key = Un fichier de correspondance ne connaît pas « { $key } ». Rien n’a été importé.
    .code = VG-MAP-002
    .hint = Vérifiez l’orthographe. Les colonnes sont id, text, seen_at, author, url, lang, place et channel ; les sections, file, columns, time et default.
map-too-long = Le fichier de correspondance dépasse { $max } Ko. Rien n’a été importé.
    .code = VG-MAP-003
    .hint = Serait-ce le tableau lui-même ? Un fichier de correspondance compte une dizaine de lignes.
map-unknown-zone = Aucun fuseau horaire ne s’appelle « { $zone } ». Rien n’a été lu.
    .code = VG-MAP-004
    .hint = Prenez un nom comme Africa/Bangui ou UTC.
map-bad-format = « { $format } » n’est pas un modèle d’heure. Rien n’a été importé.
    .code = VG-MAP-005
    .hint = Écrivez-le avec des lettres précédées de %, comme %d/%m/%Y %H:%M.
map-bad-delimiter = « { $given } » ne peut pas séparer des colonnes. Rien n’a été importé.
    .code = VG-MAP-006
    .hint = Prenez un seul caractère, comme la virgule ou le point-virgule, ou le mot tab.
map-bad-position = La colonne { $column } n’est pas désignée d’une façon utilisable pour ce fichier. Rien n’a été importé.
    .code = VG-MAP-007
    .hint = Donnez son nom tel que l’écrit la première ligne, ou son rang compté à partir de 1 ; sans ligne de titres (header = false), son rang seulement.
map-bad-lang = « { $lang } » n’est pas un code de langue. Rien n’a été importé.
    .code = VG-MAP-008
    .hint = Prenez un code comme fr, sg ou ar.

## Un tableau est refusé, ou sa lecture s’arrête

table-empty = Le fichier est vide. Rien n’a été importé.
    .code = VG-TABLE-001
    .hint = Vérifiez que c’est le bon fichier.
table-workbook = C’est un classeur d’une forme ancienne (.xls). Rien n’a été importé.
    .code = VG-TABLE-002
    .hint = Ouvrez-le, enregistrez-le en classeur (.xlsx) ou la feuille en CSV (UTF-8), puis importez ce fichier-là.
table-no-sheets = La correspondance nomme une feuille, et un tableau en texte n’en a pas. Rien n’a été importé.
    .code = VG-TABLE-003
    .hint = Retirez la ligne sheet du fichier de correspondance, ou enregistrez cette feuille en CSV.
table-not-text = Ce n’est pas un tableau : ses premiers octets sont ceux d’un fichier { $found }. Rien n’a été importé.
    .code = VG-TABLE-004
    .hint = Choisissez un fichier CSV, TSV ou JSON par lignes.
table-no-text-column = Aucune colonne connue ne contient le texte des signaux. Colonnes trouvées : { $found }. Rien n’a été importé.
    .code = VG-TABLE-005
    .hint = Nommez la colonne dans un fichier de correspondance ([columns] text = "…"). Sans lui, les noms connus sont : { $known }.
table-missing-column = La correspondance nomme la colonne « { $column } », que le fichier n’a pas. Colonnes trouvées : { $found }. Rien n’a été importé.
    .code = VG-TABLE-006
    .hint = Corrigez le nom dans le fichier de correspondance.
table-column-twice = La colonne « { $column } » figure plus d’une fois dans le fichier. Rien n’a été importé.
    .code = VG-TABLE-007
    .hint = Donnez son rang dans le fichier de correspondance, compté à partir de 1.
table-too-many-columns = La première ligne a plus de { $max } colonnes. Rien n’a été importé.
    .code = VG-TABLE-008
    .hint = Vérifiez le séparateur, et nommez-le dans le fichier de correspondance s’il est inhabituel.
table-json-array = C’est une seule liste JSON, pas un objet JSON par ligne. Rien n’a été importé.
    .code = VG-TABLE-009
    .hint = Réécrivez-la avec un objet par ligne (JSON par lignes).
table-json-positions = La correspondance désigne les colonnes par leur rang, et JSON n’a que des noms. Rien n’a été importé.
    .code = VG-TABLE-010
    .hint = Donnez les noms des champs dans le fichier de correspondance.
table-too-many-rows = Le fichier a plus de { $max } lignes. Les lignes précédentes ont été lues.
    .code = VG-TABLE-011
    .hint = Découpez le fichier et importez le reste ; ce qui est entré n’entre pas deux fois.
table-too-long = Le fichier dépasse { $max } Mo. Les lignes précédentes ont été lues.
    .code = VG-TABLE-012
    .hint = Découpez le fichier et importez le reste ; ce qui est entré n’entre pas deux fois.
table-too-slow = La lecture du fichier a dépassé { $max } s. Les lignes qui précèdent ont été lues.
    .code = VG-TABLE-014
    .hint = Coupez le fichier, ou importez-le de nouveau : les lignes déjà entrées sont reconnues et n’entrent pas deux fois.
table-unreadable = La lecture du fichier s’est interrompue ({ $reason }). Les lignes précédentes ont été lues.
    .code = VG-TABLE-013
    .hint = Vérifiez le disque ou le lecteur réseau et recommencez ; ce qui est entré n’entre pas deux fois.

## Une ligne ou un article est refusé ; les autres entrent

row-without-text = Il n’y a pas de texte. Les autres lignes sont gardées.
    .code = VG-ROW-001
    .hint = Si le texte est dans une autre colonne, nommez-la dans le fichier de correspondance.
row-time-without-zone = L’heure « { $time } » est sans fuseau : nul ne sait quelle heure elle désigne. Les autres lignes sont gardées.
    .code = VG-ROW-002
    .hint = Indiquez le fuseau : [time] zone dans le fichier de correspondance, ou le fuseau de la source dans sa fiche.
row-not-a-time = « { $time } » ne se lit pas comme une heure. Les autres lignes sont gardées.
    .code = VG-ROW-003
    .hint = Décrivez l’écriture des heures sous [time] format dans le fichier de correspondance, ou laissez la case vide si l’heure est inconnue.
row-bad-lang = « { $lang } » n’est pas un code de langue. Les autres lignes sont gardées.
    .code = VG-ROW-004
    .hint = Utilisez des codes comme fr, sg ou ar, ou laissez la colonne hors de la correspondance.
row-quote-open = Un guillemet s’ouvre ici et ne se ferme pas comme il faut. Cette ligne est laissée de côté ; la lecture a repris à la suivante.
    .code = VG-ROW-005
    .hint = Fermez le guillemet, ou doublez chaque guillemet à l’intérieur du texte, puis recommencez l’importation.
row-too-long = La ligne dépasse { $max } Ko. Elle est laissée de côté ; la lecture a repris à la suivante.
    .code = VG-ROW-006
    .hint = Vérifiez que le séparateur et les fins de ligne du fichier sont corrects.
row-field-too-long = { $column } dépasse { $max } Ko. Les autres lignes sont gardées.
    .code = VG-ROW-007
    .hint = Abrégez-le, ou ajoutez l’ensemble à la main comme document.
row-too-wide = La ligne a { $found } colonnes alors que le fichier en a { $columns }. Elle est laissée de côté, de peur qu’une partie du texte se perde.
    .code = VG-ROW-008
    .hint = Mettez entre guillemets droits les textes qui contiennent le séparateur.
row-too-short = La ligne a { $found } colonnes alors que le fichier en a { $columns }. Elle est laissée de côté, car elle semble coupée.
    .code = VG-ROW-009
    .hint = Rattachez-la à la suivante, ou complétez ses colonnes.

## Du JSON est refusé

json-broken = Le JSON n’est pas correct (colonne { $column }). Les autres lignes sont gardées.
    .code = VG-JSON-001
    .hint = Faites écrire au programme émetteur du JSON correct, un objet par ligne.
json-unfinished = Le JSON s’arrête avant la fin. Les autres lignes sont gardées.
    .code = VG-JSON-002
    .hint = Le fichier ou l’envoi a-t-il été coupé ? Envoyez-le de nouveau ; ce qui est entré n’entre pas deux fois.
json-not-an-object = C’est du JSON, mais pas un objet avec des champs nommés. Les autres lignes sont gardées.
    .code = VG-JSON-003
    .hint = Écrivez chaque signal sous la forme {"{"} "text": "…" {"}"}.
json-key-twice = « { $key } » figure deux fois, et deux programmes pourraient lire deux choses différentes. Les autres lignes sont gardées.
    .code = VG-JSON-004
    .hint = Faites écrire chaque nom une seule fois au programme émetteur.
json-too-deep = Le JSON est imbriqué sur plus de { $max } niveaux. Les autres lignes sont gardées.
    .code = VG-JSON-005
    .hint = Envoyez les champs du signal directement, sans couches autour.
json-number = { $column } contient le nombre { $number }, que les programmes ne lisent pas tous de la même façon. Les autres lignes sont gardées.
    .code = VG-JSON-006
    .hint = Envoyez-le comme texte entre guillemets droits, ou comme entier de 64 bits au plus.
json-not-text = { $column } doit être un texte. Les autres lignes sont gardées.
    .code = VG-JSON-007
    .hint = Mettez la valeur entre guillemets droits, ou omettez le champ.

## La réception

intake-empty = Rien n’a été envoyé. Rien n’a été gardé.
    .code = VG-INTAKE-001
    .hint = Envoyez un objet JSON, ou un par ligne.
intake-too-long = Plus de { $max } Ko ont été envoyés d’un coup. Rien n’a été gardé.
    .code = VG-INTAKE-002
    .hint = Envoyez moins à la fois.
intake-too-many = Plus de { $max } lignes ont été envoyées d’un coup. Les lignes précédentes sont gardées.
    .code = VG-INTAKE-003
    .hint = Renvoyez le reste en plus petites parties ; ce qui est entré n’entre pas deux fois.

## Les fichiers joints à un signal

file-too-many-pixels = L’image annonce { $width } × { $height } pixels ; { $max } millions sont admis. Elle n’a pas été gardée.
    .code = VG-FILE-001
    .hint = Si l’image est saine, enregistrez-en une copie plus petite et ajoutez-la.

## Un flux est refusé, en tout ou en partie

feed-empty = L’adresse répond par un document vide. Ce qui a été lu auparavant est gardé.
    .code = VG-FEED-001
    .hint = Ouvrez l’adresse dans un navigateur ; interrogez son responsable si elle reste vide.
feed-not-a-feed = L’adresse répond par autre chose qu’un flux ({ $found }). Ce qui a été lu auparavant est gardé.
    .code = VG-FEED-002
    .hint = Cherchez l’adresse de son flux RSS, Atom ou JSON ; une page de connexion le cache peut-être.
feed-too-long = Le flux dépasse { $max } Mo. Rien n’en a été lu ; ce qui a été lu auparavant est gardé.
    .code = VG-FEED-003
    .hint = Demandez à son responsable un flux des seuls articles récents.
feed-dtd = Le flux contient une définition de type de document, qui peut rendre énorme un petit fichier ou en atteindre d’autres. Rien n’en a été lu.
    .code = VG-FEED-004
    .hint = Demandez à son responsable de l’envoyer sans <!DOCTYPE …>.
feed-too-deep = Le flux est imbriqué sur plus de { $max } niveaux, ce qu’aucun flux sain ne fait. Rien n’en a été lu.
    .code = VG-FEED-005
    .hint = Interrogez son responsable ; quelqu’un l’a peut-être altéré.
feed-too-many-attributes = Un élément du flux a plus de { $max } attributs, ce qu’aucun flux sain n’a. Rien n’en a été lu.
    .code = VG-FEED-006
    .hint = Interrogez son responsable ; quelqu’un l’a peut-être altéré.
feed-too-many-items = Le flux a plus de { $max } articles. Les { $max } premiers ont été lus.
    .code = VG-FEED-007
    .hint = Demandez à son responsable un flux des seuls articles récents.
feed-broken = Le balisage du flux se rompt ici. Les articles autour de cet endroit ont été lus.
    .code = VG-FEED-008
    .hint = Prévenez son responsable ; ce qui manque entrera dès que le flux sera de nouveau sain.
feed-item-broken = Cet article est coupé ou illisible. Les autres articles sont gardés.
    .code = VG-FEED-009
    .hint = Prévenez le responsable du flux ; l’article entrera dès qu’il sera sain.

## Une adresse n’est pas consultée

fetch-not-an-address = Ce n’est pas une adresse utilisable. Rien n’a été consulté.
    .code = VG-FETCH-001
    .hint = Donnez l’adresse entière, en commençant par https://.
fetch-scheme = Les adresses commençant par { $scheme }: ne sont pas suivies. Rien n’a été consulté.
    .code = VG-FETCH-002
    .hint = Donnez une adresse commençant par https:// ou http://.
fetch-credentials = L’adresse contient un nom et un mot de passe, qui resteraient lisibles dans le journal. Rien n’a été consulté.
    .code = VG-FETCH-003
    .hint = Demandez au responsable une adresse qui n’en exige pas.
fetch-private = { $host } se trouve sur cette machine ou dans un réseau privé, où une adresse venue du dehors ne doit pas mener. Rien n’a été consulté.
    .code = VG-FETCH-004
    .hint = Si c’est voulu, un administrateur peut autoriser ce seul hôte et ce port dans la fiche de la source (allow_private).
fetch-downgrade = Le serveur renvoie d’une adresse protégée vers une adresse non protégée. Le renvoi n’a pas été suivi.
    .code = VG-FETCH-005
    .hint = Prévenez le responsable de la source ; donnez l’adresse protégée s’il y en a une.
fetch-redirects = Le serveur renvoie plus de { $max } fois vers une autre adresse. Les renvois n’ont plus été suivis.
    .code = VG-FETCH-006
    .hint = Ouvrez l’adresse dans un navigateur et enregistrez celle où elle aboutit.
fetch-unknown-name = Aucune machine n’est connue sous le nom { $host }. Ce qui a été lu auparavant est gardé.
    .code = VG-FETCH-007
    .hint = Vérifiez l’orthographe et le service de noms du site ; les essais continuent d’eux-mêmes.
fetch-no-connection = { $host } ne répond pas. Ce qui a été lu auparavant est gardé.
    .code = VG-FETCH-008
    .hint = Vérifiez la liaison ; les essais continuent d’eux-mêmes, de plus en plus espacés.
fetch-certificate = Le certificat de { $host } a expiré, appartient à un autre hôte ou vient d’un inconnu. Rien n’a été consulté.
    .code = VG-FETCH-009
    .hint = Vérifiez d’abord l’horloge de cette machine, puis prévenez le responsable de la source. On ne peut pas passer outre.
fetch-no-authorities = Cette machine ne connaît aucune autorité de certification : aucune adresse protégée ne peut être vérifiée. Rien n’a été consulté.
    .code = VG-FETCH-010
    .hint = Installez le paquet ca-certificates sur cette machine.
fetch-status = Le serveur répond { $status } au lieu du document. Ce qui a été lu auparavant est gardé.
    .code = VG-FETCH-011
    .hint = 404 ou 410 : cherchez la nouvelle adresse. 401 ou 403 : interrogez le responsable. Sinon, patientez ; les essais continuent d’eux-mêmes.
fetch-too-long = La réponse ne se termine pas dans la limite de { $max } Mo. Rien n’en a été lu ; ce qui a été lu auparavant est gardé.
    .code = VG-FETCH-012
    .hint = Demandez au responsable de la source un document plus petit.
fetch-too-slow = La réponse n’était pas complète après { $max } s. Rien n’en a été lu ; ce qui a été lu auparavant est gardé.
    .code = VG-FETCH-013
    .hint = Vérifiez la liaison ; les essais continuent d’eux-mêmes, de plus en plus espacés.
fetch-broken = La liaison s’est rompue avant la fin de la réponse. Ce qui a été lu auparavant est gardé.
    .code = VG-FETCH-014
    .hint = Vérifiez la liaison ; les essais continuent d’eux-mêmes.

## Une source ne peut pas être consultée

source-incomplete = Il manque à la fiche de { $source } sa finalité, sa base légale, son responsable, sa durée de conservation, son accès ou son adresse. La source n’a pas été démarrée.
    .code = VG-FEED-021
    .hint = Complétez la fiche.
source-no-feed = { $source } n’est pas lue depuis un flux : il n’y a pas d’adresse à consulter. Rien n’a été consulté.
    .code = VG-FEED-022
    .hint = Choisissez une source dont le connecteur est un flux.
source-bad-allow = « { $given } » ne désigne pas un hôte et un port. Rien n’a été autorisé.
    .code = VG-FEED-023
    .hint = Écrivez hôte:port, par exemple camera.lan:8080 ou 10.1.2.3:80.

## L’état d’une source ; le dernier refus ou la dernière erreur suit

health-ok =
    { $accepted ->
        [0] Connectée, rien de nouveau en 24 h.
        [1] Active : 1 signal accepté en 24 h.
       *[other] Active : { $accepted } signaux acceptés en 24 h.
    }
health-never = Rien encore reçu.
health-paused = En pause.
health-silent = Connectée, mais rien de nouveau depuis { $hours } h.
health-silent-from-start = Connectée, 0 signal accepté en { $minutes } min, et aucun refus : la source est vide.
health-refusing = Connectée, 0 signal accepté en { $minutes } min. Dernier refus :
health-failing = Rien n’a pu être lu depuis { $minutes } min. Dernière erreur :

## L’essai d’une source

feed-test-asked = Adresse consultée : { $url }
feed-test-answer = Réponse { $status } de { $address }
feed-test-title = Titre : { $title }
feed-test-first = Premier article : { $text }
feed-test-read = Lus : { $items }. Refusés : { $refused }. Rien n’a été gardé.
feed-test-empty = Le flux est sain et n’a aucun article. Rien n’a été gardé.
feed-test-nothing = Rien n’a pu être lu. Rien n’a été gardé.

## Un tableau destiné aux outils est refusé, ou l’une de ses lignes

sheet-unreadable = Le tableau n’a pas pu être lu. Rien n’a été comparé.
    .code = VG-TABLE-101
    .hint = Vérifiez qu’il s’agit d’un fichier CSV ou TSV avec un en-tête, et qu’il s’ouvre.
posts-no-account = Cette ligne ne nomme aucun compte. Elle a été laissée de côté ; les autres ont été comparées.
    .code = VG-TABLE-102
    .hint = Indiquez le compte, ou retirez la ligne.
posts-no-message = Cette ligne n’a pas d’identifiant de message. Elle a été laissée de côté ; les autres ont été comparées.
    .code = VG-TABLE-103
    .hint = Donnez à chaque message son propre identifiant.
posts-no-time = Cette ligne n’a pas d’heure. Elle a été laissée de côté ; les autres ont été comparées.
    .code = VG-TABLE-104
    .hint = Sans heure, on ne peut rien dire de ce qui est venu ensemble.
posts-not-a-time = « { $value } » n’est pas une heure. La ligne a été laissée de côté ; les autres ont été comparées.
    .code = VG-TABLE-105
    .hint = Écrivez les secondes depuis 1970, ou une heure telle que 2026-11-22T14:05:00Z.
posts-time-without-zone = « { $value } » n’a pas de fuseau. La ligne a été laissée de côté ; les autres ont été comparées.
    .code = VG-TABLE-106
    .hint = Ajoutez le fuseau : 2026-11-22T14:05:00Z ou +01:00.
posts-message-differs = Le message { $message } figure plus haut avec un autre compte ou une autre heure. Cette ligne a été laissée de côté ; la première a été comparée.
    .code = VG-TABLE-107
    .hint = Vérifiez que les colonnes des messages et des comptes ne sont pas interverties.
posts-columns-swapped = La colonne { $column } ne contient aucune heure de notre époque, et { $other } ne contient que cela : deux colonnes semblent interverties. Rien n’a été comparé.
    .code = VG-TABLE-108
    .hint = Comparez l’en-tête aux colonnes.
