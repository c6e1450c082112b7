import { describe, expect, it } from "vitest";
import { age, dtg, localClock, zuluClock } from "./time";
import { fromLocal, fromTyped, toLocal } from "./typed";

describe("times", () => {
  it("a date-time group reads as the duty log writes it", () => {
    expect(dtg("2026-11-22T15:30:59Z")).toBe("221530ZNOV26");
    expect(dtg("soon")).toBe("");
    expect(zuluClock(Date.parse("2026-11-22T05:03:09Z"))).toBe("05:03:09");
  });

  it("the mission's clock is its own zone, not the computer's", () => {
    expect(localClock(Date.parse("2026-11-22T15:30:00Z"), "Africa/Bangui")).toBe("16:30");
    expect(localClock(Date.parse("2026-11-22T15:30:00Z"), "Nowhere/Land")).toBe("15:30");
  });

  it("a local time becomes the instant it names", () => {
    expect(fromLocal("2026-11-22T16:30", "Africa/Bangui")?.toISOString()).toBe("2026-11-22T15:30:00.000Z");
    expect(toLocal(Date.parse("2026-11-22T15:30:00Z"), "Africa/Bangui")).toBe("2026-11-22T16:30");
    expect(fromLocal("yesterday", "Africa/Bangui")).toBeNull();
  });

  it("an hour that a change of clocks skips names no instant", () => {
    expect(fromLocal("2026-03-29T02:30", "Europe/Paris")).toBeNull();
    expect(fromLocal("2026-03-29T03:30", "Europe/Paris")?.toISOString()).toBe("2026-03-29T01:30:00.000Z");
    expect(fromLocal("2026-03-29T01:30", "Europe/Paris")?.toISOString()).toBe("2026-03-29T00:30:00.000Z");
  });

  it("a typed time is the latest one that is past, on the clock that was meant", () => {
    const now = Date.parse("2026-11-22T05:30:00Z");
    const read = (text: string, zone = "Africa/Bangui") => fromTyped(text, zone, now)?.toISOString() ?? null;
    expect(read("0412")).toBe("2026-11-22T03:12:00.000Z");
    expect(read("04:12", "UTC")).toBe("2026-11-22T04:12:00.000Z");
    expect(read("0412z")).toBe("2026-11-22T04:12:00.000Z");
    expect(read("2300")).toBe("2026-11-21T22:00:00.000Z");
    expect(read("210412")).toBe("2026-11-21T03:12:00.000Z");
    expect(read("30 04:12")).toBe("2026-10-30T03:12:00.000Z");
    expect(read("2026-10-01 04:12")).toBe("2026-10-01T03:12:00.000Z");
    expect(read("210412ZNOV26")).toBe("2026-11-21T04:12:00.000Z");
    for (const no of ["", "soon", "2512", "0475", "311299", "320412", "210412ZABC26", "2026-11-31 04:12"]) expect(read(no)).toBeNull();
  });

  it("hours are kept up to three days, because a watch counts in hours", () => {
    expect(age(3_400)).toEqual({ unit: "s", value: 3 });
    expect(age(27 * 3_600_000)).toEqual({ unit: "h", value: 27 });
    expect(age(80 * 3_600_000)).toEqual({ unit: "d", value: 3 });
    expect(age(-5)).toEqual({ unit: "s", value: 0 });
  });
});
