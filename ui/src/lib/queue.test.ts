import { expect, it } from "vitest";
import type { LiveRow } from "../api/types";
import { bounded, putBack, refreshed, relaid, sketched, successor, takeOut } from "./queue";

const live = (id: string, more: Partial<LiveRow> = {}): LiveRow => ({
  id, code: `N-26-${id}`, attention: 0, head: `text ${id}`, count: 1, last: "2026-11-22T05:30:00Z", per_hour: 0, state: "new", lang: "fr",
  kind: "sms", ...more,
});
const rows = ["a", "b", "c", "d"].map((id) => sketched(live(id), 5));
const ids = (list: { id: string }[]) => list.map((r) => r.id).join("");

it("a live message updates a row and an older one does not", () => {
  const newer = refreshed(rows[0]!, live("a", { count: 37 }), 9);
  expect(newer.count).toBe(37);
  expect(refreshed(newer, live("a", { count: 2 }), 8).count).toBe(37);
  expect(refreshed(newer, live("a", { head: "te…" }), 10).head).toBe("text a");
});

it("undo puts rows back where they stood", () => {
  const { left, removed } = takeOut(rows, new Set(["b", "d"]));
  expect(ids(left)).toBe("ac");
  expect(ids(putBack(left, removed))).toBe("abcd");
  expect(ids(putBack(rows, removed))).toBe("abcd");
});

it("after a decision the next row is current, and the last one falls back", () => {
  expect(successor(rows, "b", new Set(["b"]))).toBe("c");
  expect(successor(rows, "d", new Set(["d", "c"]))).toBe("b");
  expect(successor(rows, "a", new Set(["b"]))).toBe("a");
  expect(successor(rows, "a", new Set(["a", "b", "c", "d"]))).toBeNull();
});

it("a fresh page keeps what was loaded further down and what was just decided away", () => {
  const page = [sketched(live("e"), 6), rows[0]!];
  expect(ids(relaid(rows, page, new Set(["d"])))).toBe("eac");
});

it("a list is bounded, but for the rows that somebody holds on to", () => {
  expect(ids(bounded(rows, 2, (id) => id === "d"))).toBe("abd");
  expect(bounded(rows, 4, () => false)).toBe(rows);
});
