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
checks-none = No check in this file can be used ({ $refused } refused). Nothing was added.
    .code = VG-EXCHANGE-008
    .hint = A check names the claim that it is about (claimReviewed); a story has a name.
checks-bad-name = “{ $name }” is no short name. Nothing was added.
    .code = VG-EXCHANGE-009
    .hint = Use lower-case letters, digits and hyphens.
checks-no-head = The { $what ->
        [owner] owner
        [origin] origin
       *[licence] licence
    } of the list is empty. Nothing was added.
    .code = VG-EXCHANGE-010
    .hint = Say who answers for the list, where it was taken from and under which licence.
checks-bad-day = “{ $day }” is no day. Nothing was added.
    .code = VG-EXCHANGE-011
    .hint = Write it as 2026-11-22.
checks-same-version = Version { $version } of this list is there already, with other content. Nothing was added.
    .code = VG-EXCHANGE-012
    .hint = Give the new file another --edition.
checks-unknown = There is no list “{ $name }”, or it is withdrawn. Nothing was changed.
    .code = VG-EXCHANGE-013
    .hint = vigie claims list names the lists.
import-checks = This file holds published checks and no signals. Nothing was imported.
    .code = VG-EXCHANGE-014
    .hint = Load it with vigie claims add.
import-other-form = The file is a partner’s document of another form than --as says. Nothing was imported.
    .code = VG-EXCHANGE-015
    .hint = Leave --as out: the content tells.
