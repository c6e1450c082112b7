### What leaves a site and comes into one as files: exports, workbooks, archives, the drop folder.

export-made = { $entries } { $entries ->
    [one] entry
   *[other] entries
} written to { $dir }. Root { $root }.
export-erased = Contents erased before: { $count }. Their entries are there, they are not.
export-sealed = Contents are sealed as they are stored. Their keys stayed here: use --open for an archive that must read them.
export-open = Keys and contents are in it in the clear: whoever holds the folder reads all of it. Keep it as you keep the key.
export-check = Check it anywhere with: vigie-verify { $dir }
export-to = Every file is sealed to { $recipient }: only who holds the secret half opens it. Nothing was written in the clear.
export-check-sealed = Its holder checks it with: vigie-verify { $dir } --identity FILE
export-needs-identity = The export in { $dir } is sealed to a recipient. Nothing was read.
    .code = VG-CLI-030
    .hint = Name the file with the secret half with --identity.
export-other-identity = The export in { $dir } was sealed to somebody else. Nothing was read.
    .code = VG-CLI-031
    .hint = Name the key whose public half it was sealed to.
import-export-none = { $dir } holds no export: entries.jsonl or checkpoint is missing. Nothing was made.
    .code = VG-CLI-020
    .hint = Name the folder that vigie export wrote.
import-export-refused = Nothing was made. Ask for the export again, or copy it again.
import-export-made = { $entries } { $entries ->
    [one] entry
   *[other] entries
} taken into { $dir }. Root { $root }, as in the export.
import-export-shut = Contents without their keys: { $count }. They are kept sealed and cannot be read here.
import-export-copy = This is a copy: it is read, checked and exported again, and takes no entries of its own.
store-copy = This site is a copy made from an export: it takes no entries. Nothing was changed.
    .code = VG-STORE-020
    .hint = Work in the site that it was exported from. What a copy can do: vigie verify, vigie rebuild, vigie doctor, and vigie export --open, whose files every text tool reads and searches. On screen it is not shown: who looks at protected content leaves an entry, and a copy takes none.

archive-unreadable = This archive cannot be read: it is cut off or damaged. Nothing was imported.
    .code = VG-ARCHIVE-001
    .hint = Ask for the file again.
archive-too-long = This archive is larger than { $max } MB. Nothing was imported.
    .code = VG-ARCHIVE-002
    .hint = Split it, or import its tables one by one.
archive-too-many = This archive holds more than { $max } files. Nothing was imported.
    .code = VG-ARCHIVE-003
    .hint = Split it, or import its tables one by one.
archive-bomb = “{ $name }” unpacks to more than { $max } MB. The whole archive was refused.
    .code = VG-ARCHIVE-004
    .hint = Such a file may be meant to do harm: ask who sent it.
archive-ratio = “{ $name }” unpacks to more than { $max } times its size. The whole archive was refused.
    .code = VG-ARCHIVE-005
    .hint = Such a file may be meant to do harm: ask who sent it.
archive-name-refused = “{ $name }” was refused: its name leads elsewhere, or a system keeps it for itself. The other files go on.
    .code = VG-ARCHIVE-006
    .hint = Ask for it under a plain name.
archive-name-twice = A name stands twice in this archive ({ $name }): the second was refused. The other files go on.
    .code = VG-ARCHIVE-007
    .hint = Ask for it under another name.
archive-link-refused = “{ $name }” is a link and was refused. The other files go on.
    .code = VG-ARCHIVE-008
    .hint = Ask for the file itself.
archive-within = “{ $name }” is an archive within the archive and was not opened. The other files go on.
    .code = VG-ARCHIVE-009
    .hint = Unpack it, then import its tables.
archive-member-unreadable = The file { $name } of this archive cannot be read. The other files go on.
    .code = VG-ARCHIVE-010
    .hint = Ask for it again, without a password.
workbook-unreadable = This is no workbook that can be read. Nothing was imported.
    .code = VG-TABLE-020
    .hint = Save it as a workbook (.xlsx) without a password, or the sheet as CSV.
workbook-sheet-unreadable = The sheet “{ $sheet }” cannot be read. Nothing was imported.
    .code = VG-TABLE-021
    .hint = Open the workbook, save it again, or save the sheet as CSV.
workbook-no-such-sheet = The workbook has no sheet “{ $sheet }”; it has: { $found }. Nothing was imported.
    .code = VG-TABLE-022
    .hint = Correct the line sheet in the mapping file.
workbook-which-sheet = Several sheets hold something: { $found }. Nothing was imported.
    .code = VG-TABLE-023
    .hint = Name one in the mapping file, under [file] as sheet.

import-member = { $name }:
serve-metrics-loopback = Counts are served on this machine alone: { $address } is not a loopback address.
    .code = VG-CLI-021
    .hint = Use 127.0.0.1 or [::1], and let the monitoring system fetch it there.

drop-removed = All of this file is in the sealed record: the file was removed here, this report stays.

server-no-clean-copy = Of this file no copy can be made that is known to say nothing of where it was taken.
    .code = VG-SERVER-060
    .hint = Pass on a screenshot of it instead, or a JPEG, PNG, GIF or WebP.
