import assert from "node:assert/strict";
import { test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { start } from "./desk.mjs";

const { open, ask, at, site } = await start({ LIVE: "no" });
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
// These walk through a board that the stand-in brings; a real site has its own.
const skip = process.env.BASE_URL ? "looks at the stand-in's board" : false;

/** One response of each stage, and a message that waits for clearance. */
async function board() {
  const { page, profile } = await open();
  const { items } = await ask(page, "/responses?limit=200");
  const details = await Promise.all(items.map((one) => ask(page, `/responses/${one.id}`)));
  await profile.close();
  const staged = (stage) => details.find((one) => one.stage === stage);
  return { draft: staged("draft"), out: staged("measured"), clearable: details.flatMap((one) => one.messages).find((message) => message.may.clear) };
}
const { draft, out, clearable } = skip ? {} : await board();
const PATHS = skip ? [] : ["/communication", `/communication/${draft.id}`, `/communication/${out.id}`, `/clear/${clearable.id}`, "/facts", "/facts/mandate", "/facts/questions", "/communication/plans", "/communication/approvals", "/communication/lines"];
const settled = async (page) => {
  await page.locator("h1").first().waitFor();
  await page.waitForTimeout(600);
};

for (const colorScheme of ["light", "dark"]) {
  test(`no accessibility violation on any page of the loop (${colorScheme})`, { skip }, async () => {
    const { page, faults } = await open({ colorScheme });
    const bad = [];
    const check = async (where) => {
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      bad.push(...violations.map((v) => `${where}: ${v.id} (${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join("; ")})`));
    };
    for (const path of PATHS) {
      await page.goto(at(path));
      await settled(page);
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      await check(path);
    }
    await page.goto(at(`/communication/${draft.id}`));
    await page.getByRole("button", { name: "Modifier les textes" }).click();
    await check("editor");
    await page.goto(at("/communication"));
    await page.getByRole("button", { name: /Nouvelle réponse/ }).click();
    await page.locator("dialog[open]").waitFor();
    await check("new response");
    assert.deepEqual(bad, []);
    assert.deepEqual(faults, []);
  });
}

for (const locale of ["fr-FR", "en-GB"]) {
  test(`every word of the loop is there in ${locale}, and nothing runs out of 320 px`, { skip }, async () => {
    const { page } = await open({ locale, viewport: { width: 320, height: 700 } });
    for (const path of PATHS) {
      await page.goto(at(path));
      await settled(page);
      assert.doesNotMatch(await page.locator("body").innerText(), /\bui-[a-z]+-?|undefined|NaN|\[object/, path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} is ${over} px too wide`);
    }
  });
}

test("the board is walked by keys, and Enter opens what is chosen", { skip }, async () => {
  const { page } = await open({ path: "/communication" });
  await page.locator("[data-response]").first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const chosen = await page.locator('[data-response][aria-current="true"]').getAttribute("data-response");
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`/communication/${chosen}`));
});

test("what is typed survives a reload, and two people's versions stand side by side", { skip }, async () => {
  const { page } = await open({ path: `/communication/${draft.id}` });
  await page.getByRole("button", { name: "Modifier les textes" }).click();
  const box = page.locator("[data-sentence] textarea").first();
  await box.fill("Ma phrase à moi.");
  await page.reload();
  await page.locator("[data-sentence] textarea").first().waitFor();
  assert.equal(await page.locator("[data-sentence] textarea").first().inputValue(), "Ma phrase à moi.");
  const [message] = draft.messages;
  const texts = message.texts.map(({ lang, form, sentences }) => ({ lang, form, sentences: sentences.map((one) => ({ ...one, text: `${one.text} Bis.` })) }));
  const status = await page.evaluate(async ([path, body]) => (await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).status, [`/api/v1/responses/${draft.id}/messages`, { client_id: message.id, base: message.revision, texts }]);
  assert.equal(status, 201);
  await page.getByRole("button", { name: "Enregistrer les textes" }).click();
  await page.locator(".conflict .side", { hasText: "Ma phrase à moi." }).waitFor();
  await page.locator(".conflict .side", { hasText: "Bis." }).first().waitFor();
  await page.getByRole("button", { name: "Continuer avec ceux-ci" }).click();
  await page.getByRole("button", { name: "Enregistrer les textes" }).click();
  await page.locator(`[data-message="${message.id}"]`, { hasText: "Ma phrase à moi." }).waitFor();
  assert.equal((await ask(page, `/messages/${message.id}`)).revision, message.revision + 2);
});

test("a fact is approved by somebody else than its author", { skip }, async () => {
  const { page } = await open({ path: "/facts?show=open" });
  await page.locator("[data-fact]").first().waitFor();
  assert.equal(await page.getByText("Vous l’avez rédigé").count(), 1);
  const before = await page.locator("[data-fact]").count();
  await page.getByRole("button", { name: "Approuver ces mots" }).first().click();
  await page.getByText("approuvé par").first().waitFor();
  assert.equal((await ask(page, "/facts?open=true")).total, before - 1);
});

test("clearing on a phone is light, and binds to the words read", { skip }, async (t) => {
  const { page } = await open({ path: "/facts", viewport: { width: 320, height: 640 }, serviceWorkers: "block" });
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  const [sizes, urls] = [new Map(), new Map()];
  wire.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, new URL(request.url).pathname));
  wire.on("Network.dataReceived", ({ requestId, encodedDataLength }) => sizes.set(requestId, (sizes.get(requestId) ?? 0) + encodedDataLength));
  await page.goto(at(`/clear/${clearable.id}`));
  const clear = page.getByRole("button", { name: "Valider ces mots" });
  await clear.waitFor();
  await page.waitForTimeout(500);
  const names = [...urls.values()];
  assert.deepEqual(names.filter((name) => /\/assets\/(Desk|desk|outbox|Monitoring)/.test(name)), [], "the desk stays where it is");
  const own = [...sizes].filter(([id]) => /\/assets\/(Clear|ui-loop)|\/api\/v1\/messages/.test(urls.get(id))).reduce((sum, [, bytes]) => sum + bytes, 0);
  const whole = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  t.diagnostic(`${own} bytes of its own, ${whole} with the shell`);
  assert.ok(own <= 20_000, `${own} bytes of its own`);
  assert.ok((await clear.boundingBox()).height >= 44);
  await clear.click();
  await page.getByText("Validé. Ces mots exacts peuvent avancer.").waitFor();
  const now = await ask(page, `/messages/${clearable.id}`);
  assert.equal(now.cleared.at(-1).hash, clearable.hash);
});

test("a sentence opens on the words of its facts", { skip }, async () => {
  const { page } = await open({ path: `/clear/${clearable.id}`, viewport: { width: 320, height: 640 } });
  await page.locator("summary").first().click();
  await page.locator("details li .original", { hasText: "puits de Tin-Azar" }).waitFor();
});

test("a response opens from a narrative, and stands on the board as a need", { skip }, async () => {
  const { page } = await open();
  const [{ id }] = (await ask(page, "/monitoring?limit=1")).items;
  await page.goto(at(`/narratives/${id}`));
  await page.getByRole("button", { name: "Ouvrir une réponse" }).click();
  await page.getByLabel("De quoi il s’agit").fill("Camions au carrefour");
  await page.getByLabel("Porte-parole").check();
  await page.getByRole("button", { name: "L’ouvrir" }).click();
  await page.getByRole("heading", { level: 1, name: "Camions au carrefour" }).waitFor();
  const { items } = await ask(page, "/responses?limit=1");
  assert.deepEqual([items[0].stage, items[0].origin], ["need", { from: "narrative", narrative: id }]);
});

test("a question is answered from the mandate", { skip }, async () => {
  const { page } = await open({ path: "/facts/questions" });
  await page.getByRole("button", { name: "Proposer une réponse" }).last().click();
  const form = page.getByRole("form", { name: "Proposer une réponse" });
  await form.getByRole("radio").first().check();
  await form.getByRole("searchbox").fill("eau");
  await form.getByRole("searchbox").press("Enter");
  await form.getByRole("checkbox").first().check();
  await form.getByRole("textbox").last().fill("Oui, l’accès à l’eau est dans le mandat.");
  await form.getByRole("button", { name: "La proposer" }).click();
  await page.getByText("Oui, l’accès à l’eau est dans le mandat.").waitFor();
});

test("who may not see answers is shown neither the board nor a way to it", { skip }, async () => {
  const { page } = await open({ link: site.visitor, path: "/communication" });
  await page.getByText(/Votre rôle n’ouvre/).waitFor();
  assert.equal(await page.getByRole("link", { name: "Faits établis" }).count(), 0);
});
