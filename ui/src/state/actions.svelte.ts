//! What can be done now by key, from the palette, or from the help page.

import { type Action, mayRepeat, strokeName, strokeOf } from "../lib/keys";
import { dialogs } from "./dialogs.svelte";

class Actions {
  #groups = $state.raw<readonly Action[][]>([]);
  all = $derived(this.#groups.flat());

  /** Offers `group` until the returned function is called; a later group wins where two share a key. */
  offer(group: Action[]): () => void {
    this.#groups = [...this.#groups, group];
    return () => (this.#groups = this.#groups.filter((g) => g !== group));
  }

  /** Acts on a key press, unless it belongs to a dialog, to a text, or to the browser. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    const stroke = strokeOf(event);
    const name = strokeName(stroke);
    // Also while a dialog is still on its way: what is typed for it must not decide anything here.
    if (name === null || dialogs.open !== null || document.querySelector("dialog[open]")) return;
    const action = this.all.findLast((a) => a.key === name && (a.can?.() ?? true));
    if (!action || (stroke.repeat && !mayRepeat(action.id))) return;
    if (name === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary, input")) return;
    event.preventDefault();
    action.run();
  }
}

export const actions = new Actions();
