### Métadonnées KLV : ce qui est abîmé dans un fichier, et ce qui a été gardé.

klv-foreign = Ces octets ne forment pas un paquet KLV. Ils ont été sautés ; la lecture a repris derrière eux.
    .code = VG-KLV-001
    .hint = Vérifiez que le fichier contient des métadonnées ou un flux de transport.
klv-indefinite = Une longueur est laissée ouverte, ce qui est refusé. Ce qui a été lu avant est gardé.
    .code = VG-KLV-002
    .hint = Vérifiez l’encodeur.
klv-length = Une longueur dépasse ce qui la contient. Ce qui a été lu avant est gardé.
    .code = VG-KLV-003
    .hint = Vérifiez l’encodeur ou la liaison.
klv-cut = Le fichier s’achève au milieu d’un paquet. Ce qui a pu en être lu est donné comme non vérifié.
    .code = VG-KLV-004
    .hint = Vérifiez si l’enregistrement a été coupé.
klv-checksum = La somme de contrôle de ce paquet est fausse. Le paquet est donné comme non vérifié et n’entre pas dans le pistage.
    .code = VG-KLV-005
    .hint = Vérifiez la liaison ou l’encodeur.
klv-too-many = Il y en a plus que ce qui se lit en une fois. Le reste n’a pas été lu.
    .code = VG-KLV-006
    .hint = Découpez le fichier.
klv-value = L’étiquette { $tag } n’a pas la forme que lui donne la norme. Elle a été gardée brute.
    .code = VG-KLV-007
    .hint = Vérifiez la version de la norme que suit l’encodeur.
klv-tag = Une étiquette est illisible. Ce qui a été lu avant est gardé.
    .code = VG-KLV-008
    .hint = Vérifiez l’encodeur ou la liaison.
klv-too-long = Le fichier est plus grand que ce qui se lit en une fois. Rien n’a été lu.
    .code = VG-KLV-009
    .hint = Découpez-le.
klv-transport-gap = Des paquets du flux de transport manquent ici. L’unité de métadonnées à laquelle ils appartiennent a été écartée.
    .code = VG-KLV-010
    .hint = Vérifiez la liaison.
klv-transport-foreign = Ces octets ne sont pas un paquet du flux de transport. Ils ont été sautés.
    .code = VG-KLV-011
    .hint = Vérifiez l’enregistrement.

klv-unverified = { $count ->
    [one] { $count } paquet n’est pas vérifié.
   *[other] { $count } paquets ne sont pas vérifiés.
 }
