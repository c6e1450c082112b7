//! One list of actions feeds the keys, the palette, the help page and the buttons' hints.
//!
//! A key is the *character* typed, not its place on the keyboard: `?` and `/` need Shift on a French
//! keyboard and not on others, so Shift is never asked about.

export interface Action {
  id: string;
  /** The character, `Enter`, `Escape`, or `Ctrl+k`. */
  key: string;
  /** Word of the catalogue that names it. */
  title: string;
  run: () => void;
  /** Whether it can be done now; always, when absent. */
  can?: () => boolean;
}

export interface Stroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  repeat: boolean;
  altGraph: boolean;
  typing: boolean;
}

/** The name of a stroke, or `null` where it is the browser's or belongs to a text being typed. */
export function strokeName(stroke: Stroke): string | null {
  if (stroke.isComposing) return null;
  const plain = stroke.key.length === 1 ? stroke.key.toLowerCase() : stroke.key;
  const command = (stroke.ctrlKey || stroke.metaKey) && !stroke.altGraph;
  if (command) return plain === "k" && !stroke.altKey ? "Ctrl+k" : null;
  if (stroke.altKey && !stroke.altGraph) return null;
  if (stroke.typing) return null;
  return plain;
}

const TYPED_INTO = "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]";

/** Reads a keyboard event. */
export function strokeOf(event: KeyboardEvent): Stroke {
  const target = event.target instanceof Element ? event.target : null;
  return {
    key: event.key,
    ctrlKey: event.ctrlKey,
    metaKey: event.metaKey,
    altKey: event.altKey,
    isComposing: event.isComposing,
    repeat: event.repeat,
    altGraph: event.getModifierState("AltGraph"),
    typing: target?.closest(TYPED_INTO) != null,
  };
}

/** Only moving may repeat while a key is held: a held `e` must not dismiss a whole queue. */
export function mayRepeat(id: string): boolean {
  return id === "next" || id === "previous";
}

/** Actions whose title or key matches what was typed, in the order given. */
export function matching<T extends { label: string; key: string }>(actions: T[], typed: string): T[] {
  const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = fold(typed.trim());
  return wanted ? actions.filter((a) => fold(a.label).includes(wanted) || fold(a.key) === wanted) : actions;
}
