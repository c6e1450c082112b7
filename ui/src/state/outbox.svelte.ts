//! The shelf of unsent things as screens see it, and its one sender.

import { call, Refused } from "../api/client";
import { sentence } from "../lib/faults";
import type { Carrier, Held, Sent } from "../lib/outbox";
import { link } from "./link.svelte";
import { session } from "./session.svelte";
import { outboxCount } from "./unsent";

const RETRY_MS = 10_000;

const carrier: Carrier = {
  async upload(file) {
    const headers = { "X-Name": encodeURIComponent(file.name), "X-Client-Id": file.client_id };
    return (await call<{ id: string }>("/attachments", { raw: file.bytes, headers })).id;
  },
  send(item) {
    if (item.what === "signal") return call("/signals", { body: item.body });
    if (item.what === "note") return call("/notes", { body: item.body });
    if (item.what === "answer") return call(`/requests/${item.request}/answer`, { body: item.body });
    if (item.what === "incident") return call("/incidents", { body: item.body });
    return call(`/notes/${item.note}/strike`, { body: { reason: item.reason } });
  },
  verdict(fault) {
    if (!(fault instanceof Refused)) return null;
    const later = fault.status >= 500 || [401, 408, 425, 429].includes(fault.status);
    return later ? null : sentence(fault);
  },
};

// The shelf itself is fetched when something lies on it, or when a form opens that may put something there.
const shelf = () => import("../lib/outbox");

class Outbox {
  items = $state.raw<Held[]>([]);
  #told = new Set<(item: Held, end: Sent) => void>();
  #sending = false;

  get unsent(): number {
    return this.items.length;
  }

  /** Calls `tell` when an item leaves, or is refused. Returns what stops it. */
  onSent(tell: (item: Held, end: Sent) => void): () => void {
    this.#told.add(tell);
    return () => this.#told.delete(tell);
  }

  /** Fetches the shelf while the link is there. A form that may keep something calls it when it opens. */
  ready(): void {
    shelf().catch(() => undefined);
  }

  /** Keeps `item` on this computer, then tries to send everything. The promise ends once it is kept. */
  async keep(item: Held): Promise<void> {
    await (await shelf()).hold(item);
    await this.reload();
    void this.flush();
  }

  async reload(): Promise<void> {
    this.items = await (await shelf()).held();
  }

  async discard(clientId: string): Promise<void> {
    await (await shelf()).letGo(clientId);
    await this.reload();
  }

  /** Offers a refused item again. */
  async retry(item: Held): Promise<void> {
    const { refused: _, ...again } = item;
    await this.keep(again as Held);
  }

  /** Sends what can be sent. Of several open windows one does it. */
  async flush(): Promise<void> {
    if (this.#sending || !session.signedIn || this.items.length === 0) return;
    this.#sending = true;
    try {
      await alone(() => this.#sendAll());
    } finally {
      this.#sending = false;
      await this.reload();
    }
  }

  async #sendAll(): Promise<void> {
    const { dispatch, held } = await shelf();
    const mine = session.me?.user?.id;
    for (const item of await held()) {
      if (item.refused || item.user !== mine) continue;
      const end = await dispatch(item, carrier);
      if (end.end === "later") return;
      await this.reload();
      for (const tell of this.#told) tell(item, end);
    }
  }

  start(): () => void {
    void outboxCount().then(async (count) => {
      if (count === 0) return;
      await this.reload();
      await this.flush();
    });
    const stop = link.onReturn(() => void this.flush());
    const timer = setInterval(() => {
      if (this.items.some((item) => !item.refused)) void this.flush();
    }, RETRY_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }
}

function alone(work: () => Promise<void>): Promise<unknown> {
  if (!("locks" in navigator)) return work();
  return navigator.locks.request("vigie-outbox", { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

export const outbox = new Outbox();
