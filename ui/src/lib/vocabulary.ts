//! The lists that screens offer, in the words of the server.

import type { Connector, Decision, HealthState, Kind, Likeness, Trick } from "../api/types";

export const STATES = ["new", "relevant", "dismissed", "all"] as const;
export const DECISIONS: readonly Decision[] = ["new", "relevant", "dismissed"];
export const KINDS: readonly Kind[] = ["post", "sms", "call", "liaison", "radio", "document"];
export const SORTS = ["attention", "newest", "count"] as const;
export const SINCES = ["1h", "6h", "24h", "72h", "7d"] as const;
export const TRICKS: readonly Trick[] = ["split-words", "look-alikes", "invisible", "stretched", "dressing"];
export const BASES = ["script", "hint", "model", "none"] as const;
export const LIKENESSES: readonly Likeness[] = ["same", "near"];
export const CONNECTORS: readonly Connector[] = ["intake", "feed", "file", "hand"];
export const HEALTH: readonly HealthState[] = ["ok", "silent", "refusing", "failing", "paused", "never"];
export const SHEETS = ["text", "radio", "call"] as const;
export const SHEET_FIELDS = ["station", "frequency", "speaker", "duration_s"] as const;
export const STEPS = ["grows", "why", "clock", "fair", "cut", "proof"] as const;
export const AGE_UNITS = ["s", "min", "h", "d"] as const;
export const ADMIN_PARTS = ["sources", "users", "journal"] as const;
export const HELD = ["signal", "note", "strike"] as const;
export const SOURCE_ACTS = ["pause", "resume", "test"] as const;
export const PROOFS = ["ok", "bad", "cannot"] as const;
export const HISTORY = ["triaged", "assigned", "labelled", "unlabelled"] as const;

export const ROLES = [
  "duty-officer", "analyst", "communications-officer", "spokesperson", "verifier", "liaison-assistant", "operations",
  "police", "protection-adviser", "evidence-officer", "data-protection-officer", "administrator", "visitor",
] as const;
export const AFFILIATIONS = ["civilian", "military", "police", "country-team", "host-state", "contributor", "partner"] as const;
export const COMPONENTS = ["military", "police", "civilian"] as const;
export const LEVELS = ["see", "write", "decide"] as const;
/** Without the source vault, which no form opens. */
export const COMPARTMENTS = [
  "operations", "communications", "protection", "crsv", "conduct", "health", "legal", "security",
] as const;
