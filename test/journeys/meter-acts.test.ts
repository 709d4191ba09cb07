import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dateText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { AnomaliesAnswer } from "#contract/anomalies.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { PATIENCE } from "#test/home-screen.ts";
import { WALKED_YAML } from "#test/meter-walk.ts";
import { Server } from "#test/server.ts";

const ZONE = zoneNamed("Europe/Berlin");
const nowMs = Date.now();
const DAYS = 420;
/** Days ago on which ten times as much was used. */
const ODD = 20;
/** Days ago of the reading whose point was forgotten. */
const TYPO = 100;

const dayMs = (ago: number): number => ZONE.addDays(ZONE.dayStart(nowMs), -ago);
const dayText = (ago: number): string => dateText(dayMs(ago), ZONE).split("-").reverse().join(".");
/** What the dial showed at the end of a day, in tenths: five a day, give or take. */
const tenthsAt = (ago: number): number => 5_000 + 50 * (DAYS - ago) + ((DAYS - ago) % 3) + (ago <= ODD ? 450 : 0);
const shownAt = (ago: number): string => String(ago === TYPO ? tenthsAt(ago) : tenthsAt(ago) / 10).replace(".", ",");

/** A list as somebody keeps it in a workbook, with a line that is no reading. */
const LIST = [
  "Datum;Zählerstand m³;Notiz",
  ...Array.from({ length: DAYS }, (_, row) => `${dayText(DAYS - row)};${shownAt(DAYS - row)};`),
  "bald;7;noch nicht",
].join("\r\n");

inBrowser()("what people do about readings on pages", { timeout: 90_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ yaml: WALKED_YAML, mqtt: "embedded:0" }), startBrowser()]);
    tab = await openTab(browser);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const headline = async () => ((await tab.page.getByRole("heading", { level: 1 }).textContent()) ?? "").replaceAll(/\s/g, " ");
  const press = (name: string | RegExp) => tab.page.getByRole("button", { name }).first().click();
  const anomalies = async () => (await server.get<AnomaliesAnswer>("/api/v1/anomalies")).anomalies.filter(({ rule }) => rule === "unusual");

  test("a list of readings is seen as it would be read, counted, and taken in", async () => {
    const { page } = tab;
    await page.goto(`${server.url}/import`);
    await page.locator('input[type="file"]').setInputFiles({ name: "water.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
    await page.getByRole("region", { name: "How it is read" }).waitFor();
    await expect.poll(headline, PATIENCE).toMatch(/to say before water\.csv can be read/);
    await page.getByLabel("Meter of Zählerstand m³").selectOption({ label: "Water, main, Cellar" });
    await expect.poll(headline, PATIENCE).toBe("water.csv can be read; nothing is kept yet");
    expect(await page.getByRole("region", { name: "The first lines as they would be read" }).textContent()).toContain(shownAt(DAYS));

    await press("Count what it would bring");
    await page.getByRole("region", { name: "What it would bring" }).waitFor();
    expect(await page.getByRole("region", { name: "Lines that are not taken" }).textContent()).toContain("Line 422");
    expect(
      (await server.get<{ meters: { id: string; readings: number }[] }>("/api/v1/meters")).meters.every((one) => one.readings === 0),
    ).toBe(true);

    await press("Take them in");
    await page.getByRole("region", { name: "What it brought" }).waitFor();
    expect(await page.getByRole("region", { name: "What it brought" }).textContent()).toContain(`${DAYS} new`);
    await press("Another file");
    await page.locator('input[type="file"]').setInputFiles({ name: "water.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
    await page.getByLabel("Meter of Zählerstand m³").selectOption({ label: "Water, main, Cellar" });
    await expect.poll(headline, PATIENCE).toBe("water.csv can be read; nothing is kept yet");
    await press("Count what it would bring");
    await expect
      .poll(() => page.getByRole("region", { name: "What it would bring" }).textContent(), PATIENCE)
      .toContain(`${DAYS} known already`);
    expect(await page.getByRole("button", { name: "Take them in" }).count()).toBe(0);
  });

  test("a reading whose point was forgotten is corrected: looked at first, made, taken back, and made again", async () => {
    const { page } = tab;
    await page.goto(`${server.url}/corrections?meter=house.water&near=${dayMs(TYPO)}-${dayMs(TYPO - 1)}`);
    const dialog = page.getByRole("dialog", { name: "Correct a reading" });
    await dialog.locator(".reading-list label", { hasText: new Intl.NumberFormat("en-GB").format(tenthsAt(TYPO)) }).click();
    await dialog.getByLabel("What it should be, m³").fill(String(tenthsAt(TYPO) / 10).replace(".", ","));
    await dialog.getByLabel("Why", { exact: true }).fill("The point was forgotten");
    await dialog.getByRole("button", { name: "See what it would change" }).click();
    await dialog.getByRole("region", { name: "What it would change" }).waitFor();
    expect((await server.get<{ corrections: unknown[] }>("/api/v1/corrections")).corrections).toEqual([]);
    await dialog.getByRole("button", { name: "Correct it" }).click();
    await expect.poll(headline, PATIENCE).toBe("1 correction counts");
    await press(/^Take back: Water, main/);
    await expect.poll(headline, PATIENCE).toBe("Every number rests on readings as they came, 1 taken back");
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect.poll(headline, PATIENCE).toMatch(/^1 correction counts/);
  });

  test("an odd day is found, put aside with a reason, brought back, and put aside again", async () => {
    const { page } = tab;
    await page.goto(`${server.url}/anomalies?meter=house.water`);
    await page.getByRole("region", { name: "Worth a look" }).waitFor();
    expect(await headline()).toMatch(/worth a look since/);
    const before = (await anomalies()).length;
    expect(before).toBeGreaterThan(0);

    const dismiss = async () => {
      await press(/^Dismiss Water, main/);
      await page.getByRole("button", { name: "Guests or a party" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Dismiss", exact: true }).click();
      await expect.poll(async () => (await anomalies()).filter((one) => one.dismissed !== null).length, PATIENCE).toBe(1);
    };
    await dismiss();
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect.poll(async () => (await anomalies()).every((one) => one.dismissed === null), PATIENCE).toBe(true);
    await dismiss();
    await press(/^Put aside/);
    await expect.poll(() => page.getByRole("region", { name: "Put aside" }).textContent(), PATIENCE).toContain("Guests or a party");
    expect(new URL(page.url()).searchParams.get("show")).toBe("dismissed");
  });

  test("nothing of it made the pages complain", () => {
    expect(tab.complaints).toEqual([]);
  });
});
