import { expect, it } from "vitest";
import { paragraphsOf } from "./paragraphs";

const numbers = (text: string) => paragraphsOf(text).map((one) => one.number);

it("cuts a text as resolutions are printed", () => {
  const text = "Le Conseil,\n\nRappelant sa résolution,\n\n1. Décide de proroger ;\n\n36. Autorise la mission :\n(a) Protection :\n(i) Protéger les civils\nde toute menace ;\n(ii) Appuyer ;\n(b) Appui.\n37) Demande.";
  expect(paragraphsOf(text)).toEqual([
    { number: "PP 1", text: "Le Conseil," },
    { number: "PP 2", text: "Rappelant sa résolution," },
    { number: "1", text: "Décide de proroger ;" },
    { number: "36", text: "Autorise la mission :" },
    { number: "36 (a)", text: "Protection :" },
    { number: "36 (a) (i)", text: "Protéger les civils de toute menace ;" },
    { number: "36 (a) (ii)", text: "Appuyer ;" },
    { number: "36 (b)", text: "Appui." },
    { number: "37", text: "Demande." },
  ]);
});

it("takes an i after an h for a letter, and one after an a for a number", () => {
  const letters = [..."abcdefghij"].map((letter) => `(${letter}) Point.`).join("\n");
  expect(numbers(`1. Décide :\n${letters}`).slice(-3)).toEqual(["1 (h)", "1 (i)", "1 (j)"]);
  expect(numbers("1. Décide :\n(a) Un :\n(i) x\n(ii) y\n(b) Deux.")).toEqual(["1", "1 (a)", "1 (a) (i)", "1 (a) (ii)", "1 (b)"]);
});

it("finds nothing in nothing, and survives any line end", () => {
  expect(paragraphsOf(" \r\n\r ")).toEqual([]);
  expect(numbers("1. Un.\r\n2. Deux.\r3. Trois.")).toEqual(["1", "2", "3"]);
});
