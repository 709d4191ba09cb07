import { connectAsync, type MqttClient } from "mqtt";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { HomeScreen, numberIn, PATIENCE, PHONE, TABLET } from "#test/home-screen.ts";
import { type Display, HOUR_MS, houseDisplays, MINUTE_MS, registerAt, tasmota, zoneAtNoon } from "#test/home-story.ts";
import { Server } from "#test/server.ts";
import { tell } from "#test/telling.ts";

const DAY_MS = 24 * HOUR_MS;
const nowMs = Date.now();
const ZONE = zoneAtNoon(nowMs);
const todayMs = ZONE.dayStart(nowMs);
const yesterdayMs = ZONE.addDays(todayMs, -1);
const PER_KWH = 0.3;
const TOPIC = "tele/house/SENSOR";

const YAML = `
sites:
  home: { name: Home, zone: ${ZONE.id}, currency: EUR }
sources:
  house: { name: Reader head, site: home, dialect: tasmota-sml, topics: [${TOPIC}], options: { point: device } }
homes:
  house: { site: home, prices: [{ from: 2020-01-01, perKwh: ${PER_KWH} }] }
`;

const displays = houseDisplays(ZONE.addDays(todayMs, -2), nowMs, ZONE);
const last = displays.at(-1) as Display;

/** From noon to ten in the evening of yesterday: sun first, then the kettle. */
const AFTERNOON = { fromMs: yesterdayMs + 12 * HOUR_MS, toMs: yesterdayMs + 22 * HOUR_MS };

inBrowser()("a home under finger, mouse and keys", { timeout: 90_000 }, () => {
  let server: Server;
  let browser: Browser;
  let reader: MqttClient;
  let register = last.bought;
  const tabs: Tab[] = [];

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ yaml: YAML, mqtt: "embedded:0" }), startBrowser()]);
    await server.end();
    const told = displays.map(({ tMs, watts, bought, sold }) => tasmota(TOPIC, tMs, { E_in: bought, E_out: sold, Power: watts }));
    await tell(server, told);
    await server.run();
    reader = await connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`, { reconnectPeriod: 0 });
  });
  afterEach(async () => {
    for (const tab of tabs.splice(0)) {
      await tab.close();
      expect(tab.complaints).toEqual([]);
    }
  });
  afterAll(async () => {
    await reader?.endAsync();
    await browser?.close();
    await server?.remove();
  });

  const addressOf = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => `${server.url}/home?from=${fromMs}&to=${toMs}`;
  async function opened(address: string, options: BrowserContextOptions = TABLET): Promise<HomeScreen & { readonly tab: Tab }> {
    const tab = await openTab(browser, options);
    tabs.push(tab);
    const screen = Object.assign(new HomeScreen(tab.page), { tab });
    await screen.open(address);
    return screen;
  }
  /** The meter's next reading, now. */
  async function reads(watts: number): Promise<void> {
    register = Math.round((register + 0.1) * 1e4) / 1e4;
    await reader.publishAsync(TOPIC, tasmota(TOPIC, Date.now(), { E_in: register, E_out: last.sold, Power: watts }).body, { qos: 1 });
  }

  test("keys change the range and ask anew, but not while a price is typed", async () => {
    const screen = await opened(`${server.url}/home`);
    const { page } = screen;
    const chosen = () => page.getByRole("group", { name: "Length" }).locator('[aria-pressed="true"]').textContent();
    for (const [key, name] of [
      ["1", "Hour"],
      ["3", "Week"],
      ["4", "Month"],
      ["5", "Year"],
      ["2", "Day"],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(chosen, PATIENCE).toBe(name);
    }
    const asked = () => screen.tab.asked.filter((address) => address.includes("/events")).length;
    await expect.poll(asked, PATIENCE).toBeGreaterThan(0);
    const before = asked();
    await page.getByRole("button", { name: "New price" }).click();
    const field = page.getByLabel("Per kWh, EUR");
    await field.fill("");
    await field.pressSequentially("r15");
    expect(await field.inputValue()).toBe("r15");
    expect([await chosen(), asked()]).toEqual(["Day", before]);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.keyboard.press("r");
    await expect.poll(asked, PATIENCE).toBeGreaterThan(before);
    // A menu that Esc closes is all it closes.
    await page.keyboard.press("3");
    await expect.poll(chosen, PATIENCE).toBe("Week");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => screen.asked("from"), PATIENCE).not.toBeNull();
    await screen.openMenu();
    await screen.closeMenu();
    expect(screen.asked("from")).not.toBeNull();
    await page.keyboard.press("Escape");
    await expect.poll(() => screen.asked("from"), PATIENCE).toBeNull();
    expect(await chosen()).toBe("Week");
  });

  test("a finger that drags selects, and the numbers beside the chart are those of its readings", async () => {
    const screen = await opened(addressOf(AFTERNOON));
    const { width } = await screen.chart();
    await screen.fingers([0.5, 0.5 + 6 / width]);
    await screen.mouse(0.5, 0.5 + 8 / width);
    expect(screen.selection()).toBeUndefined();
    await screen.fingers([0.05, 0.72]);
    await expect.poll(() => screen.selection(), PATIENCE).toBeDefined();
    const { fromMs, toMs } = screen.selection() ?? AFTERNOON;
    const share = (tMs: number) => (tMs - AFTERNOON.fromMs) / (AFTERNOON.toMs - AFTERNOON.fromMs);
    expect([share(fromMs), share(toMs)]).toEqual([expect.closeTo(0.05, 2), expect.closeTo(0.72, 2)]);
    const rise = (of: "bought" | "sold") => registerAt(displays, of, toMs) - registerAt(displays, of, fromMs);
    const within = displays.filter(({ tMs }) => tMs >= fromMs && tMs <= toMs);
    const watts = within.map((display) => display.watts);
    await expect.poll(() => screen.number("Selection", "Readings"), PATIENCE).toBe(within.length);
    expect(await screen.words('section[aria-label="Selection"] h2')).toBe("Selection");
    const energy = await screen.fact("Selection", "Energy");
    expect(numberIn(energy.value)).toBeCloseTo(rise("bought"), 2);
    expect(numberIn(energy.note)).toBeCloseTo(rise("sold"), 2);
    expect(Math.abs((await screen.number("Selection", "Cost")) - rise("bought") * PER_KWH)).toBeLessThanOrEqual(0.00501);
    expect(await screen.number("Selection", "Highest")).toBe(Math.max(...watts));
    expect(await screen.number("Selection", "Lowest")).toBe(Math.min(...watts));
    const mean = ((rise("bought") - rise("sold")) * 1000 * HOUR_MS) / (toMs - fromMs);
    // Between two readings power was one or the other: sun and kettle each begin or end within five minutes.
    const unsureW = ((900 + 1_560) * 5 * MINUTE_MS) / (toMs - fromMs);
    expect(Math.abs((await screen.number("Selection", "Mean")) - mean)).toBeLessThan(unsureW);
    await screen.page.keyboard.press("Escape");
    await expect.poll(() => screen.selection(), PATIENCE).toBeUndefined();
    expect(screen.asked("from")).toBe(String(AFTERNOON.fromMs));
  });

  test("two taps go back, two fingers and Ctrl with the wheel zoom around where they are", async () => {
    const screen = await opened(addressOf(AFTERNOON));
    const lengthMs = AFTERNOON.toMs - AFTERNOON.fromMs;
    const length = () => Number(screen.asked("to")) - Number(screen.asked("from"));
    await screen.fingers([0.4, 0.2], [0.6, 0.8]);
    await expect.poll(length, PATIENCE).toBeLessThan(lengthMs * 0.5);
    expect(length() / lengthMs).toBeCloseTo(1 / 3, 1);
    const middle = (Number(screen.asked("from")) + Number(screen.asked("to"))) / 2;
    expect((middle - AFTERNOON.fromMs) / lengthMs).toBeCloseTo(0.5, 1);
    const pinched = length();
    const { x, y, width, height } = await screen.chart();
    await screen.page.mouse.move(x + width / 2, y + height / 2);
    await screen.page.keyboard.down("Control");
    await screen.page.mouse.wheel(0, 200);
    await screen.page.keyboard.up("Control");
    await expect.poll(length, PATIENCE).toBeGreaterThan(pinched * 1.2);
    await screen.page.touchscreen.tap(x + width / 2, y + height / 2);
    await screen.page.touchscreen.tap(x + width / 2, y + height / 2);
    await expect.poll(() => screen.asked("from"), PATIENCE).toBeNull();
    expect(await screen.span()).toEqual({ fromMs: todayMs, toMs: ZONE.addDays(todayMs, 1) });
  });

  test("the end of a window follows new readings within two minutes of now, and flashes; one further back stays", async () => {
    const flashing: BrowserContextOptions = { ...TABLET, reducedMotion: "no-preference" };
    await reads(111);
    const startMs = Date.now();
    const screen = await opened(addressOf({ fromMs: startMs - 2 * HOUR_MS, toMs: startMs - MINUTE_MS }), flashing);
    await screen.page.evaluate(COUNT_FLASHES);
    const past = await opened(addressOf({ fromMs: startMs - 3 * HOUR_MS, toMs: startMs - 10 * MINUTE_MS }));
    const legend = (of: HomeScreen) => of.words(".power-legend");
    const before = await legend(past);
    await reads(777);
    await expect.poll(() => screen.words("h1"), PATIENCE).toContain("Drawing 777 W.");
    await expect.poll(() => legend(screen), PATIENCE).toContain("777 W");
    await expect.poll(() => screen.page.evaluate<number>("window.flashes"), PATIENCE).toBeGreaterThan(0);
    expect(await screen.words(".home-evidence")).toContain("Following the newest reading");
    expect((await screen.span()).toMs).toBeGreaterThanOrEqual(startMs - MINUTE_MS);
    const today = register - registerAt(displays, "bought", todayMs);
    await expect.poll(async () => Math.abs((await screen.number("Bought", "Today")) - today), PATIENCE).toBeLessThanOrEqual(0.0501);
    await expect.poll(() => past.words("h1"), PATIENCE).toContain("Drawing 777 W.");
    expect(await past.words(".home-evidence")).toContain("Looking back");
    expect(await legend(past)).toBe(before);
    expect((await past.span()).toMs).toBe(startMs - 10 * MINUTE_MS);
  });

  test("what is hidden, how high the axis is and the view itself outlive a reload and travel with the address", async () => {
    const select = `${yesterdayMs + 17 * HOUR_MS}-${yesterdayMs + 19 * HOUR_MS}`;
    const screen = await opened(`${addressOf(AFTERNOON)}&select=${select}`);
    const energy = screen.page.getByRole("button", { name: /^Energy bought/ });
    await energy.click();
    await screen.page.getByRole("button", { name: "Axis automatic" }).click();
    await screen.page.getByRole("menuitem", { name: "0 to 5,000 W" }).click();
    await screen.page.reload();
    await expect.poll(() => energy.getAttribute("aria-pressed"), PATIENCE).toBe("false");
    await screen.page.getByRole("button", { name: "Axis to 5,000 W" }).waitFor();
    const seen = (of: HomeScreen) =>
      Promise.all([of.words(".power-chart figcaption"), of.words('section[aria-label="Selection"]'), of.words(".home-evidence")]);
    const other = await opened(screen.page.url());
    await expect.poll(async () => (await seen(other)).slice(0, 2), PATIENCE).toEqual((await seen(screen)).slice(0, 2));
    expect((await seen(other))[1]).toContain("Selection");
    expect(await other.page.getByRole("button", { name: /^Energy bought/ }).getAttribute("aria-pressed")).toBe("true");
  });

  test.each([
    ["en-US", 0],
    ["de-DE", 1],
  ])("a week in %s begins with day %i", async (locale, day) => {
    const screen = await opened(`${server.url}/home?view=week`, { ...TABLET, locale });
    const { fromMs, toMs } = await screen.span();
    expect(new Date(ZONE.localOf(fromMs)).getUTCDay()).toBe(day);
    expect(toMs).toBe(ZONE.addDays(todayMs, 1));
    expect(toMs - fromMs).toBeLessThan(7.1 * DAY_MS);
    expect(screen.tab.asked.some((address) => address.includes(`weekStart=${day}`))).toBe(true);
  });

  test("a phone shows all of it without a sideways scroll, and a swipe up the chart scrolls the page", async () => {
    const screen = await opened(addressOf(AFTERNOON), PHONE);
    expect(await screen.page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await screen.fingers([0.3, 0.7]);
    await expect.poll(() => screen.words('section[aria-label="Selection"] h2'), PATIENCE).toBe("Selection");
    const chosen = screen.selection();
    await screen.chart();
    const before = await screen.page.evaluate<number>("scrollY");
    await screen.swipeUp();
    await expect.poll(() => screen.page.evaluate<number>("scrollY"), PATIENCE).toBeGreaterThan(before);
    expect(screen.selection()).toEqual(chosen);
  });
});

/** Counts outlines of the picture. Text, because tests know no browser's types. */
const COUNT_FLASHES = `(() => {
  window.flashes = 0;
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (...rest) {
    if (this.classList.contains("home-main")) window.flashes += 1;
    return animate.apply(this, rest);
  };
})()`;
