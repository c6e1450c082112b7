### ASTERIX : ce qui, dans un enregistrement, n’est pas un message, ce qui en a été fait, et l’édition employée.

## Octets hors des blocs

asterix-foreign = Ces octets ne forment pas un bloc ASTERIX. Ils ont été gardés tels quels ; la lecture a repris derrière eux.
    .code = VG-ASTERIX-001
    .hint = Vérifiez que le fichier est bien une capture de la liaison du radar.
asterix-block-too-short = Ce bloc se dit plus court qu’un bloc ne peut l’être. Il a été gardé tel quel ; la lecture a repris au bloc entier suivant.
    .code = VG-ASTERIX-002
    .hint = Si cela se répète, vérifiez la liaison ou l’enregistreur.
asterix-block-past-end = Ce bloc dit finir au-delà de ce qui a été reçu. Il a été gardé tel quel ; la lecture a repris au bloc entier suivant.
    .code = VG-ASTERIX-003
    .hint = En fin de fichier, l’enregistrement a été coupé ; ailleurs, la longueur est altérée.
asterix-doubtful-block = Ce bloc ne se lit pas jusqu’au bout, et aucun bloc ne suit là où il devrait finir. Il a été gardé tel quel ; la lecture a repris au bloc entier suivant.
    .code = VG-ASTERIX-004
    .hint = Si beaucoup de blocs font de même, l’édition est fausse : donnez-la avec --edition ; sinon, vérifiez la liaison.
asterix-packet-cut = La capture s’arrête au milieu d’un paquet, ou la longueur d’un paquet est impossible. La suite a été gardée telle quelle.
    .code = VG-ASTERIX-005
    .hint = Refaites l’enregistrement, ou coupez le fichier avant cet endroit.
asterix-too-long = L’enregistrement est plus long que ce qui se lit en une fois. La suite a été gardée telle quelle.
    .code = VG-ASTERIX-006
    .hint = Découpez l’enregistrement et lisez-en les parties.
asterix-too-many = L’enregistrement contient plus de messages que ce qui se lit en une fois. La suite a été gardée telle quelle.
    .code = VG-ASTERIX-007
    .hint = Découpez l’enregistrement et lisez-en les parties.

## Un message dans un bloc

asterix-record-cut = Catégorie { $category } : la donnée { $item } dépasse la fin du bloc (octet { $octet }). Le message a été gardé tel quel ; ses voisins ont été lus.
    .code = VG-ASTERIX-010
    .hint = Si beaucoup de messages finissent ainsi, l’édition est fausse : donnez-la avec --edition.
asterix-fspec-too-long = Catégorie { $category } : la spécification des champs ne se termine pas (octet { $octet }). Le message a été gardé tel quel ; ses voisins ont été lus.
    .code = VG-ASTERIX-011
    .hint = Si cela se répète, vérifiez la liaison ou l’enregistreur.
asterix-undefined-item = Catégorie { $category } : une donnée est annoncée que cette édition ne définit pas (près de { $item }, octet { $octet }). Le message a été gardé tel quel ; ses voisins ont été lus.
    .code = VG-ASTERIX-012
    .hint = Si beaucoup de messages font de même, l’édition est fausse : donnez-la avec --edition.
asterix-empty-record = Catégorie { $category } : un message sans aucune donnée (octet { $octet }). Il a été gardé tel quel ; ses voisins ont été lus.
    .code = VG-ASTERIX-013
    .hint = Si cela se répète, demandez au constructeur du capteur.
asterix-endless-item = Catégorie { $category } : la donnée { $item } ne se termine pas (octet { $octet }). Le message a été gardé tel quel ; ses voisins ont été lus.
    .code = VG-ASTERIX-014
    .hint = Si beaucoup de messages font de même, l’édition est fausse : donnez-la avec --edition.
asterix-item-length = Catégorie { $category } : la donnée { $item } se dit sans longueur (octet { $octet }). Le message a été gardé tel quel ; ses voisins ont été lus.
    .code = VG-ASTERIX-015
    .hint = Si cela se répète, demandez au constructeur du capteur.
asterix-unaligned = Catégorie { $category } : la donnée { $item } s’arrête au milieu d’un octet (octet { $octet }). Le message a été gardé tel quel ; ses voisins ont été lus.
    .code = VG-ASTERIX-016
    .hint = Si beaucoup de messages font de même, l’édition est fausse : donnez-la avec --edition.
asterix-doubtful-record = Catégorie { $category } : ces octets se lisent comme un message, mais rien dans le bloc ne confirme où il finit. Ils ont été gardés tels quels ; les voisins ont été lus.
    .code = VG-ASTERIX-017
    .hint = Cherchez un message altéré à côté ; s’il n’y en a pas, donnez l’édition avec --edition.
asterix-ruined-block = Catégorie { $category } : ce bloc ne se lit pas jusqu’au bout, et l’enregistrement est si altéré qu’une partie pourrait s’y lire par hasard. Il a été gardé tel quel.
    .code = VG-ASTERIX-018
    .hint = Vérifiez la liaison ou l’enregistreur.

## Éditions données

asterix-bad-pin = « { $given } » ne nomme pas une édition. Rien n’a été lu.
    .code = VG-ASTERIX-020
    .hint = Écrivez une catégorie et son édition, comme 048=1.31, ou celle d’une source, comme 048@25/201=1.31.
asterix-pin-unknown = La catégorie { $category } n’est pas dans les tables : aucune édition ne peut en être donnée. Rien n’a été lu.
    .code = VG-ASTERIX-021
    .hint = Retirez ce --edition : les blocs de la catégorie sont gardés tels quels et comptés.

## Le résumé

asterix-edition-given = { $category } de { $source } : édition { $edition }, telle que donnée, { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }
asterix-edition-only = { $category } de { $source } : édition { $edition }, la seule dans les tables, { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }
asterix-edition-nearest = { $category } de { $source } : édition { $edition }, la plus proche de { $asked } dans les tables, { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }
asterix-edition-inferred = { $category } de { $source } : édition { $edition }, déduite ({ $alike ->
    [0] aucune autre ne la lit aussi bien
    [one] { $alike } autre la lit aussi bien
   *[other] { $alike } autres la lisent aussi bien
 }), { $count ->
    [one] { $count } message
   *[other] { $count } messages
 }
asterix-unknown-category = { $category } : absente des tables, { $blocks ->
    [one] { $blocks } bloc gardé tel quel
   *[other] { $blocks } blocs gardés tels quels
 }
asterix-marked = { $count ->
    [one] { $count } message contient
   *[other] { $count } messages contiennent
 } des valeurs que son édition n’admet pas ou ne nomme pas ; elles sont marquées.
