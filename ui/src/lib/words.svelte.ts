//! The words on screen, in Fluent. Only the active language is fetched, and of it only the catalogues that
//! the screens opened so far need.

import { FluentBundle, type FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Message } from "../../scripts/plugins.ts";

export const LANGUAGES = ["fr", "en"] as const;
export type Tag = (typeof LANGUAGES)[number];
/** `ui` for the first screen, `ui-desk` for the queue and the bar, `ui-loop` for answers and facts, `ui-keep` for what is kept and what goes, `ui-after` for what followed them, `ui-plan` for plans and what stands approved, `ui-watch` for the watch's loop, `ui-found` for what engines found, `ui-share` for partners, `ui-more` for all else. */
export type Catalogue = "ui" | "ui-after" | "ui-desk" | "ui-found" | "ui-keep" | "ui-loop" | "ui-more" | "ui-plan" | "ui-share" | "ui-watch";
export type Args = Record<string, FluentVariable>;

const CATALOGUES = import.meta.glob<Message[]>("../../../locales/*/ui*.ftl", { import: "default" });
const REGION: Record<Tag, string> = { fr: "fr-FR", en: "en-GB" };
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
/** First strong isolate and its end, spelt out: as characters they would not be seen here. */
const ISOLATE = String.fromCharCode(0x2068);
const END = String.fromCharCode(0x2069);
const KEPT = "vigie.language";

class Language {
  tag = $state<Tag>("fr");
  #bundle = $state.raw<FluentBundle | null>(null);
  #needed = new Set<Catalogue>();

  get region(): string {
    return REGION[this.tag];
  }

  /** Turns every word on screen to `tag`. */
  async use(tag: Tag, keep = false): Promise<void> {
    await this.#speak(tag);
    if (keep) localStorage.setItem(KEPT, tag);
  }

  /** Fetches a catalogue, before a screen that needs it is shown. */
  async need(catalogue: Catalogue): Promise<void> {
    if (this.#needed.has(catalogue)) return;
    this.#needed.add(catalogue);
    await this.#speak(this.tag).catch((why: unknown) => {
      this.#needed.delete(catalogue);
      throw why;
    });
  }

  async #speak(tag: Tag): Promise<void> {
    const wanted = [...this.#needed];
    const parts = await Promise.all(wanted.map((part) => CATALOGUES[`../../../locales/${tag}/${part}.ftl`]?.() ?? []));
    // A catalogue that was asked for meanwhile brings the earlier ones along.
    if (wanted.length < this.#needed.size && this.#bundle) return this.#speak(tag);
    this.#bundle = bundleOf(tag, parts.flat());
    this.tag = tag;
    document.documentElement.lang = tag;
  }

  say(key: string, args?: Args): string {
    const message = this.#bundle?.getMessage(key);
    if (!this.#bundle || !message?.value) return key;
    return this.#bundle.formatPattern(message.value, args && isolated(args), []);
  }

  knows(key: string): boolean {
    return this.#bundle?.getMessage(key)?.value != null;
  }

  number(value: number, options?: Intl.NumberFormatOptions): string {
    return new Intl.NumberFormat(this.region, options).format(value);
  }
}

function bundleOf(tag: Tag, messages: Message[]): FluentBundle {
  // Isolation marks are added below, and only round right-to-left words: everywhere else they would
  // travel along whenever somebody copies a line.
  const bundle = new FluentBundle(REGION[tag], { useIsolating: false });
  const body = messages.map(([id, value]) => ({ id, value, attributes: {} }));
  bundle.addResource({ body } as FluentResource);
  return bundle;
}

function isolated(args: Args): Args {
  const wrap = (v: FluentVariable) => (typeof v === "string" && RIGHT_TO_LEFT.test(v) ? ISOLATE + v + END : v);
  return Object.fromEntries(Object.entries(args).map(([k, v]) => [k, wrap(v)]));
}

export const language = new Language();

/** A part of the program that is fetched late, with the words that it needs. */
export async function later<T>(part: Promise<T>, ...words: Catalogue[]): Promise<T> {
  const wanted: Catalogue[] = words.length > 0 ? words : ["ui-more"];
  const [loaded] = await Promise.all([part, ...wanted.map((each) => language.need(each))]);
  return loaded;
}

/** The sentence that `key` names, in the active language. */
export const t = (key: string, args?: Args): string => language.say(key, args);

/** The word for one member of a family (`kind-` + `sms`), or the member itself where no word is known. */
export function word(family: string, member: string): string {
  const key = `${family}-${member}`;
  return language.knows(key) ? language.say(key) : member;
}

/** What the person chose here, else what the browser asks for, else French. */
export function preferred(): Tag {
  const kept = localStorage.getItem(KEPT);
  if (kept === "fr" || kept === "en") return kept;
  for (const tag of navigator.languages) {
    const base = tag.slice(0, 2);
    if (base === "fr" || base === "en") return base;
  }
  return "fr";
}
