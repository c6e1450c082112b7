### Lecture du fichier d’un capteur à la console : ce que disent toutes les familles de formats.

decode-too-large = { $path } dépasse { $limit_mb } Mo. Rien n’a été lu.
    .code = VG-DECODE-001
    .hint = Découpez l’enregistrement, par exemple avec editcap -c, et lisez-en les parties.

decode-kind = { $kind } : { $count }
decode-done = { $records ->
    [one] { $records } enregistrement
   *[other] { $records } enregistrements
 }, { $faults ->
    [one] { $faults } faute
   *[other] { $faults } fautes
 }.
