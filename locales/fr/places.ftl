### Lieux, sites menacés et personnes protégées : pourquoi quelque chose a été trouvé, et ce qui ne va pas dans un fichier de lieux.

## Pourquoi un lieu est compté comme nommé
why-place-name = Le texte dit « { $words } ».
why-place-variant = Le texte dit « { $words } », une graphie de { $name }.
why-place-near = Le texte dit « { $words } », à une lettre près { $name }.
why-place-in-area = Le texte nomme aussi { $area }, où se trouve celui-ci.
why-place-near-text = À { $km } km de { $anchor }, que le texte nomme aussi ; les autres lieux de ce nom sont bien plus loin.
why-place-near-narrative = À { $km } km de { $anchor }, que le récit nomme ; les autres lieux de ce nom sont bien plus loin.
why-place-near-source = À { $km } km de { $anchor }, où se trouve la source ; les autres lieux de ce nom sont bien plus loin.

## Pourquoi un site est compté comme visé
why-site-name = { $site } est nommé : « { $words } ».
why-site-contingent = « { $words } » est le surnom du contingent de { $site }.
why-site-near = « { $words } » se trouve aux abords de { $site }, à { $km } km.
why-site-near-ambiguous = « { $words } » peut désigner un lieu aux abords de { $site }, à { $km } km ; plusieurs portent ce nom.
why-site-common-text = « { $words } », et le texte nomme { $site } ou ses abords.
why-site-common-source = « { $words } », et la source se trouve aux abords de { $site }.
why-site-common-narrative = « { $words } », et le récit nomme les abords de { $site }.
why-site-unsaid = « { $words } » : le texte ne dit pas quel site ; il peut s’agir de { $site }.

## Ce que disent les mots au sujet d’un site
why-calls-for-harm = Appelle à faire du mal : « { $words } » (liste : { $pattern }).
why-announces-harm = Annonce du mal : « { $words } » (liste : { $pattern }).
why-exposes-site = Dit quand, où ou comment le site est exposé : « { $words } » (liste : { $pattern }).
why-people-gathering = Rassemblement : « { $words } » (liste : { $pattern }).
why-complaint = Une plainte : « { $words } » (liste : { $pattern }).
why-lowered-negated = « { $words } » est nié dans le texte : compte comme une simple mention.
why-lowered-denied = « { $words } » est démenti ou dit faux dans le texte : compte comme une simple mention.
why-lowered-quoted = « { $words } » figure dans une citation : compte comme une simple mention.
why-not-assessed = Non évalué : aucune liste ne couvre la langue de ce texte.

## Ce que disent les mots au sujet d’une personne
why-person-call = Appelle à s’en prendre à une personne (liste : { $pattern }).
why-person-threat = Annonce du mal à une personne (liste : { $pattern }).
why-person-sexual = Menace de violences sexuelles (liste : { $pattern }).
why-person-exposed = Donne ou demande l’adresse, le numéro, la photo ou le trajet d’une personne (liste : { $pattern }).
why-person-mentioned = De tels mots y figurent, mais niés, démentis ou cités (liste : { $pattern }).
why-person-listed = Nomme quelqu’un de la liste protégée.

## Un fichier de lieux est refusé, ou une de ses lignes
gazetteer-no-columns = La première ligne ne nomme pas { $missing }. Rien n’a été ajouté.
    .code = VG-PLACE-001
    .hint = Nommez les colonnes sur la première ligne. Noms connus : { $known }.
gazetteer-not-json = Le fichier n’est pas du JSON complet ; la lecture s’est arrêtée à la colonne { $column }. Rien n’a été ajouté.
    .code = VG-PLACE-002
    .hint = Exportez-le de nouveau, ou envoyez-le sous forme de tableau.
gazetteer-no-features = Le fichier ne contient aucune liste de lieux. Rien n’a été ajouté.
    .code = VG-PLACE-003
    .hint = Un fichier GeoJSON de lieux est une FeatureCollection de points.
gazetteer-too-deep = Le fichier est imbriqué sur plus de { $max } niveaux. Rien n’a été ajouté.
    .code = VG-PLACE-004
    .hint = Un fichier GeoJSON de points demande peu de niveaux. Vérifiez que c’est le bon fichier.
gazetteer-too-many = Le fichier contient plus de { $max } lieux. Ce qui précède cette ligne a été lu, rien de ce qui la suit.
    .code = VG-PLACE-005
    .hint = Scindez le fichier, ou gardez les lieux de votre zone.
gazetteer-no-name = Un lieu n’a pas de nom, ou un nom trop long. Il a été laissé de côté.
    .code = VG-PLACE-006
    .hint = Remplissez la colonne name.
gazetteer-no-point = Un lieu n’a pas de coordonnées, ou 0 / 0. Il a été laissé de côté.
    .code = VG-PLACE-007
    .hint = Indiquez la latitude et la longitude en degrés.
gazetteer-bad-number = « { $value } » n’est pas un nombre de degrés. Le lieu a été laissé de côté.
    .code = VG-PLACE-008
    .hint = Écrivez des degrés décimaux, comme 2.4000 ou 2,4000.
gazetteer-swapped = Dans { $value }, latitude et longitude semblent inversées. Le lieu a été laissé de côté.
    .code = VG-PLACE-009
    .hint = La latitude va dans la colonne lat. Inversez les deux et renvoyez la ligne.
gazetteer-off-earth = Les coordonnées { $value } sont hors des degrés de la Terre. Le lieu a été laissé de côté.
    .code = VG-PLACE-010
    .hint = La latitude va de -90 à 90, la longitude de -180 à 180.
gazetteer-kind = « { $value } » n’est pas une nature de lieu. Le lieu a été laissé de côté.
    .code = VG-PLACE-011
    .hint = Employez village, town, quarter, base, site, road, river, land, admin ou other.
gazetteer-precision = « { $value } » n’est pas une précision. Le lieu a été laissé de côté.
    .code = VG-PLACE-012
    .hint = Employez exact, site, village, district, region, country ou unknown.
gazetteer-twice = L’identifiant de « { $value } » figure déjà à la ligne { $first }. La seconde ligne a été laissée de côté.
    .code = VG-PLACE-013
    .hint = Donnez à chaque lieu un identifiant qui lui soit propre.
gazetteer-same-place = « { $value } » figure déjà à la ligne { $first }, au même point. La seconde ligne a été laissée de côté.
    .code = VG-PLACE-014
    .hint = S’il s’agit d’un autre lieu, corrigez ses coordonnées ou sa nature.
gazetteer-cells = Une ligne de cet extrait de GeoNames compte { $value } colonnes au lieu de 19. Elle a été laissée de côté.
    .code = VG-PLACE-015
    .hint = Prenez le fichier tel que GeoNames le donne, sans l’ouvrir dans un tableur.
gazetteer-not-a-point = Un lieu est dessiné comme { $value } et non comme un point. Il a été laissé de côté.
    .code = VG-PLACE-016
    .hint = Exportez les lieux sous forme de points.
list-refused = La liste ne peut pas être lue ici : { $reason }. Rien n’en est utilisé.
    .code = VG-PLACE-017
    .hint = Corrigez cette ligne et réessayez ; les listes de la démonstration montrent la forme.
