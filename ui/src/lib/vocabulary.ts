//! The lists that forms and further screens offer, in the words of the server; those of the queue stand in `filters.ts`.

import type { Connector, Decision, FindingKind, HealthState, Likeness, ReadingRule, ShareAccounts, SharedKind, ShareForm, SuggestedKind, Trick } from "../api/types";

export const DECISIONS: readonly Decision[] = ["new", "relevant", "dismissed"];
export const TRICKS: readonly Trick[] = ["split-words", "look-alikes", "invisible", "stretched", "dressing"];
export const BASES = ["script", "hint", "model", "none"] as const;
export const LIKENESSES: readonly Likeness[] = ["same", "near", "link", "picture"];
export const CHANGES = ["spelling", "affixes", "emoji", "switching", "hyphens", "look-alikes"] as const;
export const MODELS = ["language", "meaning", "coordination", "claims"] as const;
export const SUGGESTED: readonly SuggestedKind[] = ["fact", "story", "class", "check"];
export const SHARE_FORMS: readonly ShareForm[] = ["stix", "misp"];
export const SHARE_ACCOUNTS: readonly ShareAccounts[] = ["pseudonymous", "plain"];
export const TLPS = ["clear", "green", "amber", "red"] as const;
export const FINDINGS: readonly FindingKind[] = ["burst", "repeated", "topic"];
export const READING_RULES: readonly ReadingRule[] = ["many-read", "many-taken", "many-denied", "many-asked"];
export const SHARED: readonly SharedKind[] = ["text", "link", "picture", "hashtag"];
export const CONNECTORS: readonly Connector[] = ["intake", "feed", "file", "hand", "form"];
export const HEALTH: readonly HealthState[] = ["ok", "silent", "refusing", "failing", "paused", "never"];
export const SHEETS = ["text", "radio", "call"] as const;
export const SHEET_FIELDS = ["station", "frequency", "speaker", "duration_s"] as const;
export const STEPS = ["grows", "why", "clock", "fair", "cut", "proof"] as const;
export const AGE_UNITS = ["s", "min", "h", "d"] as const;
export const ADMIN_PARTS = ["sources", "purposes", "users", "functions", "journal", "audit", "models", "checks", "keeping", "state"] as const;
export const STANDINGS = ["good", "warn", "bad"] as const;
export const HELD = ["signal", "note", "strike", "answer", "incident"] as const;
export const SOURCE_ACTS = ["pause", "resume", "test"] as const;
export const PROOFS = ["ok", "bad", "cannot"] as const;
/** Why nothing is said of stories that may be the same. */
export const NOT_NEAR = ["no-model", "not-yet", "restricted"] as const;
export const HISTORY = ["triaged", "assigned", "labelled", "unlabelled", "alike", "unlike", "joined", "parted", "shared"] as const;

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

export const TRUTHS = ["unverified", "corroborated", "false", "true", "mixed", "undecidable"] as const;
export const CLASSES = [
  "unknown", "legitimate-criticism", "satire", "misinformation", "malinformation", "disinformation", "hate-speech", "incitement",
] as const;
/** Classes that do harm to whoever bears them: reasons always, never a shortcut key. */
export const GRAVE_CLASSES: readonly string[] = ["disinformation", "hate-speech", "incitement"];
/** Of these, the ones that count only when a second person agrees. */
export const TWO_PERSON_CLASSES: readonly string[] = ["disinformation", "incitement"];
export const HARMS = ["not-assessed", "none", "some", "serious", "grave"] as const;
export const RABAT_PARTS = ["context", "speaker", "intent", "content", "extent", "likelihood"] as const;
/** The source and the information, each on its own scale. */
export const RELIABILITIES = ["A", "B", "C", "D", "E", "F"] as const;
export const CREDIBILITIES = ["1", "2", "3", "4", "5", "6"] as const;
export const TOLD = ["yes", "less", "no", "unknown"] as const;
export const EFFECTS = ["fell", "rose", "none", "not-assessable"] as const;
export const PACE_WAITS = ["verify", "language", "clear", "issue"] as const;
export const PACE_STEPS = ["found", "verified", "cleared", "answered", "measured"] as const;
export const VIAS = ["typed", "sms", "radio", "phone"] as const;
export const WARNING_KINDS = ["site-named", "site-threatened", "person-threatened", "judged"] as const;
export const PLACE_PRECISIONS = ["exact", "site", "village", "district", "region", "country", "unknown"] as const;
export const TIME_PRECISIONS = ["minute", "hour", "day", "unsure"] as const;
export const LOOP_STEPS = ["t0", "t1", "t2", "t3", "t4", "t5"] as const;
export const WATCH_PARTS = ["warnings", "requests", "tasks", "incidents"] as const;
export const DUTY_STATES = ["waiting", "acknowledged", "closed"] as const;
export const STAGES = ["need", "draft", "verified", "cleared", "out", "measured", "closed"] as const;
export const RECORDS = [
  "signal", "narrative", "note", "request", "fact", "mandate", "question", "plan", "response", "message", "release", "approval", "task",
  "warning", "incident",
] as const;
/** Where a story may be moved so that fewer people read it. */
export const PROTECTED = ["conduct", "protection", "crsv", "health", "legal", "security"] as const;
export const DUE_HOURS = [1, 2, 4, 8, 12, 24, 48, 72] as const;
export const ANSWER_MINUTES = [5, 15, 30, 60, 120, 240] as const;
export const HOLD_DAYS = [1, 2, 3, 7, 14, 30, 90] as const;
