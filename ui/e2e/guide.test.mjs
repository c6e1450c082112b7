import assert from "node:assert/strict";
import { test } from "node:test";
import { rows, start } from "./desk.mjs";

const { open, ask } = await start();
const count = (page) => page.locator("[data-narrative] [data-count]").first().innerText().then(Number);
const next = (page) => page.getByRole("button", { name: "Suivant", exact: true }).click();
const at = (page, step) => page.locator(`[data-step="${step}"]`).waitFor();

test("the guided first minute shows its six steps", { timeout: 170_000 }, async (t) => {
  const started = performance.now();
  const { page, faults } = await open({ guide: true, path: "/" });
  await rows(page).first().waitFor();
  await page.locator("[data-step]").waitFor();
  t.diagnostic(`first narrative on screen after ${((performance.now() - started) / 1000).toFixed(1)} s`);

  await at(page, "grows");
  // The player names the story once the day before has been delivered.
  const named = () => ask(page, "/exercise").then(({ steps }) => steps.find((step) => step.id === "grows")?.narrative);
  let story = await named();
  while (!story) {
    await page.waitForTimeout(250);
    story = await named();
  }
  await page.waitForFunction((id) => Number(document.querySelector(`[data-narrative="${id}"] [data-count]`)?.textContent) >= 37, story, { timeout: 90_000 });
  t.diagnostic(`37 copies after ${((performance.now() - started) / 1000).toFixed(1)} s`);

  await next(page);
  await at(page, "why");
  await page.locator("#why [data-lead]", { hasText: "27 h" }).waitFor();
  assert.ok((await page.locator("#why .variants li").count()) >= 3, "hyphen-split and look-alike wordings stand there");

  await next(page);
  await at(page, "clock");
  assert.match(await page.locator("[data-clock]").innerText(), /Connu depuis 27 h\.\s*Vérifié\s: non\.\s*Réponse\s: non\./);

  await next(page);
  await at(page, "fair");
  const fair = page.locator(".pointed[data-narrative]");
  await fair.waitFor();
  assert.doesNotMatch(await fair.innerText(), /hostile|désinformation/i);

  await next(page);
  await at(page, "cut");
  await page.getByRole("button", { name: "Couper la liaison extérieure" }).click();
  await page.locator('[data-uplink="cut"]').waitFor();
  const before = (await ask(page, "/monitoring?state=all&kind=sms&limit=1")).total;
  await page.waitForFunction(async (n) => (await (await fetch("/api/v1/monitoring?state=all&kind=sms&limit=1")).json()).total > n, before, { timeout: 60_000, polling: 500 });
  await page.getByRole("button", { name: "Rétablir la liaison extérieure" }).click();
  await page.locator('[data-uplink="up"]').waitFor();

  await next(page);
  await at(page, "proof");
  await page.getByRole("button", { name: "Changer un octet d’une copie" }).click();
  await page.locator("[data-tampered]").waitFor({ timeout: 60_000 });
  assert.match(await page.locator("[data-tampered]").innerText(), /code 3/);
  t.diagnostic(`all six steps after ${((performance.now() - started) / 1000).toFixed(1)} s`);
  assert.deepEqual(faults, []);
});

test("the guide can be skipped, stays away, and can be called back", async () => {
  const { page } = await open({ guide: true });
  await page.getByRole("button", { name: /^1 / }).click();
  await at(page, "grows");
  await page.getByRole("button", { name: "Passer le guide" }).click();
  await page.reload();
  await rows(page).first().waitFor();
  await page.getByRole("button", { name: "Guide", exact: true }).click();
  await at(page, "grows");
  assert.ok((await count(page)) > 0);
});
