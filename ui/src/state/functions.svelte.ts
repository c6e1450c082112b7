//! Functions of the mission: who is asked, in the reader's language. Asked for once, when something on screen needs them.

import { call } from "../api/client";
import type { FunctionView } from "../api/types";
import { language } from "../lib/words.svelte";
import { session } from "./session.svelte";

class Functions {
  items = $state.raw<FunctionView[]>([]);
  #asked: Promise<void> | null = null;
  #tag = "";

  /** Who may see neither the desk nor communication sees no functions. */
  load(again = false): Promise<void> {
    // Names come in the language of the screen.
    if (again || this.#tag !== language.tag) this.#asked = null;
    this.#tag = language.tag;
    if (!session.may("desk.see") && !session.may("communication.see")) return Promise.resolve();
    this.#asked ??= call<{ functions: FunctionView[] }>("/functions").then(
      (answer) => void (this.items = answer.functions),
      () => void (this.#asked = null),
    );
    return this.#asked;
  }

  name(id: string): string {
    return this.items.find((one) => one.id === id)?.name ?? id;
  }

  /** Of `ids`, the one that this reader holds. */
  held(ids: readonly string[]): string | undefined {
    return ids.find((id) => this.items.some((one) => one.id === id && one.mine));
  }
}

export const functions = new Functions();
