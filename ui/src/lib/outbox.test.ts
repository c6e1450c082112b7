import "fake-indexeddb/auto";
import { beforeEach, expect, it } from "vitest";
import { type Carrier, dispatch, held, type Held, hold, letGo } from "./outbox";

const signal = (client_id: string, files = 0): Held => ({
  what: "signal",
  client_id,
  user: "u1",
  made_at: `2026-11-22T05:30:0${client_id}Z`,
  body: { client_id, kind: "sms", text: `text ${client_id}`, seen_unknown: true, attachments: [] },
  files: Array.from({ length: files }, (_, i) => ({
    client_id: `${client_id}-${i}`, name: `photo ${i}.png`, bytes: new Blob([`bytes ${i}`]),
  })),
});

const CUT = new Error("cut");
const NO = new Error("no");
const carrier = (more: Partial<Carrier> = {}): Carrier => ({
  upload: async (file) => `up-${file.client_id}`,
  send: async () => ({ seq: 1 }),
  verdict: (fault) => (fault === NO ? "refused for good" : null),
  ...more,
});

beforeEach(async () => {
  for (const item of await held()) await letGo(item.client_id);
});

it("what is held comes back in the order it was written", async () => {
  await hold(signal("2"));
  await hold(signal("1"));
  expect((await held()).map((item) => item.client_id)).toEqual(["1", "2"]);
});

it("only the server's receipt empties the shelf", async () => {
  const item = signal("1");
  await hold(item);
  expect(await dispatch(item, carrier({ send: () => Promise.reject(CUT) }))).toEqual({ end: "later" });
  expect(await held()).toHaveLength(1);
  expect((await dispatch(item, carrier())).end).toBe("kept");
  expect(await held()).toHaveLength(0);
});

it("a refused item stays, with the reason, until its writer decides", async () => {
  const item = signal("1");
  await hold(item);
  expect((await dispatch(item, carrier({ send: () => Promise.reject(NO) }))).end).toBe("refused");
  expect((await held())[0]?.refused).toBe("refused for good");
});

it("a link cut between two files sends no file twice", async () => {
  const sent: string[] = [];
  let cut = true;
  const flaky = carrier({
    upload: async (file) => {
      if (file.name === "photo 1.png" && cut) throw CUT;
      sent.push(file.name);
      return `up-${file.client_id}`;
    },
    send: async (item) => (item.what === "signal" ? item.body.attachments : null),
  });
  await hold(signal("1", 2));
  expect((await dispatch((await held())[0]!, flaky)).end).toBe("later");
  cut = false;
  const again = await dispatch((await held())[0]!, flaky);
  expect(again).toEqual({ end: "kept", answer: ["up-1-0", "up-1-1"] });
  expect(sent).toEqual(["photo 0.png", "photo 1.png"]);
});

it("F19: an incident whose receipt was lost goes again under the id that it had", async () => {
  const item: Held = {
    what: "incident", client_id: "i1", user: "u1", made_at: "2026-11-22T05:30:00Z",
    body: { client_id: "i1", what: "Tirs", seen_at: "2026-11-22T04:00:00Z", precision: "hour", place: { name: "Kassodé", precision: "village" }, component: "police" },
  };
  const taken: unknown[] = [];
  let lost = true;
  const flaky = carrier({
    send: async (sent) => {
      taken.push(sent.what === "incident" ? sent.body.client_id : null);
      if (lost) throw CUT;
      return { id: "i1" };
    },
  });
  await hold(item);
  expect((await dispatch((await held())[0]!, flaky)).end).toBe("later");
  lost = false;
  expect((await dispatch((await held())[0]!, flaky)).end).toBe("kept");
  expect(taken).toEqual(["i1", "i1"]);
  expect(await held()).toHaveLength(0);
});
