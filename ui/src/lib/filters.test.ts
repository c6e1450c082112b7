import { expect, it } from "vitest";
import type { LiveRow } from "../api/types";
import { admits, narrowing, readFilters, UNFILTERED, writeFilters } from "./filters";

it("the plain queue has a plain address", () => {
  expect(writeFilters(UNFILTERED)).toBe("");
  expect(readFilters("")).toEqual(UNFILTERED);
});

it("filters survive their address", () => {
  const some = { ...UNFILTERED, state: "all", q: "puits & eau", kind: "sms", since: "24h", sort: "count" } as const;
  expect(readFilters(writeFilters(some))).toEqual(some);
  expect(narrowing(some)).toBe(3);
});

it("an address that says nonsense is the plain queue", () => {
  expect(readFilters("?state=safe&kind=rumour&since=ever&sort=up")).toEqual(UNFILTERED);
});

it("a live row that leaves the state leaves the list, and a search is the server's to judge", () => {
  const row: LiveRow = {
    id: "1", code: "N-26-0001", attention: 0.5, count: 2, last: "2026-11-22T05:30:00Z", per_hour: 1, state: "new", lang: "fr", kind: "sms",
  };
  expect(admits(UNFILTERED, row)).toBe("yes");
  expect(admits({ ...UNFILTERED, state: "relevant" }, row)).toBe("no");
  expect(admits({ ...UNFILTERED, kind: "post" }, row)).toBe("no");
  expect(admits({ ...UNFILTERED, q: "eau" }, row)).toBe("maybe");
});
