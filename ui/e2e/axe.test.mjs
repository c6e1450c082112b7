import assert from "node:assert/strict";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { rows, start } from "./desk.mjs";
import { paths, settled, summon } from "./walk.mjs";

const desk = await start({ LIVE: "no" });
const { open, at } = desk;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PATHS = await paths(desk);

for (const colorScheme of ["light", "dark"]) {
  test(`no accessibility violation on any page (${colorScheme})`, async () => {
    const { page, profile } = await open({ colorScheme, guide: true });
    const bad = [];
    const check = async (where) => {
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      bad.push(...violations.map((v) => `${where}: ${v.id} (${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join("; ")})`));
    };
    for (const path of PATHS) {
      await page.goto(at(path));
      await settled(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      await page.waitForTimeout(400);
      await check(path);
    }
    // The guide's last step shows a signal; from here on the queue is looked at by itself.
    await page.evaluate(() => sessionStorage.setItem("vigie.guide-skipped", "yes"));
    await page.goto(at("/monitoring"));
    await rows(page).first().waitFor();
    for (const [key, name] of [["n", "add by hand"], ["?", "help"], ["Control+k", "palette"], ["l", "label"]]) {
      await summon(page, key);
      await page.waitForTimeout(300);
      await check(name);
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
    }
    await page.goto(at(PATHS[1]));
    await page.getByRole("button", { name: /Remettre à un partenaire/ }).click();
    await page.locator("dialog[open]").waitFor();
    await check("share");
    await page.getByRole("textbox", { name: /À qui/ }).fill("Cellule de Birao");
    await page.getByRole("textbox", { name: /À quelle fin/ }).fill("répondre à la rumeur");
    await page.getByRole("button", { name: /Remettre et inscrire/ }).click();
    await page.getByRole("button", { name: /Enregistrer le fichier/ }).waitFor();
    await check("shared");
    await page.goto(at("/monitoring"));
    await rows(page).first().waitFor();
    await page.keyboard.press("x");
    await check("bulk");
    await profile.close();
    const { page: out } = await open({ link: null, path: "/", colorScheme });
    await settled(out);
    const { violations } = await new AxeBuilder({ page: out }).withTags(RULES).analyze();
    bad.push(...violations.map((v) => `sign-in: ${v.id}`));
    assert.deepEqual(bad, []);
  });
}
