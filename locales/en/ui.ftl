### Words of the first screen: signing in, the link, faults.

ui-starting = Starting…
ui-language = Language
ui-demo-label = Demonstration
ui-demo-banner = DEMO – invented people, places and events

## Faults

ui-fault-unreachable = The server does not answer. Try again when the link returns.
ui-fault-ours = Something went wrong in Vigie itself. Nothing you wrote is lost; reload the page and try again.
ui-fault-unexplained = The server refused without saying why ({ $code }).

## Signing in

ui-sign-in = Sign in
ui-enter = Enter
ui-account-name = Account name
ui-password = Password
ui-password-help = At least 12 characters. A sentence is easier to remember than a word.
ui-display-name = Name shown to colleagues
ui-code = One-time code
ui-code-title = Enter with a one-time code
ui-code-help = The code was printed when the site was made, or handed to you by an administrator. It works once.
ui-code-names-help = Both names are for the first administrator only. Leave them empty if an administrator made your account.
ui-have-code = I have a one-time code
ui-have-account = I have an account
ui-unsent-before-sign-in = { $count ->
    [one] { $count } item written here waits to be sent. It leaves once its writer signs in.
   *[other] { $count } items written here wait to be sent. They leave once their writer signs in.
}

## The bar

ui-link-up = Server connected
ui-link-cut = SERVER LINK CUT
ui-uplink-up = Uplink works
ui-uplink-cut = UPLINK CUT
ui-uplink-cut-since = UPLINK CUT since { $dtg }
ui-uplink-unsure = Uplink not known
ui-data-none = nothing received yet
ui-data-age-s = data { $value } s old
ui-data-age-min = data { $value } min old
ui-data-age-h = data { $value } h old
ui-data-age-d = data { $value } d old
ui-theme = Theme
ui-theme-system = System
ui-theme-light = Light
ui-theme-dark = Dark
