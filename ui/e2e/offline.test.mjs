import assert from "node:assert/strict";
import { test } from "node:test";
import { rows, start } from "./desk.mjs";

const { open, ask, at } = await start();

async function ready(page) {
  await rows(page).first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.waitForFunction(async () => {
    const names = await caches.keys();
    return names.length > 0 && (await (await caches.open(names[0])).keys()).length > 10;
  });
}

test("a signal added with the link cut survives a reload and is sent once when the link returns", async () => {
  const { page, profile } = await open();
  await ready(page);
  const text = `Coupure ${Date.now()} : deux camions au gué`;
  await profile.setOffline(true);
  const started = performance.now();
  await page.keyboard.press("n");
  await page.locator("dialog textarea").waitFor();
  await page.keyboard.type(text);
  await page.locator("dialog input[type=file]").setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("preuve") });
  await page.keyboard.press("Control+Enter");
  await page.locator('[data-unsent="1"]').waitFor();
  assert.ok(performance.now() - started < 30_000);
  await page.locator('[data-link="cut"]').waitFor();

  await page.reload();
  await page.locator('[data-unsent="1"]').waitFor();
  await page.locator('[data-link="cut"]').first().waitFor();

  await profile.setOffline(false);
  await page.locator('[data-unsent="0"]').waitFor({ timeout: 20_000 });
  // The search index runs a moment behind the record.
  let found = { total: 0 };
  for (let look = 0; look < 40 && found.total === 0; look += 1) {
    await page.waitForTimeout(250);
    found = await ask(page, `/monitoring?state=all&q=${encodeURIComponent(text)}`);
  }
  assert.equal(found.total, 1, "one record");
  const signals = await ask(page, `/narratives/${found.items[0].id}/signals`);
  assert.deepEqual(signals.items.map((one) => [one.text, one.attachments.length]), [[text, 1]]);
});

test("a duty log line written with the link cut is shown as unsent, then becomes a line", async () => {
  const { page, profile } = await open();
  await ready(page);
  await page.goto(at("/log"));
  await page.getByRole("textbox", { name: "Écrire une mention" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Écrire une mention");
  const text = `Mention hors liaison ${Date.now()}`;
  await profile.setOffline(true);
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.locator("li.waiting", { hasText: text }).waitFor();
  await page.reload();
  await page.locator("li.waiting", { hasText: text }).waitFor();
  await profile.setOffline(false);
  await page.locator("[data-note]", { hasText: text }).waitFor({ timeout: 20_000 });
  assert.equal(await page.locator("[data-note]", { hasText: text }).count(), 1);
});

test("a correction strikes the line, keeps it readable and adds its successor", async () => {
  const { page } = await open({ path: "/log" });
  const text = `Convoi parti à 0410Z ${Date.now()}`;
  await page.getByRole("textbox", { name: "Écrire une mention" }).fill(text);
  await page.keyboard.press("Enter");
  const line = page.locator("[data-note]", { hasText: text });
  await line.getByRole("button", { name: "Corriger" }).click();
  await page.getByRole("textbox", { name: /Mention corrigée/ }).fill(`${text} puis 0425Z`);
  await page.getByRole("textbox", { name: "Motif" }).fill("heure fausse");
  await page.keyboard.press("Enter");
  await page.locator("[data-note] del", { hasText: text }).waitFor();
  await page.locator("[data-note] p.original", { hasText: "puis 0425Z" }).waitFor();
});

test("with the link cut a decision is not pretended", async () => {
  const { page, profile } = await open();
  await ready(page);
  await profile.setOffline(true);
  const id = await page.locator('[data-narrative][aria-current="true"]').getAttribute("data-narrative");
  await page.keyboard.press("e");
  await page.getByText("Non enregistré.").waitFor();
  await page.locator(`[data-narrative="${id}"]`).waitFor();
});
