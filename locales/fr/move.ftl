### Ce qui quitte un site et y entre sous forme de fichiers : exports, classeurs, archives, dossier de dépôt.

export-made = { $entries } { $entries ->
    [one] écriture copiée
   *[other] écritures copiées
} dans { $dir }. Racine { $root }.
export-erased = Contenus effacés auparavant : { $count }. Leurs écritures y sont, eux non.
export-sealed = Les contenus sont scellés, tels qu’ils sont gardés. Leurs clés sont restées ici : utilisez --open pour des archives qui doivent les lire.
export-open = Les clés et les contenus y sont en clair : qui détient ce dossier lit tout. Gardez-le comme vous gardez la clé.
export-check = Contrôlez-le n’importe où avec : vigie-verify { $dir }
export-to = Chaque fichier est scellé pour { $recipient } : seul qui détient la moitié secrète l’ouvre. Rien n’a été écrit en clair.
export-check-sealed = Son détenteur le contrôle avec : vigie-verify { $dir } --identity FICHIER
export-needs-identity = L’export dans { $dir } est scellé pour un destinataire. Rien n’a été lu.
    .code = VG-CLI-030
    .hint = Indiquez le fichier de la moitié secrète avec --identity.
export-other-identity = L’export dans { $dir } a été scellé pour quelqu’un d’autre. Rien n’a été lu.
    .code = VG-CLI-031
    .hint = Indiquez la clé dont la moitié publique a servi à le sceller.
import-export-none = { $dir } ne contient pas d’export : entries.jsonl ou checkpoint manque. Rien n’a été créé.
    .code = VG-CLI-020
    .hint = Indiquez le dossier que vigie export a écrit.
import-export-refused = Rien n’a été créé. Redemandez l’export, ou copiez-le de nouveau.
import-export-made = { $entries } { $entries ->
    [one] écriture reprise
   *[other] écritures reprises
} dans { $dir }. Racine { $root }, comme dans l’export.
import-export-shut = Contenus sans leurs clés : { $count }. Ils restent scellés et ne peuvent pas être lus ici.
import-export-copy = Ceci est une copie : elle se lit, se contrôle et s’exporte de nouveau, et ne reçoit aucune écriture.
store-copy = Ce site est une copie faite d’un export : il ne reçoit aucune écriture. Rien n’a été modifié.
    .code = VG-STORE-020
    .hint = Travaillez dans le site d’où il a été exporté. Ce que permet une copie : vigie verify, vigie rebuild, vigie doctor, et vigie export --open, dont tout outil de texte lit et fouille les fichiers. Elle ne s’affiche pas à l’écran : qui regarde un contenu protégé laisse une écriture, et une copie n’en reçoit aucune.

archive-unreadable = Cette archive est illisible : elle est tronquée ou abîmée. Rien n’a été importé.
    .code = VG-ARCHIVE-001
    .hint = Redemandez le fichier.
archive-too-long = Cette archive dépasse { $max } Mo. Rien n’a été importé.
    .code = VG-ARCHIVE-002
    .hint = Divisez-la, ou importez ses tableaux un par un.
archive-too-many = Cette archive contient plus de { $max } fichiers. Rien n’a été importé.
    .code = VG-ARCHIVE-003
    .hint = Divisez-la, ou importez ses tableaux un par un.
archive-bomb = « { $name } » se décompresse au-delà de { $max } Mo. Toute l’archive a été refusée.
    .code = VG-ARCHIVE-004
    .hint = Un tel fichier peut être malveillant : demandez qui l’a envoyé.
archive-ratio = « { $name } » se décompresse à plus de { $max } fois sa taille. Toute l’archive a été refusée.
    .code = VG-ARCHIVE-005
    .hint = Un tel fichier peut être malveillant : demandez qui l’a envoyé.
archive-name-refused = « { $name } » a été refusé : son nom mène ailleurs, ou un système se le réserve. Les autres fichiers suivent.
    .code = VG-ARCHIVE-006
    .hint = Redemandez-le sous un nom simple.
archive-name-twice = Un nom figure deux fois dans cette archive ({ $name }) : le second a été refusé. Les autres fichiers suivent.
    .code = VG-ARCHIVE-007
    .hint = Redemandez-le sous un autre nom.
archive-link-refused = « { $name } » est un lien et a été refusé. Les autres fichiers suivent.
    .code = VG-ARCHIVE-008
    .hint = Demandez le fichier lui-même.
archive-within = « { $name } » est une archive dans l’archive et n’a pas été ouverte. Les autres fichiers suivent.
    .code = VG-ARCHIVE-009
    .hint = Décompressez-la, puis importez ses tableaux.
archive-member-unreadable = Le fichier { $name } de cette archive est illisible. Les autres fichiers suivent.
    .code = VG-ARCHIVE-010
    .hint = Redemandez-le, sans mot de passe.
workbook-unreadable = Ce n’est pas un classeur lisible. Rien n’a été importé.
    .code = VG-TABLE-020
    .hint = Enregistrez-le en classeur (.xlsx) sans mot de passe, ou la feuille en CSV.
workbook-sheet-unreadable = La feuille « { $sheet } » est illisible. Rien n’a été importé.
    .code = VG-TABLE-021
    .hint = Ouvrez le classeur, enregistrez-le de nouveau, ou la feuille en CSV.
workbook-no-such-sheet = Le classeur n’a pas de feuille « { $sheet } » ; il a : { $found }. Rien n’a été importé.
    .code = VG-TABLE-022
    .hint = Corrigez la ligne sheet du fichier de correspondance.
workbook-which-sheet = Plusieurs feuilles sont remplies : { $found }. Rien n’a été importé.
    .code = VG-TABLE-023
    .hint = Nommez-en une dans le fichier de correspondance, sous [file], sheet.

import-member = { $name } :
serve-metrics-loopback = Les compteurs ne sont servis que sur cette machine : { $address } n’est pas une adresse locale.
    .code = VG-CLI-021
    .hint = Utilisez 127.0.0.1 ou [::1], et laissez le système de surveillance les y prendre.

drop-removed = Tout ce fichier figure au journal scellé : le fichier a été supprimé ici, ce rapport reste.

server-no-clean-copy = De ce fichier, on ne peut pas faire de copie dont on sache qu’elle ne dit rien du lieu de prise de vue.
    .code = VG-SERVER-060
    .hint = Transmettez plutôt une capture d’écran, ou un JPEG, PNG, GIF ou WebP.
