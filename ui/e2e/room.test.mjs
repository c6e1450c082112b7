import assert from "node:assert/strict";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { start } from "./desk.mjs";

// The stand-in says that its disk is full; that the real server does is shown by the program's own tests (F02).
const { open, site } = await start({ LIVE: "no", ROOM: "full" });
const own = !process.env.BASE_URL;

test("f02: every screen says that the disk is full and what to do", { skip: !own }, async () => {
  const { page, faults } = await open({ path: "/monitoring", locale: "fr-FR" });
  for (const path of ["/monitoring", "/situation", "/warnings", "/communication", "/facts", "/log", "/admin/sources"]) {
    await page.goto(site.base + path);
    const banner = page.getByRole("alert").filter({ hasText: "Le disque est plein" });
    await banner.waitFor();
    assert.match(await banner.textContent(), /À faire/);
  }
  const { violations } = await new AxeBuilder({ page }).include("[data-room]").analyze();
  assert.deepEqual(violations.map((one) => one.id), []);
  assert.deepEqual(faults, []);
});

test("f02: so does the page where people sign in, in English", { skip: !own }, async () => {
  const { page } = await open({ link: null, path: "/", locale: "en-GB" });
  await page.getByRole("alert").filter({ hasText: "The disk is full" }).waitFor();
});
