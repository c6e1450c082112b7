import assert from "node:assert/strict";
import { test } from "node:test";
import { rows, start } from "./desk.mjs";

const { at, site, browser } = await start({ LIVE: "no", DEMO: "no" });

/** Bytes of content, as sent, that `visit` brings; the same with the headers of each answer; the hosts they came from. */
async function weigh(page, visit) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  let whole = 0;
  const hosts = new Set();
  const heavy = [];
  const urls = new Map();
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    hosts.add(new URL(request.url).host);
    urls.set(requestId, request.url);
  });
  session.on("Network.dataReceived", ({ encodedDataLength }) => (bytes += encodedDataLength));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    whole += encodedDataLength;
    heavy.push([encodedDataLength, urls.get(requestId)]);
  });
  await visit();
  await page.waitForTimeout(800);
  return { bytes, whole, hosts, heavy: heavy.sort((a, b) => b[0] - a[0]).slice(0, 6) };
}

/** Signs in: by the demo's link, or by name where the site is no demo (its pages carry no guide). */
async function comeIn(context) {
  const { LOGIN: name, PASSWORD: password } = process.env;
  if (!name) return context.request.get(at(site.duty), { maxRedirects: 0 });
  const headers = { Origin: site.base, "Content-Type": "application/json" };
  return context.request.post(at("/api/v1/signin"), { headers, data: { name, password } });
}

test("the first visit to the sign-in screen costs at most 35 kB", async (t) => {
  const page = await (await browser.newContext({ serviceWorkers: "block", locale: "fr-FR", ignoreHTTPSErrors: true })).newPage();
  const { bytes, whole, hosts, heavy } = await weigh(page, async () => {
    await page.goto(site.base);
    await page.locator("input[type=password]").waitFor();
  });
  t.diagnostic(`${bytes} bytes of content, ${whole} with headers`);
  assert.ok(bytes <= 35_000, `${bytes} bytes: ${JSON.stringify(heavy)}`);
  assert.equal(hosts.size, 1, "one host");
});

test("the first visit to Monitoring with 50 narratives costs at most 60 kB", async (t) => {
  const context = await browser.newContext({ serviceWorkers: "block", locale: "fr-FR", ignoreHTTPSErrors: true });
  await context.addInitScript(() => sessionStorage.setItem("vigie.guide-skipped", "yes"));
  // The cookie, without a page that would warm the cache.
  await comeIn(context);
  const page = await context.newPage();
  const { bytes, whole, hosts, heavy } = await weigh(page, async () => {
    await page.goto(at("/monitoring"));
    await rows(page).first().waitFor();
  });
  t.diagnostic(`${bytes} bytes of content, ${whole} with headers, ${await rows(page).count()} narratives`);
  assert.equal(await rows(page).count(), 50);
  assert.ok(bytes <= 60_000, `${bytes} bytes: ${JSON.stringify(heavy)}`);
  assert.equal(hosts.size, 1, "one host");
});
