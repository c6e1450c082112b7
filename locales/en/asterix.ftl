### ASTERIX: what in a recording is no record, what was done about it, and which edition was used.

## Bytes outside blocks

asterix-foreign = These bytes are no ASTERIX block. They were kept raw; reading went on behind them.
    .code = VG-ASTERIX-001
    .hint = Check that the file is a capture of the radar's link and not of another one.
asterix-block-too-short = This block says that it is shorter than a block can be. It was kept raw; reading went on at the next whole block.
    .code = VG-ASTERIX-002
    .hint = Where this comes again, check the link or the recorder.
asterix-block-past-end = This block says that it ends behind the end of what was received. It was kept raw; reading went on at the next whole block.
    .code = VG-ASTERIX-003
    .hint = At the end of a file the recording was cut; elsewhere the length is damaged.
asterix-doubtful-block = This block cannot be read to its end, and no block follows where it should end. It was kept raw; reading went on at the next whole block.
    .code = VG-ASTERIX-004
    .hint = Where many blocks do this, the edition is wrong: give it with --edition; else check the link.
asterix-packet-cut = The capture ends within a packet, or the length of a packet cannot be. What follows was kept raw.
    .code = VG-ASTERIX-005
    .hint = Record again, or cut the file before this place.
asterix-too-long = The recording is longer than is read at once. What follows was kept raw.
    .code = VG-ASTERIX-006
    .hint = Split the recording and read its parts.
asterix-too-many = The recording holds more records than are read at once. What follows was kept raw.
    .code = VG-ASTERIX-007
    .hint = Split the recording and read its parts.

## A record within a block

asterix-record-cut = Category { $category }: item { $item } runs past the end of the block (octet { $octet }). The record was kept raw; its neighbours were read.
    .code = VG-ASTERIX-010
    .hint = Where many records end like this, the edition is wrong: give it with --edition.
asterix-fspec-too-long = Category { $category }: the field specification does not end (octet { $octet }). The record was kept raw; its neighbours were read.
    .code = VG-ASTERIX-011
    .hint = Where this comes again, check the link or the recorder.
asterix-undefined-item = Category { $category }: an item is announced that this edition does not define (near { $item }, octet { $octet }). The record was kept raw; its neighbours were read.
    .code = VG-ASTERIX-012
    .hint = Where many records do this, the edition is wrong: give it with --edition.
asterix-empty-record = Category { $category }: a record without any item (octet { $octet }). It was kept raw; its neighbours were read.
    .code = VG-ASTERIX-013
    .hint = Where this comes again, ask the maker of the sensor.
asterix-endless-item = Category { $category }: item { $item } does not end (octet { $octet }). The record was kept raw; its neighbours were read.
    .code = VG-ASTERIX-014
    .hint = Where many records do this, the edition is wrong: give it with --edition.
asterix-item-length = Category { $category }: item { $item } says that it has no length (octet { $octet }). The record was kept raw; its neighbours were read.
    .code = VG-ASTERIX-015
    .hint = Where this comes again, ask the maker of the sensor.
asterix-unaligned = Category { $category }: item { $item } ends within an octet (octet { $octet }). The record was kept raw; its neighbours were read.
    .code = VG-ASTERIX-016
    .hint = Where many records do this, the edition is wrong: give it with --edition.
asterix-doubtful-record = Category { $category }: these bytes read like a record, but nothing in the block confirms where it ends. They were kept raw; the neighbours were read.
    .code = VG-ASTERIX-017
    .hint = Look for a damaged record beside it; where there is none, give the edition with --edition.
asterix-ruined-block = Category { $category }: this block cannot be read to its end, and so much of the recording is damaged that a part of it might fit by chance. It was kept raw.
    .code = VG-ASTERIX-018
    .hint = Check the link or the recorder.

## Editions given

asterix-bad-pin = “{ $given }” names no edition. Nothing was read.
    .code = VG-ASTERIX-020
    .hint = Write a category and its edition, such as 048=1.31, or one source's, such as 048@25/201=1.31.
asterix-pin-unknown = Category { $category } is not in the tables, so no edition of it can be given. Nothing was read.
    .code = VG-ASTERIX-021
    .hint = Leave that --edition out: blocks of the category are kept raw and counted.

## The summary

asterix-edition-given = { $category } from { $source }: edition { $edition }, as given, { $count ->
    [one] 1 record
   *[other] { $count } records
 }
asterix-edition-only = { $category } from { $source }: edition { $edition }, the only one in the tables, { $count ->
    [one] 1 record
   *[other] { $count } records
 }
asterix-edition-nearest = { $category } from { $source }: edition { $edition }, the nearest to { $asked } in the tables, { $count ->
    [one] 1 record
   *[other] { $count } records
 }
asterix-edition-inferred = { $category } from { $source }: edition { $edition }, inferred ({ $alike ->
    [0] no other reads it as well
    [one] 1 other reads it as well
   *[other] { $alike } others read it as well
 }), { $count ->
    [one] 1 record
   *[other] { $count } records
 }
asterix-unknown-category = { $category }: not in the tables, { $blocks ->
    [one] 1 block
   *[other] { $blocks } blocks
 } kept raw
asterix-marked = { $count ->
    [one] 1 record holds
   *[other] { $count } records hold
 } values that its edition does not allow or name; they are marked.
