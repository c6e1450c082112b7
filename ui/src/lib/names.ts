//! Names and numbers as people read them: languages, sizes, ages, likeness.

import { age } from "./time";
import { language, t } from "./words.svelte";

/** The name of a language in the active language; an unknown one is said to be unknown. */
export function languageName(tag: string): string {
  const base = tag.split("-")[0] ?? "";
  if (!base || base === "und") return t("language-und");
  if (language.knows(`language-${base}`)) return language.say(`language-${base}`);
  try {
    return new Intl.DisplayNames(language.region, { type: "language", fallback: "code" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export function bytes(n: number): string {
  const [value, unit] = n < 1000 ? [n, "byte"] : n < 1e6 ? [n / 1e3, "kilobyte"] : n < 1e9 ? [n / 1e6, "megabyte"] : [n / 1e9, "gigabyte"];
  return language.number(value as number, {
    style: "unit", unit: unit as string, maximumFractionDigits: (value as number) < 10 ? 1 : 0,
  });
}

/** "27 h ago" between two instants of the site's clock. */
export function ago(at: string, now: number): string {
  const { unit, value } = age(now - Date.parse(at));
  return t(`ui-ago-${unit}`, { value });
}

export function percent(share: number): string {
  return language.number(share, { style: "percent", maximumFractionDigits: 0 });
}

/** A BCP 47 tag for the `lang` attribute, or nothing where the language is unknown. */
export function langAttribute(tag: string): string | undefined {
  return tag && tag !== "und" ? tag : undefined;
}
