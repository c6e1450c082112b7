//! What was written here and is not yet with the server. It is on this computer's disk before the
//! screen says that it is kept, and it is deleted only after the server's receipt.

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { NewAnswerTo, NewIncident, NewNote, NewSignal } from "../api/types";

export interface HeldFile {
  client_id: string;
  name: string;
  bytes: Blob;
  /** The server's id, once the file is there. */
  id?: string;
}

interface HeldBase {
  client_id: string;
  /** The account that wrote it: nobody else's session may send it. */
  user: string;
  made_at: string;
  /** Why the server refused it; it stays until its writer decides. */
  refused?: string;
}

export type Held =
  | (HeldBase & { what: "signal"; body: NewSignal; files: HeldFile[] })
  | (HeldBase & { what: "note"; body: NewNote })
  | (HeldBase & { what: "strike"; note: string; reason: string })
  | (HeldBase & { what: "answer"; request: string; code: string; body: NewAnswerTo })
  | (HeldBase & { what: "incident"; body: NewIncident });

interface Shelf extends DBSchema {
  outbox: { key: string; value: Held; indexes: { made_at: string } };
}

let opened: Promise<IDBPDatabase<Shelf>> | null = null;

function shelf(): Promise<IDBPDatabase<Shelf>> {
  opened ??= openDB<Shelf>("vigie", 1, {
    upgrade(db) {
      db.createObjectStore("outbox", { keyPath: "client_id" }).createIndex("made_at", "made_at");
    },
  });
  return opened;
}

export async function hold(item: Held): Promise<void> {
  await (await shelf()).put("outbox", item);
}

export async function letGo(clientId: string): Promise<void> {
  await (await shelf()).delete("outbox", clientId);
}

/** Everything held, in the order it was written. */
export async function held(): Promise<Held[]> {
  return (await shelf()).getAllFromIndex("outbox", "made_at");
}

/** How one attempt to send ended. */
export type Sent = { end: "kept"; answer: unknown } | { end: "refused"; why: string } | { end: "later" };

export interface Carrier {
  /** Uploads a file and returns the server's id. Throws where it cannot. */
  upload(file: HeldFile): Promise<string>;
  /** Sends the item itself. Throws where it cannot. */
  send(item: Held): Promise<unknown>;
  /** Whether the server said no for good (`why`), or may say yes later (`null`). */
  verdict(fault: unknown): string | null;
}

/** Sends one item: files first, each remembered as it arrives, so that a cut link costs one file at most. */
export async function dispatch(item: Held, carrier: Carrier): Promise<Sent> {
  try {
    if (item.what === "signal") await uploadAll(item, carrier);
    const answer = await carrier.send(item);
    await letGo(item.client_id);
    return { end: "kept", answer };
  } catch (fault) {
    const why = carrier.verdict(fault);
    if (why === null) return { end: "later" };
    await hold({ ...item, refused: why });
    return { end: "refused", why };
  }
}

async function uploadAll(item: Extract<Held, { what: "signal" }>, carrier: Carrier): Promise<void> {
  for (const file of item.files) {
    if (file.id) continue;
    file.id = await carrier.upload(file);
    await hold(item);
  }
  item.body.attachments = item.files.flatMap((file) => (file.id ? [file.id] : []));
}
