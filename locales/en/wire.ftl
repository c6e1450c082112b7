### Formats and fetching: what is refused, what was kept, what to do.

## A mapping file is refused

map-refused = The mapping file cannot be read here: { $reason }. Nothing was imported.
    .code = VG-MAP-001
    .hint = Correct this line and try again.
map-unknown-key = A mapping file knows no “{ $key }”. Nothing was imported.
    .code = VG-MAP-002
    .hint = Check the spelling. Columns are id, text, seen_at, author, url, lang, place and channel; sections are file, columns, time and default.
map-too-long = The mapping file is larger than { $max } KB. Nothing was imported.
    .code = VG-MAP-003
    .hint = Is it the table itself? A mapping file has some ten lines.
map-unknown-zone = No time zone is called “{ $zone }”. Nothing was read.
    .code = VG-MAP-004
    .hint = Use a name such as Africa/Bangui or UTC.
map-bad-format = “{ $format }” is no pattern for a time. Nothing was imported.
    .code = VG-MAP-005
    .hint = Write it with % letters, such as %d/%m/%Y %H:%M.
map-bad-delimiter = “{ $given }” cannot separate columns. Nothing was imported.
    .code = VG-MAP-006
    .hint = Use one character, such as a comma or a semicolon, or the word tab.
map-bad-position = The column { $column } is not named in a way that this file can follow. Nothing was imported.
    .code = VG-MAP-007
    .hint = Give its name as the first row writes it, or its position counted from 1; without a first row of names (header = false), only its position.
map-bad-lang = “{ $lang }” is no language tag. Nothing was imported.
    .code = VG-MAP-008
    .hint = Use a tag such as fr, sg or ar.

## A table is refused, or its reading stops

table-empty = The file is empty. Nothing was imported.
    .code = VG-TABLE-001
    .hint = Check that the right file was chosen.
table-workbook = This is a workbook of an older form (.xls). Nothing was imported.
    .code = VG-TABLE-002
    .hint = Open it and save it as a workbook (.xlsx) or the sheet as CSV (UTF-8), then import that file.
table-no-sheets = The mapping names a sheet, and tables as text have none. Nothing was imported.
    .code = VG-TABLE-003
    .hint = Take the line sheet out of the mapping file, or save that sheet as CSV.
table-not-text = This is no table: its first bytes are those of { $found }. Nothing was imported.
    .code = VG-TABLE-004
    .hint = Choose a CSV, TSV or JSON-lines file.
table-no-text-column = No column is known to hold the text of the signals. Columns found: { $found }. Nothing was imported.
    .code = VG-TABLE-005
    .hint = Name the column in a mapping file ([columns] text = "…"). Without one, these names are known: { $known }.
table-missing-column = The mapping names the column “{ $column }”, which the file does not have. Columns found: { $found }. Nothing was imported.
    .code = VG-TABLE-006
    .hint = Correct the name in the mapping file.
table-column-twice = The column “{ $column }” stands more than once in the file. Nothing was imported.
    .code = VG-TABLE-007
    .hint = Give its position in the mapping file, counted from 1.
table-too-many-columns = The first row has more than { $max } columns. Nothing was imported.
    .code = VG-TABLE-008
    .hint = Check the delimiter, and name it in the mapping file if it is an unusual one.
table-json-array = This is one JSON list, not one JSON object a line. Nothing was imported.
    .code = VG-TABLE-009
    .hint = Write it out with one object a line (JSON lines).
table-json-positions = The mapping gives columns by position, and JSON has only names. Nothing was imported.
    .code = VG-TABLE-010
    .hint = Give the names of the members in the mapping file.
table-too-many-rows = The file has more than { $max } rows. The rows before this point were read.
    .code = VG-TABLE-011
    .hint = Split the file and import the rest; what has entered does not enter twice.
table-too-long = The file is larger than { $max } MB. The rows before this point were read.
    .code = VG-TABLE-012
    .hint = Split the file and import the rest; what has entered does not enter twice.
table-too-slow = The file took longer than { $max } s to read. The rows before this point were read.
    .code = VG-TABLE-014
    .hint = Split the file, or import it again: rows that entered are known and enter nothing twice.
table-unreadable = The file could not be read on ({ $reason }). The rows before this point were read.
    .code = VG-TABLE-013
    .hint = Check the disk or the network drive and import again; what has entered does not enter twice.

## One row, line or item is refused; the others enter

row-without-text = There is no text. The other rows were kept.
    .code = VG-ROW-001
    .hint = If the text stands in another column, name it in the mapping file.
row-time-without-zone = The time “{ $time }” has no zone, so nobody knows which hour it means. The other rows were kept.
    .code = VG-ROW-002
    .hint = Name the zone: [time] zone in the mapping file, or the zone of the source in its register entry.
row-not-a-time = “{ $time }” cannot be read as a time. The other rows were kept.
    .code = VG-ROW-003
    .hint = Describe how times are written under [time] format in the mapping file, or leave the cell empty if the time is unknown.
row-bad-lang = “{ $lang }” is no language tag. The other rows were kept.
    .code = VG-ROW-004
    .hint = Use tags such as fr, sg or ar, or leave the column out of the mapping.
row-quote-open = A quotation mark opens here and does not close as it should. This line was left out; reading went on at the next.
    .code = VG-ROW-005
    .hint = Close the mark, or double each quotation mark within the text, and import again.
row-too-long = The row is larger than { $max } KB. It was left out; reading went on at the next.
    .code = VG-ROW-006
    .hint = Check that the delimiter and the line ends of the file are sound.
row-field-too-long = { $column } is longer than { $max } KB. The other rows were kept.
    .code = VG-ROW-007
    .hint = Shorten it, or add the whole as a document by hand.
row-too-wide = The row has { $found } columns where the file has { $columns }. It was left out, lest a part of the text be lost.
    .code = VG-ROW-008
    .hint = Put quotation marks around texts that hold the delimiter.
row-too-short = The row has { $found } columns where the file has { $columns }. It was left out, since a line of it seems to be broken.
    .code = VG-ROW-009
    .hint = Join the row with the next, or fill in its columns.

## JSON is refused

json-broken = The JSON is not sound (column { $column }). The other lines were kept.
    .code = VG-JSON-001
    .hint = Have the sending program write sound JSON, one object a line.
json-unfinished = The JSON ends before it is whole. The other lines were kept.
    .code = VG-JSON-002
    .hint = Was the file or the sending cut off? Send it again; what has entered does not enter twice.
json-not-an-object = This is JSON, but not an object with named members. The other lines were kept.
    .code = VG-JSON-003
    .hint = Write each signal as {"{"} "text": "…" {"}"}.
json-key-twice = “{ $key }” stands twice, and two programs could read two different things. The other lines were kept.
    .code = VG-JSON-004
    .hint = Have the sending program write each name once.
json-too-deep = The JSON is nested more than { $max } levels deep. The other lines were kept.
    .code = VG-JSON-005
    .hint = Send the members of a signal directly, without layers around them.
json-number = { $column } holds the number { $number }, which programs do not all read alike. The other lines were kept.
    .code = VG-JSON-006
    .hint = Send it as text in quotation marks, or as a whole number of at most 64 bits.
json-not-text = { $column } must be a text. The other lines were kept.
    .code = VG-JSON-007
    .hint = Put the value in quotation marks, or leave the member out.

## The intake

intake-empty = Nothing was sent. Nothing was kept.
    .code = VG-INTAKE-001
    .hint = Send one JSON object, or one a line.
intake-too-long = More than { $max } KB were sent at once. Nothing was kept.
    .code = VG-INTAKE-002
    .hint = Send less at a time.
intake-too-many = More than { $max } lines were sent at once. The lines before this one were kept.
    .code = VG-INTAKE-003
    .hint = Send the rest again in smaller parts; what has entered does not enter twice.

## Files that come with a signal

file-too-many-pixels = The picture says that it measures { $width } × { $height } pixels; { $max } million are allowed. It was not kept.
    .code = VG-FILE-001
    .hint = If the picture is sound, save a smaller copy and add that.

## A feed is refused, or a part of it

feed-empty = The address answers with nothing. What was read before is kept.
    .code = VG-FEED-001
    .hint = Open the address in a browser; ask its owner if it stays empty.
feed-not-a-feed = The address answers with something that is no feed ({ $found }). What was read before is kept.
    .code = VG-FEED-002
    .hint = Look for the address of its RSS, Atom or JSON feed; a sign-in page may stand in front of it.
feed-too-long = The feed is larger than { $max } MB. Nothing of it was read; what was read before is kept.
    .code = VG-FEED-003
    .hint = Ask its owner for a feed of recent items only.
feed-dtd = The feed holds a document type definition, which can make a small file huge or reach other files. Nothing of it was read.
    .code = VG-FEED-004
    .hint = Ask its owner to send the feed without <!DOCTYPE …>.
feed-too-deep = The feed is nested more than { $max } levels deep, which no sound feed is. Nothing of it was read.
    .code = VG-FEED-005
    .hint = Ask its owner; somebody may have tampered with it.
feed-too-many-attributes = An element of the feed has more than { $max } attributes, which no sound feed has. Nothing of it was read.
    .code = VG-FEED-006
    .hint = Ask its owner; somebody may have tampered with it.
feed-too-many-items = The feed has more than { $max } items. The first { $max } were read.
    .code = VG-FEED-007
    .hint = Ask its owner for a feed of recent items only.
feed-broken = The feed's markup breaks here. The items around this place were read.
    .code = VG-FEED-008
    .hint = Tell its owner; what is missing enters once the feed is sound again.
feed-item-broken = This item is cut off or cannot be read. The other items were kept.
    .code = VG-FEED-009
    .hint = Tell the feed's owner; the item enters once it is sound.

## An address is not fetched

fetch-not-an-address = This is no address that can be followed. Nothing was fetched.
    .code = VG-FETCH-001
    .hint = Give the whole address, beginning with https://.
fetch-scheme = Addresses beginning with { $scheme }: are not followed. Nothing was fetched.
    .code = VG-FETCH-002
    .hint = Give an address that begins with https:// or http://.
fetch-credentials = The address holds a name and a password, which would stand readable in the record. Nothing was fetched.
    .code = VG-FETCH-003
    .hint = Ask the owner for an address that needs none.
fetch-private = { $host } lies within this machine or a private network, where an address from outside must not lead. Nothing was fetched.
    .code = VG-FETCH-004
    .hint = If it is meant, an administrator can allow this one host and port in the source's register entry (allow_private).
fetch-downgrade = The server sends the reader from a protected address to an unprotected one. It was not followed.
    .code = VG-FETCH-005
    .hint = Tell the owner of the source; give the protected address if there is one.
fetch-redirects = The server sends the reader on more than { $max } times. It was not followed further.
    .code = VG-FETCH-006
    .hint = Open the address in a browser and register the one where it ends.
fetch-unknown-name = No machine is known under the name { $host }. What was read before is kept.
    .code = VG-FETCH-007
    .hint = Check the spelling and the site's name service; asking goes on by itself.
fetch-no-connection = { $host } does not answer. What was read before is kept.
    .code = VG-FETCH-008
    .hint = Check the link; asking goes on by itself, less often each time.
fetch-certificate = The certificate of { $host } has expired, belongs to another host or comes from nobody known. Nothing was fetched.
    .code = VG-FETCH-009
    .hint = Check the clock of this machine first, then tell the owner of the source. There is no way around it.
fetch-no-authorities = This machine knows no certificate authority, so no protected address can be checked. Nothing was fetched.
    .code = VG-FETCH-010
    .hint = Install the package ca-certificates on this machine.
fetch-status = The server answers { $status } instead of the document. What was read before is kept.
    .code = VG-FETCH-011
    .hint = 404 or 410: look for its new address. 401 or 403: ask its owner. Otherwise wait; asking goes on by itself.
fetch-too-long = The answer does not end within { $max } MB. Nothing of it was read; what was read before is kept.
    .code = VG-FETCH-012
    .hint = Ask the owner of the source for a smaller document.
fetch-too-slow = The answer was not whole after { $max } s. Nothing of it was read; what was read before is kept.
    .code = VG-FETCH-013
    .hint = Check the link; asking goes on by itself, less often each time.
fetch-broken = The connection broke before the answer was whole. What was read before is kept.
    .code = VG-FETCH-014
    .hint = Check the link; asking goes on by itself.

## A source cannot be polled

source-incomplete = The register entry of { $source } lacks its purpose, legal basis, owner, retention, compartment or address. The source was not started.
    .code = VG-FEED-021
    .hint = Complete the entry.
source-no-feed = { $source } is not read from a feed, so there is no address to ask. Nothing was fetched.
    .code = VG-FEED-022
    .hint = Choose a source whose connector is feed.
source-bad-allow = “{ $given }” names no host and port. Nothing was allowed.
    .code = VG-FEED-023
    .hint = Write host:port, such as camera.lan:8080 or 10.1.2.3:80.

## How a source does; the last refusal or error follows

health-ok = Delivering: { $accepted } accepted in 24 h.
health-never = Not heard from yet.
health-paused = Paused.
health-silent = Connected, but nothing new for { $hours } h.
health-silent-from-start = Connected, 0 accepted in { $minutes } min, and nothing was refused: the source is empty.
health-refusing = Connected, 0 accepted in { $minutes } min. Last refusal:
health-failing = Nothing could be read for { $minutes } min. Last error:

## A source is tried

feed-test-asked = Asked: { $url }
feed-test-answer = Answer { $status } from { $address }
feed-test-title = Title: { $title }
feed-test-first = First item: { $text }
feed-test-read = Read: { $items }. Refused: { $refused }. Nothing was kept.
feed-test-empty = The feed is sound and has no items. Nothing was kept.
feed-test-nothing = Nothing could be read. Nothing was kept.

## A table for the tools is refused, or a row of it

sheet-unreadable = The table could not be read. Nothing was compared.
    .code = VG-TABLE-101
    .hint = Check that it is a CSV or TSV file with a header and that it can be opened.
posts-no-account = This row names no account. It was left out; the others were compared.
    .code = VG-TABLE-102
    .hint = Fill in the account, or leave the row out.
posts-no-message = This row has no message id. It was left out; the others were compared.
    .code = VG-TABLE-103
    .hint = Give each message an id of its own.
posts-no-time = This row has no time. It was left out; the others were compared.
    .code = VG-TABLE-104
    .hint = Without a time nothing can be said of what came together.
posts-not-a-time = “{ $value }” is not a time. The row was left out; the others were compared.
    .code = VG-TABLE-105
    .hint = Write seconds since 1970, or a time such as 2026-11-22T14:05:00Z.
posts-time-without-zone = “{ $value }” has no zone. The row was left out; the others were compared.
    .code = VG-TABLE-106
    .hint = Write the zone with it: 2026-11-22T14:05:00Z or +01:00.
posts-message-differs = The message { $message } stood earlier in the file with another account or time. This row was left out; the first one was compared.
    .code = VG-TABLE-107
    .hint = Check that the columns of messages and accounts are not swapped.
posts-columns-swapped = The column { $column } holds no times of our days, and { $other } holds nothing else: two columns look swapped. Nothing was compared.
    .code = VG-TABLE-108
    .hint = Check the header against the columns.
