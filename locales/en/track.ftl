## A scenario of plots: one line or some plots are refused; the others are tracked

track-not-a-scan = This line is no scan: it needs a time "t" and detections "det", each with two numbers. The other lines were tracked.
    .code = VG-TRACK-001
    .hint = Compare the line with its neighbours, or write it again from the recording.
track-line-too-long = This line is longer than a scan may be. It was left out; the other lines were tracked.
    .code = VG-TRACK-002
    .hint = Check that each scan ends with a line end.
track-scan-late = This scan is not later than the one before. It was left out; the other lines were tracked.
    .code = VG-TRACK-003
    .hint = Put the scans in the order of their times.
track-plots-refused = { $count } detections of this scan are no place on the plane. The others were tracked.
    .code = VG-TRACK-004
    .hint = Look for values that are not numbers, or for positions more than 2,000 km away.
track-plots-beyond = { $count } detections of this scan are beyond what one scan may hold. They were not read.
    .code = VG-TRACK-005
    .hint = Check the sensor's threshold: a scan this full is mostly false.
track-flood = This scan holds { $count } detections where { $expected } were to be expected. Known tracks go on; newcomers are held back.
    .code = VG-TRACK-006
    .hint = Check the sensor for jamming, rain or a wrong threshold.
