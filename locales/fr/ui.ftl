### Mots du premier écran : connexion, liaison, pannes.

ui-starting = Démarrage…
ui-language = Langue
ui-demo-label = Démonstration
ui-demo-banner = DÉMO – personnes, lieux et événements inventés

## Pannes

ui-fault-unreachable = Le serveur ne répond pas. Réessayez au retour de la liaison.
ui-fault-ours = Une erreur s’est produite dans Vigie même. Rien de ce que vous avez écrit n’est perdu ; rechargez la page et recommencez.
ui-fault-unexplained = Le serveur a refusé sans dire pourquoi ({ $code }).

## Connexion

ui-sign-in = Se connecter
ui-enter = Entrer
ui-account-name = Nom de compte
ui-password = Mot de passe
ui-password-help = Au moins 12 caractères. Une phrase se retient mieux qu’un mot.
ui-display-name = Nom affiché aux collègues
ui-code = Code à usage unique
ui-code-title = Entrer avec un code à usage unique
ui-code-help = Le code a été affiché à la création du site, ou remis par un administrateur. Il sert une seule fois.
ui-code-names-help = Ces deux noms ne servent qu’au premier administrateur. Laissez-les vides si un administrateur a créé votre compte.
ui-have-code = J’ai un code à usage unique
ui-have-account = J’ai un compte
ui-unsent-before-sign-in = { $count ->
    [one] { $count } élément écrit ici attend d’être envoyé. Il partira quand son auteur se connectera.
   *[other] { $count } éléments écrits ici attendent d’être envoyés. Ils partiront quand leur auteur se connectera.
}

## La barre

ui-link-up = Serveur relié
ui-link-cut = LIAISON AU SERVEUR COUPÉE
ui-uplink-up = Liaison extérieure établie
ui-uplink-cut = LIAISON EXTÉRIEURE COUPÉE
ui-uplink-cut-since = LIAISON EXTÉRIEURE COUPÉE depuis { $dtg }
ui-uplink-unsure = Liaison extérieure non connue
ui-data-none = rien reçu encore
ui-data-age-s = données d’il y a { $value } s
ui-data-age-min = données d’il y a { $value } min
ui-data-age-h = données d’il y a { $value } h
ui-data-age-d = données d’il y a { $value } j
ui-theme = Thème
ui-theme-system = Système
ui-theme-light = Clair
ui-theme-dark = Sombre
