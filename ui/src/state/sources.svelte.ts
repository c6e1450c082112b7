//! Names of the sources, asked for once and only when something on screen needs them.

import { call } from "../api/client";
import type { Source } from "../api/types";
import { session } from "./session.svelte";

class Sources {
  items = $state.raw<Source[]>([]);
  /** Whether the list is the server's, and not just empty for want of an answer. */
  known = $state(false);
  #asked: Promise<void> | null = null;

  /** Who may not list sources sees none, and can still work: the source of a signal is optional. */
  load(again = false): Promise<void> {
    if (again) this.#asked = null;
    // To ask without the right to would stand in the record as a refusal.
    if (!session.may("source.see")) return Promise.resolve();
    this.#asked ??= call<{ items: Source[] }>("/sources").then(
      (page) => {
        this.items = page.items;
        this.known = true;
      },
      () => void (this.#asked = null),
    );
    return this.#asked;
  }

  name(id: string): string {
    return this.items.find((source) => source.id === id)?.name ?? id;
  }
}

export const sources = new Sources();
