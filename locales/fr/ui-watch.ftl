### Mots de la veille permanente : ce que nous en pensons, qui est sollicité, situation, alertes, tâches, incidents, comptes rendus.

ui-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
ui-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
ui-late = en retard

## Les étapes d’un récit

ui-steps-title = Étapes de ce récit
ui-loop-t0 = Vu d’abord
ui-loop-t1 = Relevé
ui-loop-t2 = Vérifié
ui-loop-t3 = Validé
ui-loop-t4 = Diffusé
ui-loop-t5 = Mesuré
ui-loop-not-yet = pas encore
ui-loop-waits = Attend : { $name }
ui-loop-waits-nobody = Aucune fonction n’a été sollicitée sur ce récit.

## Ce que nous en pensons

ui-think-title = Ce que nous en pensons
ui-think-none = Personne n’a encore qualifié ce récit.
ui-judge-open = Qualifier
ui-judge = Enregistrer la qualification
ui-judge-title = Que pensons-nous de ce récit ?
ui-judge-about = Trois questions, chacune à part : est-ce vrai, de quel genre de propos s’agit-il, que peut-il faire aux gens. La critique légitime et la satire ne sont jamais retenues contre personne.
ui-judge-truth = Est-ce vrai ?
ui-judge-class = De quel genre ?
ui-judge-harm = Quel préjudice ?
ui-judge-two = Cette classe ne compte qu’après l’accord d’une deuxième personne.
ui-judge-rabat = Les six parties du test d’incitation
ui-judge-rabat-about = Les six sont nécessaires. La personne visée peut les lire.
ui-rabat-context = Contexte
ui-rabat-speaker = Orateur
ui-rabat-intent = Intention
ui-rabat-content = Contenu et forme
ui-rabat-extent = Portée
ui-rabat-likelihood = Probabilité du dommage
ui-rabat-help-context = Ce qui se passe sur place, socialement et politiquement.
ui-rabat-help-speaker = Position et influence sur ceux qui écoutent, dites comme une fonction.
ui-rabat-help-intent = Ce qui montre que c’est voulu ; la négligence ne suffit pas.
ui-rabat-help-content = À quoi l’on appelle, avec quelle netteté, sous quelle forme.
ui-rabat-help-extent = Public ou non, combien de personnes, combien de fois.
ui-rabat-help-likelihood = Les chances que des gens passent à l’acte, et dans quel délai.
ui-judge-reasons = Motifs
ui-judge-reasons-needed = Motifs (obligatoires)
ui-judge-reasons-help = Sur quoi cela repose. La personne visée peut le lire et contester.
ui-judge-reasons-of = { $count ->
    [one] Motifs de la qualification
   *[other] Motifs des { $count } qualifications
}
ui-judge-did = La qualification est enregistrée.
ui-judge-did-half = La qualification est enregistrée. Elle comptera quand une deuxième personne aura donné son accord.
ui-judge-awaits = Attend une deuxième personne :
ui-judge-second = J’ai lu et je suis d’accord
ui-judge-second-other = Vous avez qualifié ce récit ; quelqu’un d’autre doit donner son accord.
ui-judge-seconded = accord de { $name }, { $dtg }
ui-judge-did-second = Votre accord est enregistré.
ui-contests-title = Contestations
ui-contest = Noter une contestation
ui-contest-about = La personne visée peut contester, avec ses propres mots. Quelqu’un qui n’a pas pris part à la qualification tranche.
ui-contest-who = Qui conteste
ui-contest-who-help = Une fonction ou « un habitant » suffit.
ui-contest-grounds = Ce qui est dit
ui-contest-note = Noter
ui-contest-decide = Trancher la contestation
ui-contest-answer = Décision
ui-contest-upheld = La contestation est fondée
ui-contest-refused = La qualification demeure
ui-contest-reasons = Motifs
ui-contest-open = Attend une décision.

## Qui est sollicité

ui-requests-title = Demandes d’information
ui-requests-none = Personne n’a encore été sollicité.
ui-request-ask = Interroger une unité
ui-request-question = Que vous faut-il savoir ?
ui-request-did-ask = { $code } est partie.
ui-request-answer = Saisir la réponse
ui-request-answer-title = Réponse à { $code }
ui-request-answer-about = La réponse devient un projet de fait, qu’une deuxième personne approuve.
ui-request-via = Comment la réponse est venue
ui-request-reply = La réponse, dans les mots de l’unité
ui-request-from = De la part de (fonction)
ui-request-source = Sur quoi elle repose
ui-request-lang = Langue
ui-request-until = Valable
ui-request-fact = un projet de fait en est issu
ui-request-did-answer = La réponse à { $code } est enregistrée, avec un projet de fait.
ui-responses-title = Réponses à ce récit
ui-responses-none = Aucune réponse n’est ouverte.
ui-story-duties = Alertes et tâches de ce récit

## Ce qui est demandé aux fonctions

ui-asked = À qui, et pour quand
ui-asked-of = Demandé à
ui-asked-within = Accusé de réception sous
ui-asked-due = À faire sous
ui-asked-tree = Ensuite, faute d’accusé de réception
ui-asked-tree-add = Ajouter une fonction
ui-asked-tree-remove = Ôter { $name } de la chaîne d’appel
ui-duty-waits = attend { $name }
ui-duty-since = depuis { $dtg } ({ $ago })
ui-duty-due = échéance { $dtg }
ui-duty-step = { $count ->
    [one] passé à la fonction suivante { $count } fois
   *[other] passé à la fonction suivante { $count } fois
}
ui-duty-late = { $h ->
    [0] En retard de { $min } min
   *[other] En retard de { $h } h { $min } min
}
ui-duty-acknowledged = { $name } s’en charge depuis { $dtg }
ui-duty-acknowledge = Accuser réception : { $name }
ui-duty-did-acknowledge = { $code } : réception par { $name }.
ui-duty-close = Clore
ui-duty-close-title = Clore { $code }
ui-duty-outcome = Comment cela s’est-il terminé ?
ui-duty-closed = Clos { $dtg } :
ui-duties-late = { $count } en retard
ui-duties-open-only = Seulement ce qui est ouvert
ui-duties-closed-too = Aussi ce qui est clos
ui-duties-more = Suite

## Restreindre

ui-restrict = Restreindre ce récit
ui-restrict-open = Restreindre…
ui-restrict-title = Restreindre { $code }
ui-restrict-warning = C’est sans retour. Dès maintenant, seules les personnes du domaine choisi lisent ce récit, ses signaux et ceux à venir ; les demandes, tâches et réponses à son sujet sont closes. Vous-même pourriez ne plus le voir.
ui-restrict-to = Qui pourra encore le lire
ui-restrict-reason = Motif
ui-restrict-reason-help = Il reste au journal scellé : ne nommez ni victime ni source.
ui-restrict-understood = Je comprends que c’est sans retour.
ui-restrict-did = L’accès à { $code } est restreint.

## Situation et relève

ui-situation-overdue = { $count } en retard
ui-situation-mine = { $count ->
    [0] Ce qui vous attend
   *[other] Ce qui vous attend : { $count }
}
ui-situation-mine-none = Rien n’attend une fonction que vous exercez.
ui-situation-changed = { $count ->
    [0] Depuis votre dernier quart
   *[other] Depuis votre dernier quart : { $count }
}
ui-situation-changed-none = Rien n’a changé depuis votre dernier quart.
ui-situation-counts = Tout ce qui est ouvert
ui-situation-kind = Nature
ui-situation-open = Ouverts
ui-situation-late = En retard
ui-count-new = nouveaux récits
ui-count-relevant = récits retenus
ui-count-second = qualifications en attente d’une deuxième personne
ui-count-contested = contestations à trancher
ui-functions-held = vous exercez : { $names }
ui-item-verify = attend un vérificateur : { $lang }
ui-watch-hand-over = Passer la relève
ui-watch-about = Tout ce qui est ouvert est consigné au journal avec la relève.
ui-watch-remark = Ce que le suivant doit savoir
ui-watch-to = À
ui-watch-to-nobody = La personne qui vient
ui-watch-did = { $count ->
    [0] Relève passée (écriture { $seq }) ; rien ne reste ouvert.
    [one] Relève passée (écriture { $seq }) ; { $count } point reste ouvert.
   *[other] Relève passée (écriture { $seq }) ; { $count } points restent ouverts.
}
ui-watch-last = Dernière relève { $dtg }, par { $name }
ui-watch-left-open = { $count ->
    [0] Rien n’était ouvert.
    [one] { $count } point était ouvert.
   *[other] { $count } points étaient ouverts.
}

## Alertes, tâches, incidents

ui-watch-add = Ajouter à cette liste
ui-part-warnings = Alertes
ui-part-tasks = Tâches
ui-part-incidents = Incidents
ui-part-add-warnings = Donner l’alerte
ui-part-add-tasks = Confier une tâche
ui-part-add-incidents = Rapporter un incident
ui-part-none-warnings = Aucune alerte n’est ouverte.
ui-part-none-tasks = Aucune tâche n’est ouverte.
ui-part-none-incidents = Aucun incident n’a été rapporté.
ui-warning-words = Mots en cause :
ui-warning-score = Score { $value }, par { $model }.
ui-warning-kind = Genre d’alerte
ui-warning-what = Que faut-il savoir ?
ui-warning-site = Site
ui-warning-did = { $code } est donnée.
ui-task-what = Que faut-il faire ?
ui-task-did = { $code } est confiée.
ui-incident-from = Tiré d’une mention de la main courante ou d’un signal ; le journal garde le lien.
ui-incident-what = Ce qui s’est passé
ui-incident-when = Quand (0412Z, 04:12 ou groupe entier)
ui-incident-when-precision = Précision de l’heure
ui-incident-where = Où
ui-incident-where-precision = Précision du lieu
ui-incident-point = Latitude et longitude, si connues
ui-incident-no-point = Écrivez le point en deux nombres de degrés, par exemple 4.3947 18.5582, ou laissez vide.
ui-incident-who = Qui, et envers qui
ui-incident-who-help = Des fonctions et des groupes, pas de noms.
ui-incident-how = Comment
ui-incident-why = Pourquoi, si on le sait
ui-incident-save = Enregistrer l’incident
ui-incident-did = { $code } est enregistré.
ui-incident-version = Version { $count }
ui-sites = Sites
ui-site = Site
ui-sites-none = Aucun site n’est inscrit. « vigie gazetteer sites » en charge le registre.
ui-site-open = À traiter
ui-site-last = Dernière alerte
ui-site-never = jamais
ui-site-about = Ce site
ui-site-place = Lieu
ui-site-names = Noms reconnus
ui-site-contingent = Surnoms du contingent
ui-site-around = Alentours
ui-site-radius = { $km } km autour
ui-site-said = { $count ->
    [0] Ce qui l’a nommé ou menacé
    [one] Ce qui l’a nommé ou menacé : { $count } alerte
   *[other] Ce qui l’a nommé ou menacé : { $count } alertes
}
ui-site-signals = { $count ->
    [one] { $count } signal
   *[other] { $count } signaux
}
ui-site-nothing = Aucun signal ne l’a nommé.
ui-grade-title = Source et information
ui-grade-about = Deux cotations à part : qui le dit, et ce qui est dit. Elles ne disent ni si le récit est vrai, ni ce qu’il peut faire aux gens.
ui-grade-none = Personne ne l’a encore coté.
ui-grade-source = La source (A à F)
ui-grade-information = L’information (1 à 6)
ui-grade-save = Enregistrer la cotation
ui-grade-did = Coté { $grade }.
ui-warning-why = Pourquoi cette alerte
ui-item-until = jusqu’au { $dtg }
ui-duty-tree = Chaîne d’appel ({ $min } min chacun) :
ui-request-answer-waits = Une réponse attend sur ce poste le retour de la liaison.
ui-part-requests = Demandes
ui-part-add-requests = Interroger une unité
ui-part-none-requests = Aucune demande n’est ouverte.

## Comptes rendus

ui-report-digest = Synthèse
ui-report-shift = Compte rendu de quart
ui-report-back = Retour à la situation
ui-report-hours = Sur
ui-report-print = Imprimer
ui-report-docx = Télécharger en DOCX
ui-report-entries = écritures
ui-story-keep = Gel : une pièce à venir
ui-story-keep-open = Geler…
