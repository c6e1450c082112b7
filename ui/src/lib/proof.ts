//! Checks, on this computer, that an entry stands in the sealed record: RFC 6962 inclusion.

const hex = (bytes: Uint8Array) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

function bytesOf(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(text)) throw new Error("not hexadecimal");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

async function sha256(...parts: Uint8Array[]): Promise<Uint8Array> {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of a leaf, from its bytes as stored. */
export async function leafHash(leaf: string): Promise<string> {
  return hex(await sha256(LEAF, new TextEncoder().encode(leaf)));
}

/** The root that `proof` leads to from the leaf at `seq` in a record of `size` entries; `null` where the proof does not fit. */
export async function rootFrom(leaf: string, seq: number, size: number, proof: string[]): Promise<string | null> {
  if (seq < 0 || seq >= size) return null;
  let node = seq;
  let last = size - 1;
  let hash = await sha256(LEAF, new TextEncoder().encode(leaf));
  for (const each of proof) {
    const sibling = bytesOf(each);
    if (sibling.length !== 32 || last === 0) return null;
    if (node % 2 === 1 || node === last) {
      hash = await sha256(NODE, sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = await sha256(NODE, hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hex(hash) : null;
}

/** The root that a checkpoint's note states, in hexadecimal. */
export function rootOfNote(note: string): string | null {
  const line = note.split("\n")[2];
  try {
    return line ? hex(Uint8Array.from(atob(line), (c) => c.charCodeAt(0))) : null;
  } catch {
    return null;
  }
}
