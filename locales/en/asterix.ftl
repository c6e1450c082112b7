### ASTERIX: what in a recording is no record, and what was done about it.

asterix-foreign = These bytes are no ASTERIX block. They were passed over; reading went on behind them.
    .code = VG-ASTERIX-001
    .hint = Check that the file is a capture of the radar's link and not of another one.
