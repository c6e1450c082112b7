//! The list of narratives on screen, and how it takes in what is new without moving what is being read.

import type { LiveRow, NarrativeRow } from "../api/types";

/** The row with the changes of a live message; an older message changes nothing. */
export function refreshed(row: NarrativeRow, live: LiveRow, seq: number): NarrativeRow {
  if (seq < row.changed) return row;
  return {
    ...row,
    count: live.count,
    last_recorded_at: live.last,
    per_hour: live.per_hour,
    state: live.state,
    // The message carries only the start of the text.
    head: row.head || (live.head ?? null),
    assigned: live.assigned === row.assigned?.id ? row.assigned : live.assigned === undefined ? null : row.assigned,
    attention: { ...row.attention, value: live.attention },
    changed: seq,
  };
}

/** A first sketch of a narrative from a live message; the next answer of the server completes it. */
export function sketched(live: LiveRow, seq: number): NarrativeRow {
  return {
    id: live.id,
    code: live.code,
    head: live.head ?? null,
    lang: live.lang,
    kind: live.kind,
    count: live.count,
    sources: [],
    source_count: 0,
    langs: [live.lang],
    first_seen_at: null,
    first_recorded_at: live.last,
    last_recorded_at: live.last,
    per_hour: live.per_hour,
    state: live.state,
    assigned: null,
    labels: [],
    tricks: [],
    attention: { value: live.attention, reasons: [], model: { name: "", version: "" }, error: "not_assessed" },
    changed: seq,
    media: false,
    place: null,
    restricted: live.head === undefined,
  };
}

/** The first `max` rows, and those further down that are held on to. */
export function bounded(rows: NarrativeRow[], max: number, held: (id: string) => boolean): NarrativeRow[] {
  return rows.length <= max ? rows : rows.filter((row, at) => at < max || held(row.id));
}

/** A removed row and where it stood, so that undo puts it back there. */
export interface Removed {
  row: NarrativeRow;
  at: number;
}

/** Takes rows out of the list, remembering their places. */
export function takeOut(rows: NarrativeRow[], ids: ReadonlySet<string>): { left: NarrativeRow[]; removed: Removed[] } {
  const removed = rows.flatMap((row, at) => (ids.has(row.id) ? [{ row, at }] : []));
  return { left: rows.filter((row) => !ids.has(row.id)), removed };
}

/** Puts removed rows back where they stood; a row that came back by itself is not doubled. */
export function putBack(rows: NarrativeRow[], removed: Removed[]): NarrativeRow[] {
  const all = [...rows];
  for (const { row, at } of removed) {
    if (!all.some((r) => r.id === row.id)) all.splice(Math.min(at, all.length), 0, row);
  }
  return all;
}

/** The row that takes the focus once `ids` are gone: the next one that stays, else the last before. */
export function successor(rows: NarrativeRow[], current: string | null, ids: ReadonlySet<string>): string | null {
  if (current !== null && !ids.has(current)) return current;
  const at = rows.findIndex((row) => row.id === current);
  const after = rows.slice(at + 1).find((row) => !ids.has(row.id));
  const before = rows.slice(0, Math.max(at, 0)).findLast((row) => !ids.has(row.id));
  return (after ?? before)?.id ?? null;
}

/** A fresh first page laid over the list: its order first, then the rows that were loaded further down. */
export function relaid(rows: NarrativeRow[], page: NarrativeRow[], gone: ReadonlySet<string>): NarrativeRow[] {
  const fresh = page.filter((row) => !gone.has(row.id));
  const known = new Set(fresh.map((row) => row.id));
  return [...fresh, ...rows.slice(page.length).filter((row) => !known.has(row.id) && !gone.has(row.id))];
}
