### Reading a sensor's file at the console: what every family of formats says.

decode-too-large = { $path } is larger than { $limit_mb } MB. Nothing was read.
    .code = VG-DECODE-001
    .hint = Split the recording, for instance with editcap -c, and read its parts.

decode-kind = { $kind }: { $count }
decode-done = { $records ->
    [one] 1 record
   *[other] { $records } records
 }, { $faults ->
    [one] 1 fault
   *[other] { $faults } faults
 }.
