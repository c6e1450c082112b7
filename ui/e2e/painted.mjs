// One open screen for `cargo xtask bench live --browser`: when was each narrative first painted?
//
// Opens BASE_URL by LINK in Chromium, says `ready`, and at the end of its input prints one JSON object: for each
// narrative the milliseconds since 1970 at which the frame that first showed it had been handed to the screen.

import process from "node:process";
import { chromium } from "playwright-core";
import { FLAGS } from "./desk.mjs";

const { BASE_URL: base, LINK: link } = process.env;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
const profile = await browser.newContext({ locale: "fr-FR", viewport: { width: 1366, height: 850 }, ignoreHTTPSErrors: true });
await profile.addInitScript(() => sessionStorage.setItem("vigie.guide-skipped", "yes"));
const page = await profile.newPage();
await page.addInitScript(() => {
  const painted = new Map();
  window.painted = painted;
  let fresh = [];
  // A frame's callbacks run before it is painted; a message sent from them is heard after.
  const after = new MessageChannel();
  after.port1.onmessage = ({ data }) => {
    const now = performance.timeOrigin + performance.now();
    for (const id of data) if (!painted.has(id)) painted.set(id, now);
  };
  const note = (changes) => {
    const first = fresh.length === 0;
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        const rows = node.matches("[data-narrative]") ? [node] : node.querySelectorAll("[data-narrative]");
        for (const row of rows) fresh.push(row.dataset.narrative);
      }
    }
    if (!first || fresh.length === 0) return;
    requestAnimationFrame(() => {
      after.port2.postMessage(fresh);
      fresh = [];
    });
  };
  new MutationObserver(note).observe(document, { childList: true, subtree: true });
});
await page.goto(base + link);
await page.goto(`${base}/monitoring?state=all&sort=newest`);
await page.locator("main").waitFor();
await page.waitForTimeout(1_500);
console.log("ready");
for await (const _ of process.stdin);
console.log(JSON.stringify(await page.evaluate(() => Object.fromEntries(window.painted))));
await browser.close();
