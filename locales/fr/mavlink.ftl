### MAVLink : ce qui, dans un enregistrement, n’est pas un message, et ce qui a été gardé.

mavlink-enumeration = Le message { $message } indique { $value }, valeur inconnue de { $list }. Il a été gardé brut.
    .code = VG-MAVLINK-001
    .hint = L’émetteur emploie peut-être un jeu de messages plus récent.
mavlink-unreadable = Le message { $message } ne correspond pas à sa définition ({ $cause }). Il a été gardé brut.
    .code = VG-MAVLINK-002
    .hint = L’émetteur emploie peut-être un jeu de messages plus récent.
mavlink-unknown-message = Le message { $message } n’est pas dans le jeu de messages ; sa somme de contrôle ne peut être vérifiée. Il a été gardé brut.
    .code = VG-MAVLINK-003
    .hint = L’émetteur emploie un autre jeu de messages.
mavlink-checksum = La somme de contrôle de ce message est fausse. Il a été écarté.
    .code = VG-MAVLINK-004
    .hint = Vérifiez la liaison radio.
mavlink-foreign = Ces octets ne forment pas un message MAVLink. Ils ont été sautés ; la lecture a repris derrière eux.
    .code = VG-MAVLINK-005
    .hint = Vérifiez que le fichier est un enregistrement MAVLink.
mavlink-too-much = Il y en a plus que ce qui se lit en une fois. Le reste n’a pas été lu.
    .code = VG-MAVLINK-006
    .hint = Découpez le fichier.

mavlink-unfinished = L’enregistrement s’interrompt au milieu d’un message, { $bytes } octets avant sa fin. Rien de ce qui précède n’est perdu.
mavlink-implausible = { $count ->
    [one] { $count } message indique une position, une altitude ou une attitude impossible. Il est marqué.
   *[other] { $count } messages indiquent une position, une altitude ou une attitude impossible. Ils sont marqués.
 }
