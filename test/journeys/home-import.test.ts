import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dateText } from "#calendar/local-text.ts";
import type { HomeDaysAnswer } from "#contract/home.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { HomeScreen, PATIENCE } from "#test/home-screen.ts";
import { houseDisplays, tasmota, zoneAtNoon } from "#test/home-story.ts";
import { Server } from "#test/server.ts";
import { tell } from "#test/telling.ts";

const nowMs = Date.now();
const ZONE = zoneAtNoon(nowMs);
const todayMs = ZONE.dayStart(nowMs);
const yesterdayMs = ZONE.addDays(todayMs, -1);
const startMs = ZONE.addDays(todayMs, -2);

const YAML = `
sites:
  home: { name: Home, zone: ${ZONE.id}, currency: EUR }
sources:
  house: { name: Reader head, site: home, dialect: tasmota-sml, topics: [tele/house/SENSOR], options: { point: device } }
homes:
  house: { site: home, grid: house }
`;
const displays = houseDisplays(startMs, nowMs, ZONE);

inBrowser()("readings of one home, saved on its page and taken in on another's", { timeout: 90_000 }, () => {
  let [old, fresh]: Server[] = [];
  let browser: Browser;
  let tab: Tab;
  let file: string;

  beforeAll(async () => {
    [old, fresh, browser] = await Promise.all([
      Server.start({ yaml: YAML, mqtt: "embedded:0" }),
      Server.start({ yaml: YAML, mqtt: "embedded:0" }),
      startBrowser(),
    ]);
    await old.end();
    await tell(
      old,
      displays.map(({ tMs, watts, bought, sold }) => tasmota("tele/house/SENSOR", tMs, { E_in: bought, E_out: sold, Power: watts })),
    );
    await old.run();
    tab = await openTab(browser, { acceptDownloads: true });
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([old?.remove(), fresh?.remove()]);
  });

  const yesterday = async (server: Server | undefined) => {
    const path = `/api/v1/homes/home.house/days?from=${dateText(yesterdayMs, ZONE)}&to=${dateText(todayMs, ZONE)}`;
    return (await server?.get<HomeDaysAnswer>(path))?.days[0];
  };
  const dialog = () => tab.page.getByRole("dialog");
  const words = async () => ((await dialog().textContent()) ?? "").replaceAll(/\s/g, " ");
  const press = (name: string) => dialog().getByRole("button", { name }).click();
  const open = async () => {
    await tab.page.getByRole("button", { name: "More" }).click();
    await tab.page.getByRole("menuitem", { name: "Import readings (CSV)…" }).click();
    await dialog().locator('input[type="file"]').waitFor();
  };

  test("what the page saves goes in, counted first, and the day comes to the same", async () => {
    await new HomeScreen(tab.page).open(`${old?.url}/home?from=${startMs}&to=${nowMs}`);
    await tab.page.getByRole("button", { name: "More" }).click();
    const [download] = await Promise.all([
      tab.page.waitForEvent("download"),
      tab.page.getByRole("menuitem", { name: /^Save CSV/ }).click(),
    ]);
    file = await download.path();
    const rows = readFileSync(file, "utf8").trimEnd().split("\n").length - 1;
    writeFileSync(join(fresh?.folder ?? "", "saved.csv"), `${readFileSync(file, "utf8")}later,soon,1,2,,,\r\n`);

    await tab.page.goto(`${fresh?.url}/home`);
    await open();
    await dialog()
      .locator('input[type="file"]')
      .setInputFiles(join(fresh?.folder ?? "", "saved.csv"));
    await expect.poll(words, PATIENCE).toContain(`${(rows + 1).toLocaleString("en-GB")} lines`);
    expect(await words()).toContain(`${(3 * rows).toLocaleString("en-GB")} values are new.`);
    expect(await words()).toContain(`Line ${(rows + 2).toLocaleString("en-GB")}: "soon" is no time.`);
    expect((await yesterday(fresh))?.boughtKwh ?? null).toBeNull();
    await press("Take them");
    await expect.poll(words, PATIENCE).toContain(`${(3 * rows).toLocaleString("en-GB")} values were kept.`);
    const own = await yesterday(old);
    expect(own?.boughtKwh).toBeGreaterThan(1);
    expect(await yesterday(fresh)).toEqual(own);
    expect(tab.complaints).toEqual([]);
  });

  test("the page shows them at once, and the same file again has nothing new", async () => {
    await press("Show them");
    await expect.poll(() => tab.page.locator("main").textContent(), PATIENCE).toContain("kWh");
    expect(Number(new URL(tab.page.url()).searchParams.get("from"))).toBe(startMs);
    await open();
    await dialog().locator('input[type="file"]').setInputFiles(file);
    await expect.poll(words, PATIENCE).toContain("There is nothing new to take.");
    expect(await dialog().getByRole("button", { name: "Take them" }).count()).toBe(0);
  });
});
