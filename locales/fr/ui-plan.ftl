### Mots des plans de communication, des validations permanentes, de ce qui est validé d’avance et du chargement du mandat.

## Les parties de l’écran

ui-loop-parts = Parties de la communication
ui-loop-part-board = Tableau
ui-loop-part-plans = Plans
ui-loop-part-lines = Validé d’avance
ui-loop-part-approvals = Approbations permanentes

## Les plans

ui-plan-title = Plans de communication
ui-plan-about = Ce que la mission veut faire connaître, à qui, par quel canal, et quand. Une réponse peut partir d’un plan ou d’une ligne de son calendrier.
ui-plan-none = Aucun plan n’est écrit.
ui-plan-new = Nouveau plan
ui-plan-name = Titre
ui-plan-aim = But
ui-plan-aim-help = Ce que l’on veut que les gens sachent ou puissent faire, en une phrase que l’on pourra vérifier.
ui-plan-audience = Pour qui
ui-plan-channels = Canaux
ui-plan-no-channel = aucun n’est choisi
ui-plan-calendar = Calendrier
ui-plan-no-calendar = Rien n’est encore au calendrier.
ui-plan-when = Quand
ui-plan-when-in = Quand ({ $zone })
ui-plan-what = Ce qui a lieu
ui-plan-past = passé
ui-plan-add-line = Ajouter une ligne
ui-plan-drop-line = Retirer
ui-plan-version = version { $version }, { $name }, { $dtg }
ui-plan-change = Modifier
ui-plan-changing = Modification de { $code }
ui-plan-save = Enregistrer le plan
ui-plan-save-help = La version d’avant reste au journal.
ui-plan-did = { $code } est enregistré.
ui-plan-respond = Ouvrir une réponse
ui-plan-respond-whole = Ouvrir une réponse à ce plan

## Ce qui est validé d’avance

ui-lines-title = Validé d’avance
ui-lines-about = Ces mots exacts sont vérifiés et validés jusqu’au jour dit. Ils partent tout de suite, inchangés, au nom de qui les diffuse. Un fait périmé ou retiré les arrête.
ui-lines-none = Rien n’est validé d’avance. La personne qui valide peut donner un délai sur sa page de validation.
ui-lines-until = valable jusqu’au { $dtg }
ui-lines-over = le délai est passé : { $dtg }
ui-lines-cleared = Validé par { $names }
ui-lines-fact-dead = Il repose sur { $code } ({ $state }) : il ne peut pas partir.
ui-lines-issue = Diffuser tout de suite
ui-lines-issue-help = Au nom de { $name }, sans changer un mot.
ui-lines-did = { $code } part.

## Les approbations permanentes

ui-approval-title = Approbations permanentes
ui-approval-about = Ce qui peut partir sans que quelqu’un le diffuse : un texte exact, sous le nom d’une personne, jusqu’au jour dit. Rien d’autre ne sort sans une personne.
ui-approval-none = Aucune approbation n’est en cours : rien ne part de soi-même.
ui-approval-give = Donner une approbation
ui-approval-receipt = Que l’accusé dise que le service est gratuit, que l’opérateur du réseau voit le numéro, que ce n’est pas une ligne d’urgence, et comment arrêter (STOP, DISCRET). Ni nom ni lieu.
ui-approval-for = Pour quoi
ui-approval-until = Jusqu’au ({ $zone })
ui-approval-understood = Ces mots partiront sous mon nom, { $name }, sans que je les revoie.
ui-approval-did = { $code } est donnée.
ui-approval-live = En cours
ui-approval-ended = Retirée
ui-approval-expired = Échue
ui-approval-by = donnée par { $name } le { $dtg }, jusqu’au { $until }
ui-approval-ended-at = retirée le { $dtg }
ui-approval-end = Retirer
ui-approval-end-sure = Plus rien ne partira sous elle.
ui-approval-end-now = La retirer maintenant
ui-approval-did-end = { $code } est retirée.
ui-approval-past = { $count ->
    [one] { $count } approbation échue ou retirée
   *[other] { $count } approbations échues ou retirées
}

## Le mandat

ui-mandate-load = Charger un mandat
ui-mandate-load-it = Le charger
ui-mandate-symbol = Cote
ui-mandate-title = Titre
ui-mandate-paste = Texte du mandat
ui-mandate-paste-help = Collez-le ici, ou prenez un fichier de texte (UTF-8). Il est coupé aux numéros de paragraphe : 36., (a), (i).
ui-mandate-cut = Couper en paragraphes
ui-mandate-file = Prendre un fichier
ui-mandate-check = { $count ->
    [one] { $count } paragraphe : relisez-le avant de charger
   *[other] { $count } paragraphes : relisez-les avant de charger
}
ui-mandate-number = Numéro du paragraphe { $n }
ui-mandate-words = Texte du paragraphe { $n }
ui-mandate-drop = Retirer le paragraphe { $number }
ui-mandate-twice = Le numéro { $number } est là deux fois.
ui-mandate-no-text = Aucun paragraphe n’a été trouvé dans ce texte.
ui-mandate-not-text = Ce fichier n’est pas du texte UTF-8. Ouvrez-le, copiez le texte et collez-le ici.
ui-mandate-too-large = Ce fichier dépasse 2 Mo.
ui-mandate-did = { $count ->
    [one] { $symbol } est chargé : { $count } paragraphe.
   *[other] { $symbol } est chargé : { $count } paragraphes.
}
ui-mandate-loaded = { $count ->
    [one] chargé { $dtg }, { $count } paragraphe
   *[other] chargé { $dtg }, { $count } paragraphes
}
ui-mandate-read = Lire les paragraphes
ui-mandate-all = Tous les mandats
ui-mandate-nothing = Aucun mandat n’est chargé. Sans lui, une question ne peut pas recevoir de réponse.
ui-questions-respond = Ouvrir une réponse
