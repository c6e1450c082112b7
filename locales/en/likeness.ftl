### What the tools say that compare posts and claims. Codes: VG-LIKE.

## Accounts that share the same

coordinate-done = { $edges } pairs of accounts written, from { $pairs } pairs of messages among { $shares } shares. Rows refused: { $refused }.
coordinate-no-author = This says what was shared together and how soon, not who is behind it or why.
coordinate-crowd = { $object }: shared by { $accounts } accounts, at most { $densest } shares within one window. So many at once say nothing about any two of them; it makes no edges.
coordinate-kind-unknown = “{ $kind }” is no kind of thing that is shared. Nothing was compared.
    .code = VG-LIKE-001
    .hint = Choose among { $known }.
coordinate-kind-absent = The table has no column for { $kind }. Nothing was compared.
    .code = VG-LIKE-002
    .hint = Leave this kind out of --by, or add its column.
coordinate-one-kind = A table with the column object_id holds things of one kind. Nothing was compared.
    .code = VG-LIKE-003
    .hint = Name one kind with --by.
coordinate-window = A window lasts from 0 to 31 days. Nothing was compared.
    .code = VG-LIKE-004
    .hint = Give a shorter one with --window, such as 60s, 15m or 24h.
coordinate-too-many-pairs = More than { $max } pairs of messages fall into this window. Nothing was written.
    .code = VG-LIKE-005
    .hint = Narrow the window, or lower --object-pairs-max so that what crowds share is left out.

## Posts that say nearly the same

similar-done = { $pairs } pairs written, from { $posts } posts. Rows refused: { $refused }.
similar-not-assessed = Not assessed: how many changed copies are missed in { $langs }. In these languages more are missed than in English, or nobody has measured it.
similar-likeness = A least likeness lies above 0 and at most at 1, not at { $given }. Nothing was compared.
    .code = VG-LIKE-010
    .hint = Give it with --min-jaccard, such as 0.8.
similar-no-texts = The table has no column of texts. Nothing was compared.
    .code = VG-LIKE-011
    .hint = Name it message or text.

## Claims that are known already

claims-done = { $queries } texts compared with { $claims } claims; { $sure } best matches are marked confirm. Rows refused: { $refused }.
claims-no-verdict = A match says that the wording is close. A denial matches the rumour it denies: a person decides.
claims-not-assessed = Not assessed: how often a match errs, or is missed, in { $langs }. There it is at most a suggestion.
claims-row-empty = This row lacks its id or its text. It was left out; the others were compared.
    .code = VG-LIKE-020
    .hint = Give each row an id and a text.

## All of them

tool-more-refused = { $count } more rows were refused.
