/** What the tests that walk over every page have in common. */

/** Every page, with a narrative and a signal that are there. */
export async function paths({ open, ask }) {
  const { page, profile } = await open();
  const most = (await ask(page, "/monitoring?state=all&sort=count&limit=1")).items[0].id;
  const signal = (await ask(page, `/narratives/${most}/signals?limit=1`)).items[0].id;
  await profile.close();
  return ["/monitoring", `/narratives/${most}`, `/signals/${signal}`, "/situation", "/warnings", "/tasks", "/incidents", "/reports/digest", "/log", "/admin/sources", "/admin/users", "/admin/journal", "/admin/models", "/admin/checks", "/admin/purposes", "/admin/functions", "/admin/audit", "/admin/keeping"];
}

/** Waits until a page stands. */
export const settled = async (page) => {
  await page.locator("h1").first().waitFor();
  await page.waitForTimeout(700);
};

/** Presses `key` until its dialog stands there: a key that comes while another dialog is closing is nobody's. */
export async function summon(page, key) {
  const dialog = page.locator("dialog[open]");
  for (let times = 0; times < 5 && !(await dialog.isVisible()); times += 1) {
    await page.keyboard.press(key);
    await dialog.waitFor({ timeout: 5_000 }).catch(() => undefined);
  }
  await dialog.waitFor({ timeout: 1_000 });
}
