//! The shapes that the server's `/api/v1` speaks. Times are RFC 3339 UTC strings, ids are strings.
//!
//! Kept by hand and in one place, so that types generated from `openapi.json` can take its place.

export type Time = string;
export type Kind = "post" | "sms" | "call" | "liaison" | "radio" | "document";
export type Decision = "new" | "relevant" | "dismissed";
export type Trick = "split-words" | "look-alikes" | "invisible" | "stretched" | "dressing";
export type Likeness = "same" | "near";
export type Sort = "attention" | "newest" | "count";
export type HealthState = "ok" | "silent" | "refusing" | "failing" | "paused" | "never";
export type Connector = "file" | "feed" | "intake" | "hand";
export type StepId = "grows" | "why" | "clock" | "fair" | "cut" | "proof";

/** What the server says instead of an answer, in the user's language. */
export interface Refusal {
  code: string;
  message: string;
  hint?: string | null;
}

export interface Person {
  id: string;
  display: string;
}

export interface Site {
  name: string;
  mission: string;
  zone: string;
  demo: boolean;
  version: string;
}

export interface Link {
  up: boolean;
  since: Time | null;
}

export interface Me {
  user: { id: string; name: string; display: string; lang: string } | null;
  roles: string[];
  may: string[];
  site: Site;
  now: Time;
  link: Link;
}

export interface Reason {
  code: string;
  args?: Record<string, string | number>;
}

export interface NarrativeRow {
  id: string;
  code: string;
  /** Null where it is restricted or erased. */
  head: string | null;
  lang: string;
  kind: Kind;
  count: number;
  sources: string[];
  source_count: number;
  langs: string[];
  first_seen_at: Time | null;
  first_recorded_at: Time;
  last_recorded_at: Time;
  per_hour: number;
  state: Decision;
  assigned: Person | null;
  labels: string[];
  tricks: Trick[];
  attention: { value: number; reasons: Reason[] };
  changed: number;
  media: boolean;
  place: string | null;
  /** Whether its content is restricted: opening it is recorded. */
  restricted: boolean;
}

export interface MonitoringPage {
  items: NarrativeRow[];
  next: string | null;
  total: number;
  as_of: Time;
  seq: number;
  index_lag: number;
}

export interface NarrativeSource {
  id: string;
  name: string;
  kind: Kind;
  count: number;
  first_at: Time;
}

export interface HistoryLine {
  seq: number;
  at: Time;
  by: Person | null;
  what: string;
  /** `detail`: decision, name or label. `undone`: `true` where it was taken back. */
  args?: Record<string, string>;
}

export interface Clock {
  first_seen_at: Time | null;
  found_at: Time;
  verified_at: Time | null;
  answered_at: Time | null;
  known_since: Time;
  known_h: number;
}

export interface Hour {
  hour: Time;
  count: number;
}

export interface Narrative extends Omit<NarrativeRow, "sources"> {
  clock: Clock;
  days: Hour[];
  sources: NarrativeSource[];
  history: HistoryLine[];
}

export interface Moved {
  moved_to: string;
}

export interface AttachmentRef {
  id: string;
  name: string;
  media_type: string;
  bytes: number;
}

export interface SignalRow {
  id: string;
  seq: number;
  kind: Kind;
  source: { id: string; name: string };
  author_alias: string | null;
  text: string;
  text_clipped: boolean;
  lang: string;
  script: string;
  basis: "script" | "hint" | "model" | "none";
  seen_at: Time | null;
  reported_at: Time | null;
  recorded_at: Time;
  place: string | null;
  url_text: string | null;
  tricks: Trick[];
  link: { to: string; likeness: Likeness; value: number } | null;
  attachments: AttachmentRef[];
  repeats: number;
}

export interface SignalPage {
  items: SignalRow[];
  next: string | null;
  total: number;
}

export interface Variant {
  text: string;
  count: number;
  tricks: Trick[];
  likeness_min: number;
  first: SignalRow;
}

export interface WhyLink {
  from: string;
  to: string;
  likeness: Likeness;
  value: number;
  tricks: Trick[];
}

export interface Why {
  earliest: SignalRow;
  earliest_public: SignalRow | null;
  lead_h: number | null;
  variants: Variant[];
  links: WhyLink[];
  model: { name: string; version: string };
  error: "exact" | "not_assessed" | { measured: number };
}

export interface EntryView {
  seq: number;
  leaf: string;
  leaf_hash: string;
  size: number;
  root: string;
  checkpoint: string;
  proof: string[];
  kind: string;
  recorded_at: Time;
  actor: string;
}

export interface Sheet {
  station?: string;
  frequency?: string;
  speaker?: string;
  duration_s?: number;
}

export interface Signal extends SignalRow {
  sheet: Sheet | null;
  url: string | null;
  normal: string;
  narrative?: string | null;
  entry: EntryView;
}

export interface ActRequest {
  do: "triage" | "assign" | "label" | "unlabel";
  narratives: string[];
  decision?: Decision;
  to?: string | null;
  label?: string;
}

export interface ActDone {
  seq: number;
  undo_until: Time;
}

export interface NewSignal {
  client_id: string;
  source?: string;
  kind: Kind;
  text: string;
  place?: string;
  seen_at?: Time;
  seen_unknown: boolean;
  author?: string;
  sheet?: Sheet;
  attachments: string[];
  lang?: string;
}

export interface SignalKept {
  id: string;
  seq: number;
  narrative?: string;
}

export interface Note {
  id: string;
  seq: number;
  dtg: string;
  recorded_at: Time;
  seen_at: Time | null;
  by: Person | null;
  text: string;
  struck: { by: Person | null; at: Time; reason: string } | null;
  corrects: string | null;
  corrected_by: string | null;
}

export interface NotePage {
  items: Note[];
  next: string | null;
}

export interface NewNote {
  client_id: string;
  text: string;
  seen_at?: Time;
  corrects?: string;
}

export interface SourceEntry {
  id: string;
  name: string;
  kind: Kind;
  connector: Connector;
  url?: string;
  purpose: string;
  basis: string;
  owner: string;
  retention_days: number;
  licence?: string;
  languages: string[];
  compartments: string[];
  poll_s?: number;
  allow_private?: string[];
  zone?: string;
}

export interface SourceHealth {
  state: HealthState;
  last_accepted_at: Time | null;
  accepted_24h: number;
  refused_24h: number;
  repeated: number;
  last_refusal: string | null;
  last_error: string | null;
  sentence: string;
}

export interface Source extends SourceEntry {
  paused: boolean;
  health: SourceHealth;
}

export interface UserGrant {
  role: string;
  affiliation: string;
  compartment: string;
  level: string;
  until?: Time | null;
}

export interface UserRow {
  id: string;
  name: string;
  display: string;
  lang: string;
  component: string | null;
  grants: UserGrant[];
}

export interface NewUser {
  name: string;
  display: string;
  lang: string;
  component?: string;
  role: string;
  affiliation: string;
  compartments: string[];
  level: string;
  password?: string;
}

export interface JournalState {
  entries: number;
  root: string;
  checkpoint: string;
  origin: string;
  verifier_key: string;
  last_at: Time | null;
  index: { seq: number; lag: number };
  engines: { name: string; version: string; seq: number; lag: number }[];
  disk: { store_bytes: number; keys_bytes: number; blobs_bytes: number };
}

export interface JournalCheck {
  ok: boolean;
  entries: number;
  first_bad: number | null;
  reason: string | null;
}

/** A row of the live stream: what changed, not the whole row. */
export interface LiveRow {
  id: string;
  code?: string;
  /** The start of its text, as much as fits a message. */
  head?: string;
  count: number;
  last: Time;
  per_hour: number;
  state: Decision;
  lang: string;
  kind: Kind;
  attention?: number;
  assigned?: string;
}

export interface LiveRows {
  seq: number;
  rows: LiveRow[];
}

export interface Step {
  id: StepId;
  narrative?: string | null;
  signal?: string | null;
}

export interface Exercise {
  scenario: string;
  sim_now: Time;
  speed: number;
  paused: boolean;
  step: StepId | null;
  steps: (Step | StepId)[];
  link_up: boolean;
}

export interface Tampered {
  entry: number;
  offset: number;
  verifier: { exit: number; said: string };
}
