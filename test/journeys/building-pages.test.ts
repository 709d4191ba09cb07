import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BuildingAnswer, ZoneDetailAnswer } from "#contract/building.ts";
import { findingsOfBoth, findingsOfLayout } from "#test/axe.ts";
import { inBrowser, inkOf, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { Server } from "#test/server.ts";

const PAST_MS = 240_000;
const SCREENS = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
const PATIENCE = { timeout: 20_000, interval: 100 };

inBrowser()("the pages of a building", { timeout: 120_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ mqtt: "embedded:0" }), startBrowser()]);
    tab = await openTab(browser, { viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const open = (address: string) => tab.page.goto(`${server.url}${address}`);
  const plain = (text: string | null) => (text ?? "").replaceAll(/\s+/g, " ").trim();
  const words = async (place: string) => plain(await tab.page.locator(place).first().textContent());
  const searchOf = () => new URL(tab.page.url()).searchParams;
  const overview = () => server.get<BuildingAnswer>("/api/v1/buildings/tower");
  const zoneNames = () => tab.page.locator(".zone-card h3, .zones-name > a, .zones-tile-name").allTextContents();
  const said = (pct: number | null, digits: number) => `${pct?.toFixed(digits)} %`;

  test("the demo's tower has a past", { timeout: PAST_MS + 10_000 }, async () => {
    await expect.poll(() => server.said, { timeout: PAST_MS, interval: 200 }).toContain("Its devices publish now.");
  });

  describe("the list of zones", () => {
    test("begins with the server's sentence and has every zone once", async () => {
      await open("/building");
      await expect.poll(async () => (await words("h1")) === plain((await overview()).sentence), PATIENCE).toBe(true);
      const { zones } = await overview();
      const more = tab.page.getByRole("button", { name: /Show all \d+ zones that need/ });
      if (await more.isVisible()) await more.click();
      expect((await zoneNames()).sort()).toEqual(zones.map(({ zone }) => zone.name).sort());
    });

    test("is filtered by words, air handler and standing, and an address holds all of it", async () => {
      await open("/building?by=floor");
      await tab.page.getByRole("searchbox", { name: "Find a zone" }).fill("vav 3-0");
      await expect.poll(zoneNames, PATIENCE).not.toContain("VAV 1-01");
      expect((await zoneNames()).every((name) => name.startsWith("VAV 3-0"))).toBe(true);
      expect(searchOf().get("find")).toBe("vav 3-0");
      await tab.page.reload();
      await expect.poll(async () => (await zoneNames()).length, PATIENCE).toBeGreaterThan(3);
      expect((await zoneNames()).every((name) => name.startsWith("VAV 3-0"))).toBe(true);

      await tab.page.getByRole("searchbox", { name: "Find a zone" }).fill("");
      await tab.page.getByLabel("Air handler").selectOption({ label: "AHU 2" });
      await expect.poll(() => searchOf().get("handler"), PATIENCE).toBe("ahu-2");
      await expect.poll(async () => (await zoneNames()).every((name) => name.startsWith("VAV 2-")), PATIENCE).toBe(true);

      await open("/building?by=floor");
      await tab.page.getByRole("button", { name: /^inside \d+$/ }).click();
      await expect.poll(() => searchOf().get("standing"), PATIENCE).toBe("inside");
      const { counts } = await overview();
      await expect.poll(async () => (await zoneNames()).length, PATIENCE).toBe(counts.inside);
    });

    test("says what to do where no zone fits", async () => {
      await open("/building?find=nowhere");
      await tab.page.getByText("No zone fits all of these filters.").waitFor();
      await tab.page.getByRole("button", { name: /^Show all \d+ zones$/ }).click();
      await expect.poll(async () => (await zoneNames()).length, PATIENCE).toBeGreaterThan(3);
      expect(searchOf().has("find")).toBe(false);
    });

    test("stands by air handler, with what each of them does beside its name", async () => {
      await open("/building");
      await tab.page.getByRole("button", { name: "By air handler" }).click();
      await expect.poll(() => searchOf().get("by"), PATIENCE).toBe("handler");
      const { airHandlers } = await overview();
      for (const { equipment, zones } of airHandlers) {
        const group = tab.page.getByRole("region", { name: equipment.name, exact: true });
        expect(plain(await group.locator(".zones-sec span").first().textContent())).toContain(`of ${zones.length} inside`);
      }
    });
  });

  describe("one zone", () => {
    test("opens from the list with all its charts", async () => {
      await open("/building?find=3-07");
      await tab.page.getByRole("link", { name: "VAV 3-07" }).click();
      await expect.poll(() => words("h1"), PATIENCE).toMatch(/^VAV 3-07 /);
      expect(searchOf().get("zone")).toBe("vav-3-07");
      await tab.page.locator(".series-chart .uplot").nth(3).waitFor();
      expect((await inkOf(tab.page, ".series-chart")).pixels).toBeGreaterThan(5_000);
      expect(await words(".series-chart figcaption")).toMatch(/^VAV 3-07 from .+: space temperature, /);
    });

    test("sums a dragged selection up as the server does", async () => {
      await open("/building/zone?zone=vav-3-07&range=yesterday");
      const area = tab.page.locator(".series-chart .u-over").first();
      await area.waitFor();
      const box = await area.boundingBox();
      if (box === null) throw new Error("the chart has no place");
      const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
      await tab.page.mouse.move(...at(0.45));
      await tab.page.mouse.down();
      await tab.page.mouse.move(...at(0.6));
      await tab.page.mouse.move(...at(0.7));
      await tab.page.mouse.up();
      await expect.poll(() => searchOf().get("select"), PATIENCE).not.toBeNull();
      const [from, to] = (searchOf().get("select") ?? "").split("-");
      expect(Number(to) - Number(from)).toBeGreaterThan(4 * 3_600_000);
      const { comfort, airflow } = await server.get<ZoneDetailAnswer>(`/api/v1/buildings/tower/zones/vav-3-07?from=${from}&to=${to}`);
      await tab.page.getByRole("heading", { name: "Selection" }).waitFor();
      const card = '[aria-label="Selection"]';
      await expect.poll(() => words(card), PATIENCE).toContain(`Comfort${said(comfort.withinTimePct, 1)} of time`);
      expect(await words(card)).toContain(`${said(comfort.withinPct, 1)} of ${comfort.samples} samples`);
      expect(await words(card)).toContain(`Airflow${said(airflow.withinPct, 1)} right`);
      expect(await words(card)).toContain(`Discomfort${comfort.discomfortDegreeHours?.toFixed(1)} °F·h`);

      await tab.page.keyboard.press("Escape");
      await expect.poll(() => searchOf().get("select"), PATIENCE).toBeNull();
      await tab.page.getByRole("heading", { name: "This window" }).waitFor();
    });

    test("shows its rows, goes to the next zone by a key, and gives its samples as CSV", async () => {
      await open("/building/zone?zone=vav-3-07&range=yesterday");
      await tab.page.locator(".series-chart").waitFor();
      await tab.page.keyboard.press("t");
      await tab.page.getByRole("region", { name: "Readings" }).waitFor();
      const [download] = await Promise.all([tab.page.waitForEvent("download"), tab.page.getByRole("link", { name: "CSV" }).click()]);
      expect(download.suggestedFilename()).toMatch(/\.csv$/);
      const { zones } = await overview();
      const at = zones.findIndex(({ zone }) => zone.id === "vav-3-07");
      const next = zones[at + 1] ?? zones[at - 1];
      await tab.page.keyboard.press(zones[at + 1] === undefined ? "p" : "n");
      await expect.poll(() => searchOf().get("zone"), PATIENCE).toBe(next?.zone.id);
    });

    test("says what nobody is called, and which zones there are", async () => {
      await open("/building/zone?zone=vav-99");
      await tab.page.getByRole("heading", { name: "There is no zone vav-99 at North Tower." }).waitFor();
      await tab.page.getByRole("link", { name: "All zones" }).waitFor();
      await open("/building/zone");
      await tab.page.getByText("No zone chosen.").waitFor();
    });
  });

  test("air handlers have their zones with their comfort, and lead to them", async () => {
    await open("/building/air-handlers?range=yesterday");
    await tab.page.getByRole("region", { name: "AHU 3", exact: true }).waitFor();
    const card = tab.page.getByRole("region", { name: "AHU 3", exact: true });
    expect(await card.locator(".handler-zone").count()).toBe(12);
    expect(plain(await card.textContent())).toContain("Ran yesterday");
    await card.getByRole("link", { name: "Its zones" }).click();
    await expect.poll(() => searchOf().get("handler"), PATIENCE).toBe("ahu-3");
    expect(searchOf().get("range")).toBe("yesterday");
  });

  test("the palette finds a zone by its name", async () => {
    await open("/building");
    await tab.page.locator("h1").waitFor();
    await tab.page.keyboard.press("Control+k");
    await tab.page.getByRole("combobox", { name: "Meter, page or action" }).fill("vav 2-14");
    await tab.page
      .getByRole("option", { name: /VAV 2-14/ })
      .first()
      .waitFor();
    await tab.page.keyboard.press("Enter");
    await expect.poll(() => searchOf().get("zone"), PATIENCE).toBe("vav-2-14");
  });

  test("an arrow goes to the whole day before, by the building's calendar", async () => {
    await open("/building");
    await tab.page.locator("h1").waitFor();
    await tab.page.getByRole("button", { name: "Earlier" }).click();
    await expect.poll(() => searchOf().get("from"), PATIENCE).not.toBeNull();
    const { range } = await overview();
    expect(Number(searchOf().get("to"))).toBe(range.fromMs);
  });

  test("nothing was complained of, but the zone that nobody is called", () => {
    expect(tab.complaints.filter((complaint) => !complaint.includes("404"))).toEqual([]);
  });

  describe.each(Object.entries(SCREENS))("for those who read with other means, on a %s", (name, screen) => {
    let own: Tab;
    beforeAll(async () => {
      own = await openTab(browser, screen);
    });
    afterAll(() => own?.close());

    // Every page as it opens is looked at with all others; a dozen zones and an hour of rows have all that many have.
    test.each([
      "/building?by=handler&handler=ahu-3&range=yesterday",
      "/building?by=floor&handler=ahu-3",
      "/building/zone?zone=vav-3-07&range=yesterday",
      "/building/zone?zone=vav-3-07&show=table&range=1h",
    ])("%s has no serious finding", async (path) => {
      await own.page.goto(`${server.url}${path}`);
      await own.page.locator("h1").waitFor();
      const waiting = () => own.page.locator('.skeleton, [aria-busy="true"]').count();
      await expect.poll(waiting, PATIENCE).toBe(0);
      for (const fold of await own.page.locator("details > summary").all()) await fold.click();
      expect(await (name === "phone" ? findingsOfLayout : findingsOfBoth)(own.page)).toEqual([]);
    });
  });

  test("a house without a station is told how to connect one, and is not offered the page elsewhere", async () => {
    const bare = await Server.start({ yaml: "sites:\n  house: { name: House, zone: Etc/UTC, currency: EUR }\n", mqtt: "embedded:0" });
    try {
      await tab.page.goto(`${bare.url}/building`);
      await expect.poll(() => words("h1"), PATIENCE).toMatch(/^No building yet/);
      expect(await words(".no-building")).toContain("niagaraExport:");
      await tab.page.goto(`${bare.url}/settings`);
      await tab.page.locator("h1, h2").first().waitFor();
      expect(await tab.page.getByRole("link", { name: "Building" }).count()).toBe(0);
    } finally {
      await bare.remove();
    }
  });
});
