import assert from "node:assert/strict";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { start } from "./desk.mjs";

const { open, ask, at, site } = await start({ LIVE: "no" });
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// These write requests, warnings and judgements that only the stand-in brings along.
const skip = process.env.BASE_URL ? "needs the records of the stand-in" : false;

const most = async (page) => (await ask(page, "/monitoring?state=all&sort=count&limit=1")).items[0].id;
const dialog = (page) => page.locator("dialog[open]");
const gone = (page) => dialog(page).waitFor({ state: "detached" });
async function sound(page, where) {
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  assert.deepEqual(violations.map((v) => `${where}: ${v.id} (${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join("; ")})`), []);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${where} is ${over} px too wide`);
}

test("incitement needs its six parts and a second person, and can be contested", { skip }, async () => {
  const { page, profile } = await open();
  const id = await most(page);
  await page.goto(at(`/narratives/${id}`));
  await page.getByRole("button", { name: "Qualifier" }).click();
  await page.getByRole("radio", { name: "Incitation" }).check();
  await sound(page, "judge");
  const save = page.getByRole("button", { name: "Enregistrer la qualification" });
  const areas = await dialog(page).locator("textarea").all();
  assert.equal(areas.length, 7);
  for (const area of areas) {
    assert.ok(await save.isDisabled());
    await area.fill("Des messages appellent à brûler la pompe.");
  }
  await save.click();
  await gone(page);
  await page.getByText("Vous avez qualifié ce récit").waitFor();
  assert.equal((await ask(page, `/narratives/${id}/loop`)).standing.class, "unknown");
  await page.getByRole("button", { name: "Noter une contestation" }).click();
  await page.getByLabel("Qui conteste").fill("un habitant");
  await page.getByLabel("Ce qui est dit").fill("Nous demandions seulement de l'eau.");
  await sound(page, "contest");
  await page.getByRole("button", { name: "Noter", exact: true }).click();
  await gone(page);
  await page.getByRole("button", { name: "Trancher la contestation" }).waitFor();
  await profile.close();
});

test("a unit is asked, and its reply closes the request", { skip }, async () => {
  const { page, profile } = await open();
  await page.goto(at(`/narratives/${await most(page)}`));
  await page.getByRole("button", { name: "Interroger une unité" }).click();
  await page.getByLabel("Que vous faut-il savoir").fill("Combien de camions ce matin ?");
  await sound(page, "ask");
  await dialog(page).getByRole("button", { name: "Interroger une unité" }).click();
  await gone(page);
  await page.getByText("Combien de camions ce matin ?").waitFor();
  await page.getByRole("button", { name: "Saisir la réponse" }).first().click();
  await page.getByLabel("La réponse, dans les mots").fill("La mission ne prend pas d'eau à ces puits.");
  await sound(page, "answer");
  await dialog(page).getByRole("button", { name: "Saisir la réponse" }).click();
  await gone(page);
  await page.getByText("La mission ne prend pas d'eau à ces puits.").first().waitFor();
  await profile.close();
});

test("restricting says that there is no way back, and waits for the reader to say so too", { skip }, async () => {
  const { page, profile } = await open({ colorScheme: "dark" });
  await page.goto(at(`/narratives/${await most(page)}`));
  await page.getByRole("button", { name: "Restreindre…" }).click();
  await page.getByText("C’est sans retour. Dès maintenant").waitFor();
  await page.getByLabel("conduite").check();
  await page.getByLabel("Motif").fill("Récit sur des faits de conduite");
  const put = dialog(page).getByRole("button", { name: "Restreindre ce récit" });
  assert.ok(await put.isDisabled());
  await page.getByLabel("Je comprends").check();
  assert.ok(await put.isEnabled());
  await sound(page, "restrict");
  await profile.close();
});

test("the watch is handed over by one key, with a remark", { skip }, async () => {
  const { page, profile } = await open({ path: "/situation" });
  await page.getByText("Ce qui vous attend").waitFor();
  await page.keyboard.press("v");
  await page.getByLabel("Ce que le suivant doit savoir").fill("Rappeler le secteur Est à 07:00.");
  await sound(page, "hand over");
  await page.keyboard.press("Control+Enter");
  await gone(page);
  await page.getByText("Rappeler le secteur Est à 07:00.").waitFor();
  await profile.close();
});

test("a warning is acknowledged by a function held, closed with an outcome, and raised by hand", { skip }, async () => {
  const { page, profile } = await open({ path: "/warnings", viewport: { width: 320, height: 700 } });
  await page.getByRole("button", { name: /^Accuser réception/ }).first().click();
  await page.getByText("s’en charge depuis").waitFor();
  await page.getByRole("button", { name: /^Clore/ }).first().click();
  await page.getByLabel("Comment cela s’est-il terminé").fill("Patrouille passée, calme.");
  await sound(page, "close");
  await dialog(page).getByRole("button", { name: "Clore" }).click();
  await page.getByText("Aucune alerte n’est ouverte.").waitFor();
  await page.keyboard.press("w");
  await page.getByLabel("Que faut-il savoir").fill("Rassemblement devant le dépôt.");
  await sound(page, "raise");
  await dialog(page).getByRole("button", { name: "Donner l’alerte" }).click();
  await gone(page);
  await page.getByText("Rassemblement devant le dépôt.").waitFor();
  await profile.close();
});

test("a line of the duty log becomes an incident", { skip }, async () => {
  const { page, profile } = await open({ path: "/log" });
  await page.getByRole("button", { name: "Incident" }).last().click();
  await page.getByLabel("Où", { exact: true }).fill("Gué de Kufena");
  await sound(page, "incident");
  await page.getByRole("button", { name: "Enregistrer l’incident" }).click();
  await gone(page);
  await page.goto(at("/incidents"));
  await page.getByText("piste de Kufena coupée au gué").waitFor();
  await profile.close();
});

test("a visitor is offered no screen of the watch", { skip }, async () => {
  const { page, profile } = await open({ link: site.visitor, path: "/warnings" });
  await page.locator("main p").first().waitFor();
  assert.equal(await page.getByRole("navigation").getByRole("link", { name: "Situation" }).count(), 0);
  await profile.close();
});
