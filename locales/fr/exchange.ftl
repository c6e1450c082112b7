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
