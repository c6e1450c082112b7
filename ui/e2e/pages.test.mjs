import assert from "node:assert/strict";
import { test } from "node:test";
import { rows, start } from "./desk.mjs";
import { paths, settled } from "./walk.mjs";

const desk = await start({ LIVE: "no" });
const { open, ask, at, site } = desk;
const PATHS = await paths(desk);

for (const [locale, lang, title] of [["fr-FR", "fr", "Veille"], ["en-GB", "en", "Monitoring"], ["ar-SD", "fr", "Veille"]]) {
  test(`a ${locale} browser reads ${lang} on every page`, async () => {
    const { page, faults } = await open({ locale });
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
    for (const path of PATHS) {
      await page.goto(at(path));
      await settled(page);
      const text = await page.locator("body").innerText();
      assert.doesNotMatch(text, /\bui-[a-z]+-?|undefined|NaN|\[object/, path);
    }
    assert.deepEqual(faults, [], "no fault, and nothing that the content policy refused");
  });
}

test("the language can be changed, and the choice is kept", async () => {
  const { page } = await open();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: "Monitoring" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Monitoring" }).waitFor();
});

for (const width of [320, 390]) {
  test(`nothing runs out of a screen of ${width} px, and a list leads to its detail`, async () => {
    const { page } = await open({ viewport: { width, height: 700 } });
    for (const path of PATHS) {
      await page.goto(at(path));
      await settled(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} is ${over} px too wide`);
    }
    await page.goto(at("/monitoring"));
    await rows(page).first().locator(".head").click();
    await page.waitForURL(/\/narratives\//);
  });
}

test("filters stand in the address, and an address brings them back", async () => {
  const { page } = await open();
  await rows(page).first().waitFor();
  await page.getByLabel("Genre").selectOption("sms");
  await page.waitForURL(/kind=sms/);
  await page.reload();
  assert.equal(await page.getByLabel("Genre").inputValue(), "sms");
  const listed = await ask(page, "/monitoring?state=new&kind=sms");
  await page.getByText(`${listed.total} récits`).waitFor();
});

test("a number leads to its signals, a signal to its entry, and this computer checks the proof", async () => {
  const { page } = await open({ path: "/monitoring?sort=count" });
  await rows(page).first().locator(".count").click();
  await page.waitForURL(/#signals$/);
  await page.locator("#signals article a", { hasText: "Écriture" }).first().click();
  await page.waitForURL(/\/signals\//);
  await page.locator('[data-proof="ok"]').waitFor();
});

/** Adds a signal with a small picture by hand; gives the signal's id. */
async function withPicture(page) {
  return page.evaluate(async () => {
    const canvas = new OffscreenCanvas(48, 32);
    const brush = canvas.getContext("2d");
    brush.fillStyle = "teal";
    brush.fillRect(4, 4, 40, 24);
    const bytes = await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer();
    const headers = { "Content-Type": "application/octet-stream", "X-Name": "capture.png", "X-Client-Id": crypto.randomUUID() };
    const kept = await (await fetch("/api/v1/attachments", { method: "POST", headers, body: bytes })).json();
    const signal = { client_id: crypto.randomUUID(), kind: "post", text: `Capture reçue ${Date.now()} par un agent de liaison`, seen_unknown: true, attachments: [kept.id] };
    const added = await fetch("/api/v1/signals", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(signal) });
    return (await added.json()).id;
  });
}

test("an incoming picture is blurred until somebody asks", async () => {
  const { page } = await open();
  const id = await withPicture(page);
  await page.goto(at(`/signals/${id}`));
  const picture = page.locator(".picture").first();
  await picture.waitFor();
  assert.equal(await picture.locator("img:not(.blurred)").count(), 0);
  await picture.click();
  await picture.locator("img:not(.blurred)").waitFor();
});

test("a visitor sees the queue and is offered nothing that they may not do", async () => {
  const { page } = await open({ link: site.visitor });
  await rows(page).first().waitFor();
  assert.equal(await page.getByRole("button", { name: /Écarter|Retenir|Ajouter à la main/ }).count(), 0);
  const id = await page.locator('[data-narrative][aria-current="true"]').getAttribute("data-narrative");
  await page.keyboard.press("e");
  await page.waitForTimeout(300);
  assert.equal((await ask(page, `/narratives/${id}`)).state, "new");
});
