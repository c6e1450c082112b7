### MAVLink: what in a recording is no message, and what was kept.

mavlink-enumeration = Message { $message } says { $value } where { $list } knows no such value. It was kept raw.
    .code = VG-MAVLINK-001
    .hint = The sender may use a newer message set.
mavlink-unreadable = Message { $message } does not fit its definition ({ $cause }). It was kept raw.
    .code = VG-MAVLINK-002
    .hint = The sender may use a newer message set.
mavlink-unknown-message = Message { $message } is not in the message set, so that its checksum cannot be checked. It was kept raw.
    .code = VG-MAVLINK-003
    .hint = The sender uses another message set.
mavlink-checksum = The checksum of this message does not hold. It was left out.
    .code = VG-MAVLINK-004
    .hint = Check the radio link.
mavlink-foreign = These bytes are no MAVLink message. They were passed over; reading went on behind them.
    .code = VG-MAVLINK-005
    .hint = Check that the file is a MAVLink recording.
mavlink-too-much = There is more than is read at once. The rest was not read.
    .code = VG-MAVLINK-006
    .hint = Split the file.

mavlink-unfinished = The recording breaks off within a message, { $bytes } bytes before its end. Nothing before it is lost.
mavlink-implausible = { $count ->
    [one] 1 message says a position, a height or an attitude that cannot be. It is marked.
   *[other] { $count } messages say a position, a height or an attitude that cannot be. They are marked.
 }
