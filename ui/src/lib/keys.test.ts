import { expect, it } from "vitest";
import { matching, mayRepeat, strokeName, type Stroke } from "./keys";

const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
  key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, repeat: false, altGraph: false,
  typing: false, ...more,
});

it("a key is the character typed, wherever the keyboard puts it", () => {
  expect(strokeName(stroke("?"))).toBe("?");
  expect(strokeName(stroke("/"))).toBe("/");
  expect(strokeName(stroke("J"))).toBe("j");
  expect(strokeName(stroke("/", { ctrlKey: true, altKey: true, altGraph: true }))).toBe("/");
});

it("the browser keeps its own keys, cut and paste first", () => {
  for (const key of ["x", "c", "v", "z", "r", "a", "l", "n", "f"]) {
    expect(strokeName(stroke(key, { ctrlKey: true }))).toBeNull();
    expect(strokeName(stroke(key, { metaKey: true }))).toBeNull();
    expect(strokeName(stroke(key, { altKey: true }))).toBeNull();
  }
  expect(strokeName(stroke("k", { ctrlKey: true }))).toBe("Ctrl+k");
  expect(strokeName(stroke("k", { ctrlKey: true, typing: true }))).toBe("Ctrl+k");
});

it("a key typed into a text is text", () => {
  expect(strokeName(stroke("r", { typing: true }))).toBeNull();
  expect(strokeName(stroke("r", { isComposing: true }))).toBeNull();
});

it("a held key moves, and decides nothing", () => {
  expect(mayRepeat("next")).toBe(true);
  expect(mayRepeat("dismiss")).toBe(false);
});

it("the palette finds without accents", () => {
  const all = [{ label: "Écarter", key: "e" }, { label: "Retenir", key: "r" }];
  expect(matching(all, "ecar")).toEqual([all[0]]);
  expect(matching(all, "")).toEqual(all);
});
