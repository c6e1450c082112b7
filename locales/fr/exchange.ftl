### Ce que des partenaires envoient au sujet de récits : STIX, MISP, vérifications d’affirmations.

exchange-too-large = Le document dépasse { $max } octets. Rien n’en a été repris.
    .code = VG-EXCHANGE-001
    .hint = Demandez à l’expéditeur de le diviser.
exchange-not-json = La ligne { $line } n’est pas du JSON que tous les programmes lisent de la même façon. Rien n’a été repris du document.
    .code = VG-EXCHANGE-002
    .hint = Demandez à l’expéditeur de l’exporter de nouveau.
exchange-too-deep = Le document compte plus de { $max } niveaux d’imbrication. Rien n’en a été repris.
    .code = VG-EXCHANGE-003
    .hint = Demandez à l’expéditeur de l’exporter de nouveau.
exchange-unknown = Le document n’est ni un paquet STIX 2.1, ni un événement MISP, ni un ClaimReview. Rien n’en a été repris.
    .code = VG-EXCHANGE-004
    .hint = Vérifiez que c’est bien le fichier voulu.
exchange-no-words = « { $field } » manque, est vide ou inutilisable ici. Cet objet a été écarté ; les autres ont été lus.
    .code = VG-EXCHANGE-005
    .hint = Demandez à l’expéditeur de le compléter.
exchange-too-long = « { $field } » dépasse { $max } octets. Cet objet a été écarté ; les autres ont été lus.
    .code = VG-EXCHANGE-006
    .hint = Demandez à l’expéditeur de le raccourcir.
exchange-too-many = Il y a plus de { $max } objets. Ceux qui suivent n’ont pas été lus.
    .code = VG-EXCHANGE-007
    .hint = Divisez le fichier.
checks-none = Aucune vérification de ce fichier n’est utilisable ({ $refused } refusées). Rien n’a été ajouté.
    .code = VG-EXCHANGE-008
    .hint = Une vérification nomme l’affirmation qu’elle examine (claimReviewed) ; un récit a un nom.
checks-bad-name = « { $name } » n’est pas un nom court. Rien n’a été ajouté.
    .code = VG-EXCHANGE-009
    .hint = Employez des minuscules, des chiffres et des traits d’union.
checks-no-head = { $what ->
        [owner] Le responsable
        [origin] La provenance
       *[licence] La licence
    } de la liste manque. Rien n’a été ajouté.
    .code = VG-EXCHANGE-010
    .hint = Dites qui répond de la liste, d’où elle vient et sous quelle licence.
checks-bad-day = « { $day } » n’est pas un jour. Rien n’a été ajouté.
    .code = VG-EXCHANGE-011
    .hint = Écrivez-le sous la forme 2026-11-22.
checks-same-version = La version { $version } de cette liste existe déjà, avec un autre contenu. Rien n’a été ajouté.
    .code = VG-EXCHANGE-012
    .hint = Donnez au nouveau fichier une autre --edition.
checks-unknown = Il n’y a pas de liste « { $name } », ou elle est retirée. Rien n’a été modifié.
    .code = VG-EXCHANGE-013
    .hint = vigie claims list nomme les listes.
import-checks = Ce fichier contient des vérifications publiées et aucun signal. Rien n’a été importé.
    .code = VG-EXCHANGE-014
    .hint = Chargez-le avec vigie claims add.
import-other-form = Ce fichier est un document de partenaire d’une autre forme que ne le dit --as. Rien n’a été importé.
    .code = VG-EXCHANGE-015
    .hint = Omettez --as : le contenu le dit.
