//! Texts of a message while they are written: what they cost as text messages, how long they take to read, where
//! two versions differ. The server counts again; this is for the person who types.

import type { Form, MessageText } from "../api/types";

export const STAGES = ["need", "draft", "verified", "cleared", "out", "measured"] as const;
export const FORMS: readonly Form[] = ["sms", "radio-script", "post", "qa", "lines"];
export const OPTIONS = ["silence", "pre-bunk", "rebut", "radio", "leader", "patrol"] as const;
export const CHANNELS = ["sms", "email", "feed", "file", "print", "radio", "voice", "form"] as const;
export const LANGS = ["fr", "ar", "en", "sg", "ha", "ff", "sw", "ln", "bm", "kr", "so", "es", "pt"] as const;
export const DELIVERIES = ["delivered", "sent", "failed", "given-up", "withheld"] as const;
export const STANDINGS = ["receipt", "feed", "alarm"] as const;
/** The forms that go by a channel; where none of a message's does, any may. */
export const FORMS_BY: Record<(typeof CHANNELS)[number], readonly Form[]> = {
  sms: ["sms"], email: ["post", "qa"], feed: ["post", "qa"], file: ["radio-script", "lines", "qa", "post"],
  print: ["lines", "qa", "post"], radio: ["radio-script"], voice: ["lines"], form: ["sms"],
};
export const VERDICTS = ["can", "partly", "cannot"] as const;
/** A radio script is read within a minute. */
export const RADIO_MAX_S = 60;
const WORDS_A_MINUTE = 150;

/** TS 23.038 §6.2.1, without the escape; the extension table counts twice. */
const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const TWICE = new Set("\f^{}\\[~]|€");

export interface SmsCost {
  coding: "gsm-7" | "ucs-2";
  units: number;
  parts: number;
  left: number;
  beyond: string[];
}

/** What `text` costs as a text message. */
export function smsCost(text: string): SmsCost {
  const letters = [...text];
  const beyond = [...new Set(letters.filter((letter) => !BASIC.has(letter) && !TWICE.has(letter)))].slice(0, 10);
  if (beyond.length > 0) return inParts("ucs-2", text.length, 70, 67, beyond);
  return inParts("gsm-7", letters.reduce((sum, letter) => sum + (TWICE.has(letter) ? 2 : 1), 0), 160, 153, beyond);
}

function inParts(coding: SmsCost["coding"], units: number, alone: number, each: number, beyond: string[]): SmsCost {
  const parts = units <= alone ? 1 : Math.ceil(units / each);
  return { coding, units, parts, left: (parts === 1 ? alone : parts * each) - units, beyond };
}

/** Seconds that it takes to read `text` aloud. */
export function readingSeconds(text: string): number {
  const words = text.split(/\s+/).filter(Boolean).length;
  return Math.ceil((words * 60) / WORDS_A_MINUTE);
}

export const wholeOf = (text: MessageText): string => text.sentences.map((sentence) => sentence.text.trim()).join(" ");
export const keyOf = (text: { lang: string; form: Form }): string => `${text.lang} ${text.form}`;

export interface Pair {
  key: string;
  mine: MessageText | null;
  theirs: MessageText | null;
}

/** The texts in which two versions of one message differ. */
export function differences(mine: MessageText[], theirs: MessageText[]): Pair[] {
  const of = (list: MessageText[], key: string) => list.find((text) => keyOf(text) === key) ?? null;
  const keys = [...new Set([...mine, ...theirs].map(keyOf))];
  const plain = (text: MessageText | null) => text && JSON.stringify(text.sentences.map(({ text: said, facts }) => [said.trim(), facts]));
  return keys
    .map((key) => ({ key, mine: of(mine, key), theirs: of(theirs, key) }))
    .filter((pair) => plain(pair.mine) !== plain(pair.theirs));
}

/** Texts as they are sent: without empty sentences, and without a text that has none. */
export function cleaned(texts: MessageText[]): MessageText[] {
  return texts
    .map(({ lang, form, sentences }) => ({
      lang, form, sentences: sentences.filter((one) => one.text.trim() !== "").map(({ text, facts }) => ({ text: text.trim(), facts: [...facts] })),
    }))
    .filter((text) => text.sentences.length > 0);
}
