### What partners send about stories: STIX, MISP, checks of claims.

exchange-too-large = The document is larger than { $max } bytes. Nothing was taken from it.
    .code = VG-EXCHANGE-001
    .hint = Ask the sender to split it.
exchange-not-json = Line { $line } is not JSON that every program reads alike. Nothing was taken from the document.
    .code = VG-EXCHANGE-002
    .hint = Ask the sender to export it again.
exchange-too-deep = The document is nested more than { $max } deep. Nothing was taken from it.
    .code = VG-EXCHANGE-003
    .hint = Ask the sender to export it again.
exchange-unknown = The document is no STIX 2.1 bundle, no MISP event and no ClaimReview. Nothing was taken from it.
    .code = VG-EXCHANGE-004
    .hint = Check that this is the file you meant.
exchange-no-words = “{ $field }” is missing, empty or unusable here. This object was left out; the others were read.
    .code = VG-EXCHANGE-005
    .hint = Ask the sender to complete it.
exchange-too-long = “{ $field }” is longer than { $max } bytes. This object was left out; the others were read.
    .code = VG-EXCHANGE-006
    .hint = Ask the sender to shorten it.
exchange-too-many = There are more than { $max } objects. Those beyond were not read.
    .code = VG-EXCHANGE-007
    .hint = Split the file.
