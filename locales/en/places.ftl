### Places, threatened sites and protected persons: why something was found, and what a file of places got wrong.

## Why a place counts as named
why-place-name = The text says “{ $words }”.
why-place-variant = The text says “{ $words }”, a spelling of { $name }.
why-place-near = The text says “{ $words }”, one letter off { $name }.
why-place-in-area = The text also names { $area }, where this one lies.
why-place-near-text = { $km } km from { $anchor }, which the text also names; the others of this name lie much farther.
why-place-near-narrative = { $km } km from { $anchor }, which the narrative names; the others of this name lie much farther.
why-place-near-source = { $km } km from { $anchor }, where the source is; the others of this name lie much farther.

## Why a site counts as meant
why-site-name = { $site } is named: “{ $words }”.
why-site-contingent = “{ $words }” is what people call the contingent at { $site }.
why-site-near = “{ $words }” lies in the neighbourhood of { $site }, { $km } km away.
why-site-near-ambiguous = “{ $words }” may mean a place in the neighbourhood of { $site }, { $km } km away; several bear this name.
why-site-common-text = “{ $words }”, and the text names { $site } or its neighbourhood.
why-site-common-source = “{ $words }”, and the source is in the neighbourhood of { $site }.
why-site-common-narrative = “{ $words }”, and the narrative names the neighbourhood of { $site }.
why-site-unsaid = “{ $words }”: the text does not say which site; it may be { $site }.

## What the wording says of a site
why-calls-for-harm = Asks others to do harm: “{ $words }” (list: { $pattern }).
why-announces-harm = Announces harm: “{ $words }” (list: { $pattern }).
why-exposes-site = Tells when, where or how the site is open: “{ $words }” (list: { $pattern }).
why-people-gathering = People gathering: “{ $words }” (list: { $pattern }).
why-complaint = A complaint: “{ $words }” (list: { $pattern }).
why-lowered-negated = “{ $words }” is negated in the text: counts as a mention.
why-lowered-denied = “{ $words }” is denied or called false in the text: counts as a mention.
why-lowered-quoted = “{ $words }” stands in a quotation: counts as a mention.
why-not-assessed = Not assessed: no list covers the language of this text.

## What the wording says of a person
why-person-call = Asks others to harm a person (list: { $pattern }).
why-person-threat = Announces harm to a person (list: { $pattern }).
why-person-sexual = Threatens sexual violence (list: { $pattern }).
why-person-exposed = Gives or asks for a person’s address, number, picture or way (list: { $pattern }).
why-person-mentioned = Such wording stands there, but negated, denied or quoted (list: { $pattern }).
why-person-listed = Names somebody on the protected list.

## A file of places is refused, or one of its rows
gazetteer-no-columns = The first row names no { $missing }. Nothing was added.
    .code = VG-PLACE-001
    .hint = Name the columns in the first row. Known names: { $known }.
gazetteer-not-json = The file is not whole JSON; reading stopped in column { $column }. Nothing was added.
    .code = VG-PLACE-002
    .hint = Export it again, or send it as a table.
gazetteer-no-features = The file holds no list of places. Nothing was added.
    .code = VG-PLACE-003
    .hint = A GeoJSON file of places is a FeatureCollection of points.
gazetteer-too-deep = The file is nested more than { $max } levels deep. Nothing was added.
    .code = VG-PLACE-004
    .hint = A GeoJSON file of points needs few levels. Check that the right file was chosen.
gazetteer-too-many = The file holds more than { $max } places. What stands before this row was read, nothing after it.
    .code = VG-PLACE-005
    .hint = Split the file, or keep the places of your area.
gazetteer-no-name = A place has no name, or one that is too long. It was left out.
    .code = VG-PLACE-006
    .hint = Fill in the column name.
gazetteer-no-point = A place has no point, or 0 / 0. It was left out.
    .code = VG-PLACE-007
    .hint = Fill in latitude and longitude in degrees.
gazetteer-bad-number = “{ $value }” is no number of degrees. The place was left out.
    .code = VG-PLACE-008
    .hint = Write decimal degrees, such as 2.4000 or 2,4000.
gazetteer-swapped = The point { $value } looks as if latitude and longitude were swapped. The place was left out.
    .code = VG-PLACE-009
    .hint = Latitude is the number of the column lat. Swap the two and send the row again.
gazetteer-off-earth = The point { $value } lies outside the Earth’s degrees. The place was left out.
    .code = VG-PLACE-010
    .hint = Latitude is from -90 to 90, longitude from -180 to 180.
gazetteer-kind = “{ $value }” is no kind of place. The place was left out.
    .code = VG-PLACE-011
    .hint = Use village, town, quarter, base, site, road, river, land, admin or other.
gazetteer-precision = “{ $value }” is no precision. The place was left out.
    .code = VG-PLACE-012
    .hint = Use exact, site, village, district, region, country or unknown.
gazetteer-twice = The identifier of “{ $value }” stands already on line { $first }. The second row was left out.
    .code = VG-PLACE-013
    .hint = Give each place an identifier of its own.
gazetteer-same-place = “{ $value }” stands already on line { $first }, at the same point. The second row was left out.
    .code = VG-PLACE-014
    .hint = If it is another place, correct its point or its kind.
gazetteer-cells = A line of this GeoNames dump has { $value } columns instead of 19. It was left out.
    .code = VG-PLACE-015
    .hint = Take the file as GeoNames gives it, without opening it in a spreadsheet.
gazetteer-not-a-point = A place is drawn as { $value } and not as a point. It was left out.
    .code = VG-PLACE-016
    .hint = Export the places as points.
list-refused = The list cannot be read here: { $reason }. Nothing of it is used.
    .code = VG-PLACE-017
    .hint = Correct this line and try again; the lists of the demonstration show the form.
