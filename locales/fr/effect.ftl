### Ce qu’une réponse a donné : mesuré, en mots.

## L’effet en une phrase

effect-fell =
    Après la réponse, le nombre { $measured ->
        [sources] de sources
       *[volume] de signaux
    } a baissé { $size ->
        [tenth] d’environ un dixième
        [fifth] d’environ un cinquième
        [quarter] d’environ un quart
        [third] d’environ un tiers
        [two-fifths] d’environ deux cinquièmes
        [half] d’environ la moitié
        [three-fifths] d’environ trois cinquièmes
        [two-thirds] d’environ deux tiers
        [three-quarters] d’environ trois quarts
        [four-fifths] d’environ quatre cinquièmes
        [nine-tenths] d’environ neuf dixièmes
        [nearly-all] de presque tout
       *[other] d’environ { $size } %
    } ({ $low ->
        [tenth] d’un dixième
        [fifth] d’un cinquième
        [quarter] d’un quart
        [third] d’un tiers
        [two-fifths] de deux cinquièmes
        [half] de la moitié
        [three-fifths] de trois cinquièmes
        [two-thirds] de deux tiers
        [three-quarters] de trois quarts
        [four-fifths] de quatre cinquièmes
        [nine-tenths] de neuf dixièmes
        [nearly-all] de presque tout
       *[other] de { $low } %
    } { $high ->
        [tenth] à un dixième
        [fifth] à un cinquième
        [quarter] à un quart
        [third] à un tiers
        [two-fifths] à deux cinquièmes
        [half] à la moitié
        [three-fifths] à trois cinquièmes
        [two-thirds] à deux tiers
        [three-quarters] à trois quarts
        [four-fifths] à quatre cinquièmes
        [nine-tenths] à neuf dixièmes
        [nearly-all] à presque tout
       *[other] à { $high } %
    }) par rapport à l’évolution du récit jusque-là.
effect-rose =
    Après la réponse, le nombre { $measured ->
        [sources] de sources
       *[volume] de signaux
    } a augmenté { $size ->
        [tenth] d’environ un dixième
        [fifth] d’environ un cinquième
        [quarter] d’environ un quart
        [third] d’environ un tiers
        [two-fifths] d’environ deux cinquièmes
        [half] d’environ la moitié
        [three-fifths] d’environ trois cinquièmes
        [two-thirds] d’environ deux tiers
        [three-quarters] d’environ trois quarts
        [four-fifths] d’environ quatre cinquièmes
        [nine-tenths] d’environ neuf dixièmes
        [tenfold] de plus de neuf fois ce qui était attendu
       *[other] d’environ { $size } %
    } ({ $low ->
        [tenth] d’un dixième
        [fifth] d’un cinquième
        [quarter] d’un quart
        [third] d’un tiers
        [two-fifths] de deux cinquièmes
        [half] de la moitié
        [three-fifths] de trois cinquièmes
        [two-thirds] de deux tiers
        [three-quarters] de trois quarts
        [four-fifths] de quatre cinquièmes
        [nine-tenths] de neuf dixièmes
        [tenfold] de 900 %
       *[other] de { $low } %
    } { $high ->
        [tenth] à un dixième
        [fifth] à un cinquième
        [quarter] à un quart
        [third] à un tiers
        [two-fifths] à deux cinquièmes
        [half] à la moitié
        [three-fifths] à trois cinquièmes
        [two-thirds] à deux tiers
        [three-quarters] à trois quarts
        [four-fifths] à quatre cinquièmes
        [nine-tenths] à neuf dixièmes
        [tenfold] à plus de 900 %
       *[other] à { $high } %
    }) par rapport à l’évolution du récit jusque-là.
effect-none =
    Aucun effet visible après la réponse sur le nombre { $measured ->
        [sources] de sources
       *[volume] de signaux
    }. Tout, depuis une baisse { $fall ->
        [tenth] d’un dixième
        [fifth] d’un cinquième
        [quarter] d’un quart
        [third] d’un tiers
        [two-fifths] de deux cinquièmes
        [half] de la moitié
        [three-fifths] de trois cinquièmes
        [two-thirds] de deux tiers
        [three-quarters] de trois quarts
        [four-fifths] de quatre cinquièmes
        [nine-tenths] de neuf dixièmes
        [nearly-all] de presque tout
       *[other] de { $fall } %
    } jusqu’à une hausse { $rise ->
        [tenth] d’un dixième
        [fifth] d’un cinquième
        [quarter] d’un quart
        [third] d’un tiers
        [two-fifths] de deux cinquièmes
        [half] de la moitié
        [three-fifths] de trois cinquièmes
        [two-thirds] de deux tiers
        [three-quarters] de trois quarts
        [four-fifths] de quatre cinquièmes
        [nine-tenths] de neuf dixièmes
        [tenfold] de plus de 900 %
       *[other] de { $rise } %
    }, pourrait donner la même image.

## Sur quoi cela repose

effect-basis =
    { $before } comptés dans les { $days_before } jours d’avant ; { $after } dans { $days_after ->
        [one] le jour
       *[other] les { $days_after } jours
    } d’après, où l’on en attendait environ { $expected }.
effect-was-fading = Le récit s’éteignait déjà avant la réponse, de moitié toutes les { $hours } h environ. Cela n’est pas compté comme un effet.
effect-was-steady = Avant la réponse, le récit ne montait ni ne baissait nettement.
effect-shortened = Seuls les { $days } derniers jours d’avant sont comparés : plus tôt, le récit évoluait autrement.
effect-week-known = Les jours calmes et les jours chargés de la semaine sont pris en compte, tels que ce site les connaît par l’ensemble de ses signaux.
effect-week-unknown = Les jours calmes et les jours chargés de la semaine ne sont pas pris en compte : ce site ne connaît pas encore sa semaine, et une fin de semaine calme pourrait passer pour une baisse.
effect-sources-silent =
    { $sources ->
        [one] Une source qui le relayait n’a
       *[other] { $sources } sources qui le relayaient n’ont
    } plus rien apporté du tout depuis la réponse ; { $share } % des signaux d’avant en venaient. Cela seul peut passer pour une baisse.
effect-after-only = C’est ce qui a été vu après la réponse. Tout ce qui s’est passé d’autre ces jours-là y figure aussi.

## Pourquoi rien ne peut être dit

effect-before-short = Pas assez pour se prononcer : le récit n’a été suivi que { $hours } h avant la réponse ; il en faut { $needed }.
effect-after-short = Trop tôt pour se prononcer : { $hours } h se sont écoulées depuis la réponse ; il en faut { $needed }.
effect-few-before = Pas assez de signaux avant la réponse pour se prononcer : { $count }, il en faut { $needed }.
effect-few-expected = Pas assez de signaux pour se prononcer : on en attendait si peu après la réponse ({ $count }, il en faut { $needed }) que leur absence ne montre rien.
effect-was-growing = Impossible de se prononcer : le récit montait encore au moment de la réponse. Un récit finit toujours par cesser de monter, et l’on ignore ce que celui-ci aurait fait.
effect-was-turning = Impossible de se prononcer : le récit changeait d’allure peu avant la réponse, et l’on ignore ce qu’il aurait fait.

effect-concurrent =
    Impossible de se prononcer sur cette seule réponse : { $code }, une autre réponse au même récit, est sortie { $hours } h { $side ->
        [before] avant
       *[after] après
    }.

## Question posée de nouveau après 48 heures

recheck-question = Le récit { $story } se raconte-t-il encore chez vous ? La mission y a répondu le { $at }.
recheck-none = Aucun assistant de liaison n’a été interrogé.
recheck-sum =
    { $asked ->
        [one] { $asked } assistant de liaison interrogé
       *[other] { $asked } assistants de liaison interrogés
    } : { $yes ->
        [0] {""}
       *[other] { $yes } comme avant,{" "}
    }{ $less ->
        [0] {""}
       *[other] { $less } moins,{" "}
    }{ $no ->
        [0] {""}
       *[other] { $no } plus du tout,{" "}
    }{ $unknown ->
        [0] {""}
       *[other] { $unknown } sans avis,{" "}
    }{ $open ->
        [0] tous ont répondu.
       *[other] { $open } sans réponse encore.
    }
