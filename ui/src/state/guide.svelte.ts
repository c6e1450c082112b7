//! What the guided strip points at; the screens outline it and are otherwise none the wiser.

class Guide {
  /** A narrative of the queue. */
  points = $state<string | null>(null);
  /** A part of a narrative's page: `why`, `clock`, `signals`. */
  part = $state<string | null>(null);
}

export const guide = new Guide();
