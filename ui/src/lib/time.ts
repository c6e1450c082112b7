//! Zulu date-time groups (ACP 121), the mission's clock, ages in words a watch uses.

export const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

export const two = (n: number) => String(n).padStart(2, "0");

/** `221530ZNOV26`, or nothing where the text is no time. */
export function dtg(at: string | number | Date): string {
  const t = new Date(at);
  if (Number.isNaN(t.getTime())) return "";
  const day = two(t.getUTCDate());
  const clock = two(t.getUTCHours()) + two(t.getUTCMinutes());
  return `${day}${clock}Z${MONTHS[t.getUTCMonth()]}${two(t.getUTCFullYear() % 100)}`;
}

/** `15:30:09` of the Zulu clock. */
export function zuluClock(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

export function civilIn(zone: string, at: number): Civil {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(at);
  const get = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? 0);
  return { year: get("year"), month: get("month"), day: get("day"), hour: get("hour"), minute: get("minute") };
}

/** `16:30` of the mission's own clock; falls back to Zulu for a zone that this computer does not know. */
export function localClock(at: number, zone: string): string {
  try {
    const t = civilIn(zone, at);
    return `${two(t.hour)}:${two(t.minute)}`;
  } catch {
    return zuluClock(at).slice(0, 5);
  }
}

export type Age = { unit: "s" | "min" | "h" | "d"; value: number };

/** How long ago, in the largest unit that still says something: seconds, minutes, hours to 72, then days. */
export function age(ms: number): Age {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return { unit: "s", value: s };
  if (s < 3600) return { unit: "min", value: Math.floor(s / 60) };
  if (s < 72 * 3600) return { unit: "h", value: Math.floor(s / 3600) };
  return { unit: "d", value: Math.floor(s / 86_400) };
}
