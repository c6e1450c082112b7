//! The queue on screen: its rows, its current row, its selection, and what people do to them.

import { call, query } from "../../api/client";
import { live } from "../../api/live";
import type { ActDone, ActRequest, Decision, LiveRows, MonitoringPage, NarrativeRow, Person } from "../../api/types";
import { sentence } from "../../lib/faults";
import { admits, type Filters, UNFILTERED, writeFilters } from "../../lib/filters";
import { bounded, putBack, refreshed, relaid, type Removed, sketched, successor, takeOut } from "../../lib/queue";
import { t } from "../../lib/words.svelte";
import { toasts } from "../../state/toasts.svelte";

export const PAGE = 50;
export const UNDO_MS = 10_000;
export const BULK_MAX = 200;
const AGAIN_MS = 5_000;
const KEPT = "vigie.queue";

interface Act {
  seq: number;
  until: number;
  removed: Removed[];
  before: NarrativeRow[];
}

export class Queue {
  rows = $state.raw<NarrativeRow[]>([]);
  total = $state(0);
  asOf = $state("");
  lag = $state(0);
  next = $state<string | null>(null);
  current = $state<string | null>(null);
  selected = $state.raw<ReadonlySet<string>>(new Set());
  /** Narratives that wait above the list, so as not to move what is being read. */
  waiting = $state.raw<ReadonlySet<string>>(new Set());
  loading = $state(false);
  fault = $state("");
  /** Shown from this computer's memory, not from the server. */
  remembered = $state(false);
  filters = $state.raw<Filters>(UNFILTERED);

  /** Set by the screen: whether somebody is reading the list right now. */
  reading: () => boolean = () => false;

  #deciding = new Set<string>();
  #acts = 0;
  #pages = 0;
  /** Rows that the person has asked for: what streams in above them does not make the list grow for ever. */
  #wanted = PAGE;
  #cut = false;
  #last: Act | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asked: AbortController | null = null;
  #fetchedAt = 0;

  get row(): NarrativeRow | null {
    return this.rows.find((row) => row.id === this.current) ?? null;
  }

  #address(cursor?: string): string {
    const f = this.filters;
    return `/monitoring${query({ ...f, cursor, limit: PAGE })}`;
  }

  /** Shows the list that `filters` describe, from its top. */
  async show(filters: Filters): Promise<void> {
    this.filters = filters;
    this.selected = new Set();
    this.waiting = new Set();
    this.loading = true;
    const page = await this.#fetch(true);
    this.loading = false;
    if (!page) return this.rows.length === 0 || this.remembered ? this.#remember() : undefined;
    this.rows = page.items;
    [this.#wanted, this.#cut] = [PAGE, false];
    if (!this.rows.some((row) => row.id === this.current)) this.current = this.rows[0]?.id ?? null;
    this.#keep();
  }

  async #fetch(insist = false): Promise<MonitoringPage | null> {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    const acts = this.#acts;
    try {
      const page = await call<MonitoringPage>(this.#address(), { signal: asked.signal });
      this.#fetchedAt = Date.now();
      // An answer that was under way while somebody decided shows the queue as it was before. It is asked for
      // again, but later: who decides every two seconds must not fetch the list every two seconds.
      if (acts !== this.#acts) {
        if (insist) return await this.#fetch(true);
        this.#askSoon(1);
        return null;
      }
      this.#pages += 1;
      this.#about(page);
      return page;
    } catch (why) {
      if (!asked.signal.aborted) this.fault = sentence(why);
      return null;
    }
  }

  #about(page: MonitoringPage): void {
    this.fault = "";
    this.remembered = false;
    this.total = page.total;
    this.asOf = page.as_of;
    this.lag = page.index_lag;
    this.next = page.next;
    live.from(page.seq);
  }

  /** Brings the next page under the list. */
  async more(): Promise<void> {
    if (!this.next || this.loading) return;
    this.loading = true;
    try {
      // Rows were let go of at the end: what comes next is what follows the list as it is now.
      if (this.#cut) await this.#again();
      const page = await call<MonitoringPage>(this.#address(this.next));
      const known = new Set(this.rows.map((row) => row.id));
      this.rows = [...this.rows, ...page.items.filter((row) => !known.has(row.id))];
      this.next = page.next;
      this.#wanted = this.rows.length;
    } catch (why) {
      this.fault = sentence(why);
    } finally {
      this.loading = false;
    }
  }

  async #again(): Promise<void> {
    const page = await this.#fetch();
    if (!page) return;
    const known = new Set(page.items.map((row) => row.id));
    this.rows = [...page.items, ...this.rows.filter((row) => row.id === this.current && !known.has(row.id))];
    this.#cut = false;
  }

  #bound(): void {
    const max = Math.max(2 * PAGE, this.#wanted);
    const rows = bounded(this.rows, max, (id) => id === this.current || this.selected.has(id));
    if (rows.length < this.rows.length) [this.rows, this.#cut] = [rows, true];
  }

  /** Lays the server's present order over the list. */
  async refresh(): Promise<void> {
    const page = await this.#fetch();
    if (!page) return;
    this.rows = relaid(this.rows, page.items, this.#deciding);
    this.#bound();
    this.waiting = new Set();
    this.current ??= this.rows[0]?.id ?? null;
    this.#keep();
  }

  /** Asks the server who is new, and moves nothing. */
  async #probe(): Promise<void> {
    const before = this.next;
    const page = await this.#fetch();
    if (!page) return;
    this.next = before ?? page.next;
    const known = new Map(this.rows.map((row) => [row.id, row]));
    const fresh = new Map(page.items.map((row) => [row.id, row]));
    this.rows = this.rows.map((row) => fresh.get(row.id) ?? row);
    this.waiting = new Set([...fresh.keys()].filter((id) => !known.has(id) && !this.#deciding.has(id)));
  }

  /** Takes in one message of the live stream. */
  take({ seq, rows, gone = [] }: LiveRows): void {
    let ask = false;
    // Gone into another story, or out of this person's sight: the line leaves at once, its text with it.
    const left = new Set(gone.map((one) => one.id));
    const before = this.rows.length;
    if (left.size > 0) this.rows = this.rows.filter((row) => !left.has(row.id));
    this.total -= before - this.rows.length;
    const known = new Map(this.rows.map((row, at) => [row.id, at]));
    const next = [...this.rows];
    const fresh: NarrativeRow[] = [];
    for (const one of rows) {
      const at = known.get(one.id);
      if (at !== undefined) {
        next[at] = refreshed(next[at] as NarrativeRow, one, seq);
      } else if (!this.#deciding.has(one.id)) {
        const verdict = admits(this.filters, one);
        if (verdict === "yes") fresh.push(sketched(one, seq));
        if (verdict !== "no") ask = true;
      }
    }
    this.rows = next;
    if (fresh.length > 0) this.#welcome(fresh);
    if (ask || this.waiting.size === 0) this.#askSoon(ask ? 1 : 3);
  }

  #welcome(fresh: NarrativeRow[]): void {
    if (this.reading()) {
      this.waiting = new Set([...this.waiting, ...fresh.map((row) => row.id)]);
      return;
    }
    if (this.filters.sort !== "count") this.rows = [...fresh, ...this.rows];
    this.#bound();
    this.total += fresh.length;
    this.current ??= this.rows[0]?.id ?? null;
  }

  #askSoon(patience: number): void {
    if (this.#timer) return;
    const wait = Math.max(700, this.#fetchedAt + patience * AGAIN_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void (this.reading() ? this.#probe() : this.refresh());
    }, wait);
  }

  step(by: 1 | -1): void {
    const at = this.rows.findIndex((row) => row.id === this.current);
    const to = this.rows[at < 0 ? 0 : at + by];
    if (to) this.current = to.id;
    if (by === 1 && at >= this.rows.length - 5) void this.more();
  }

  toggle(id: string): void {
    const all = new Set(this.selected);
    if (!all.delete(id) && all.size < BULK_MAX) all.add(id);
    this.selected = all;
  }

  selectAll(): void {
    this.selected = new Set(this.rows.slice(0, BULK_MAX).map((row) => row.id));
  }

  unselect(): void {
    this.selected = new Set();
  }

  /** The narratives an act is about: the selection, else the current row. */
  get targets(): NarrativeRow[] {
    const wanted = this.selected.size > 0 ? this.selected : new Set([this.current]);
    return this.rows.filter((row) => wanted.has(row.id));
  }

  async decide(decision: Decision): Promise<void> {
    const stays = this.filters.state === "all" || this.filters.state === decision;
    await this.#act({ do: "triage", decision }, (row) => ({ ...row, state: decision }), !stays, (n) =>
      t(`ui-did-${decision}`, { count: n }),
    );
  }

  /** Gives the targets to `to`, or to nobody. */
  async assign(to: Person | null): Promise<void> {
    await this.#act({ do: "assign", to: to?.id ?? null }, (row) => ({ ...row, assigned: to }), false, (n) =>
      to ? t("ui-did-assign", { count: n, name: to.display }) : t("ui-did-unassign", { count: n }),
    );
  }

  async label(label: string, on: boolean): Promise<void> {
    const change = (row: NarrativeRow) => {
      const others = row.labels.filter((l) => l !== label);
      return { ...row, labels: on ? [...others, label] : others };
    };
    await this.#act({ do: on ? "label" : "unlabel", label }, change, false, (n) =>
      t(on ? "ui-did-label" : "ui-did-unlabel", { count: n, label }),
    );
  }

  /** Several are one now, or several again. */
  async joined(): Promise<void> {
    this.#acts += 1;
    this.selected = new Set();
    await this.refresh();
  }

  async #act(
    what: Omit<ActRequest, "narratives">,
    change: (row: NarrativeRow) => NarrativeRow,
    leaves: boolean,
    said: (n: number) => string,
  ): Promise<void> {
    const before = this.targets;
    const ids = new Set(before.map((row) => row.id));
    if (ids.size === 0) return;
    const undoing = this.#apply(ids, before, change, leaves);
    const pages = this.#pages;
    this.selected = new Set();
    try {
      const done = await call<ActDone>("/acts", { body: { ...what, narratives: [...ids] } });
      this.#last = { seq: done.seq, until: Date.now() + UNDO_MS, ...undoing };
      toasts.show(said(ids.size), { undo: () => this.undo(), forMs: UNDO_MS });
    } catch (why) {
      this.#restore(undoing);
      toasts.show(t("ui-not-saved", { why: sentence(why) }), { tone: "fault" });
    } finally {
      this.#acts += 1;
      for (const id of ids) this.#deciding.delete(id);
      // A page that came meanwhile counted these rows as still there.
      if (pages !== this.#pages) this.#askSoon(1);
    }
    if (leaves && this.rows.length < 10 && this.next) void this.refresh();
  }

  #apply(
    ids: ReadonlySet<string>,
    before: NarrativeRow[],
    change: (row: NarrativeRow) => NarrativeRow,
    leaves: boolean,
  ): Pick<Act, "removed" | "before"> {
    if (!leaves) {
      this.rows = this.rows.map((row) => (ids.has(row.id) ? change(row) : row));
      return { removed: [], before };
    }
    for (const id of ids) this.#deciding.add(id);
    this.current = successor(this.rows, this.current, ids);
    const { left, removed } = takeOut(this.rows, ids);
    this.rows = left;
    this.total = Math.max(0, this.total - removed.length);
    return { removed, before };
  }

  #restore({ removed, before }: Pick<Act, "removed" | "before">): void {
    const old = new Map(before.map((row) => [row.id, row]));
    this.rows = putBack(this.rows, removed).map((row) => old.get(row.id) ?? row);
    this.total += removed.length;
    this.current = before[0]?.id ?? this.current;
  }

  get canUndo(): boolean {
    return this.#last !== null && Date.now() < this.#last.until;
  }

  /** Takes the last act back, within its ten seconds. */
  async undo(): Promise<void> {
    const last = this.#last;
    if (!last || Date.now() >= last.until) {
      toasts.show(t("ui-nothing-to-undo"));
      return;
    }
    this.#last = null;
    try {
      await call(`/acts/${last.seq}/undo`, { method: "POST" });
      this.#acts += 1;
      this.#restore(last);
      for (const toast of toasts.all) if (toast.undo) toasts.drop(toast.id);
      toasts.show(t("ui-did-undo", { count: last.before.length }));
    } catch (why) {
      toasts.show(sentence(why), { tone: "fault" });
    }
  }

  /** The last list seen in this tab survives a reload with the link cut, and goes with the tab. */
  #keep(): void {
    const kept = { address: writeFilters(this.filters), rows: this.rows.slice(0, PAGE), asOf: this.asOf, total: this.total };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // A full or forbidden memory costs the reload, not the work.
    }
  }

  #remember(): void {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
      if (kept?.address !== writeFilters(this.filters)) return;
      this.rows = kept.rows;
      this.total = kept.total;
      this.asOf = kept.asOf;
      this.remembered = true;
      this.current ??= this.rows[0]?.id ?? null;
    } catch {
      // Nothing kept.
    }
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#asked?.abort();
  }
}
