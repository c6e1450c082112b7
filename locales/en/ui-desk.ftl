### Words of the queue and of the bar. Read together with ui.ftl.

ui-loading = Loading…
ui-close = Close
ui-undo = Undo
ui-any = Any
ui-key-escape = Esc
ui-label = Label
ui-narrative = Narrative
ui-acts = Acts

## Faults

ui-not-saved = Not saved. { $why }

## Signing in

ui-sign-out = Sign out

## The bar

ui-nav = Screens
ui-nav-monitoring = Monitoring
ui-nav-situation = Situation
ui-nav-warnings = Warnings
ui-nav-communication = Communication
ui-nav-facts = Facts
ui-nav-log = Duty log
ui-nav-admin = Admin
ui-only-adding = Your role brings signals in: press n, or “Add by hand”.
ui-no-screen = Your role opens no screen here. An administrator can change that.
ui-skip-to-content = Skip to content
ui-state-of-this-desk = State of this desk
ui-mission-time = { $time } mission time
ui-unsent = { $count ->
    [0] nothing unsent
   *[other] { $count } unsent
}
ui-preferences = Display

## Acts, for buttons, keys, palette and help

ui-do-add = Add by hand
ui-do-help = Keys and help
ui-do-palette = All acts
ui-do-next = Next narrative
ui-do-previous = Previous narrative
ui-do-relevant = Relevant
ui-do-dismiss = Dismiss
ui-do-reopen = Back to new
ui-do-assign = Assign
ui-assign-me = { $name } (me)
ui-assign-nobody = Nobody
ui-assign-type = Name of a colleague
ui-assign-none = Nobody of that name may act on it.
ui-do-label = Label
ui-do-join = Join into one
ui-do-select = Select or unselect
ui-do-unselect = Clear selection
ui-do-open = Open the narrative
ui-do-search = Search
ui-do-show-new = Show what is new
ui-did-new = { $count ->
    [one] Back to new
   *[other] { $count } narratives back to new
}
ui-did-relevant = { $count ->
    [one] Marked relevant
   *[other] { $count } narratives marked relevant
}
ui-did-dismissed = { $count ->
    [one] Dismissed
   *[other] { $count } narratives dismissed
}
ui-did-assign = { $count ->
    [one] Assigned to { $name }
   *[other] { $count } narratives assigned to { $name }
}
ui-did-unassign = { $count ->
    [one] Assigned to nobody
   *[other] { $count } narratives assigned to nobody
}
ui-did-label = { $count ->
    [one] Labelled “{ $label }”
   *[other] { $count } narratives labelled “{ $label }”
}
ui-did-unlabel = { $count ->
    [one] Label “{ $label }” taken off
   *[other] Label “{ $label }” taken off { $count } narratives
}
ui-did-undo = { $count ->
    [one] Undone
   *[other] Undone for { $count } narratives
}
ui-nothing-to-undo = Nothing to undo: an act can be taken back for 10 seconds. You can still decide anew.
ui-label-on = Add this label
ui-label-off = Take off “{ $label }”

## Languages

ui-languages = { $count ->
    [one] { $count } language
   *[other] { $count } languages
}

## Monitoring

ui-filters = Filters
ui-filter-state = State
ui-filter-state-new = New
ui-filter-state-relevant = Relevant
ui-filter-state-dismissed = Dismissed
ui-filter-state-all = All
ui-search = Search
ui-more-filters = More filters
ui-sort = Order
ui-sort-attention = Attention first
ui-sort-newest = Newest first
ui-sort-count = Most copies first
ui-filter-kind = Kind
ui-filter-since = Active since
ui-filter-lang = Language
ui-filter-source = Source
ui-filter-label = Label
ui-filter-mine = Assigned to me
ui-any-time = Any time
ui-since-1h = 1 hour
ui-since-6h = 6 hours
ui-since-24h = 24 hours
ui-since-72h = 3 days
ui-since-7d = 7 days
ui-clear-filters = Clear filters
ui-narratives = { $count ->
    [one] { $count } narrative
   *[other] { $count } narratives
}
ui-as-of = as of { $dtg }
ui-index-lag = { $count ->
    [one] search is { $count } entry behind
   *[other] search is { $count } entries behind
}
ui-remembered = The link is cut. This is the list as it stood at { $dtg }; it does not move.
ui-waiting = { $count ->
    [one] { $count } new
   *[other] { $count } new
}
ui-selected = { $count } selected
ui-select-all = Select the { $count } on screen
ui-select-one = Select { $code }
ui-queue-empty = Nothing new waits. New narratives appear here by themselves.
ui-queue-empty-filtered = Nothing matches these filters.
ui-tricks = { $count } kinds of change
ui-more-narratives = More narratives
ui-preview = Preview
ui-restricted = Restricted content
ui-restricted-about = Restricted content: opening it is recorded.
ui-preview-empty = Choose a narrative, or press j.
ui-count-open = { $count ->
    [one] { $count } signal: open the list
   *[other] { $count } signals: open the list
}
ui-per-hour = { $count } in the last hour
ui-sources = { $count ->
    [one] { $count } source
   *[other] { $count } sources
}
ui-has-media = with a file
ui-ago-s = { $value } s ago
ui-ago-min = { $value } min ago
ui-ago-h = { $value } h ago
ui-ago-d = { $value } d ago
ui-recorded-ago = recorded { $ago }
ui-why-here = Why it stands here ({ $value })

## One narrative

ui-clock-known = { $hours ->
    [0] Known less than 1 h.
   *[other] Known { $hours } h.
}
ui-clock-not-verified = Verified: no.
ui-clock-verified = Verified: { $dtg }.
ui-clock-not-answered = Answered: no.
ui-clock-answered = Answered: { $dtg }.
ui-clock-since = Known since { $dtg }
ui-signals-word = { $count ->
    [one] signal
   *[other] signals
}
ui-sources-word = { $count ->
    [one] source
   *[other] sources
}
ui-all-signals = All { $count } signals
ui-why-grouped = Why grouped
ui-earliest-trace = EARLIEST TRACE
ui-alike-same = same text
ui-imitates = Looks like “{ $name }”
ui-alike-link = same address
ui-alike-picture = same picture
ui-alike-near = nearly the same text, { $share } shared

## One signal

ui-text-clipped = The text goes on; open the signal to read it whole.
ui-seen-at = seen { $dtg }
ui-seen-unknown = time seen unknown
ui-recorded-at = recorded { $dtg }
ui-repeats = { $count ->
    [one] delivered again once
   *[other] delivered again { $count } times
}
ui-open-entry = Entry { $seq }
ui-attachments = Files
ui-picture-show = Picture blurred: show ({ $size })
ui-picture-hide = Blur the picture
ui-file-download = Download { $name } ({ $size })

## Add by hand and the outbox

ui-sent-kept = { $seq ->
    [0] Saved in the sealed record.
   *[other] Saved in the sealed record as entry { $seq }.
}
ui-sent-refused = The server refused what you wrote; it is still on this computer. { $why }
