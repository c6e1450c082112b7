//! The filters of the queue, as they stand in the address.

import type { Decision, Kind, LiveRow } from "../api/types";

export const STATES = ["new", "relevant", "dismissed", "all"] as const;
export const KINDS: readonly Kind[] = ["post", "sms", "call", "liaison", "radio", "document"];
export const SORTS = ["attention", "newest", "count"] as const;
export const SINCES = ["1h", "6h", "24h", "72h", "7d"] as const;

export interface Filters {
  state: Decision | "all";
  q: string;
  lang: string;
  source: string;
  kind: Kind | "";
  since: string;
  assigned: "me" | "";
  label: string;
  sort: (typeof SORTS)[number];
}

export const UNFILTERED: Filters = {
  state: "new",
  q: "",
  lang: "",
  source: "",
  kind: "",
  since: "",
  assigned: "",
  label: "",
  sort: "attention",
};

function oneOf<T extends string>(list: readonly T[], value: string | null, otherwise: T): T {
  return list.find((each) => each === value) ?? otherwise;
}

/** The filters that an address holds; what it says wrongly is ignored. */
export function readFilters(search: string): Filters {
  const p = new URLSearchParams(search);
  return {
    state: oneOf(STATES, p.get("state"), "new"),
    q: p.get("q") ?? "",
    lang: p.get("lang") ?? "",
    source: p.get("source") ?? "",
    kind: oneOf<Kind | "">([...KINDS, ""], p.get("kind"), ""),
    since: oneOf<string>(SINCES, p.get("since"), ""),
    assigned: p.get("assigned") === "me" ? "me" : "",
    label: p.get("label") ?? "",
    sort: oneOf(SORTS, p.get("sort"), "attention"),
  };
}

/** The address part of `filters`: only what differs from the plain queue. */
export function writeFilters(filters: Filters): string {
  const p = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== UNFILTERED[name as keyof Filters]) p.set(name, value);
  }
  const text = p.toString();
  return text ? `?${text}` : "";
}

/** How many filters narrow the queue, apart from its order and its state. */
export function narrowing(filters: Filters): number {
  return (["q", "lang", "source", "kind", "since", "assigned", "label"] as const).filter((n) => filters[n]).length;
}

/** Whether a live row belongs in the list; `maybe` where only the server can tell. */
export function admits(filters: Filters, row: LiveRow): "yes" | "no" | "maybe" {
  if (filters.state !== "all" && row.state !== filters.state) return "no";
  if (filters.kind && row.kind !== filters.kind) return "no";
  if (filters.q || filters.lang || filters.source || filters.assigned || filters.label) return "maybe";
  return "yes";
}
