//! What is known of the two links: this computer to the server, and the server to the outside.

import type { Link } from "../api/types";

/** No byte for this long, although the stream sends a heartbeat every 10 s: the link counts as cut. */
export const SILENCE_MS = 25_000;

class LinkState {
  /** Whether the server answers. */
  reachable = $state(true);
  /** Since when it does not. */
  lostAt = $state<number | null>(null);
  /** Last byte from the server, on this computer's clock; `null` where none came yet. */
  heardAt = $state<number | null>(null);
  /** The server's own link to the outside. */
  uplink = $state(true);
  uplinkSince = $state<string | null>(null);
  /** How much room the site's disk has. */
  room = $state<Link["room"]>("plenty");
  #returned = new Set<() => void>();
  /** Set by the session: what to do when the server no longer knows who this is. */
  unknownHere: () => void = () => undefined;

  heard(): void {
    this.heardAt = Date.now();
    if (this.reachable) return;
    this.reachable = true;
    this.lostAt = null;
    for (const tell of this.#returned) tell();
  }

  lost(): void {
    if (!this.reachable) return;
    this.reachable = false;
    this.lostAt = Date.now();
  }

  is({ up, since, room }: Link): void {
    [this.uplink, this.uplinkSince, this.room] = [up, since, room];
  }

  /** Calls `tell` each time the server answers again. Returns what stops it. */
  onReturn(tell: () => void): () => void {
    this.#returned.add(tell);
    return () => this.#returned.delete(tell);
  }
}

export const link = new LinkState();
