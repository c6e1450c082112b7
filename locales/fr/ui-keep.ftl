### Ce qui est gardé, ce qui expire, ce qui est effacé : Administration, et garder un récit.

ui-keep-about = Sauvegardes, effacements à deux, ce que la conservation a effacé d’elle-même, et ce qui est gelé au-delà. Tout figure au journal scellé.
ui-keep-backups = Sauvegardes
ui-keep-no-backup = Aucune sauvegarde n’a jamais été enregistrée.
ui-keep-own = Le site se sauvegarde toutes les { $hours } h dans { $to } ; les { $keep } dernières sont gardées.
ui-keep-own-none = Le site ne se sauvegarde pas lui-même : personne ne lui a dit où. Sur la machine : recipient et to sous [backup] dans vigie.toml ; à la main, vigie backup DOSSIER --recipient age1….
ui-keep-own-now = Sauvegarder maintenant
ui-keep-own-running = Une sauvegarde est en cours : { $percent } %.
ui-keep-own-done = Sauvegardé.
ui-keep-own-failed = La sauvegarde de { $at } a échoué : { $cause }
ui-keep-own-same-disk = Ce dossier est sur le disque du site : qui perd l’un perd l’autre.
ui-keep-last-backup = Dernière sauvegarde { $at } : { $entries } écritures, { $size }.
ui-keep-erased-since = Effacés depuis : { $count }. Tant que la prochaine sauvegarde n’a pas remplacé ses clés, des copies de celles-ci ouvrent encore ce contenu.
ui-keep-erasures = Effacer sur demande
ui-keep-asked-at = Demandé
ui-keep-what = Quoi
ui-keep-state = État
ui-keep-is-asked = attend une deuxième personne
ui-keep-is-refused = refusé par
ui-keep-is-done = effacé, approuvé par
ui-keep-agree = Approuver et effacer
ui-keep-refuse = Refuser…
ui-keep-refused = Refusé, et enregistré.
ui-keep-no-erasures = Rien n’a été demandé.
ui-keep-objects = Quoi effacer
ui-keep-objects-help = signal:ID, note:ID, contact:ID ou attachment:ID, séparés par des blancs. L’adresse d’un signal ou d’un fichier se termine par son ID.
ui-keep-reason = Pourquoi, sans nommer la personne
ui-keep-basis = Ce qui y autorise
ui-keep-ask = Demander
ui-keep-asked = Demandé. Une deuxième personne doit approuver.
ui-keep-erased = Effacés : { $objects }, en tout { $entries } écritures. Tous les fichiers du site ont été fouillés ; il n’en reste rien.
ui-keep-waiting = Effacés : { $objects }. Quelqu’un lit encore un état plus ancien (un contrôle, un export) : ce que les fichiers de travail en gardent part dès que c’est fini. Rien n’a encore été fouillé.
ui-keep-remnants = Effacé, mais il en reste un morceau dans { $files }. Prévenez qui s’occupe du site.
ui-keep-because = La raison, pour le journal :
ui-keep-runs = Ce qui a été effacé
ui-keep-when = Quand
ui-keep-why = Pourquoi
ui-keep-why-asked = sur demande
ui-keep-why-retention = conservation de
ui-keep-of-nobody = numéros et fichiers qu’aucun signal ne nomme plus
ui-keep-gone = Effacés
ui-keep-held = Gelés bien qu’échus
ui-keep-no-runs = Rien n’a été effacé.
ui-keep-kept = Gels : pièces à venir
ui-keep-owner = Fonction qui en répond
ui-keep-until = Jusqu’au
ui-keep-lift = Lever…
ui-keep-lifted = Levé, et enregistré.
ui-keep-no-keeps = Rien n’est gelé au-delà de sa conservation.
ui-keep-title = Geler { $code }
ui-keep-it-about = Ce récit et ses signaux deviennent des pièces à venir : ni expiration ni effacement jusqu’au jour fixé.
ui-keep-it = Poser le gel
ui-keep-done = Gelé, et enregistré.

## La place sur le disque

ui-disk-full = Le disque est plein : rien de nouveau n’est reçu.
ui-disk-full-about = Ce qui arrive attend chez qui l’envoie ; ce que vous écrivez et qui ne part pas reste sur ce poste. Lire, décider et envoyer restent possibles pour l’instant.
ui-disk-low = Le disque est presque plein : bientôt rien de nouveau ne pourra être reçu.
ui-disk-do = À faire : libérez de la place sur le disque du site, ou faites effacer ce qui peut l’être (Administration, Garder et effacer). La réception reprend d’elle-même dès qu’il y a de la place.
ui-disk-tell = À faire : prévenez un administrateur sans attendre.

## Beaucoup de lectures en peu de temps

ui-noticed-title = Remarqué : beaucoup de lectures en peu de temps
ui-noticed-about = Les règles sont les mêmes pour tous et figurent dans l’aide de chaque écran. Un signalement n’accuse personne et ne change aucun droit : cherchez ce que c’était, et dites-le. Nul ne répond pour soi-même.
ui-noticed-none = Rien n’a été remarqué.
ui-noticed-numbers = { $count } entre { $from } et { $until } ; remarqué à partir de { $limit }.
ui-noticed-what = Ce que c’était
ui-noticed-say = Enregistrer
ui-noticed-did = Enregistré, écriture { $seq }.
ui-noticed-said = { $name }, { $at } :
ui-noticed-own = Il s’agit de vous : quelqu’un d’autre y répond.
ui-noticed-readings = Ce qui a été lu

## Fonctions et vérificateurs

ui-functions-about = Les questions, les alertes et les tâches vont à des fonctions, jamais au nom d’une personne ; qui en tient une en répond. La tâche d’une fonction que personne ne tient passe à la suivante de la chaîne d’appel.
ui-functions-none = Aucune fonction n’est encore nommée. Rien ne peut être demandé à personne avant cela.
ui-functions-add = Nommer une fonction
ui-functions-change = Modifier
ui-functions-name = Fonction
ui-functions-holders = Tenue par
ui-functions-nobody = personne
ui-functions-liaison = liaison
ui-functions-liaison-is = Celle d’un assistant de liaison : on lui demande, deux jours après une réponse, ce qui se dit encore
ui-functions-id = Nom court (minuscules, chiffres, tirets)
ui-functions-name-fr = Nom en français
ui-functions-name-en = Nom en anglais
ui-functions-keep = Enregistrer
ui-functions-did = { $name } est enregistrée.
ui-functions-verifiers = Qui répond des textes dans une langue
ui-functions-verifiers-about = Un texte dans une langue ne sort qu’après avoir été lu par une personne nommée ici.
ui-functions-no-verifier = Personne n’est nommé : aucun texte ne peut sortir.
ui-functions-verifier-add = Nommer un vérificateur
ui-functions-until = jusqu’au { $dtg }
ui-functions-end = Mettre fin
ui-functions-who = Qui
ui-functions-language = Langue (fr, en, sg, ar…)
ui-functions-did-verifier = Le vérificateur est nommé.
ui-functions-did-end = C’est terminé.

## Dire pourquoi, et donner son accord

ui-keep-sure = Ce qui est effacé ne revient pas, ni sur ce site ni par sa prochaine sauvegarde. Vous donnez l’accord de la deuxième personne : { $objects }
ui-doctor-about = Ce que regarde vigie doctor, et ce qui y remédie. Le journal scellé a son propre contrôle.
ui-doctor-again = Regarder à nouveau
ui-doctor-good = En ordre :
ui-doctor-warn = À regarder :
ui-doctor-bad = En défaut :
