import { describe, expect, it } from "vitest";
import type { MessageText } from "../api/types";
import { cleaned, differences, readingSeconds, smsCost } from "./texts";

const text = (lang: string, ...said: string[]): MessageText => ({ lang, form: "sms", sentences: said.map((one) => ({ text: one, facts: ["f"] })) });

describe("what a text message costs", () => {
  it.each([[160, 1, 0], [161, 2, 145], [306, 2, 0], [307, 3, 152]])("%i letters of the alphabet take %i parts", (letters, parts, left) => {
    expect(smsCost("a".repeat(letters))).toMatchObject({ coding: "gsm-7", parts, left });
  });

  it.each([[70, 1], [71, 2], [134, 2], [135, 3]])("%i other letters take %i parts", (letters, parts) => {
    expect(smsCost("ɓ".repeat(letters))).toMatchObject({ coding: "ucs-2", parts });
  });

  it("names the letters that make it dear, and counts the euro twice", () => {
    expect(smsCost("Le carburant de l'hôpital").beyond).toEqual(["ô"]);
    expect(smsCost("€".repeat(81)).parts).toBe(2);
  });
});

it("a script of a minute has 150 words", () => {
  expect(readingSeconds(Array(150).fill("mot").join(" "))).toBe(60);
  expect(readingSeconds("")).toBe(0);
});

it("two versions differ only where words or facts do", () => {
  const mine = [text("fr", "Un.", "Deux."), text("en", "One.")];
  const theirs = [text("fr", "Un. ", "Deux."), text("en", "Two."), text("ar", "واحد")];
  expect(differences(mine, theirs).map((pair) => pair.key)).toEqual(["en sms", "ar sms"]);
  expect(differences(mine, theirs)[1]?.mine).toBeNull();
});

it("empty sentences and empty texts are not sent", () => {
  expect(cleaned([text("fr", " Un. ", "  "), text("en", "")])).toEqual([text("fr", "Un.")]);
});
