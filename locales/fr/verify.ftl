# Ce que dit le contrôle du journal scellé. $entry est la première écriture en défaut, $number ce que dit le message.

verify-missing = L’écriture { $entry } manque, alors que des écritures postérieures sont là.
verify-bad-number = À l’écriture { $entry }, une ligne porte un numéro qu’aucune écriture ne peut avoir.
verify-out-of-place = Écriture { $entry } : l’enregistrement conservé ici dit être l’écriture { $number }.
verify-unreadable = Écriture { $entry } : les octets conservés ne forment pas un enregistrement valable.
verify-other-site = Écriture { $entry } : l’enregistrement a été écrit pour un autre site.
verify-not-opened = Écriture { $entry } : le journal scellé ne s’ouvre pas sur son nom et sa clé.
verify-not-succeeded = Écriture { $entry } : une nouvelle génération du journal scellé s’ouvre ici sans continuer les écritures qui la précèdent.
verify-other-key = Écriture { $entry } : le journal scellé nomme une autre clé que celle qui a été fournie.
verify-changed = Écriture { $entry } : les octets conservés ne donnent pas l’empreinte qui a été signée.
verify-changed-within = Écritures { $entry } à { $number } : les octets conservés de l’une d’elles ne donnent pas l’empreinte qui a été signée.
verify-tile-changed = L’écriture { $entry } est telle que signée, mais son empreinte conservée a été modifiée.
verify-payload-changed = Écriture { $entry } : son contenu scellé n’est pas celui qui a été enregistré.
verify-payload-unexpected = Écriture { $entry } : un contenu scellé est conservé dont aucun enregistrement ne rend compte.
verify-payload-missing = Écriture { $entry } : son contenu scellé est effacé ou manquant.
verify-payload-lost = Écriture { $entry } : son contenu scellé manque, et aucune écriture ne dit qu’il a été effacé.
verify-blob-changed = Écriture { $entry } : son fichier scellé n’est pas celui qui a été enregistré.
verify-blob-missing = Écriture { $entry } : son fichier scellé est effacé ou manquant.
verify-blob-lost = Écriture { $entry } : son fichier scellé manque, et aucune écriture ne dit qu’il a été effacé.
verify-note = Écriture { $entry } : l’état signé conservé pour { $number } écritures n’est pas valable.
verify-note-moved = Écriture { $entry } : l’état signé conservé pour { $number } écritures a été signé pour un autre nombre.
verify-unsigned = Écriture { $entry } : aucun état signé ne la couvre, ni ce qui suit.
verify-cut-off = Écriture { $entry } : le journal scellé s’arrête avant elle, mais comptait au moins { $number } écritures.
verify-other-history = Écriture { $entry } : l’état signé fourni pour { $number } écritures raconte une autre histoire.
verify-foreign-note = L’état signé fourni n’est pas de ce journal scellé.
verify-damaged = À partir de l’écriture { $entry }, le fichier de la base est abîmé et ne peut être lu.

checked-entries = les { $entries } écritures de { $origin } sont intactes
checked-last = dernière écriture : { $time }
checked-root = empreinte racine : { $root }
checked-states = états signés : { $count }, le dernier couvre toutes les écritures
checked-contents = contenus scellés : { $whole } tels qu’enregistrés, { $gone } effacés
checked-files = fichiers scellés : { $whole } tels qu’enregistrés, { $gone } effacés
checked-later-kinds = écritures de genres d’une version ultérieure : { $count }
checked-key-given = clé : { $key } (telle que fournie)
checked-key-own = clé : { $key } (telle que le journal la donne ; comparez-la à une clé que vous connaissez)

exported-missing = Toutes les écritures tiennent, mais le fichier { $path } manque.
exported-changed = Toutes les écritures tiennent, mais le fichier { $path } n’est pas celui que le manifeste indique.
exported-not-derived = Toutes les écritures tiennent, mais le fichier { $path } n’est pas celui qu’elles donnent.
exported-unlisted = Toutes les écritures tiennent, mais rien n’explique le fichier { $path }.
exported-manifest = Toutes les écritures tiennent, mais { $path } contient une ligne qui n’est pas une empreinte suivie d’un chemin simple, ou nomme deux fois un fichier.
exported-not-opened = Le fichier scellé { $path } a été modifié ou tronqué : rien de plus n’a été lu.
