import { connectAsync } from "mqtt";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dateText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { HomeScreen, numberIn, PATIENCE, TABLET } from "#test/home-screen.ts";
import { type Display, dayLasting, HOUR_MS, houseDisplays, MINUTE_MS, registerAt, tasmota, zoneAtNoon } from "#test/home-story.ts";
import { Server } from "#test/server.ts";
import { type Said, tell } from "#test/telling.ts";

const DAY_MS = 24 * HOUR_MS;
const nowMs = Date.now();
const ZONE = zoneAtNoon(nowMs);
const BERLIN = zoneNamed("Europe/Berlin");
const todayMs = ZONE.dayStart(nowMs);
const yesterdayMs = ZONE.addDays(todayMs, -1);
const startMs = ZONE.addDays(todayMs, -2);
const [PER_KWH, FEE, FEED_IN] = [0.3, 12, 0.08];
/** The file says the price from long before the story on. */
const fileDate = dateText(ZONE.addDays(todayMs, -40), ZONE);

const YAML = `
sites:
  home: { name: Home, zone: ${ZONE.id}, currency: EUR }
  cabin: { name: Cabin, zone: ${ZONE.id}, currency: EUR }
  autumn: { name: Autumn, zone: ${BERLIN.id}, currency: EUR }
  new: { name: New, zone: ${ZONE.id}, currency: EUR }
sources:
  house: { name: Reader head, site: home, dialect: tasmota-sml, topics: [tele/house/SENSOR], options: { point: device } }
  cabin: { site: cabin, dialect: tasmota-sml, topics: [tele/cabin/SENSOR], options: { point: device } }
  autumn: { site: autumn, dialect: tasmota-sml, topics: [tele/autumn/SENSOR], options: { point: device } }
  new: { site: new, dialect: tasmota-sml, topics: [+/tele/SENSOR] }
homes:
  house:
    site: home
    prices: [{ from: ${fileDate}, perKwh: ${PER_KWH}, baseFeePerMonth: ${FEE}, feedInPerKwh: ${FEED_IN} }]
`;

const displays = houseDisplays(startMs, nowMs, ZONE);
const last = displays.at(-1) as Display;
/** The register said zero once, in the afternoon of yesterday. */
const zeroMs = yesterdayMs + 15 * HOUR_MS;

const house = displays.map(({ tMs, watts, bought, sold }) =>
  tasmota("tele/house/SENSOR", tMs, { E_in: tMs === zeroMs ? 0 : bought, E_out: sold, Power: watts }),
);

/** A meter whose PIN nobody has entered: whole kWh, no power, 1.2 kW. */
const cabin: Said[] = [];
for (let tMs = todayMs - 12 * HOUR_MS; tMs <= nowMs; tMs += 10 * MINUTE_MS)
  cabin.push(tasmota("tele/cabin/SENSOR", tMs, { E_in: cabinKwh(tMs) }));
function cabinKwh(tMs: number): number {
  return Math.floor(320.25 + (1.2 * (tMs - todayMs)) / HOUR_MS);
}

/** The day the clocks went back, 600 W all through it, with some hours around. */
const longDay = dayLasting(25 * HOUR_MS, BERLIN, nowMs);
const autumn: Said[] = [];
for (let tMs = longDay.fromMs - 2 * HOUR_MS; tMs <= longDay.toMs + 2 * HOUR_MS; tMs += 15 * MINUTE_MS)
  autumn.push(tasmota("tele/autumn/SENSOR", tMs, { E_in: Math.round(80_000 + (tMs - longDay.fromMs) / 6_000) / 1000, Power: 600 }));

const rise = (of: "bought" | "sold", fromMs: number, toMs: number) => registerAt(displays, of, toMs) - registerAt(displays, of, fromMs);
/** Each day carries its share of the month's fee, also the one that runs. */
function fees(fromMs: number): number {
  let sum = 0;
  for (let dayMs = fromMs; dayMs < nowMs; dayMs = ZONE.addDays(dayMs, 1))
    sum += FEE / ZONE.daysBetween(ZONE.startOf("month", dayMs), ZONE.nextStart("month", dayMs));
  return sum;
}
/** What is shown is rounded to the cent. */
const CENT = 0.00501;
const off = (shown: string, own: number) => Math.abs(numberIn(shown) - own);

inBrowser()("a home, from its reader's messages to the numbers on the wall", { timeout: 90_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;
  let screen: HomeScreen;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ yaml: YAML, mqtt: "embedded:0" }), startBrowser()]);
    tab = await openTab(browser, { ...TABLET, acceptDownloads: true });
    screen = new HomeScreen(tab.page);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const main = () => screen.words("main");

  test("an empty house says what to type into the reader, and shows its first reading by itself", async () => {
    await tab.page.goto(`${server.url}/home`);
    await expect.poll(main, PATIENCE).toContain("MqttHost 127.0.0.1");
    const lines = (await tab.page.locator("pre").textContent()) ?? "";
    expect(lines).toContain("MqttPort 1883");
    // A reader that was told these lines says its readings there.
    const said = (word: string) => new RegExp(`\\b${word} ([^\\s;]+)`).exec(lines)?.[1] ?? "";
    const prefix = said("FullTopic").replace("%topic%", said("Topic")).replace("%prefix%", "tele");
    const reader = await connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`, { reconnectPeriod: 0 });
    const message = { Time: "1970-01-01T00:04:10", MT681: { E_in: 1, Power: 321 } };
    await reader.publishAsync(`${prefix}SENSOR`, JSON.stringify(message), { qos: 1 });
    await reader.endAsync();
    await expect.poll(main, PATIENCE).toContain("321 W");
    expect(tab.complaints).toEqual([]);
  });

  test("the first line and the periods are the sums of what was published", async () => {
    await server.end();
    await tell(server, [...house, ...cabin, ...autumn]);
    await server.run();
    tab.complaints.length = 0;
    await screen.open(`${server.url}/home?home=home.house`);
    await expect.poll(() => screen.words("h1"), PATIENCE).toContain("today for");
    const line = await screen.words("h1");
    const kwh = rise("bought", todayMs, last.tMs);
    const cost = kwh * PER_KWH + fees(todayMs);
    expect(line).toContain(`${last.watts < 0 ? "Exporting" : "Drawing"} ${Math.abs(last.watts)} W.`);
    const [, saidKwh = "", saidCost = ""] = /Bought (.+?) today for (\S+?)[,.]( |$)/.exec(line) ?? [];
    expect([off(saidKwh, kwh), off(saidCost, cost)]).toEqual([expect.closeTo(0, 1), expect.toSatisfy((by: number) => by <= CENT)]);
    const today = await screen.fact("Bought", "Today");
    expect(off(today.value, kwh)).toBeLessThanOrEqual(0.0501);
    expect(off(today.note, cost)).toBeLessThanOrEqual(CENT);
    const monthMs = Math.max(startMs, ZONE.startOf("month", nowMs));
    const month = await screen.fact(
      "Bought",
      new RegExp(`^${new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: ZONE.id }).format(nowMs)}$`),
    );
    expect(off(month.value, rise("bought", monthMs, last.tMs))).toBeLessThanOrEqual(0.501);
    const [spent = "", earned = ""] = month.note.split(", ");
    expect(off(spent, rise("bought", monthMs, last.tMs) * PER_KWH + fees(monthMs))).toBeLessThanOrEqual(CENT);
    expect(earned).toContain("earned");
    expect(off(earned, rise("sold", monthMs, last.tMs) * FEED_IN)).toBeLessThanOrEqual(CENT);
    expect(tab.complaints).toEqual([]);
  });

  test("a register that said zero once makes no energy, and what it was can be decided and taken back", async () => {
    await screen.open(`${server.url}/home?home=home.house&from=${yesterdayMs}&to=${todayMs}`);
    await expect.poll(() => screen.number("Selection", "Energy"), PATIENCE).toBeCloseTo(rise("bought", yesterdayMs, todayMs), 1);
    const card = tab.page.locator("#home-register");
    const event = card.getByRole("listitem").filter({ hasText: "15:00:00" });
    await expect.poll(() => event.count(), PATIENCE).toBe(1);
    await event.getByRole("button", { name: "Decide otherwise" }).click();
    await event.getByRole("button", { name: "It is real" }).click();
    await expect.poll(() => event.textContent(), PATIENCE).toContain("took it as real consumption");
    await tab.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => event.textContent(), PATIENCE).not.toContain("took it as");
    await expect.poll(() => screen.number("Selection", "Energy"), PATIENCE).toBeCloseTo(rise("bought", yesterdayMs, todayMs), 1);
    expect(tab.complaints).toEqual([]);
  });

  test("the price of the file cannot be changed on the page", async () => {
    const row = tab.page.locator("#home-price tbody tr");
    expect(await row.count()).toBe(1);
    expect(await row.textContent()).toContain("from the file");
    expect(await row.getByRole("button").count()).toBe(0);
    await tab.page.getByRole("button", { name: "New price" }).click();
    await tab.page.getByLabel("From", { exact: true }).fill(fileDate);
    await tab.page.getByRole("button", { name: "Set price" }).click();
    await expect
      .poll(() => tab.page.locator("#home-price").getByRole("alert").textContent(), PATIENCE)
      .toMatch(/configuration says .* holds/);
    await tab.page.getByRole("button", { name: "Cancel" }).click();
    // The browser tells of the answer 409 itself.
    expect(tab.complaints.splice(0)).toEqual([expect.stringContaining("409")]);
  });

  test("a price said on the page counts at once, and undoing it brings the former cost back", async () => {
    await screen.open(`${server.url}/home?home=cabin.cabin`);
    const cost = async () => numberIn((await screen.fact("Selection", "Cost")).value);
    const kwh = cabinKwh(nowMs) - cabinKwh(todayMs);
    await expect.poll(cost, PATIENCE).toBeGreaterThan(0);
    const before = await cost();
    expect(await screen.words("#home-price")).toContain("assumed until a price is set");
    await tab.page.getByRole("button", { name: "New price" }).click();
    await tab.page.getByLabel("From", { exact: true }).fill(dateText(ZONE.addDays(todayMs, -5), ZONE));
    const rate = tab.page.getByLabel("Per kWh, EUR");
    await rate.fill("");
    // The keys of the page are deaf while somebody types.
    await rate.pressSequentially("0,541");
    expect(screen.asked("view")).toBeNull();
    await tab.page.getByRole("button", { name: "Set price" }).click();
    await expect.poll(async () => (await cost()) / before, PATIENCE).toBeCloseTo(0.541 / 0.3102, 1);
    // One digit of a register of whole kWh, and the cent that is shown.
    expect(Math.abs((await cost()) - kwh * 0.541)).toBeLessThan(0.541 + 0.01);
    await tab.page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(cost, PATIENCE).toBe(before);
    expect(tab.complaints).toEqual([]);
  });

  test("a meter of whole kWh is drawn in steps, and the page says so", async () => {
    expect(await main()).toContain("whole kWh and no power");
    expect(await main()).toContain("Bought, from the register");
    expect(await screen.number("Selection", "Energy")).toBe(await screen.number("Bought", "Today"));
    expect((await screen.fact("Selection", "Energy")).value).toMatch(/^\d+ kWh$/);
    for (const name of [/^Bought, from/, /^Typical/]) {
      const other = tab.page.locator(".power-legend").getByRole("button", { name });
      if ((await other.count()) > 0) await other.click();
    }
    const energy = tab.page.locator(".power-legend").getByRole("button", { name: /^Energy bought/ });
    const ink = (await energy.locator("line").getAttribute("stroke")) ?? "";
    // Nine hours of 1.2 kW: eleven steps, and what lies between two of them where the line is smoothed.
    await expect.poll(() => screen.heights(ink, 0.38), PATIENCE).toBeGreaterThan(8);
    expect(await screen.heights(ink, 0.38)).toBeLessThan(25);
  });

  test("a day of 25 hours has 25 hours", async () => {
    await screen.open(`${server.url}/home?home=autumn.autumn&from=${BERLIN.addDays(longDay.fromMs, -1)}&to=${longDay.fromMs}`);
    await tab.page.getByRole("button", { name: "Later" }).click();
    await expect.poll(() => screen.asked("to"), PATIENCE).toBe(String(longDay.toMs));
    expect(await screen.span()).toEqual(longDay);
    await expect.poll(() => screen.number("Selection", "Energy"), PATIENCE).toBeCloseTo(25 * 0.6, 1);
    expect(await screen.number("Selection", "Mean")).toBe(600);
    await tab.page.getByRole("button", { name: "Later" }).click();
    await expect.poll(() => screen.asked("to"), PATIENCE).toBe(String(longDay.toMs + DAY_MS));
  });

  test("what is saved as CSV is what was published", async () => {
    const fromMs = yesterdayMs + 14 * HOUR_MS;
    await screen.open(`${server.url}/home?home=home.house&from=${fromMs}&to=${zeroMs + HOUR_MS}`);
    await screen.openMenu();
    const [download] = await Promise.all([
      tab.page.waitForEvent("download"),
      tab.page.getByRole("menuitem", { name: /^Save CSV/ }).click(),
    ]);
    let text = "";
    for await (const piece of await download.createReadStream()) text += String(piece);
    const [head = "", ...lines] = text.trimEnd().split("\r\n");
    expect(head).toContain("time (UTC),power W,bought kWh,sold kWh");
    const published = displays.filter(({ tMs }) => tMs >= fromMs && tMs < zeroMs + HOUR_MS);
    expect(lines.map((line) => line.split(",").slice(1, 5))).toEqual(
      published.map(({ tMs, watts, bought, sold }) => [
        new Date(tMs).toISOString().replace(".000Z", "Z"),
        ...[watts, tMs === zeroMs ? 0 : bought, sold].map(String),
      ]),
    );
  });
});
