// What a first visit costs, in brotli bytes, from the built files: every module that the entry and the named
// screens import, their styles, the page and the words of one language. Fails above the budget.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const dist = fileURLToPath(new URL("../test-results/budget/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, "utf8"));
const brotli = (bytes) => brotliCompressSync(bytes).length;

/** Every file that loading `name` fetches, without what it imports only later. */
function filesOf(name, seen = new Set()) {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`the build has no ${name}`);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const style of chunk.css ?? []) seen.add(style);
  for (const other of chunk.imports ?? []) filesOf(other, seen);
  return seen;
}

/** Fifty narratives as the server answers them, with texts that do not repeat. */
function fiftyItems() {
  const syllables = "ba co dé fou gar hi jou ka lè man né ou pi qué ra sou té vi wa zo cha bri tra pont eau camp lu mo ni pra".split(" ");
  let seed = 7;
  const next = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
  const id = () => Array.from({ length: 32 }, () => next(16).toString(16)).join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const items = Array.from({ length: 50 }, (_, i) => ({
    id: id(), code: `N-26-${1000 + i}`, head: Array.from({ length: 24 }, () => Array.from({ length: 1 + next(3) }, () => syllables[next(syllables.length)]).join("")).join(" "), lang: "fr", kind: "sms", count: next(90) + 1,
    sources: [`source-${next(9)}`], source_count: 1, langs: ["fr"], first_seen_at: `2026-11-22T0${next(9)}:${10 + next(49)}:00Z`, first_recorded_at: `2026-11-22T0${next(9)}:${10 + next(49)}:00Z`,
    last_recorded_at: `2026-11-22T0${next(9)}:${10 + next(49)}:00Z`, per_hour: next(20), state: "new", assigned: null, labels: [], tricks: [],
    attention: { value: next(1000) / 1000, reasons: [{ code: "attention-count", args: { count: "3" } }, { code: "attention-age", args: { hours: "2" } }], model: { name: "attention", version: "1" }, error: "exact" },
    changed: next(90000), media: false, place: "Dougalé", restricted: false,
  }));
  return JSON.stringify({ items, next: "abc", total: 1234, as_of: "2026-11-22T05:30:00Z", seq: 90000, index_lag: 0 });
}

const PARTS = {
  "sign-in": { budget: 35_000, names: ["index.html", "src/screens/SignIn.svelte"], json: "" },
  monitoring: { budget: 60_000, names: ["index.html", "src/Desk.svelte", "src/screens/Monitoring.svelte"], json: fiftyItems() },
};

let over = false;
for (const [screen, { budget, names, json }] of Object.entries(PARTS)) {
  for (const tag of ["fr", "en"]) {
    const files = new Set(["index.html", ...names.flatMap((n) => [...filesOf(n)]), ...filesOf(`../locales/${tag}/ui.ftl`)]);
    const code = [...files].reduce((sum, file) => sum + brotli(readFileSync(dist + file)), 0);
    const data = json ? brotli(Buffer.from(json)) : 0;
    const total = code + data;
    over ||= total > budget;
    console.log(`${screen} (${tag}): ${total} of ${budget} bytes · ${files.size} files ${code}, answer ${data}${total > budget ? " · OVER" : ""}`);
  }
}
process.exit(over ? 1 : 0);
