import { describe, expect, it } from "vitest";
import type { Duty } from "../api/types";
import { asksOf, bySeverity, hoursAndMinutes, inHours, lateBy } from "./duty";

const NOW = Date.parse("2026-11-22T06:00:00Z");
const duty = (due: string, more: Partial<Duty> = {}): { duty: Duty } => ({
  duty: {
    asked: { to: "joc", call_tree: ["dms"], answer_within_min: 15, due }, opened_at: due, waits_for: "joc", since: due, step: 0,
    acknowledged: null, closed: null, overdue: false, ...more,
  },
});

describe("a duty", () => {
  it("is late by whole minutes, and never before its time", () => {
    expect(lateBy("2026-11-22T04:55:30Z", NOW)).toBe(64);
    expect(lateBy("2026-11-22T06:00:01Z", NOW)).toBe(0);
  });

  it("may be acknowledged by the one asked and by its call tree", () => {
    expect(asksOf(duty("2026-11-22T06:00:00Z").duty.asked)).toEqual(["joc", "dms"]);
    expect(asksOf({ to: "joc", answer_within_min: 5, due: "" })).toEqual(["joc"]);
  });

  it("stands first when late, then while nobody has it, then by deadline; closed ones last", () => {
    const late = duty("2026-11-22T05:00:00Z", { overdue: true });
    const had = duty("2026-11-22T06:10:00Z", { acknowledged: { function: "joc", at: "2026-11-22T05:00:00Z" } });
    const soon = duty("2026-11-22T06:30:00Z");
    const later = duty("2026-11-22T09:00:00Z");
    const over = duty("2026-11-22T01:00:00Z", { closed: { outcome: "fait", at: "2026-11-22T02:00:00Z" } });
    expect([over, later, had, soon, late].toSorted(bySeverity)).toEqual([late, soon, later, had, over]);
  });

  it("is given a deadline on the site's clock", () => {
    expect(inHours(4, NOW)).toBe("2026-11-22T10:00:00.000Z");
    expect(hoursAndMinutes(125)).toEqual({ h: 2, min: 5 });
  });
});
