### Ce que disent les outils qui comparent publications et affirmations. Codes : VG-LIKE.

## Des comptes qui partagent la même chose

coordinate-done = { $edges } paires de comptes écrites, à partir de { $pairs } paires de messages parmi { $shares } partages. Lignes refusées : { $refused }.
coordinate-no-author = Ce tableau dit ce qui a été partagé ensemble et à quel intervalle, non qui est derrière ni pourquoi.
coordinate-crowd = { $object } : partagé par { $accounts } comptes, au plus { $densest } partages dans une même fenêtre. Un tel nombre ne dit rien de deux d’entre eux ; aucun lien n’en est tiré.
coordinate-kind-unknown = « { $kind } » n’est pas un genre de chose que l’on partage. Rien n’a été comparé.
    .code = VG-LIKE-001
    .hint = Choisissez parmi { $known }.
coordinate-kind-absent = Le tableau n’a pas de colonne pour { $kind }. Rien n’a été comparé.
    .code = VG-LIKE-002
    .hint = Retirez ce genre de --by, ou ajoutez sa colonne.
coordinate-one-kind = Un tableau doté de la colonne object_id contient des choses d’un seul genre. Rien n’a été comparé.
    .code = VG-LIKE-003
    .hint = Nommez un seul genre avec --by.
coordinate-window = Une fenêtre dure de 0 à 31 jours. Rien n’a été comparé.
    .code = VG-LIKE-004
    .hint = Donnez-en une plus courte avec --window, telle que 60s, 15m ou 24h.
coordinate-too-many-pairs = Plus de { $max } paires de messages tombent dans cette fenêtre. Rien n’a été écrit.
    .code = VG-LIKE-005
    .hint = Resserrez la fenêtre, ou abaissez --object-pairs-max pour écarter ce que partagent les foules.

## Des publications qui disent presque la même chose

similar-done = { $pairs } paires écrites, à partir de { $posts } publications. Lignes refusées : { $refused }.
similar-not-assessed = Non évalué : combien de copies modifiées échappent en { $langs }. Dans ces langues, il en échappe davantage qu’en anglais, ou personne ne l’a mesuré.
similar-likeness = Une ressemblance minimale est supérieure à 0 et au plus égale à 1 ; { $given } ne convient pas. Rien n’a été comparé.
    .code = VG-LIKE-010
    .hint = Donnez-la avec --min-jaccard, par exemple 0.8.
similar-no-texts = Le tableau n’a pas de colonne de textes. Rien n’a été comparé.
    .code = VG-LIKE-011
    .hint = Nommez-la message ou text.

## Des affirmations déjà connues

claims-done = { $queries } textes comparés à { $claims } affirmations ; { $sure } meilleures correspondances sont marquées « confirm ». Lignes refusées : { $refused }.
claims-no-verdict = Une correspondance dit que les mots sont proches. Un démenti ressemble à la rumeur qu’il dément : la décision revient à une personne.
claims-not-assessed = Non évalué : combien de fois une correspondance est fausse, ou manque, en { $langs }. Là, elle n’est au plus qu’une suggestion.
claims-row-empty = Il manque à cette ligne son identifiant ou son texte. Elle a été laissée de côté ; les autres ont été comparées.
    .code = VG-LIKE-020
    .hint = Donnez à chaque ligne un identifiant et un texte.

## Tous

tool-more-refused = { $count } autres lignes ont été refusées.
