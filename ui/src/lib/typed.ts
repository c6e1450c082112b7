//! Times that people type, read on the clock that they mean.

import { civilIn, MONTHS, two } from "./time";

/** The instant that `2026-11-22T16:30` names in `zone`, or `null` where it names none. */
export function fromLocal(text: string, zone: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [number, number, number, number, number];
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  // `Date` would roll 31 November or 25 h over into the next day.
  if (!new Date(wanted).toISOString().startsWith(text.slice(0, 16))) return null;
  try {
    let guess = wanted;
    // Two rounds settle every zone: the offset at the first guess may lie across a change of clocks.
    for (let round = 0; round < 2; round++) guess = wanted - offsetAt(guess, zone);
    // In the hour that a change of clocks skips, no instant bears that name.
    return offsetAt(guess, zone) === wanted - guess ? new Date(guess) : null;
  } catch {
    return null;
  }
}

function offsetAt(at: number, zone: string): number {
  const t = civilIn(zone, at);
  return Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute) - Math.floor(at / 60_000) * 60_000;
}

/**
 * The instant that a person typed: `0412` or `04:12` (the latest one that is past), `210412` (on the latest 21st),
 * `2026-11-21 04:12`, all on the clock of `zone`; or a whole Zulu group such as `210412ZNOV26`. `null` where it is none.
 */
export function fromTyped(typed: string, zone: string, now: number): Date | null {
  const text = typed.trim().toUpperCase();
  const zulu = /^(\d\d)(\d\d)(\d\d)Z([A-Z]{3})(\d\d)$/.exec(text);
  if (zulu) {
    const [, day, hour, minute, month, year] = zulu;
    return fromLocal(`20${year}-${two(MONTHS.indexOf(month ?? "") + 1)}-${day}T${hour}:${minute}`, "UTC");
  }
  const whole = /^(\d{4}-\d\d-\d\d)[ T](\d\d):?(\d\d)$/.exec(text);
  if (whole) return fromLocal(`${whole[1]}T${whole[2]}:${whole[3]}`, zone);
  const short = /^(?:(\d\d) ?)?(\d\d):?(\d\d)(Z?)$/.exec(text);
  return short && latest(short[1] ?? null, `${short[2]}:${short[3]}`, short[4] === "Z" ? "UTC" : zone, now);
}

const DAY_MS = 86_400_000;

/** The latest day that is past, at that time and, where one is given, with that number in its month. */
function latest(day: string | null, time: string, zone: string, now: number): Date | null {
  for (let back = 0; back < 62; back++) {
    const date = toLocal(now - back * DAY_MS, zone).slice(0, 10);
    if (day !== null && date.slice(8) !== day) continue;
    const at = fromLocal(`${date}T${time}`, zone);
    if (at && at.getTime() <= now) return at;
    if (!at && day === null) return null;
  }
  return null;
}

/** `2026-11-22T16:30` in `zone`, as an input field wants it. */
export function toLocal(at: number, zone: string): string {
  const t = civilIn(zone, at);
  return `${t.year}-${two(t.month)}-${two(t.day)}T${two(t.hour)}:${two(t.minute)}`;
}
