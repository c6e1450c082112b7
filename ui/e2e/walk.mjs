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
