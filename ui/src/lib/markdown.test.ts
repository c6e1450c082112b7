import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { blocks, spans } from "./markdown";

const cards = fileURLToPath(new URL("../../../docs/models/", import.meta.url));

it("reads what the cards use and leaves the rest as it stands", () => {
  expect(spans("**Stance.** see [042](../x.md) `code` <b>x</b>")).toEqual([
    { text: "Stance.", bold: true }, { text: " see 042 " }, { text: "code", code: true }, { text: " <b>x</b>" },
  ]);
  const read = blocks("# Card\n\nOne\ntwo.\n\n- a\n  b\n- c\n\n| x | y |\n|---|---|\n| 1 | |\n");
  expect(read.map((block) => block.kind)).toEqual(["heading", "text", "list", "table"]);
  expect(read[1]).toEqual({ kind: "text", spans: [{ text: "One two." }] });
  expect(read[2]).toMatchObject({ items: [[{ text: "a b" }], [{ text: "c" }]] });
  expect(read[3]).toMatchObject({ head: [[{ text: "x" }], [{ text: "y" }]], rows: [[[{ text: "1" }], []]] });
});

it("loses no table of any card", () => {
  const names = readdirSync(cards, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  expect(names.length).toBe(8);
  for (const name of names) {
    const text = readFileSync(cards + name, "utf8");
    const rows = text.split("\n").filter((line) => line.startsWith("|") && !line.startsWith("|-")).length;
    const read = blocks(text).flatMap((block) => (block.kind === "table" ? [block.rows.length + 1] : []));
    expect(read.reduce((sum, n) => sum + n, 0), name).toBe(rows);
  }
});
