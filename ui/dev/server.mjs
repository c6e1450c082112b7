// A small stand-in for the server, in memory: it serves `dist` and speaks the API well enough to look at
// every screen and to run the end-to-end tests without building the rest of Vigie.
//
//   node dev/server.mjs [port]      sign in as "garde" or "visiteur" with the password "garde garde garde"
//
// It keeps no promise of the real server (no rights, no disk, no encryption). Its record is a true RFC 6962 tree.

import { createHash, randomUUID } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { loopRoutes } from "./loop.mjs";

const PORT = Number(process.argv[2] ?? process.env.PORT ?? 8430);
const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const EXTRA = Number(process.env.NARRATIVES ?? 130);
const LIVE = process.env.LIVE !== "no";
const HOUR = 3_600_000;
const T0 = Date.parse("2026-11-22T05:30:00Z");

// --- The record -------------------------------------------------------------------------------------

const sha = (...parts) => createHash("sha256").update(Buffer.concat(parts.map((p) => Buffer.from(p)))).digest();
const leaves = [];
const split = (n) => 2 ** Math.floor(Math.log2(n - 1));
function tree(from, to) {
  if (to - from === 1) return sha([0], leaves[from].leaf);
  const k = split(to - from);
  return sha([1], tree(from, from + k), tree(from + k, to));
}
function path(m, from, to) {
  if (to - from === 1) return [];
  const k = split(to - from);
  return m < k ? [...path(m, from, from + k), tree(from + k, to)] : [...path(m - k, from + k, to), tree(from, from + k)];
}
function record(kind, actor, object, at = now()) {
  const seq = leaves.length;
  const leaf = JSON.stringify({ v: 1, seq, site: "hq", at: iso(at), kind, actor, object, commit: sha(`${seq}`).toString("hex") });
  leaves.push({ leaf, kind, actor, at });
  return seq;
}
function entryView(seq) {
  const size = leaves.length;
  const root = tree(0, size);
  return {
    seq, leaf: leaves[seq].leaf, leaf_hash: sha([0], leaves[seq].leaf).toString("hex"), size, root: root.toString("hex"),
    checkpoint: `vigie.local/minusmi/hq/0\n${size}\n${root.toString("base64")}\n\n— hq unsigned-stand-in\n`,
    proof: path(seq, 0, size).map((b) => b.toString("hex")), kind: leaves[seq].kind, recorded_at: iso(leaves[seq].at), actor: leaves[seq].actor,
  };
}

// --- The site ---------------------------------------------------------------------------------------

const iso = (ms) => new Date(ms).toISOString();
let clockBase = { sim: T0, own: Date.now(), speed: 1, paused: false };
const now = () => clockBase.sim + (clockBase.paused ? 0 : (Date.now() - clockBase.own) * clockBase.speed);
const setClock = (part) => (clockBase = { ...clockBase, sim: now(), own: Date.now(), ...part });

const COMMUNICATION = ["communication.see", "communication.write", "message.verify", "message.clear", "message.issue"];
const users = [
  { id: "u1", name: "garde", display: "Cne Awa Diallo", lang: "fr", component: "military", roles: ["duty-officer"], may: ["monitoring.see", "triage", "signal.add", "note.see", "note.write", "entry.see", "source.see", "source.manage", "user.see", "user.manage", "function.manage", "access.see", "keeping.see", "content.erase", "journal.see", "journal.verify", "exercise.see", "exercise.control", "desk.see", "desk.write", "judge", "contest.decide", "restrict", "narrative.share", ...COMMUNICATION] },
  { id: "u3", name: "analyste", display: "Mme Noura Bichara", lang: "fr", component: "civilian", roles: ["analyst"], may: ["monitoring.see", "triage", "signal.add", "note.see", "note.write", "entry.see", "source.see", "user.see", "journal.see", "journal.verify", "exercise.see", "desk.see", "desk.write", "judge", "contest.decide", "restrict", ...COMMUNICATION] },
  { id: "u2", name: "visiteur", display: "Visiteur", lang: "fr", component: null, roles: ["visitor"], may: ["monitoring.see", "entry.see", "source.see", "journal.see", "exercise.see"] },
];
const sessions = new Map();
const link = { up: true, since: null, room: process.env.ROOM ?? "plenty" };
const sources = [
  source("ondes-du-fleuve", "Ondes du Fleuve, veille publique", "post", "feed", "ok", "Relevé il y a 40 s : 212 signaux acceptés en 24 heures."),
  source("sms-communautaire", "Numéro communautaire 1212", "sms", "intake", "ok", "Reçoit : 88 signaux acceptés en 24 heures."),
  source("agents-de-liaison", "Agents de liaison, secteur Est", "liaison", "hand", "silent", "Aucun signal depuis 6 heures ; il en arrive d'ordinaire un par heure."),
  source("radio-sahali", "Radio Sahali 98.2", "radio", "hand", "never", "Aucun signal n'est encore arrivé."),
  source("forum-marche", "Forum du marché central", "post", "feed", "failing", "L'adresse ne répond plus depuis 051200ZNOV26. Les signaux reçus sont gardés. Vérifiez l'adresse, puis essayez."),
];
function source(id, name, kind, connector, state, sentence) {
  return {
    id, name, kind, connector, purpose: "Suivre ce qui se dit des convois et des points d'eau", basis: "Mandat, §12 b", owner: "Cellule d'analyse conjointe", retention_days: 180,
    languages: ["fr"], compartments: ["operations"], paused: false, ...(connector === "feed" ? { url: `https://${id}.example/feed` } : {}),
    health: { state, last_accepted_at: state === "never" ? null : iso(T0 - HOUR), accepted_24h: 88, refused_24h: state === "failing" ? 12 : 0, repeated: 3, last_refusal: null, last_error: state === "failing" ? "connexion refusée" : null, sentence },
  };
}

const narratives = new Map();
const signals = new Map();
let code = 400;
function addSignal({ narrative, kind, source, text, lang, seen, recorded, tricks = [], likeness = "near", value = 0.86, author = "compte 7f3a", place = null, attachments = [], actor }) {
  const id = randomUUID();
  const seq = record("signal.received", actor ?? `source:${source}`, `signal:${id}`, recorded);
  const one = {
    id, seq, kind, source: { id: source, name: sources.find((s) => s.id === source)?.name ?? source }, author_alias: author, text, text_clipped: false, lang,
    script: /[\u0600-\u06ff]/.test(text) ? "Arab" : "Latn", basis: lang === "und" ? "none" : /[\u0600-\u06ff]/.test(text) ? "script" : "hint", seen_at: seen ? iso(seen) : null, reported_at: null,
    recorded_at: iso(recorded), place, url_text: kind === "post" ? `${source}.example/p/${seq}` : null, tricks, link: null, attachments, repeats: 0, grade: null,
  };
  signals.set(id, one);
  let story = narrative ? narratives.get(narrative) : null;
  if (!story) {
    story = { id: narrative ?? randomUUID(), code: `N-26-0${code++}`, signals: [], state: "new", assigned: null, labels: [], history: [] };
    narratives.set(story.id, story);
  } else {
    one.link = { to: story.signals[0], likeness, value };
  }
  story.signals.push(id);
  story.changed = seq;
  one.narrative = story.id;
  return one;
}

function groupBy(list, key) {
  const groups = new Map();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}
const of = (story) => story.signals.map((id) => signals.get(id));
function earliest(story) {
  return of(story).toSorted((a, b) => (a.seen_at ?? a.recorded_at).localeCompare(b.seen_at ?? b.recorded_at))[0];
}
function row(story) {
  const all = of(story);
  const first = earliest(story);
  const kinds = [...new Set(all.flatMap((s) => s.tricks))];
  const count = all.length;
  const perHour = all.filter((s) => now() - Date.parse(s.recorded_at) < HOUR).length;
  const srcs = [...new Set(all.map((s) => s.source.id))];
  const value = Math.min(1, 0.04 + 0.4 * Math.log2(count) / 6 + 0.2 * Math.min(1, Math.log2(1 + perHour) / 6) + 0.07 * kinds.length);
  return {
    id: story.id, code: story.code, head: first.text.slice(0, 280), lang: first.lang, kind: first.kind, count, sources: srcs.slice(0, 5), source_count: srcs.length,
    langs: [...new Set(all.map((s) => s.lang))], first_seen_at: first.seen_at, first_recorded_at: all[0].recorded_at, last_recorded_at: all.at(-1).recorded_at,
    per_hour: perHour, state: story.state, assigned: story.assigned, labels: story.labels, tricks: kinds, changed: story.changed, media: all.some((s) => s.attachments.length > 0),
    place: first.place, restricted: false,
    attention: { value, reasons: [{ code: "attention-count", args: { count: `${count}` } }, { code: "attention-pace", args: { count: `${perHour}` } }, { code: "attention-age", args: { hours: "0" } }], model: { name: "attention", version: "1" }, error: "exact" },
  };
}

// Invented country, places and people; no speaker has checked the texts that are not French or English.
const RUMOUR = "On dit que la mission achète l'eau des puits de Tin-Azar pour la revendre aux camps. Partagez avant que ce soit effacé.";
const VARIANTS = [
  [RUMOUR, []],
  ["On dit que la mis-sion achète l'eau des pu-its de Tin-Azar pour la re-vendre aux camps. Par-tagez avant que ce soit effacé.", ["split-words"]],
  ["Оn dit quе la missiоn aсhète l'eau des puits de Tin-Azar pour la revendre aux camps. Partagez avant que ce soit effacé.", ["look-alikes"]],
  ["ON DIT QUE LA MISSION ACHÈTE L'EAU DES PUITS DE TIN-AZAR POUR LA REVENDRE AUX CAMPS !!! PARTAGEZ AVANT QUE CE SOIT EFFACÉ", ["dressing"]],
  ["On dit que la missiooon achète l'eauuu des puits de Tin-Azar pour la revendre aux camps. Partagez avant que ce soit effacé.", ["stretched"]],
];
const SMALL = [
  ["fr", "sms", "Le marché de Dougalé est fermé ce matin, on ne sait pas pourquoi.", "Dougalé"],
  ["ar", "post", "وصلت شاحنات الماء إلى المخيم هذا الصباح والناس ينتظرون منذ الفجر", "Tin-Azar"],
  ["ha", "post", "An ce ruwan rijiya ya kare a unguwar kudu, mutane suna jira tun safe.", "Kufena"],
  ["sg", "radio", "Ala tene atene lege ti Bangala ayeke na nzoni pepe na bi.", "Bangala"],
  ["en", "post", "Two trucks stuck at the ford since yesterday, the road to Kufena is closed again.", "Kufena"],
  ["fr", "call", "Un appelant dit que des jeunes se rassemblent calmement devant la préfecture pour demander de l'eau.", "Tin-Azar"],
  ["und", "sms", "1212 ?? oui", null],
];
const FAIR = "Le convoi de ce matin est passé beaucoup trop vite devant l'école de Dougalé. Nos enfants étaient sur la route. Nous demandons des excuses.";

const story = randomUUID();
addSignal({ narrative: story, kind: "liaison", source: "agents-de-liaison", text: "Au point d'eau de Tin-Azar, des femmes disent avoir entendu que la mission achèterait l'eau des puits pour la revendre aux camps. Elles demandent si c'est vrai.", lang: "fr", seen: T0 - 28 * HOUR, recorded: T0 - 27.3 * HOUR, author: "CLA-07", place: "Tin-Azar", actor: "human:u9" });
for (let i = 0; i < EXTRA; i++) {
  const [lang, kind, text, place] = SMALL[i % SMALL.length];
  const recorded = T0 - (EXTRA - i) * 600_000;
  const source = kind === "sms" || kind === "call" ? "sms-communautaire" : kind === "radio" ? "radio-sahali" : "ondes-du-fleuve";
  addSignal({ kind, source, text: `${text}${i >= SMALL.length ? ` (${i})` : ""}`, lang, seen: lang === "und" ? null : recorded - 60_000, recorded, place });
}
const fair = randomUUID();
for (let i = 0; i < 6; i++) addSignal({ narrative: fair, kind: i % 2 ? "sms" : "post", source: i % 2 ? "sms-communautaire" : "ondes-du-fleuve", text: FAIR, lang: "fr", seen: T0 - (7 - i) * 600_000, recorded: T0 - (7 - i) * 590_000, likeness: "same", value: 1, place: "Dougalé" });
const picture = randomUUID();
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFklEQVR4nGPQ8NmAFTEMLYnm9DSsCAC+iWYBn0iVVwAAAABJRU5ErkJggg==", "base64");
addSignal({ kind: "document", source: "forum-marche", text: "Tract photographié au marché", lang: "fr", seen: null, recorded: T0 - 90 * 60_000, attachments: [{ id: picture, name: "tract.png", media_type: "image/png", bytes: PNG.length }] });
function copy(at) {
  const [text, tricks] = VARIANTS[narratives.get(story).signals.length % VARIANTS.length];
  const n = narratives.get(story).signals.length;
  addSignal({ narrative: story, kind: n % 5 === 4 ? "sms" : "post", source: n % 5 === 4 ? "sms-communautaire" : n % 3 ? "ondes-du-fleuve" : "forum-marche", text, tricks, lang: "fr", seen: at - 5000, recorded: at, author: `compte ${(n * 7919).toString(16).slice(0, 4)}`, likeness: tricks.length ? "near" : "same", value: tricks.length ? 0.86 : 1, place: n === 1 ? "Tin-Azar" : null });
}
for (let i = 0; i < 12; i++) copy(T0 - (12 - i) * 60_000);

const notes = [];
function note(by, text, more = {}) {
  const id = more.id ?? randomUUID();
  const at = now();
  const one = { id, seq: record("note.written", `human:${by.id}`, `note:${id}`, at), dtg: dtg(at), recorded_at: iso(at), seen_at: more.seen_at ?? null, by: { id: by.id, display: by.display }, text, struck: null, corrects: more.corrects ?? null, corrected_by: null };
  notes.push(one);
  return one;
}
const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
function dtg(ms) {
  const d = new Date(ms);
  const two = (n) => String(n).padStart(2, "0");
  return `${two(d.getUTCDate())}${two(d.getUTCHours())}${two(d.getUTCMinutes())}Z${MONTHS[d.getUTCMonth()]}${two(d.getUTCFullYear() % 100)}`;
}
note(users[0], "Prise de permanence. Liaison extérieure établie, rien à signaler.");
note(users[0], "Patrouille Est signale la piste de Kufena coupée au gué.");

// --- The exercise -----------------------------------------------------------------------------------

const steps = [
  { id: "grows", narrative: story }, { id: "why", narrative: story }, { id: "clock", narrative: story },
  { id: "fair", narrative: fair }, { id: "cut" }, { id: "proof", narrative: story },
];
let step = "grows";
const exercise = () => ({ scenario: "s01-eau", sim_now: iso(now()), speed: clockBase.speed, paused: clockBase.paused, step, steps, link_up: link.up });

// --- Live -------------------------------------------------------------------------------------------

const screens = new Set();
function tell(event, data, id) {
  const text = `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  for (const screen of screens) screen.write(text);
}
function tellRows(...stories) {
  const seq = leaves.length;
  const rows = stories.map((s) => {
    const r = row(s);
    return { id: r.id, code: r.code, head: r.head.slice(0, 120), count: r.count, last: r.last_recorded_at, per_hour: r.per_hour, state: r.state, lang: r.lang, kind: r.kind, attention: r.attention.value, ...(r.assigned ? { assigned: r.assigned.id } : {}) };
  });
  tell("rows", { seq, rows }, seq);
}
setInterval(() => { for (const screen of screens) screen.write(": beat\n\n"); }, 10_000).unref();
let fresh = 0;
if (LIVE) setInterval(() => {
  if (clockBase.paused) return;
  if (narratives.get(story).signals.length < 37 && link.up) {
    copy(now());
    tellRows(narratives.get(story));
  } else if (fresh < 40) {
    fresh += 1;
    const one = addSignal({ kind: "sms", source: "sms-communautaire", text: `SMS local ${fresh} : nous avons vu passer les camions d'eau au carrefour.`, lang: "fr", seen: now(), recorded: now(), place: "Dougalé" });
    tellRows(narratives.get(one.narrative));
  }
}, 1500).unref();

// --- Answers ----------------------------------------------------------------------------------------

const done = new Map();
const acts = new Map();
const files = new Map([[picture, { name: "tract.png", type: "image/png", bytes: PNG }]]);
const refuse = (status, code, message, hint = null) => ({ status, body: { code, message, hint } });
const ok = (body, status = 200) => ({ status, body });

function page(items, q, size) {
  const from = Number(q.get("cursor") ?? 0);
  const limit = Number(q.get("limit") ?? size);
  return { items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null, total: items.length };
}

function monitoring(q, me) {
  const wanted = (name) => q.get(name) ?? "";
  const since = { "1h": 1, "6h": 6, "24h": 24, "72h": 72, "7d": 168 }[wanted("since")];
  const fold = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...narratives.values()].map(row).filter((r) =>
    (wanted("state") === "all" || r.state === (wanted("state") || "new")) &&
    (!wanted("q") || fold(r.head).includes(fold(wanted("q")))) && (!wanted("lang") || r.langs.includes(wanted("lang"))) &&
    (!wanted("source") || r.sources.includes(wanted("source"))) && (!wanted("kind") || r.kind === wanted("kind")) &&
    (!since || now() - Date.parse(r.last_recorded_at) < since * HOUR) && (wanted("assigned") !== "me" || r.assigned?.id === me.id) &&
    (!wanted("label") || r.labels.includes(wanted("label"))));
  const order = { newest: (a, b) => b.last_recorded_at.localeCompare(a.last_recorded_at), count: (a, b) => b.count - a.count, attention: (a, b) => b.attention.value - a.attention.value || b.changed - a.changed };
  rows.sort(order[wanted("sort")] ?? order.attention);
  return { ...page(rows, q, 50), as_of: iso(now()), seq: leaves.length, index_lag: 0 };
}

function detail(s) {
  const all = of(s);
  const hours = new Map();
  for (const one of all) {
    const hour = iso(Math.floor(Date.parse(one.recorded_at) / HOUR) * HOUR);
    hours.set(hour, (hours.get(hour) ?? 0) + 1);
  }
  const bySource = groupBy(all, (one) => one.source.id);
  const known = Date.parse(all[0].recorded_at);
  return {
    ...row(s), clock: { first_seen_at: earliest(s).seen_at, found_at: all[0].recorded_at, verified_at: null, answered_at: null, known_since: all[0].recorded_at, known_h: Math.floor((now() - known) / HOUR) },
    days: [...hours].map(([hour, count]) => ({ hour, count, heard: count * 4 })).sort((a, b) => a.hour.localeCompare(b.hour)), spread: { langs: share(all, (one) => one.lang), kinds: share(all, (one) => one.kind), places: share(all, (one) => one.place) }, gaps: [{ source: null, from: iso(now() - 5 * HOUR), until: iso(now() - 4 * HOUR) }, { source: "Radio Sahali 98.2", from: iso(now() - 2 * HOUR), until: null }],
    sources: [...bySource].map(([id, list]) => ({ id, name: list[0].source.name, kind: list[0].kind, count: list.length, first_at: list[0].recorded_at })), history: s.history,
  };
}

function share(all, of) {
  return [...groupBy(all.filter((one) => of(one)), of)].map(([name, list]) => ({ name, count: list.length, first_at: list[0].seen_at ?? list[0].recorded_at }));
}
function why(s) {
  const all = of(s);
  const first = earliest(s);
  const open = all.find((one) => one.kind === "post") ?? null;
  const groups = [...groupBy(all, (one) => one.text)].map(([text, list], wording) => ({ text, wording, imitates: wording === 2 ? [{ words: "missiоn", name: "mission" }] : [], count: list.length, tricks: list[0].tricks, likeness_min: list[0].link?.value ?? 1, first: list[0] }));
  return {
    earliest: first, earliest_public: open, lead_h: open ? Math.floor((Date.parse(open.recorded_at) - Date.parse(first.recorded_at)) / HOUR) : null, variants: groups.sort((a, b) => b.count - a.count),
    recall: [{ lang: "fr", measured: false, not_assessed: ["spelling", "affixes", "emoji", "switching", "hyphens", "look-alikes"] }],
    links: all.filter((one) => one.link).slice(0, 200).map((one) => ({ from: one.id, to: one.link.to, likeness: one.link.likeness, value: one.link.value, tricks: one.tricks })), model: { name: "text", version: "1" }, error: "exact",
  };
}

function act(body, me) {
  const before = body.narratives.map((id) => narratives.get(id)).filter(Boolean).map((s) => ({ s, state: s.state, assigned: s.assigned, labels: s.labels, history: s.history }));
  const seq = record(`narrative.${body.do}`, `human:${me.id}`, "narratives");
  for (const { s } of before) {
    if (body.do === "triage") s.state = body.decision;
    if (body.do === "assign") s.assigned = body.to ? { id: body.to, display: users.find((u) => u.id === body.to)?.display ?? body.to } : null;
    if (body.do === "label") s.labels = [...new Set([...s.labels, body.label])];
    if (body.do === "unlabel") s.labels = s.labels.filter((l) => l !== body.label);
    s.changed = seq;
    const what = { triage: "triaged", assign: "assigned", label: "labelled", unlabel: "unlabelled" }[body.do];
    s.history = [...s.history, { seq, at: iso(now()), by: { id: me.id, display: me.display }, what, args: { detail: body.decision ?? body.label ?? s.assigned?.display ?? "" } }];
  }
  acts.set(seq, before);
  tellRows(...before.map(({ s }) => s));
  return { seq, undo_until: iso(now() + 10_000) };
}

// --- The loop ---------------------------------------------------------------------------------------

const person = (u) => ({ id: u.id, display: u.display });
const SITES = [{ id: "tin-azar", name: "Point d'eau de Tin-Azar" }, { id: "kufena", name: "Poste de Kufena" }];
const functionsHere = [
  { id: "joc", fr: "Officier de permanence JOC", en: "JOC duty officer", component: "military", holders: ["u1"] },
  { id: "log", fr: "Officier logistique, secteur Est", en: "Logistics officer, Sector East", component: "military", holders: ["u3"] },
  { id: "poc", fr: "Conseiller à la protection", en: "Protection adviser", component: "civilian", holders: [] },
  { id: "spk", fr: "Porte-parole", en: "Spokesperson", component: "civilian", holders: [] },
];
const functionViews = (me, lang) => functionsHere.map((f) => ({ id: f.id, name: lang === "en" ? f.en : f.fr, name_en: f.en, name_fr: f.fr, liaison: f.liaison ?? false, component: f.component, holders: users.filter((u) => f.holders.includes(u.id)).map(person), mine: f.holders.includes(me.id) }));
const desk = new Map();
const codes = { request: 11, task: 4, warning: 6, incident: 2 };
function dutyOf(asked, at) {
  return { asked: { call_tree: [], ...asked }, opened_at: iso(at), waits_for: asked.to, since: iso(at), step: 0, acknowledged: null, closed: null };
}
function keep(kind, body, actor, at = now()) {
  const id = body.client_id ?? randomUUID();
  const { asked, client_id: _, ...fields } = body;
  const one = { of: kind, id, code: `${kind[0].toUpperCase()}-26-00${codes[kind]++}`, by: actor ? person(actor) : null, ...fields, ...(asked ? { duty: dutyOf(asked, at) } : {}), at: iso(at) };
  one.seq = record(`${kind}.opened`, actor ? `human:${actor.id}` : "engine:text", `${kind}:${id}`, at);
  desk.set(id, one);
  return one;
}
const lateNow = (one) => one.duty && !one.duty.closed && now() > Date.parse(one.duty.asked.due);
const stateOf = (one) => (one.duty?.closed ? "closed" : one.duty?.acknowledged ? "acknowledged" : "waiting");
function shown({ of: kind, seq, ...one }) {
  return { ...one, ...(one.duty ? { state: stateOf(one), duty: { ...one.duty, overdue: lateNow(one) } } : {}), ...(kind === "warning" ? { restricted: false, score: null, signal: null, narrative: null, ...one, site: one.site ?? null, site_id: SITES.find((site) => site.name === one.site)?.id ?? null, state: stateOf(one), duty: { ...one.duty, overdue: lateNow(one) } } : {}), ...(kind === "request" ? { answer: one.answer ?? null, narrative: one.narrative ?? null } : {}), ...(kind === "incident" ? { who: "", how: "", why: "", from: null, version: 1, ...one } : {}), ...(kind === "task" ? { about: one.about ?? null } : {}) };
}
const item = (one) => ({ about: one.question ?? one.what ?? one.words ?? "", kind: one.of, id: one.id, code: one.code, state: one.duty ? stateOf(one) : "", open: Boolean(one.duty && !one.duty.closed), due: one.duty?.asked.due ?? null, waits_for: one.duty && !one.duty.closed ? one.duty.waits_for : null, verify: null, narrative: one.narrative ?? null, changed: one.seq });
function listOf(kind, q) {
  const all = [...desk.values()].filter((one) => one.of === kind && (q.get("open") !== "true" || !one.duty?.closed) && (!q.get("narrative") || one.narrative === q.get("narrative")));
  return { ...page(all.map(shown).reverse(), q, 100), seq: leaves.length };
}
function changed(one) {
  one.seq = record(`${one.of}.changed`, "human:u1", `${one.of}:${one.id}`);
  tell("desk", { seq: leaves.length, changed: [{ kind: one.of, id: one.id }] }, leaves.length);
}
const judged = new Map();
function standing(id) {
  const { judgements = [], contests = [] } = judged.get(id) ?? {};
  const counts = judgements.findLast((j) => j.seconded || !["disinformation", "incitement"].includes(j.class));
  const last = judgements.at(-1);
  const waits = last && !last.seconded && ["disinformation", "incitement"].includes(last.class);
  return { truth: last?.truth ?? "unverified", class: counts?.class ?? "unknown", harm: last?.harm ?? "not-assessed", hostile: false, awaits_second: waits ? last.id : null, judgements, contests };
}
function judge(id, body, me) {
  const known = judged.get(id) ?? { judgements: [], contests: [] };
  known.judgements.push({ id: body.client_id, truth: body.truth, class: body.class, harm: body.harm, reasons: body.reasons ?? "", rabat: body.rabat ?? null, by: person(me), at: iso(now()), seconded: null });
  judged.set(id, known);
  record("narrative.judged", `human:${me.id}`, `narrative:${id}`);
  return standing(id);
}
function loopOf(id, me, lang) {
  const s = narratives.get(id);
  const of = (kind) => [...desk.values()].filter((one) => one.of === kind && one.narrative === id).map(shown);
  const waiting = of("request").find((r) => !r.duty.closed);
  const known = standing(id);
  const found = signals.get(s.signals[0]).recorded_at;
  const name = waiting ? functionViews(me, lang).find((f) => f.id === waiting.duty.waits_for)?.name : null;
  return {
    standing: known, requests: of("request"), responses: id === story ? [{ id: "c1", code: "C-26-003", title: "L'eau de Tin-Azar : ce que la mission fait", origin: { from: "narrative", narrative: id }, at: iso(T0), due: iso(T0 - 600_000), chain: ["spk"], owner: person(users[0]), stage: "draft", waits: { step: "verified", lang: "sg" }, overdue: true, measured: [], option: null, closed: null, cleared_at: null, out_at: null, messages: [] }] : [],
    effects: [], warnings: of("warning"), tasks: of("task"), questions: [],
    clock: { t0: earliest(s).seen_at, t1: found, t2: known.judgements.find((j) => j.truth !== "unverified")?.at ?? null, t3: null, t4: null, t5: null, waits_for: name, function: waiting?.duty.waits_for ?? null, since: waiting?.duty.since ?? null, sentence: "" },
  };
}
let watch = { seq: 3, at: iso(T0 - 8 * HOUR), by: person(users[1]), to: null, remark: "Le convoi de l'Est part à 06:00. Rappeler le secteur au sujet des puits.", open: ["request:1", "warning:2"] };
function situation(me) {
  const all = [...desk.values()];
  const mine = functionsHere.filter((f) => f.holders.includes(me.id)).map((f) => f.id);
  const kinds = ["request", "task", "warning"].map((kind) => ({ kind, open: all.filter((o) => o.of === kind && !o.duty.closed).length, overdue: all.filter((o) => o.of === kind && lateNow(o)).length }));
  const stories = [...narratives.values()];
  return {
    since: watch.seq, changed: all.toReversed().slice(0, 50).map(item), mine: all.filter((o) => o.duty && !o.duty.closed && mine.includes(o.duty.waits_for)).map(item), overdue: all.filter(lateNow).map(item), functions: mine, watch, seq: leaves.length, as_of: iso(now()),
    counts: { desk: kinds, new: stories.filter((s) => s.state === "new").length, relevant: stories.filter((s) => s.state === "relevant").length, awaits_second: [...judged.keys()].filter((id) => standing(id).awaits_second).length, contested: [...judged.values()].flatMap((j) => j.contests).filter((c) => !c.decided).length, hostile: 0 },
  };
}
function report(of) {
  return { title: of === "shift" ? "Compte rendu de quart" : "Synthèse", period: "Du 210530ZNOV26 au 220530ZNOV26.", from: iso(T0 - 24 * HOUR), to: iso(T0), sections: [
    { code: "top", title: "Principaux récits", lines: [{ text: "N-26-0400 « On dit que la mission achète l'eau… » : 13 signaux, plus que dans la période précédente (1).", cites: [0, 12, 13] }] },
    { code: "overdue", title: "En retard", lines: [...desk.values()].filter(lateNow).map((o) => ({ text: `${o.code} : ${o.duty.waits_for}`, cites: [o.seq] })) },
    { code: "gaps", title: "Angles morts", lines: [{ text: "Radio Sahali 98.2 : rien reçu jusqu'ici.", cites: [] }] },
  ] };
}
keep("request", { narrative: story, question: "La mission prend-elle de l'eau aux puits de Tin-Azar ? Combien, depuis quand, avec quel accord ?", asked: { to: "log", call_tree: ["joc"], answer_within_min: 30, due: iso(T0 - 65 * 60_000) } }, users[0], T0 - 5 * HOUR);
keep("warning", { kind: "site-threatened", narrative: null, site: "Point d'eau de Tin-Azar", words: "que des jeunes iraient demain brûler la pompe de Tin-Azar", asked: { to: "joc", call_tree: ["poc"], answer_within_min: 15, due: iso(T0 + HOUR) } }, null, T0 - 600_000);
keep("task", { narrative: story, about: `narrative:${story}`, what: "Envoyer une patrouille au point d'eau avant midi et noter ce que disent les femmes qui y puisent.", component: "military", asked: { to: "joc", answer_within_min: 60, due: iso(T0 - 20 * 60_000) } }, users[1], T0 - 3 * HOUR);
keep("incident", { what: "Barrage de pierres sur la piste de Kufena, levé après discussion.", seen_at: iso(T0 - 2 * HOUR), precision: "hour", place: { name: "Gué de Kufena", precision: "site" }, component: "military" }, users[0], T0 - HOUR);
const warningsOf = (site) => [...desk.values()].filter((one) => one.of === "warning" && one.site === site.name);
function siteLine(site) {
  const all = warningsOf(site);
  const of = (kind) => all.filter((one) => one.kind === kind).length;
  return { ...site, named: of("site-named"), threatened: of("site-threatened"), open: all.filter((one) => !one.duty.closed).length, last_at: all.at(-1)?.at ?? null };
}
function siteCard(site) {
  const said = warningsOf(site).map((one) => ({ warning: shown(one), signal: [...signals.values()][0], signals: 1 }));
  return { ...siteLine(site), place: site.name, names: [site.name, "la pompe"], contingent: [], radius_km: 4, neighbours: ["Kufena"], said };
}
/** A finding as the engine tells it, over the signals of one story. */
function found(s) {
  const all = of(s).slice(0, 20);
  const say = (code, args = {}) => ({ code, args });
  return {
    id: s.id, seq: s.changed, at: iso(now()), kind: "burst", accounts: all.map((_, n) => `compte ${(0x7f3a + n).toString(16)}`), account_count: all.length,
    things: [{ kind: "text", name: null }], words: [], messages: all.map((one, n) => ({ signal: one.id, account: n, thing: 0, at: one.recorded_at, text: one.text.slice(0, 280), lang: one.lang, source: one.source.name })),
    message_count: all.length, window_s: 60, span_s: 55, pairs: 190, expected: 0.02, p_value: 0.0001, discovery_rate: 0.026,
    reasons: [say("why-together-burst", { accounts: `${all.length}`, seconds: "55" }), say("why-together-chance", { expected: "0.02", pairs: "190" }), say("why-together-rate", { share: "3" }), say("why-together-author")],
    model: { name: "gathering", version: "1" }, error: { measured: 0.026 }, answers: [],
  };
}
function topic(s) {
  const all = of(s).slice(0, 6);
  return {
    ...found(s), id: randomUUID(), kind: "topic", accounts: [], account_count: 0, things: [], words: ["puits", "tin-azar"], message_count: all.length, expected: null, p_value: null, discovery_rate: null, pairs: 0,
    messages: all.map((one) => ({ signal: one.id, account: null, thing: null, at: one.recorded_at, text: one.text.slice(0, 280), lang: one.lang, source: one.source.name })),
    reasons: [{ code: "why-topic", args: { words: "puits, tin-azar", signals: "24", before: "1", base: "2310", days: "27" } }], error: "exact",
    answers: [{ seq: s.changed, at: iso(now()), by: person(users[0]), agrees: false, reason: "Le nom du nouveau puits" }],
  };
}
/** A check that somebody else published, near by words and by meaning. */
function checked() {
  return {
    kind: "check", id: "c1c1c1c1-0000-4000-8000-000000000001", code: "verif-du-fleuve", text: "La base de Zamoré livre l'eau du puits aux convois", lang: "fr", truth: null,
    check: {
      publisher: "Vérif du fleuve", published: "2026-11-02", verdict: "Trompeur", rating: { value: 2, worst: 1, best: 5 }, finding: "L'eau des convois vient d'un forage à 40 km.",
      url: "https://verif.example/2026/11/puits", version: "2026-11-22-1f2e3d4c", licence: "CC BY 4.0",
    },
    share: 0.38, close: false, reasons: [{ code: "why-answer-check", args: { percent: "38" } }, { code: "why-answer-meaning", args: { rank: "1" } }], answer: null,
  };
}
const CHECKS = [
  { name: "verif-du-fleuve", version: "2026-11-22-1f2e3d4c", date: "2026-11-22", owner: "Cellule information", source: "https://verif.example/data.json", licence: "CC BY 4.0", sha256: "1f2e3d4c".repeat(8), count: 214, seq: 41, loaded_at: iso(now()), loaded_by: null, withdrawn_at: null, withdrawn_by: null },
  { name: "presse", version: "3", date: "2026-10-01", owner: "Porte-parole", source: "Agence de presse", licence: "sur accord", sha256: "9a8b7c6d".repeat(8), count: 0, seq: 44, loaded_at: iso(now()), loaded_by: null, withdrawn_at: iso(now()), withdrawn_by: { id: "u1", display: "Cne Awa Diallo" } },
];
const shares = [];
function giveAway(id, body, me) {
  const s = narratives.get(id);
  if (!body.recipient?.trim()) return refuse(422, "VG-DESK-059", "Il n'est pas dit à qui le récit est remis. Rien n'est sorti.");
  const document = JSON.stringify({ type: "bundle", objects: [] });
  const line = {
    seq: 900 + shares.length, at: iso(now()), by: person(me), narrative: s.id, code: s.code, recipient: body.recipient, purpose: body.purpose, form: body.form, accounts: body.accounts,
    reason: body.reason ?? "", tlp: body.accounts === "plain" ? "amber" : "green", messages: of(s).length, sha256: sha(document).toString("hex"),
  };
  shares.unshift(line);
  return ok({ seq: line.seq, tlp: line.tlp, messages: line.messages, left_out: 2, sha256: line.sha256, name: `${s.code}-${body.form}.json`, document });
}
function suggested(s) {
  const other = [...narratives.values()].find((one) => one !== s);
  const head = earliest(other);
  return {
    answers: [{ kind: "story", id: other.id, code: other.code, text: head.text, lang: head.lang, truth: "false", check: null, share: 0.42, close: false, reasons: [{ code: "why-answer-story", args: { percent: "42" } }], answer: null }, checked()],
    looked_through: 12, checks_looked_through: 3, checks_by_meaning: true, answers_assessed: false, answers_model: { name: "claims", version: "1" },
    classes_not_assessed: null, classes_model: { name: "classes", version: "1" },
    classes: [{ class: "hate-speech", value: 0.61, reasons: [{ code: "why-near-example", args: { example: "N-26-0401", percent: "41" } }, { code: "why-quotes", args: {} }], error: { measured: 0.27 }, answer: null }],
  };
}
/** The French cards as they stand in the source: what the screen shows of them is then the real thing. */
const card = (name) => readFileSync(new URL(`../../docs/models/fr/${name}.md`, import.meta.url), "utf8");
const MODELS = {
  cards: ["language", "meaning", "coordination", "claims"].map((name) => ({ name, version: "1", here: name !== "meaning", text: `# Model card: ${name}\n\n**What it does.** Invented.\n\n| language | found |\n|---|---|\n| fr | 0.98 |\n`, text_fr: card(name) })),
  recall: [{ lang: "sw", changes: ["spelling", "affixes", "emoji", "switching", "hyphens", "look-alikes"].map((change, n) => ({ change, found: 1 - n / 10, assessed: n !== 1 })) }],
  classes: [{ lang: "fr", with: 12, without: 40, covered: false, wrong: [] }], covered_least: 30,
  judges: [{ user: { id: "u1", display: "Awa Sarr" }, examples: 52, aside_since: null, aside_by: null }],
};
const NOTICES = [
  { seq: 31, at: iso(T0 - HOUR), person: { id: "u3", display: "Mme Noura Bichara" }, rule: "many-read", count: 64, limit: 60, from: iso(T0 - 2 * HOUR), until: iso(T0 - HOUR), explained: null, mine_to_answer: true },
  { seq: 22, at: iso(T0 - 30 * HOUR), person: { id: "u2", display: "Visiteur" }, rule: "many-denied", count: 11, limit: 10, from: iso(T0 - 31 * HOUR), until: iso(T0 - 30 * HOUR), explained: { seq: 25, by: { id: "u1", display: "Cne Awa Diallo" }, at: iso(T0 - 29 * HOUR), text: "Un lien partagé par erreur dans un courriel de la cellule." }, mine_to_answer: false },
];
const KEPT = {
  backups: [{ at: iso(T0 - 20 * HOUR), entries: 1204, files: 3, bytes: 48_200_000, recipient: "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq" }],
  erased_since_backup: 2,
  erasures: [
    { id: "e1", seq: 90, at: iso(T0 - 3 * HOUR), by: { id: "u3", display: "Mme Noura Bichara" }, state: "asked", decided_by: null, decided_at: null, objects: ["signal:0192f3a1-7c1e-7d20-9a10-0c9d5b7e1f20", "note:0192f3a1-7c1e-7d20-9a10-0c9d5b7e1f21"], reason: "La personne citée demande l'effacement.", basis: "Règlement sur la protection des données, §7", mine_to_decide: true },
    { id: "e0", seq: 60, at: iso(T0 - 60 * HOUR), by: { id: "u1", display: "Cne Awa Diallo" }, state: "done", decided_by: { id: "u3", display: "Mme Noura Bichara" }, decided_at: iso(T0 - 59 * HOUR), objects: ["contact:0192f3a1-7c1e-7d20-9a10-0c9d5b7e1f22"], reason: "", basis: "", mine_to_decide: false },
  ],
  tombstones: [{ seq: 70, at: iso(T0 - 40 * HOUR), why: "retention", sources: ["sms-communautaire", "agents-de-liaison"], objects: 412, kept: 3, entries: 830 }],
  keeps: [{ id: "k1", at: iso(T0 - 50 * HOUR), object: "narrative:0192f3a1-7c1e-7d20-9a10-0c9d5b7e1f30", owner: "Cellule juridique", reason: "Pièce future de l'affaire du 4 novembre.", until: iso(T0 + 2000 * HOUR), live: true }],
};
const DUTIES = ["request", "task", "warning"];
const LOOP_ROUTES = [
  ["GET", /^\/functions$/, ({ me, lang }) => ok({ functions: functionViews(me, lang), verifiers: [{ lang: "fr", user: { id: "u3", display: "Mme Noura Bichara" }, until: null }] })],
  ["GET", /^\/narratives\/([\w-]+)\/loop$/, ({ m, me, lang }) => (narratives.has(m[1]) ? ok(loopOf(m[1], me, lang)) : refuse(404, "VG-FIND-001", "Ce récit n'existe pas ici."))],
  ["GET", /^\/narratives\/([\w-]+)\/neighbours$/, ({ m }) => (narratives.has(m[1]) ? ok({ assessed: false, not_assessed: "meaning-no-model", items: [], model: null, error: "not_assessed" }) : refuse(404, "VG-FIND-001", "Ce récit n'existe pas ici."))],
  ["GET", /^\/narratives\/([\w-]+)\/findings$/, ({ m }) => (narratives.has(m[1]) ? ok({ items: [found(narratives.get(m[1])), topic(narratives.get(m[1]))] }) : refuse(404, "VG-FIND-001", "Ce récit n'existe pas ici."))],
  ["GET", /^\/narratives\/([\w-]+)\/suggestions$/, ({ m }) => (narratives.has(m[1]) ? ok(suggested(narratives.get(m[1]))) : refuse(404, "VG-FIND-001", "Ce récit n'existe pas ici."))],
  ["GET", /^\/models$/, () => ok(MODELS)],
  ["GET", /^\/reading-rules$/, () => ok([["many-read", 60], ["many-taken", 10], ["many-denied", 10], ["many-asked", 20]].map(([rule, limit]) => ({ rule, limit, minutes: 60 })))],
  ["GET", /^\/notices$/, () => ok(NOTICES)],
  ["POST", /^\/notices\/(\d+)\/explain$/, ({ m, body, me }) => { const one = NOTICES.find((n) => n.seq === Number(m[1])); Object.assign(one, { mine_to_answer: false, explained: { seq: leaves.length, by: person(me), at: iso(now()), text: body.text } }); return ok({ seq: leaves.length }); }],
  ["GET", /^\/audit$/, ({ q }) => ok({ about: q.get("about") ?? `human:${q.get("person")}`, next: null, items: [1, 2, 3].map((n) => ({ seq: 40 - n, recorded_at: iso(T0 - n * HOUR), actor: `human:u${n}`, display: users[n - 1].display, what: ["read", "denied", "exported"][n - 1], object: `signal:0192f3a1-7c1e-7d20-9a10-00000000000${n}` })) })],
  ["GET", /^\/keeping$/, () => ok(KEPT)],
  ["POST", /^\/erasures$/, () => ok({ id: randomUUID() }, 201)],
  ["POST", /^\/erasures\/([\w-]+)\/(agree|refuse)$/, ({ m }) => { KEPT.erasures.find((one) => one.id === m[1]).state = m[2] === "agree" ? "done" : "refused"; return m[2] === "agree" ? ok({ objects: 2, entries: 5, remnants: [] }) : { status: 204 }; }],
  ["POST", /^\/keeps\/([\w-]+)\/lift$/, ({ m }) => { KEPT.keeps.find((one) => one.id === m[1]).live = false; return { status: 204 }; }],
  ["POST", /^\/functions$/, ({ body }) => { const old = functionsHere.find((f) => f.id === body.id); const one = { id: body.id, en: body.name_en, fr: body.name_fr, component: body.component, holders: body.holders }; if (old) Object.assign(old, one); else functionsHere.push(one); return { status: 204 }; }],
  ["POST", /^\/verifiers$/, () => ({ status: 204 })],
  ["POST", /^\/narratives\/join$/, ({ body }) => {
    const [kept, ...others] = body.narratives.map((id) => narratives.get(id)).filter(Boolean).toSorted((a, b) => (a.signals[0] < b.signals[0] ? -1 : 1));
    const done = others.map((other) => {
      const signals = [...other.signals];
      kept.signals.push(...signals);
      narratives.delete(other.id);
      return { id: other.id, seq: record("narrative.joined", "human:u1", `narrative:${kept.id}`), signals: signals.slice(0, 1), refused: null };
    });
    return ok({ narrative: kept.id, code: kept.code, others: done });
  }],
  ["POST", /^\/narratives\/([\w-]+)\/part$/, ({ m, body }) => {
    const whole = narratives.get(m[1]);
    const story = { id: randomUUID(), code: `N-26-0${code++}`, signals: body.signals, state: whole.state, assigned: null, labels: [], history: [] };
    whole.signals = whole.signals.filter((id) => !body.signals.includes(id));
    story.changed = record("narrative.parted", "human:u1", `narrative:${story.id}`);
    narratives.set(story.id, story);
    return ok({ seq: story.changed, narrative: story.id });
  }],
  ["GET", /^\/checks$/, () => ok({ items: CHECKS })],
  ["POST", /^\/checks\/([\w-]+)\/withdraw$/, ({ m, me }) => { Object.assign(CHECKS.find((one) => one.name === m[1]), { count: 0, withdrawn_at: iso(now()), withdrawn_by: person(me) }); return ok({ items: CHECKS }); }],
  ["GET", /^\/shares$/, () => ok({ items: shares, next: null })],
  ["POST", /^\/narratives\/([\w-]+)\/share$/, ({ m, body, me }) => giveAway(m[1], body, me)],
  ["POST", /^\/narratives\/([\w-]+)\/judgements$/, ({ m, body, me }) => ok(judge(m[1], body, me))],
  ["POST", /^\/narratives\/([\w-]+)\/second$/, ({ m, body, me }) => {
    const one = judged.get(m[1])?.judgements.find((j) => j.id === body.judgement);
    if (!one || one.by.id === me.id) return refuse(409, "VG-LOOP-026", "Une deuxième personne doit être d'accord, et vous êtes la première.");
    one.seconded = { by: person(me), at: iso(now()) };
    return ok(standing(m[1]));
  }],
  ["POST", /^\/narratives\/([\w-]+)\/contests$/, ({ m, body }) => { judged.get(m[1]).contests.push({ id: body.client_id, who: body.who, grounds: body.grounds, at: iso(now()), decided: null }); return ok(standing(m[1])); }],
  ["POST", /^\/narratives\/([\w-]+)\/contests\/decide$/, ({ m, body }) => { judged.get(m[1]).contests.find((c) => c.id === body.contest).decided = { upheld: body.upheld, reasons: body.reasons, at: iso(now()) }; return ok(standing(m[1])); }],
  ["POST", /^\/narratives\/([\w-]+)\/restrict$/, () => ({ status: 204 })],
  ["POST", /^\/requests\/([\w-]+)\/answer$/, ({ m, body, me }) => {
    const one = desk.get(m[1]);
    one.answer = { reply: body.reply, via: body.via, from: body.from, by: person(me), at: iso(now()), fact: randomUUID() };
    one.duty.closed = { outcome: body.reply, at: iso(now()) };
    changed(one);
    return ok(shown(one));
  }],
  ["POST", /^\/duties\/(\w+)(?::|%3A)([\w-]+)\/(acknowledge|close)$/, ({ m, body }) => {
    const one = desk.get(m[2]);
    if (m[3] === "close") one.duty.closed = { outcome: body.outcome, at: iso(now()) };
    else Object.assign(one.duty, { acknowledged: { function: body.function, at: iso(now()) }, waits_for: body.function });
    changed(one);
    return { status: 204 };
  }],
  ...[...DUTIES, "incident"].flatMap((kind) => [
    ["GET", new RegExp(`^/${kind}s$`), ({ q }) => ok(listOf(kind, q))],
    ["POST", new RegExp(`^/${kind}s$`), ({ body, me }) => { const one = keep(kind, body, me); changed(one); return ok(shown(one), 201); }],
  ]),
  ["GET", /^\/sites$/, () => ok({ items: SITES.map(siteLine) })],
  ["GET", /^\/sites\/([\w-]+)$/, ({ m }) => { const site = SITES.find((one) => one.id === m[1]); return site ? ok(siteCard(site)) : refuse(404, "VG-FIND-003", "Ceci n'existe pas ici."); }],
  ["POST", /^\/signals\/([\w-]+)\/grade$/, ({ m, body }) => { signals.get(m[1]).grade = body; return { status: 204 }; }],
  ["GET", /^\/situation$/, ({ me }) => ok(situation(me))],
  ["POST", /^\/watch$/, ({ body, me }) => { const open = [...desk.values()].filter((o) => o.duty && !o.duty.closed).map((o) => `${o.of}:${o.id}`); watch = { seq: record("watch.handed-over", `human:${me.id}`, "watch"), at: iso(now()), by: person(me), to: null, remark: body.remark ?? "", open }; return ok({ seq: watch.seq, open }); }],
  ["GET", /^\/reports\/(digest|shift)$/, ({ m }) => ok(report(m[1]))],
];

const ROUTES = [
  ...LOOP_ROUTES,
  ["GET", /^\/monitoring$/, ({ q, me }) => ok(monitoring(q, me))],
  ["GET", /^\/narratives\/([\w-]+)$/, ({ m }) => { const s = narratives.get(m[1]); return s ? ok(detail(s)) : refuse(404, "VG-FIND-001", "Ce récit n'existe pas ici."); }],
  ["GET", /^\/narratives\/([\w-]+)\/signals$/, ({ m, q }) => { const all = of(narratives.get(m[1])).toSorted((a, b) => (a.seen_at ?? a.recorded_at).localeCompare(b.seen_at ?? b.recorded_at)); return ok(page(q.get("order") === "last" ? all.reverse() : all, q, 50)); }],
  ["GET", /^\/narratives\/([\w-]+)\/why$/, ({ m }) => ok(why(narratives.get(m[1])))],
  ["GET", /^\/signals\/([\w-]+)$/, ({ m }) => { const s = signals.get(m[1]); return s ? ok({ ...s, sheet: s.sheet ?? null, url: s.url_text, imitates: [], normal: s.text.toLowerCase().replaceAll("-", ""), entry: entryView(s.seq) }) : refuse(404, "VG-FIND-002", "Ce signal n'existe pas ici."); }],
  ["GET", /^\/entries\/(\d+)$/, ({ m }) => ok(entryView(Number(m[1])))],
  ["GET", /^\/colleagues$/, () => ok({ items: users.filter((u) => u.may.includes("triage")).map(({ id, display }) => ({ id, display })) })],
  ["POST", /^\/acts$/, ({ body, me }) => ok(act(body, me))],
  ["POST", /^\/acts\/(\d+)\/undo$/, ({ m }) => {
    const before = acts.get(Number(m[1]));
    if (!before) return refuse(409, "VG-DESK-008", "Ce geste est déjà annulé.");
    acts.delete(Number(m[1]));
    const seq = record("act.undone", "human:u1", `entry:${m[1]}`);
    for (const { s, ...old } of before) Object.assign(s, old, { changed: seq });
    tellRows(...before.map(({ s }) => s));
    return ok({ seq });
  }],
  ["POST", /^\/signals$/, ({ body, me }) => {
    if (done.has(body.client_id)) return ok(done.get(body.client_id));
    const one = addSignal({ kind: body.kind, source: body.source ?? "agents-de-liaison", text: body.text || "(fichier)", lang: body.lang ?? "und", seen: body.seen_at ? Date.parse(body.seen_at) : null, recorded: now(), place: body.place ?? null, author: body.author ?? me.display, actor: `human:${me.id}`, attachments: body.attachments.map((id) => ({ id, name: files.get(id).name, media_type: files.get(id).type, bytes: files.get(id).bytes.length })) });
    signals.get(one.id).sheet = body.sheet ?? null;
    const kept = { id: one.id, seq: one.seq, narrative: one.narrative };
    done.set(body.client_id, kept);
    tellRows(narratives.get(one.narrative));
    return ok(kept, 201);
  }],
  ["GET", /^\/notes$/, ({ q }) => ok(page(notes.toReversed(), q, 100))],
  ["POST", /^\/notes$/, ({ body, me }) => {
    if (done.has(body.client_id)) return ok(done.get(body.client_id));
    const one = note(me, body.text, body);
    const old = notes.find((n) => n.id === body.corrects);
    if (old) old.corrected_by = one.id;
    done.set(body.client_id, one);
    tell("note", { seq: leaves.length, notes: [one] });
    return ok(one, 201);
  }],
  ["POST", /^\/notes\/([\w-]+)\/strike$/, ({ m, body, me }) => {
    const one = notes.find((n) => n.id === m[1]);
    one.struck = { by: { id: me.id, display: me.display }, at: iso(now()), reason: body.reason };
    record("note.struck", `human:${me.id}`, `note:${one.id}`);
    tell("note", { seq: leaves.length, notes: [one] });
    return { status: 204 };
  }],
  ["GET", /^\/sources$/, () => ok({ items: sources })],
  ["POST", /^\/sources$/, ({ body }) => { sources.push({ ...source(body.id, body.name, body.kind, body.connector, "never", "Aucun signal n'est encore arrivé."), ...body }); return ok({}, 201); }],
  ["POST", /^\/sources\/([\w-]+)\/(pause|resume|test)$/, ({ m }) => { const s = sources.find((x) => x.id === m[1]); if (m[2] !== "test") { s.paused = m[2] === "pause"; s.health.state = s.paused ? "paused" : "ok"; } return { status: 204 }; }],
  ["POST", /^\/sources\/([\w-]+)\/key$/, () => ok({ key: sha(randomUUID()).toString("base64url") })],
  ["GET", /^\/users$/, () => ok({ items: users.map((u) => ({ id: u.id, name: u.name, display: u.display, lang: u.lang, component: u.component, grants: u.gone ? [] : u.roles.map((role) => ({ role, affiliation: "civilian", compartment: "operations", level: "write", until: null })) })) })],
  ["POST", /^\/users$/, ({ body }) => { users.push({ ...body, id: randomUUID(), roles: [body.role], may: [], component: body.component ?? null }); return ok({ id: "x", invite: sha(randomUUID()).toString("hex").slice(0, 32) }, 201); }],
  ["POST", /^\/users\/([\w-]+)\/revoke$/, ({ m }) => { users.find((u) => u.id === m[1]).gone = true; return { status: 204 }; }],
  ["POST", /^\/users\/([\w-]+)\/rights$/, ({ m, body }) => { const u = users.find((x) => x.id === m[1]); u.roles = [body.role]; u.gone = false; return { status: 204 }; }],
  ["POST", /^\/users\/([\w-]+)\/invite$/, ({ m }) => ok({ id: m[1], invite: sha(randomUUID()).toString("hex").slice(0, 32) })],
  ["GET", /^\/journal$/, () => { const e = entryView(leaves.length - 1); return ok({ entries: e.size, root: e.root, checkpoint: e.checkpoint, generations: [{ number: 0, seq: 0, at: iso(T0 - 90 * HOUR), origin: "vigie.local/minusmi/hq/0", reason: null }], origin: "vigie.local/minusmi/hq/0", verifier_key: "vigie.local/minusmi/hq/0+00000000+AQ==", last_at: e.recorded_at, index: { seq: e.size, lag: 0 }, engines: [{ name: "text", version: "1", seq: e.size, lag: 0 }], disk: { store_bytes: 8_400_000, keys_bytes: 610_000, blobs_bytes: 1_200_000, free_bytes: 48_000_000_000, reserve_bytes: 67_108_864 } }); }],
  ["POST", /^\/journal\/verify$/, () => ok({ ok: true, entries: leaves.length, first_bad: null, reason: null })],
  ["GET", /^\/exercise$/, () => ok(exercise())],
  ["PUT", /^\/exercise$/, ({ body }) => {
    if (body.speed) setClock({ speed: body.speed });
    if (body.paused !== undefined) setClock({ paused: body.paused });
    if (body.step) step = body.step;
    if (body.link_up !== undefined && body.link_up !== link.up) { Object.assign(link, { up: body.link_up, since: iso(now()) }); record("link.changed", "human:u1", "link"); tell("link", link); }
    return ok(exercise());
  }],
  ["POST", /^\/exercise\/tamper$/, () => { const entry = Math.floor(leaves.length / 2); return ok({ entry, offset: 214, verifier: { exit: 3, said: `entry ${entry}: leaf hash does not match the tree\nfirst bad entry: ${entry}` } }); }],
];

ROUTES.push(...loopRoutes({ now, iso, record, tell, ok, refuse, users, story, page }));

const CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json" };

function still(request, answer, pathname) {
  let file = join(DIST, normalize(pathname));
  if (!file.startsWith(DIST) || !existsSync(file) || statSync(file).isDirectory()) {
    if (pathname.startsWith("/assets/")) return answer.writeHead(404).end();
    file = join(DIST, "index.html");
  }
  const packed = (request.headers["accept-encoding"] ?? "").includes("br") && existsSync(`${file}.br`);
  answer.writeHead(200, {
    "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff",
    "Cache-Control": pathname.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache", ...(packed ? { "Content-Encoding": "br" } : {}),
  });
  createReadStream(packed ? `${file}.br` : file).pipe(answer);
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

createServer(async (request, answer) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname.startsWith("/enter/")) {
    const id = randomUUID();
    sessions.set(id, url.pathname.endsWith("visitor") ? users.find((u) => u.name === "visiteur") : url.pathname.endsWith("analyst") ? users.find((u) => u.name === "analyste") : users[0]);
    return answer.writeHead(303, { Location: "/", "Set-Cookie": `vigie=${id}; HttpOnly; SameSite=Strict; Path=/` }).end();
  }
  if (!url.pathname.startsWith("/api/v1/")) return still(request, answer, url.pathname);
  const name = url.pathname.slice(7);
  const me = sessions.get(/vigie=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1]);
  const reply = ({ status, body }, headers = {}) => {
    const plain = Buffer.from(body === undefined ? "" : JSON.stringify(body));
    const packs = plain.length > 500 && (request.headers["accept-encoding"] ?? "").includes("br");
    const packing = packs ? { "Content-Encoding": "br" } : {};
    answer.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store", ...packing, ...headers });
    answer.end(packs ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : plain);
  };
  if (name === "/me") {
    const { id, name, display, lang } = me ?? {};
    return reply(ok({ user: me ? { id, name, display, lang } : null, roles: me?.roles ?? [], may: me?.may ?? [], site: { name: "QG Sahali", mission: "Mission d'exercice au Sahali", zone: "Africa/Bangui", demo: process.env.DEMO !== "no", version: "0.1.0" }, now: iso(now()), link }));
  }
  if (name === "/signin" || name === "/signin/token") {
    const body = JSON.parse(await bodyOf(request));
    const user = users.find((u) => u.name === body.name);
    if (!user || body.password !== "garde garde garde") return reply(refuse(401, "VG-AUTH-001", "Le nom ou le mot de passe ne convient pas.", "Vérifiez les majuscules, puis recommencez."));
    const id = randomUUID();
    sessions.set(id, user);
    return reply({ status: 204 }, { "Set-Cookie": `vigie=${id}; HttpOnly; SameSite=Strict; Path=/` });
  }
  if (!me) return reply(refuse(401, "VG-AUTH-002", "Votre session est terminée.", "Connectez-vous de nouveau."));
  if (name === "/signout") return reply({ status: 204 }, { "Set-Cookie": "vigie=; Max-Age=0; Path=/" });
  if (name === "/live") {
    answer.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    answer.write(`: open\n\nevent: link\ndata: ${JSON.stringify(link)}\n\n`);
    screens.add(answer);
    return void request.on("close", () => screens.delete(answer));
  }
  if (name === "/attachments") {
    const id = request.headers["x-client-id"];
    const bytes = await bodyOf(request);
    const file = decodeURIComponent(request.headers["x-name"]);
    files.set(id, { name: file, type: /\.png$/i.test(file) ? "image/png" : "application/octet-stream", bytes });
    return reply(ok({ id, media_type: files.get(id).type, bytes: bytes.length, sha256: sha(bytes).toString("hex") }, 201));
  }
  if (name.startsWith("/attachments/")) {
    const file = files.get(name.slice(13));
    return answer.writeHead(200, { "Content-Type": file.type, "X-Content-Type-Options": "nosniff" }).end(file.bytes);
  }
  for (const [method, pattern, run] of ROUTES) {
    const m = pattern.exec(name);
    if (!m || method !== request.method) continue;
    const raw = await bodyOf(request);
    const csv = request.headers["content-type"] === "text/csv";
    return reply(run({ m, q: url.searchParams, me, raw, lang: request.headers["accept-language"] ?? "fr", body: raw.length && !csv ? JSON.parse(raw) : {} }));
  }
  reply(refuse(404, "VG-FIND-000", "Cette adresse n'existe pas."));
}).listen(PORT, "127.0.0.1", () => console.log(`stand-in on http://127.0.0.1:${PORT} · /enter/duty · /enter/visitor`));
