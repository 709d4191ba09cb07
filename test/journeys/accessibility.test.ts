import { readFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findingsOfBoth, findingsOfLayout } from "#test/axe.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { Server } from "#test/server.ts";

const PAST_MS = 240_000;
const PAGE_MS = 60_000;
const PATIENCE = { timeout: 20_000, interval: 100 };

/** Every address the router knows: a page that is added is looked at without a line here. */
const PAGES = [...readFileSync("web/routes.tsx", "utf8").matchAll(/\bpath: "(\/[^"]*)"/g)].map(([, path = ""]) => path);

const SCREENS: Readonly<Record<string, BrowserContextOptions>> = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

const CSV = "Date;Cellar;Attic\n1.3.2026 08:00;4711,3;812,4\n1.4.2026 08:00;4790,1;830,9\n";

/** Waits until nothing on the page is still on its way. */
async function settled(page: Page): Promise<void> {
  const waiting = () => page.locator('#root:empty, .skeleton, [aria-busy="true"]').count();
  await expect.poll(waiting, PATIENCE).toBe(0);
}

inBrowser()("every page, for those who read it with other means", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    server = await Server.start({ mqtt: "embedded:0" });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  test("the router has pages to look at, and the demo has something to show on them", { timeout: PAST_MS + PAGE_MS }, async () => {
    expect(PAGES).toEqual(expect.arrayContaining(["/", "/explorer", "/plant", "/kiosk", "/alerts", "/backups", "/settings"]));
    expect(PAGES.length).toBeGreaterThan(12);
    await expect.poll(() => server.said, { timeout: PAST_MS, interval: 200 }).toContain("Its devices publish now.");
  });

  describe.each(Object.entries(SCREENS))("on a %s", (name, screen) => {
    // Every name and role is looked at once; on the smaller screen what can be otherwise there.
    const found = name === "phone" ? findingsOfLayout : findingsOfBoth;
    let tab: Tab;
    beforeAll(async () => {
      tab = await openTab(browser, screen);
    });
    afterAll(() => tab?.close());

    test.each([...PAGES, "/no-such-page"])("%s has no serious finding", { timeout: PAGE_MS }, async (path) => {
      await tab.page.goto(`${server.url}${path}`);
      await settled(tab.page);
      expect(await found(tab.page)).toEqual([]);
    });

    test.each(["flats.house-power", "flats.power-main", "flats.power-day", "flats.common-power"])(
      "the page of the meter %s has none either",
      { timeout: PAGE_MS },
      async (meter) => {
        await tab.page.goto(`${server.url}/utilities/meter?meter=${meter}`);
        await settled(tab.page);
        expect(await found(tab.page)).toEqual([]);
      },
    );

    test("nor has a file as it would be read", { timeout: PAGE_MS }, async () => {
      const { page } = tab;
      await page.goto(`${server.url}/import`);
      await settled(page);
      const file = { name: "readings.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) };
      await page.locator('input[type="file"]').setInputFiles(file);
      await page.getByRole("button", { name: "Choose another file" }).waitFor();
      await settled(page);
      expect(await found(page)).toEqual([]);
    });

    test("the palette and the dialog of a rule have none either", { timeout: PAGE_MS }, async () => {
      const { page } = tab;
      await page.goto(`${server.url}/alerts`);
      await settled(page);
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog", { name: "Find" }).waitFor();
      const faults = await found(page);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "New rule" }).click();
      await page.getByRole("dialog", { name: "New rule" }).waitFor();
      await page.getByLabel("Tell me when").selectOption({ label: "A value passes a limit" });
      await page.getByRole("combobox", { name: "Series" }).click();
      await page.getByRole("listbox", { name: "Series" }).getByRole("option").first().waitFor();
      faults.push(...(await found(page)));
      expect(faults).toEqual([]);
    });
  });
});
