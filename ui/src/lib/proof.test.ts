import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { leafHash, rootFrom, rootOfNote } from "./proof";

const sha = (...parts: Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
const leafOf = (text: string) => sha(Buffer.of(0), Buffer.from(text));

/** RFC 6962 §2.1, written as the standard writes it and not as the code under test does. */
function tree(leaves: string[]): Buffer {
  if (leaves.length === 1) return leafOf(leaves[0]!);
  const k = split(leaves.length);
  return sha(Buffer.of(1), tree(leaves.slice(0, k)), tree(leaves.slice(k)));
}
function path(m: number, leaves: string[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...path(m, leaves.slice(0, k)), tree(leaves.slice(k))]
    : [...path(m - k, leaves.slice(k)), tree(leaves.slice(0, k))];
}
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

it("every entry of every small record leads to its root, and a changed one does not", async () => {
  for (let size = 1; size <= 20; size++) {
    const leaves = Array.from({ length: size }, (_, i) => `{"v":1,"seq":${i},"text":"é"}`);
    const root = tree(leaves).toString("hex");
    for (let seq = 0; seq < size; seq++) {
      const proof = path(seq, leaves).map((b) => b.toString("hex"));
      expect(await rootFrom(leaves[seq]!, seq, size, proof)).toBe(root);
      expect(await rootFrom(`${leaves[seq]} `, seq, size, proof)).not.toBe(root);
      expect(await rootFrom(leaves[seq]!, seq, size, [...proof, root])).not.toBe(root);
      if (proof.length > 0) expect(await rootFrom(leaves[seq]!, seq, size, proof.slice(1))).not.toBe(root);
    }
  }
});

it("an entry beyond the record has no root", async () => {
  expect(await rootFrom("{}", 3, 3, [])).toBeNull();
  expect(await leafHash("")).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
});

it("a signed state's third line is the root", () => {
  const note = `vigie.local/x/y/0\n1\n${Buffer.alloc(32, 7).toString("base64")}\n\n— sig\n`;
  expect(rootOfNote(note)).toBe("07".repeat(32));
  expect(rootOfNote("no note")).toBeNull();
});
