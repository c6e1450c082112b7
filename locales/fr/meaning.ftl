# Ce que propose le modèle de sens, et pourquoi il ne dit rien.

meaning-near = Rang { $rank } parmi les récits dont les premiers mots sont les plus proches. C’est peut-être le même récit dit autrement, ou son démenti : lisez les deux.
meaning-said = Quelqu’un a comparé les deux.
meaning-no-model = Non évalué : aucun modèle de sens n’a été ajouté à ce site.
meaning-not-yet = Pas encore évalué : le modèle n’a pas lu ce récit, ou personne n’en a parlé depuis 28 jours.
meaning-restricted = Non évalué : le modèle ne lit pas les récits à accès restreint.
