import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { ZoneDetailAnswer } from "#contract/building.ts";
import type { PeakAnswerInfo } from "#contract/building-peak.ts";
import { wallClock } from "#demo/local-clock.ts";
import { isStickDay } from "#demo/tower-air.ts";
import { DEMO_ZONES } from "#demo/world.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { Server } from "#test/server.ts";

const PAST_MS = 240_000;
const PATIENCE = { timeout: 20_000, interval: 100 };
const HISTORY = "VAV 1-03 Space Temp";
const ROW = `tr:has(button:text-is("${HISTORY}"))`;

inBrowser()("the points of a building", { timeout: 120_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ mqtt: "embedded:0" }), startBrowser()]);
    tab = await openTab(browser, { viewport: { width: 1440, height: 900 } });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const open = (address: string) => tab.page.goto(`${server.url}${address}`);
  const words = async (place: string) => ((await tab.page.locator(place).first().textContent()) ?? "").replaceAll(/\s+/g, " ").trim();
  /** How many histories somebody decided about; the demo's file decides about one. */
  const decided = async () => Number(/\d+$/.exec(await words('button:has-text("Decided")'))?.[0]);
  const rolesOfZone = async () =>
    (await server.get<ZoneDetailAnswer>("/api/v1/buildings/tower/zones/vav-1-03")).now.map(({ role }) => role);
  const zonePage = async () => {
    await open("/building/zone?zone=vav-1-03");
    await tab.page.locator("h1").waitFor();
    return words("main");
  };

  test("the demo's tower has a past", { timeout: PAST_MS + 10_000 }, async () => {
    await expect.poll(() => server.said, { timeout: PAST_MS, interval: 200 }).toContain("Its devices publish now.");
  });

  describe("a history that was taken for the wrong thing", () => {
    test("is found by words, opened and closed from the keyboard, and told what it is", async () => {
      expect(await rolesOfZone()).toContain("space-temp");
      await open("/building/names");
      await tab.page.locator("h1").waitFor();
      const before = await decided();
      await tab.page.getByRole("searchbox", { name: "Find a history" }).fill("1-03 space");
      await tab.page.getByRole("button", { name: HISTORY, exact: true }).focus();
      await tab.page.keyboard.press("Enter");
      const editor = tab.page.getByRole("form", { name: `What ${HISTORY} is` });
      await editor.getByLabel("Role").selectOption("none");
      await editor.getByRole("button", { name: "Save" }).click();
      await expect.poll(() => words(`${ROW} td:nth-child(3)`), PATIENCE).toMatch(/^left out ?said by /);
      expect(await decided()).toBe(before + 1);
    });

    test("is no part of its zone any more, and is again once that is taken back", async () => {
      expect(await rolesOfZone()).not.toContain("space-temp");
      const without = await zonePage();
      await open("/building/names?show=decided");
      await tab.page.getByRole("button", { name: HISTORY, exact: true }).click();
      await tab.page.getByRole("button", { name: "As guessed again" }).click();
      await expect.poll(() => tab.page.getByRole("button", { name: HISTORY, exact: true }).count(), PATIENCE).toBe(0);
      expect(await rolesOfZone()).toContain("space-temp");
      expect(await zonePage()).not.toBe(without);
    });

    test("is undone from the notice as well", async () => {
      await open("/building/names?find=1-03+space");
      const before = await decided();
      await tab.page.getByRole("button", { name: HISTORY, exact: true }).click();
      const editor = tab.page.getByRole("form", { name: `What ${HISTORY} is` });
      await editor.getByLabel("Role").selectOption({ label: "Discharge air temperature" });
      await editor.getByRole("button", { name: "Save" }).click();
      await tab.page.getByRole("button", { name: "Undo" }).click();
      await expect.poll(decided, PATIENCE).toBe(before);
      await expect.poll(rolesOfZone, PATIENCE).toContain("space-temp");
    });
  });

  describe("what caused a peak", () => {
    /** Three in the afternoon of the days of the last four weeks on which the damper of AHU 3 stuck. */
    const stuck = () => {
      const zone = zoneNamed(DEMO_ZONES.tower);
      const clock = wallClock((tMs) => zone.offsetAt(tMs));
      const today = zone.dayStart(Date.now());
      return Array.from({ length: 28 }, (_, i) => zone.addDays(today, -i - 1) + 15 * HOUR_MS).filter((tMs) => isStickDay(clock(tMs)));
    };
    const peakAt = (fromMs: number) => server.get<PeakAnswerInfo>(`/api/v1/buildings/tower/peak?from=${fromMs}&to=${fromMs + HOUR_MS / 4}`);

    test("is the damper that stuck and the chiller that worked for it", async () => {
      const answers: PeakAnswerInfo[] = [];
      for (const fromMs of stuck()) answers.push(await peakAt(fromMs));
      const told = answers.filter(({ similarDays }) => similarDays.length >= 5);
      expect(told.length).toBeGreaterThan(0);
      for (const { sentence, movers } of told) {
        expect(sentence).toMatch(/Chiller 1 Power \+\d+/);
        expect(sentence).toContain("AHU 3");
        expect(movers.some(({ equipment }) => equipment === "ahu-3")).toBe(true);
      }
    });

    test("stands on its page: the sentence, the day's curve, comfort, and a way to the equipment at that time", async () => {
      const [fromMs = 0] = stuck();
      const { sentence, curve } = await peakAt(fromMs);
      expect(curve.length * (HOUR_MS / 4)).toBeGreaterThan(22 * HOUR_MS);
      await open(`/building/peak?select=${fromMs}-${fromMs + HOUR_MS / 4}`);
      await expect.poll(() => words("h1"), PATIENCE).toBe(sentence.replaceAll(/\s+/g, " "));
      await tab.page.getByRole("img", { name: /^Main Electric Power on .* days alike\.$/ }).waitFor();
      await tab.page.getByRole("link", { name: "AHU 3 Fan Power" }).click();
      await expect.poll(() => new URL(tab.page.url()).pathname, PATIENCE).toBe("/building/trends");
      const search = new URL(tab.page.url()).searchParams;
      expect(Number(search.get("to")) - Number(search.get("from"))).toBe(DAY_MS);
      await expect.poll(() => words("h1"), PATIENCE).toMatch(/^AHU 3:/);
    });

    test("is asked about from the plant's peaks, of the plant's own meter", async () => {
      await open("/plant");
      await tab.page.getByRole("link", { name: "What caused it" }).first().click();
      await expect.poll(() => new URL(tab.page.url()).searchParams.get("of"), PATIENCE).toBe("plant/main");
      await expect.poll(() => words("h1"), PATIENCE).toContain("Main meter drew");
    });
  });

  test("nothing was complained of", () => {
    expect(tab.complaints).toEqual([]);
  });
});
