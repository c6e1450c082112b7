//! Every word on screen exists in both languages, and none is kept that no screen says.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Message, wordsOf } from "../scripts/plugins.ts";
import * as filters from "./lib/filters";
import * as v from "./lib/vocabulary";
import * as loop from "./loop/texts";
import { THEMES } from "./state/theme";

const here = fileURLToPath(new URL(".", import.meta.url));
const PARTS = ["ui", "ui-after", "ui-desk", "ui-found", "ui-keep", "ui-loop", "ui-more", "ui-plan", "ui-share", "ui-watch"] as const;
const file = (tag: string, part: string) => join(here, "../../locales", tag, `${part}.ftl`);

/** Message ids with the arguments that each uses. */
function argumentsOf(messages: Message[]): Map<string, Set<string>> {
  const names = (value: unknown) => Array.from(JSON.stringify(value).matchAll(/"type":"var","name":"(\w+)"/g), (m) => m[1]!);
  return new Map(messages.map(([id, value]) => [id, new Set(names(value))]));
}
const all = (tag: string) => argumentsOf(PARTS.flatMap((part) => wordsOf(file(tag, part))));

function* code(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* code(path);
    else if (/\.(svelte|ts)$/.test(name) && !name.endsWith(".test.ts")) yield path;
  }
}

/** What may follow a stem in the code: `t(`kind-${…}`)` says one of the kinds. */
const FAMILIES: Record<string, readonly string[]> = {
  "affiliation-": v.AFFILIATIONS, "basis-": v.BASES, "compartment-": v.COMPARTMENTS, "component-": v.COMPONENTS,
  "connector-": v.CONNECTORS, "decision-": v.DECISIONS, "finding-": v.FINDINGS, "reading-": v.READING_RULES, "ui-found-change-": v.CHANGES, "shared-": v.SHARED, "suggested-": v.SUGGESTED, "ui-models-card-": v.MODELS, "kind-": filters.KINDS, "level-": v.LEVELS, "role-": v.ROLES,
  "trick-": v.TRICKS, "truth-": v.TRUTHS, "class-": v.CLASSES, "harm-": v.HARMS, "via-": v.VIAS, "warning-": v.WARNING_KINDS,
  "precision-": v.PLACE_PRECISIONS, "time-precision-": v.TIME_PRECISIONS, "record-": v.RECORDS, "duty-": v.DUTY_STATES,
  "ui-loop-": v.LOOP_STEPS, "ui-part-": v.WATCH_PARTS, "ui-part-add-": v.WATCH_PARTS, "ui-part-none-": v.WATCH_PARTS,
  "ui-rabat-": v.RABAT_PARTS, "ui-rabat-help-": v.RABAT_PARTS, "ui-report-": ["digest", "shift"], "ui-add-station-": ["radio", "call"], "ui-add-text-": v.SHEETS, "ui-admin-": v.ADMIN_PARTS, "ui-audit-did-": ["read", "denied", "exported", "shared"], "share-form-": v.SHARE_FORMS, "share-accounts-": v.SHARE_ACCOUNTS, "tlp-": v.TLPS,
  "ui-ago-": v.AGE_UNITS, "ui-alike-": v.LIKENESSES, "ui-data-age-": v.AGE_UNITS, "ui-did-": v.DECISIONS,
  "ui-filter-state-": filters.STATES, "ui-health-": v.HEALTH, "ui-keep-is-": ["asked", "refused", "done"], "ui-keep-why-": ["asked", "retention"], "ui-doctor-": v.STANDINGS, "ui-held-": v.HELD, "ui-history-": v.HISTORY,
  "ui-proof-": v.PROOFS, "ui-sheet-": v.SHEETS, "ui-sheet-field-": v.SHEET_FIELDS, "ui-since-": filters.SINCES,
  "ui-sort-": filters.SORTS, "ui-source-did-": v.SOURCE_ACTS, "ui-step-": v.STEPS, "ui-step-title-": v.STEPS, "ui-theme-": THEMES,
  "told-": v.TOLD, "ui-after-verdict-": v.EFFECTS, "ui-near-not-": v.NOT_NEAR, "ui-pace-": [...v.PACE_STEPS, ...v.PACE_WAITS],
  "channel-": loop.CHANNELS, "delivery-": loop.DELIVERIES, "fact-state-": ["draft", "early", "live", "expired", "withdrawn"], "form-": loop.FORMS,
  "language-": [], "option-": loop.OPTIONS, "question-state-": ["unanswered", "proposed", "answered"], "stage-": [...loop.STAGES, "closed"],
  "ui-facts-": ["base", "mandate", "questions"], "ui-facts-show-": ["all", "live", "open"], "verdict-": loop.VERDICTS,
  "standing-": loop.STANDINGS, "reply-": ["discreet", "stop"], "ui-loop-from-": ["event", "question", "plan"], "ui-loop-part-": ["board", "plans", "lines", "approvals"],
  "reliability-": v.RELIABILITIES, "credibility-": v.CREDIBILITIES,
};

/** The keys and the stems of keys that a piece of code says. */
function read(source: string): { keys: string[]; stems: string[] } {
  const one = (pattern: RegExp) => Array.from(source.matchAll(pattern), (m) => m.slice(1)).flat() as string[];
  const stems = [...one(/\bt\(`([a-z][\w-]*)\$\{/g), ...one(/\bword\("([a-z-]+)"/g).map((family) => `${family}-`)];
  const plain = [...one(/\b(?:t\(|title: )"([a-z][\w-]*)"/g), ...one(/\bt\([^"`)]*\? "([\w-]+)" : "([\w-]+)"/g)];
  return { keys: [...plain, ...stems.flatMap((stem) => (FAMILIES[stem] ?? []).map((member) => stem + member))], stems };
}

const paths = [...code(here)];
const texts = paths.map((path) => read(readFileSync(path, "utf8")));
const said = new Set(texts.flatMap((text) => text.keys));
const stems = new Set(texts.flatMap((text) => text.stems));

/** The modules that load with the first of `entries`, without what is fetched later. */
function loadedWith(entries: string[]): Set<string> {
  const found = new Set<string>();
  const visit = (path: string) => {
    const real = [path, `${path}.ts`].find((each) => paths.includes(each));
    if (!real || found.has(real)) return;
    found.add(real);
    for (const m of readFileSync(real, "utf8").matchAll(/^\s*import (?!type )[^;]*?"(\.[^"]+)"/gms)) visit(join(dirname(real), m[1]!));
  };
  for (const entry of entries) visit(join(here, entry));
  return found;
}

describe.each(["en", "fr"])("the %s words", (tag) => {
  it("say everything that the code asks for", () => {
    expect(said.size).toBeGreaterThan(300);
    const known = all(tag);
    expect([...said].filter((key) => !known.has(key))).toEqual([]);
  });

  it("keep nothing that no screen says", () => {
    const own = PARTS.flatMap((part) => [...argumentsOf(wordsOf(file(tag, part))).keys()]).filter((key) => key.startsWith("ui-"));
    expect(own.filter((key) => !said.has(key))).toEqual([]);
  });

  it.each([
    { entries: ["main.ts", "App.svelte", "screens/SignIn.svelte"], parts: ["ui"] },
    { entries: ["main.ts", "App.svelte", "Desk.svelte", "screens/Monitoring.svelte"], parts: ["ui", "ui-desk"] },
    { entries: ["main.ts", "App.svelte", "screens/Clear.svelte"], parts: ["ui", "ui-loop"] },
    { entries: ["main.ts", "App.svelte", "Desk.svelte", "screens/Response.svelte"], parts: ["ui", "ui-desk", "ui-loop"] },
    { entries: ["main.ts", "App.svelte", "Desk.svelte", "screens/Communication.svelte", "screens/Facts.svelte", "screens/communication/Plans.svelte", "screens/communication/Lines.svelte", "screens/communication/Approvals.svelte"], parts: ["ui", "ui-desk", "ui-loop", "ui-plan"] },
  ])("are there when $entries are", ({ entries, parts }) => {
    const known = argumentsOf(parts.flatMap((part) => wordsOf(file(tag, part))));
    const modules = loadedWith(entries);
    expect(modules.size).toBeGreaterThan(10);
    const asked = [...modules].flatMap((path) => read(readFileSync(path, "utf8")).keys);
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
  });
});

it("every family of words that the code builds is listed here", () => {
  expect([...stems].filter((stem) => !(stem in FAMILIES))).toEqual([]);
  expect(Object.keys(FAMILIES).filter((stem) => !stems.has(stem))).toEqual([]);
});

it("every message that is said in one line gets all its arguments", () => {
  const known = all("en");
  const lacking = paths.flatMap((path) =>
    Array.from(readFileSync(path, "utf8").matchAll(/\bt\("([a-z][\w-]*)"(?:, \{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\})?\)/g), (m) => {
      const given = new Set(Array.from((m[2] ?? "").matchAll(/(?:^|, )\s*(\w+)(?=\s*[:,]|\s*$)/g), (name) => name[1]!));
      return m[2]?.includes("...") ? [] : [...(known.get(m[1]!) ?? [])].filter((name) => !given.has(name)).map((name) => `${m[1]} lacks ${name}`);
    }).flat(),
  );
  expect(lacking).toEqual([]);
});

it("both languages have the same messages with the same arguments", () => {
  expect(all("fr")).toEqual(all("en"));
});

it("nothing on screen is called safe or hostile", () => {
  for (const path of ["en", "fr"].flatMap((tag) => PARTS.map((part) => file(tag, part)))) {
    expect(readFileSync(path, "utf8")).not.toMatch(/\b(safe|hostile|sûr|fiable|disinformation|désinformation)\b/i);
  }
});
