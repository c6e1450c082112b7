# What checking the sealed record says. $entry is the first entry that does not hold, $number what the message says.

verify-missing = Entry { $entry } is missing, and later entries are there.
verify-bad-number = At entry { $entry }, a row stands under a number that no entry can have.
verify-out-of-place = Entry { $entry }: the record stored here says that it is entry { $number }.
verify-unreadable = Entry { $entry }: the stored bytes are no valid record.
verify-other-site = Entry { $entry }: the record was written for another site.
verify-not-opened = Entry { $entry }: the sealed record does not open with its name and its key.
verify-not-succeeded = Entry { $entry }: a new generation of the sealed record opens here that does not continue the entries before it.
verify-other-key = Entry { $entry }: the sealed record names another key than the one given.
verify-changed = Entry { $entry }: the stored bytes do not give the tree hash that was signed.
verify-changed-within = Entries { $entry } to { $number }: the stored bytes of one of them do not give the tree hash that was signed.
verify-tile-changed = Entry { $entry } is as signed, but its stored tree hash was changed.
verify-payload-changed = Entry { $entry }: its sealed content is not the one that was recorded.
verify-payload-unexpected = Entry { $entry }: sealed content is stored that no record accounts for.
verify-payload-missing = Entry { $entry }: its sealed content is erased or missing.
verify-payload-lost = Entry { $entry }: its sealed content is missing, and no entry says that it was erased.
verify-blob-changed = Entry { $entry }: its sealed file is not the one that was recorded.
verify-blob-missing = Entry { $entry }: its sealed file is erased or missing.
verify-blob-lost = Entry { $entry }: its sealed file is missing, and no entry says that it was erased.
verify-note = Entry { $entry }: the signed state stored for { $number } entries does not hold.
verify-note-moved = Entry { $entry }: the signed state stored for { $number } entries was signed for another size.
verify-unsigned = Entry { $entry }: no signed state covers it and what follows.
verify-cut-off = Entry { $entry }: the sealed record ends before it, but held at least { $number } entries.
verify-other-history = Entry { $entry }: the signed state given for { $number } entries tells another history.
verify-foreign-note = The signed state given is not one of this sealed record.
verify-damaged = From entry { $entry } on, the database file is damaged and cannot be read.

checked-entries = all { $entries } entries of { $origin } hold
checked-last = last entry: { $time }
checked-root = root hash: { $root }
checked-states = signed states: { $count }, the last covers every entry
checked-contents = sealed contents: { $whole } as recorded, { $gone } erased
checked-files = sealed files: { $whole } as recorded, { $gone } erased
checked-later-kinds = entries of a later version's kinds: { $count }
checked-key-given = key: { $key } (as given)
checked-key-own = key: { $key } (as the journal itself says; compare it with one you know)

exported-missing = Every entry holds, but the file { $path } is missing.
exported-changed = Every entry holds, but the file { $path } is not the one that the manifest lists.
exported-not-derived = Every entry holds, but the file { $path } is not what they give.
exported-unlisted = Every entry holds, but nothing accounts for the file { $path }.
exported-manifest = Every entry holds, but { $path } holds a line that is not a hash and a plain path, or names a file twice.
exported-not-opened = The sealed file { $path } was changed or cut off: nothing more was read.
