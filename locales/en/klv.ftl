### KLV metadata: what in a file is damaged, and what was kept.

klv-foreign = These bytes are no KLV packet. They were passed over; reading went on behind them.
    .code = VG-KLV-001
    .hint = Check that the file holds metadata or a transport stream.
klv-indefinite = A length is left open, which is refused. What was read before it is kept.
    .code = VG-KLV-002
    .hint = Check the encoder.
klv-length = A length reaches beyond what holds it. What was read before it is kept.
    .code = VG-KLV-003
    .hint = Check the encoder or the link.
klv-cut = The file ends within a packet. What could be read of it is given as unverified.
    .code = VG-KLV-004
    .hint = Check whether the recording was cut.
klv-checksum = The checksum of this packet does not hold. The packet is given as unverified and is left out of tracking.
    .code = VG-KLV-005
    .hint = Check the link or the encoder.
klv-too-many = There is more than is read at once. The rest was not read.
    .code = VG-KLV-006
    .hint = Split the file.
klv-value = Tag { $tag } is not in the form that the standard gives it. It was kept raw.
    .code = VG-KLV-007
    .hint = Check the version of the standard that the encoder follows.
klv-tag = A tag cannot be read. What was read before it is kept.
    .code = VG-KLV-008
    .hint = Check the encoder or the link.
klv-too-long = The file is larger than is read at once. Nothing was read.
    .code = VG-KLV-009
    .hint = Split it.
klv-transport-gap = Packets of the transport stream are missing here. The metadata unit that they belong to was left out.
    .code = VG-KLV-010
    .hint = Check the link.
klv-transport-foreign = These bytes are no packet of the transport stream. They were passed over.
    .code = VG-KLV-011
    .hint = Check the recording.

klv-unverified = { $count ->
    [one] 1 packet is unverified.
   *[other] { $count } packets are unverified.
 }
