// Opens Vigie in a real browser for the tests beside this file.
//
// BASE_URL, DUTY_LINK and VISITOR_LINK name a running demo (`/enter/…` links that it prints). Without them the
// tests start the stand-in server of `dev/` on the built files: good while working on screens, and no proof of
// the real server.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

async function standIn(env) {
  const port = 8500 + (process.pid % 400);
  const server = spawn(process.execPath, [fileURLToPath(new URL("../dev/server.mjs", import.meta.url)), String(port)], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  await once(server.stdout, "data");
  return { base: `http://127.0.0.1:${port}`, duty: "/enter/duty", visitor: "/enter/visitor", stop: () => server.kill() };
}

/** Starts a browser at a running Vigie. `env` shapes the stand-in, where that is used. */
export async function start(env = {}) {
  const real = process.env.BASE_URL;
  const site = real
    ? { base: real.replace(/\/$/, ""), duty: process.env.DUTY_LINK, visitor: process.env.VISITOR_LINK, stop: () => undefined }
    : await standIn(env);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  after(async () => {
    await browser.close();
    site.stop();
  });
  const at = (path) => (/^https?:/.test(path) ? path : site.base + path);

  /** A fresh browser profile, signed in as the duty officer unless told otherwise. */
  async function open({ link = site.duty, path = "/monitoring", guide = false, ...context } = {}) {
    const profile = await browser.newContext({ locale: "fr-FR", viewport: { width: 1366, height: 850 }, ignoreHTTPSErrors: true, ...context });
    if (!guide) await profile.addInitScript(() => sessionStorage.setItem("vigie.guide-skipped", "yes"));
    const page = await profile.newPage();
    const faults = [];
    page.on("pageerror", (fault) => faults.push(fault.message));
    page.on("console", (line) => {
      if (line.type() === "error" && !/ERR_INTERNET_DISCONNECTED|status of 4\d\d/.test(line.text())) faults.push(line.text());
    });
    if (link) await page.goto(at(link));
    await page.goto(at(path));
    return { page, profile, faults };
  }
  /** What the API answers to the person whose page this is. */
  const ask = (page, path) => page.evaluate(async (p) => (await fetch(`/api/v1${p}`)).json(), path);
  return { browser, site, at, open, ask };
}

export const rows = (page) => page.locator("[data-narrative]");
export const current = (page) => page.locator('[data-narrative][aria-current="true"]').getAttribute("data-narrative");
