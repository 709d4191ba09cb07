import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MeterConsumptionAnswer } from "#contract/meter-history.ts";
import type { MetersAnswer } from "#contract/meters.ts";
import { findingsOfBoth } from "#test/axe.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { PATIENCE, PHONE } from "#test/home-screen.ts";
import { sayReading } from "#test/meter-walk.ts";
import { Server } from "#test/server.ts";

const DAY_MS = 86_400_000;
const PER_DAY = 5;
const today = new Date();
/** The last whole month, by a clock that never changes. */
const monthMs = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1);
const endMs = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1);
const days = Math.round((endMs - monthMs) / DAY_MS);
const swapMs = monthMs + 14.5 * DAY_MS;

const YAML = `
sites:
  house: { name: House, zone: Etc/UTC, currency: EUR }
meters:
  gas: { name: Gas, unit: m³, group: Cellar, prices: [{ from: 2020-01-01, perUnit: 1.20 }] }
  flat: { name: Flat 1, unit: kWh, group: First floor, pattern: [10, 10, 9, 8, 7, 7, 7, 7, 8, 9, 9, 10] }
  shop: { name: Shop, unit: kWh, group: Ground floor }
  both: { name: Flat and shop, unit: kWh, formula: flat + shop }
`;

/** What the old gas meter shows, and from the swap on the new one, which began at zero. */
const gasAt = (tMs: number): number => (tMs < swapMs ? 1000 + (PER_DAY * (tMs - monthMs)) / DAY_MS : (PER_DAY * (tMs - swapMs)) / DAY_MS);

inBrowser()("the meters of a house, on their pages", { timeout: 120_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ yaml: YAML, mqtt: "embedded:0" }), startBrowser()]);
    const say = (id: string, tMs: number, value: number) =>
      sayReading(server, id, { at: new Date(tMs).toISOString(), value: Math.round(value * 10) / 10 });
    for (let tMs = monthMs - 20 * DAY_MS; tMs < Date.now(); tMs += DAY_MS) {
      await say("gas", tMs, gasAt(tMs));
      await say("flat", tMs, 500 + (3 * (tMs - monthMs)) / DAY_MS);
      await say("shop", tMs, 800 + (7 * (tMs - monthMs)) / DAY_MS);
    }
    tab = await openTab(browser, { acceptDownloads: true });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const words = async (place: string): Promise<string> =>
    ((await tab.page.locator(place).first().textContent()) ?? "").replaceAll(/\s/g, " ").trim();
  const headline = () => words("h1");
  const dialog = () => tab.page.getByRole("dialog");
  const open = (address: string) => tab.page.goto(`${server.url}${address}`);
  const table = (meter: string) => open(`/utilities/meter?meter=house.${meter}&show=table&from=${monthMs}&to=${endMs}&by=month`);
  /** The row of the last whole month on the page of a meter. */
  const month = () => words(".meter-rows tbody tr");
  const asked = (meter: string) =>
    server.get<MeterConsumptionAnswer>(`/api/v1/meters/house.${meter}/consumption?from=${monthMs}&to=${endMs}&by=month`);

  test("the list says how many there are and how they stand, and leads to what is to be decided", async () => {
    await open("/utilities");
    await expect.poll(headline, PATIENCE).toBe("4 meters: 3 live, 1 implausible");
    expect(await words(".util-meters")).toContain("Cellar");
    const row = tab.page.locator(".util-row", { hasText: "Gas" });
    expect((await row.textContent())?.replaceAll(/\s/g, " ")).toContain("implausible");
    await tab.page.getByRole("searchbox", { name: "Find a meter" }).fill("flat first");
    await expect.poll(() => tab.page.locator(".util-row").count(), PATIENCE).toBe(1);
    expect(tab.page.url()).toContain("find=flat");
    await tab.page.getByRole("searchbox", { name: "Find a meter" }).fill("");
    await row.getByRole("link", { name: "1 event" }).click();
    await tab.page.getByRole("heading", { name: "Events of the register" }).waitFor();
    expect(await words("#events")).toContain("The register fell from");
  });

  test("a meter that was replaced is told to be on its page, and the month stays whole", async () => {
    await table("gas");
    await expect.poll(month, PATIENCE).toContain("unknown");
    const partly = await asked("gas");
    expect(partly.amount[0]).toBeLessThan(PER_DAY * days - 1);

    await tab.page.getByRole("button", { name: "The meter was replaced" }).click();
    const at = new Date(swapMs).toISOString().slice(0, 16);
    await dialog().getByLabel("Replaced at").fill(at);
    await dialog()
      .getByLabel(/The old one showed last/)
      .fill(String(1000 + PER_DAY * 14.5).replace(".", ","));
    await dialog()
      .getByLabel(/The new one showed first/)
      .fill("0");
    await dialog().getByLabel("New serial number").fill("NEW-77");
    expect(await findingsOfBoth(tab.page)).toEqual([]);
    await dialog().getByRole("button", { name: "Replace it" }).click();
    await dialog().waitFor({ state: "detached" });

    await expect.poll(month, PATIENCE).toContain(`${PER_DAY * days} m³`);
    const row = await month();
    expect(row).toContain("all measured");
    expect(row).toContain("meter replaced");
    expect(row).not.toContain("unknown");
    expect(row).toContain(`€${(PER_DAY * days * 1.2).toFixed(2)}`);
    expect((await asked("gas")).amount[0]).toBeCloseTo(PER_DAY * days, 6);
    const { sentence } = await server.get<MetersAnswer>("/api/v1/meters");
    expect(sentence).toBe("4 meters: 4 live");
    expect(await words("#definition")).toContain("NEW-77");
  });

  test("the number says how it was made, down to both devices", async () => {
    await tab.page.locator(".meter-rows tbody tr").first().getByRole("button", { name: "How" }).click();
    await dialog().getByText("How this number was made").waitFor();
    await expect.poll(() => words(".lineage-amount"), PATIENCE).toContain(`${PER_DAY * days} m³`);
    expect(await words(".lineage-rules")).toMatch(/replaced/i);
    expect(tab.page.url()).toContain("made=");
    expect(await findingsOfBoth(tab.page)).toEqual([]);
    await tab.page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
  });

  test("a reading is corrected in its place, seen before it is done, and taken back", async () => {
    // The reading at the end of the month stands in the first moment of the next one.
    await open(`/utilities/meter?meter=house.flat&show=table&from=${monthMs}&to=${endMs + 1}&by=month`);
    const whole = `${new Date(monthMs).toLocaleString("en-GB", { month: "short", timeZone: "UTC" }).slice(0, 3)} ${new Date(monthMs).getUTCFullYear()}`;
    const flat = async () =>
      ((await tab.page.locator(".meter-rows tbody tr", { hasText: whole }).textContent()) ?? "").replaceAll(/\s/g, " ");
    await expect.poll(flat, PATIENCE).toContain(`${3 * days} kWh`);
    const shown = 500 + 3 * days;
    const reading = tab.page.locator(".meter-readings tbody tr", { hasText: `${shown} kWh` });
    while ((await reading.count()) === 0) await tab.page.getByRole("button", { name: "Show older readings" }).click();
    await reading.getByRole("button", { name: "Change" }).click();
    await dialog()
      .getByLabel(/It showed/)
      .fill(String(shown + 1));
    await expect
      .poll(() => words(".util-preview"), PATIENCE)
      .toMatch(new RegExp(`Flat 1, .*: ${3 * days}(\\.0)? kWh → ${3 * days + 1}(\\.0)? kWh`));
    expect(await words(".util-preview")).toContain("Flat and shop");
    expect(await dialog().getByRole("button", { name: "Change it" }).isDisabled()).toBe(true);
    await dialog().getByLabel("Why").fill("read 4 for 3");
    await dialog().getByRole("button", { name: "Change it" }).click();
    await dialog().waitFor({ state: "detached" });
    await expect.poll(flat, PATIENCE).toContain("corrected by hand");
    expect(await flat()).toContain(`${3 * days + 1}`);
    const corrected = tab.page.locator(".meter-readings tbody tr", { hasText: "✎ corrected" });
    expect((await corrected.textContent())?.replaceAll(/\s/g, " ")).toContain(`stored ${shown} kWh`);

    await corrected.getByRole("button", { name: "Undo" }).click();
    await expect.poll(flat, PATIENCE).not.toContain("corrected by hand");
    expect(await flat()).toContain(`${3 * days}`);
  });

  test("the year adds nothing twice, and costs say where a price is missing", async () => {
    await open(`/utilities/consumption?year=${new Date(monthMs).getUTCFullYear()}`);
    await expect.poll(headline, PATIENCE).toMatch(/^Electricity /);
    const { meters } = await server.get<MetersAnswer>("/api/v1/meters");
    expect(meters.find(({ id }) => id === "house.flat")?.within).toEqual(["house.both"]);
    expect(await words(".year-ranking")).toContain("Flat and shop");
    await tab.page.getByRole("link", { name: "Costs" }).click();
    await expect.poll(headline, PATIENCE).toContain("for 1 meter in");
    expect(await words(".year-table")).toContain("no price");
    const saving = tab.page.waitForEvent("download");
    await tab.page.getByRole("button", { name: "Save CSV" }).click();
    expect((await saving).suggestedFilename()).toMatch(/^costs-\d{4}\.csv$/);
  });

  test("a meter is made on the page and found in the list", async () => {
    await open("/utilities");
    await tab.page.getByRole("button", { name: "New meter" }).click();
    await dialog().getByLabel("Name").fill("Water, garden");
    await dialog().getByLabel("Medium").selectOption({ label: "Water" });
    expect(await dialog().getByLabel("Unit").inputValue()).toBe("m³");
    expect(await findingsOfBoth(tab.page)).toEqual([]);
    await dialog().getByRole("button", { name: "Make this meter" }).click();
    await expect.poll(headline, PATIENCE).toBe("Water, garden has no reading yet");
    expect(tab.page.url()).toContain("meter=house.water_garden");
    await tab.page.locator("#definition").getByRole("button", { name: "Remove" }).click();
    await expect.poll(headline, PATIENCE).toBe("4 meters: 4 live");
    await tab.page.getByRole("alert").filter({ hasText: "Meter taken off the lists" }).getByRole("button", { name: "Undo" }).click();
    await expect.poll(headline, PATIENCE).toBe("5 meters: 4 live, 1 waiting");
  });

  test("on a phone every meter is a card, and nothing is wider than the screen", async () => {
    const phone = await openTab(browser, PHONE);
    try {
      for (const path of ["/utilities", "/utilities/meter?meter=house.gas", "/utilities/consumption", "/utilities/costs"]) {
        await phone.page.goto(`${server.url}${path}`);
        await phone.page.locator("h1").waitFor();
        await expect.poll(() => phone.page.locator(".skeleton").count(), PATIENCE).toBe(0);
        expect(await phone.page.evaluate("document.documentElement.scrollWidth - innerWidth"), path).toBeLessThanOrEqual(0);
        expect(await findingsOfBoth(phone.page), path).toEqual([]);
      }
      expect(phone.complaints).toEqual([]);
    } finally {
      await phone.close();
    }
  });

  test("nothing complained", () => {
    expect(tab.complaints).toEqual([]);
  });
});
