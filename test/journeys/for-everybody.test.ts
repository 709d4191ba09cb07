import { connectAsync } from "mqtt";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { Server } from "#test/server.ts";

const YAML = `
sites:
  home: { name: Home, zone: Europe/Berlin, currency: EUR }
sources:
  meter: { site: home, dialect: tasmota-sml }
`;
const PAGES = [
  "/",
  "/explorer",
  "/explorer?series=home/mt681-head/power@meter",
  "/explorer?series=home/mt681-head/power@meter&show=table",
  "/sources",
  "/settings",
  "/nowhere",
];
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What a screen reader cannot name or place, as a list of words; run inside the page, so it is text. */
const FAULTS = `(() => {
  const faults = [];
  const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
  const words = (element) => {
    const labelled = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join("");
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join("");
    const pictures = [...element.querySelectorAll("img[alt], svg title")].map((one) => one.getAttribute("alt") ?? one.textContent).join("");
    return (element.getAttribute("aria-label") ?? "") + labelled + labels + element.textContent + pictures + (element.getAttribute("title") ?? "");
  };
  const active = 'a[href], button, input:not([type="hidden"]), select, textarea, [role="button"], [role="tab"], [role="option"], [tabindex]:not([tabindex="-1"])';
  for (const element of document.querySelectorAll(active)) {
    if (seen(element) && words(element).trim() === "") faults.push("no name: " + element.outerHTML.slice(0, 120));
  }
  for (const role of ["main", "header", "nav"]) if (document.querySelector(role) === null) faults.push("no landmark " + role);
  const headings = document.querySelectorAll("h1");
  if (headings.length !== 1) faults.push(headings.length + " headings of the first level");
  if (document.documentElement.lang === "") faults.push("no language");
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) faults.push("twice the id " + id);
  for (const picture of document.querySelectorAll("img:not([alt])")) faults.push("no words for " + picture.outerHTML.slice(0, 120));
  for (const table of document.querySelectorAll("table")) if (table.querySelector("th") === null) faults.push("a table without heads");
  return faults;
})()`;

inBrowser()("every page", { timeout: 90_000 }, () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    server = await Server.start({ yaml: YAML, mqtt: "embedded:0" });
    const client = await connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`, { reconnectPeriod: 0 });
    await client.publishAsync("tele/head/SENSOR", JSON.stringify({ MT681: { E_in: 2045.1182, Power: 412 } }), { qos: 1 });
    await client.publishAsync("tele/head/SENSOR", `${"unreadable ".repeat(60)}`, { qos: 1 });
    await client.publishAsync(`pri/energy/${"a-very-long-word".repeat(12)}`, "d=3,c=1201", { qos: 1 });
    await client.endAsync();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  async function settled(tab: Tab, path: string): Promise<void> {
    await tab.page.goto(`${server.url}${path}`);
    await expect.poll(() => tab.page.locator('main [aria-busy="true"], main .skeleton').count(), { timeout: 15_000, interval: 50 }).toBe(0);
    await expect
      .poll(async () => ((await tab.page.locator("main").textContent()) ?? "").length, { timeout: 15_000, interval: 50 })
      .toBeGreaterThan(10);
  }

  describe.each(PAGES)("%s", (path) => {
    test("has a name for everything that can be pressed, and its landmarks", async () => {
      const tab = await openTab(browser);
      await settled(tab, path);
      expect(await tab.page.evaluate(FAULTS)).toEqual([]);
      expect(tab.complaints).toEqual([]);
      await tab.close();
    });

    test("fits a phone without scrolling sideways, with room for a finger", async () => {
      const tab = await openTab(browser, PHONE);
      await settled(tab, path);
      expect(await tab.page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      expect(await tab.page.evaluate(FAULTS)).toEqual([]);
      await tab.close();
    });
  });
});
