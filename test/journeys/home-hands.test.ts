import { connectAsync, type MqttClient } from "mqtt";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HomeSelectionAnswer, HomesAnswer } from "#contract/home.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { zoneAtNoon } from "#test/home-story.ts";
import { Server } from "#test/server.ts";
import { type Said, tell } from "#test/telling.ts";

/** What the page shows of a stretch; of one before the story, early in the day, nothing is known. */
const kwhText = (kwh: number | null): string => (kwh === null ? "—" : `${kwh.toFixed(3)} kWh`);

const PATIENCE = { timeout: 30_000, interval: 100 };
const SAY_MS = 10_000;
const MINUTE_MS = 60_000;
const STORY_MS = 180 * MINUTE_MS;

const ZONE = zoneAtNoon(Date.now());

const YAML = `
sites:
  home: { name: Birch Road, zone: ${ZONE.id}, currency: EUR }
sources:
  reader: { name: Reader in the cellar, site: home, dialect: tasmota-sml }
homes:
  house:
    site: home
    prices: [{ from: 2020-01-01, perKwh: 0.3102, baseFeePerMonth: 10 }]
    readerUrl: http://192.0.2.20/
`;

const startMs = Math.floor(Date.now() / SAY_MS) * SAY_MS - STORY_MS;

/** Three hours of 600 W, with a kettle for ten minutes and half an hour of sun. */
function wattsAt(sinceMs: number): number {
  const minute = sinceMs / MINUTE_MS;
  if (minute > 60 && minute <= 70) return 2_600;
  return minute > 120 && minute <= 150 ? -500 : 600;
}

interface Register {
  inKwh: number;
  outKwh: number;
}

const message = (watts: number, { inKwh, outKwh }: Register): string =>
  JSON.stringify({
    Time: "1970-01-01T00:00:10",
    MT681: { Meter_id: "0901454d48", Power: watts, E_in: Number(inKwh.toFixed(4)), E_out: Number(outKwh.toFixed(4)) },
  });

const TOPIC = "tele/mt681/SENSOR";
const register: Register = { inKwh: 12_000, outKwh: 300 };

/** What the reader says in that time. */
function morning(): Said[] {
  const said: Said[] = [];
  for (let sinceMs = 0; sinceMs < STORY_MS; sinceMs += SAY_MS) {
    const watts = wattsAt(sinceMs);
    const kwh = (watts * SAY_MS) / 3.6e9;
    if (sinceMs > 0 && kwh > 0) register.inKwh += kwh;
    if (sinceMs > 0 && kwh < 0) register.outKwh -= kwh;
    said.push({ atMs: startMs + sinceMs, topic: TOPIC, body: message(watts, register) });
  }
  return said;
}

const params = (page: Page): URLSearchParams => new URL(page.url()).searchParams;
const picture = ".power-plot .u-over";

/** A place in the picture, as a share of its width. */
async function at(page: Page, share: number): Promise<{ x: number; y: number }> {
  const box = await page.locator(picture).boundingBox();
  if (box === null) throw new Error("there is no picture");
  return { x: Math.round(box.x + box.width * share), y: Math.round(box.y + box.height / 2) };
}

inBrowser()("a home on the wall and on the desk", { timeout: 120_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;
  let reader: MqttClient;

  beforeAll(async () => {
    server = await Server.start({ yaml: YAML, mqtt: "embedded:0" });
    await server.end();
    await tell(server, morning());
    await server.run();
    reader = await connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`, { reconnectPeriod: 0 });
    browser = await startBrowser();
    tab = await openTab(browser);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await reader?.endAsync();
    await server?.remove();
  });

  const text = async (place: string): Promise<string> =>
    ((await tab.page.locator(place).first().textContent()) ?? "").replaceAll(/\s/g, " ");
  const homeId = async (): Promise<string> => (await server.get<HomesAnswer>("/api/v1/homes")).homes[0]?.id ?? "";

  test("one line says what is drawn, what today came to and what it cost, and follows the meter", async () => {
    await tab.page.goto(`${server.url}/home`);
    await expect.poll(() => text("h1"), PATIENCE).toMatch(/^Drawing 600 W\. Bought 1\.83 kWh today for €/);
    expect(await text(".home-live")).toBe("Live");
    expect(await tab.page.locator("a.home-reader").getAttribute("href")).toBe("http://192.0.2.20/");
    await tab.page.locator(picture).waitFor();
    tab.asked.length = 0;
    register.inKwh += 0.002;
    await reader.publishAsync(TOPIC, message(1_420, register), { qos: 1 });
    await expect.poll(() => text("h1"), PATIENCE).toMatch(/^Drawing 1\.42 kW\./);
    const charts = () => tab.asked.filter((url) => url.includes("/chart?")).map((url) => new URL(url).searchParams);
    await expect.poll(() => charts().length, PATIENCE).toBeGreaterThan(0);
    // Only what is new is fetched, not the day again.
    for (const asked of charts()) expect(Number(asked.get("from"))).toBeGreaterThan(startMs + STORY_MS - 10 * MINUTE_MS);
  });

  test("a drag selects, and the numbers beside are those of the stretch; Enter zooms, Esc goes back", async () => {
    const { page } = tab;
    const [from, to] = [await at(page, 0.3), await at(page, 0.45)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 6, from.y);
    await page.mouse.up();
    expect(params(page).has("select")).toBe(false);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => text(".home-side h2"), PATIENCE).toBe("Selection");
    const [fromMs = 0, toMs = 0] = (params(page).get("select") ?? "").split("-").map(Number);
    const answer = await server.get<HomeSelectionAnswer>(`/api/v1/homes/${await homeId()}/selection?from=${fromMs}&to=${toMs}`);
    await expect.poll(() => text(".home-fact dd"), PATIENCE).toBe(kwhText(answer.boughtKwh));
    await page.keyboard.press("Enter");
    await expect.poll(() => params(page).get("from"), PATIENCE).toBe(String(fromMs));
    expect(params(page).has("select")).toBe(false);
    await page.keyboard.press("Escape");
    await expect.poll(() => params(page).has("from"), PATIENCE).toBe(false);
  });

  test("the keys 1 to 5 choose the length, except while somebody types", async () => {
    const { page } = tab;
    for (const [key, view] of [
      ["1", "hour"],
      ["3", "week"],
      ["4", "month"],
      ["5", "year"],
      ["2", null],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => params(page).get("view"), PATIENCE).toBe(view);
    }
    await page.getByRole("button", { name: "New price" }).click();
    const rate = page.getByLabel("Per kWh, EUR");
    await rate.fill("0,25");
    await rate.press("1");
    expect(params(page).get("view")).toBeNull();
    expect(await rate.inputValue()).toBe("0,251");
  });

  test("a price of the page holds from its day on, and can be taken back at once", async () => {
    const { page } = tab;
    const prices = async () => (await server.get<HomesAnswer>("/api/v1/homes")).homes[0]?.prices ?? [];
    await page.getByRole("button", { name: "Set price" }).click();
    await expect
      .poll(async () => (await prices()).map(({ perKwh, from }) => `${Number(perKwh)} ${from}`), PATIENCE)
      .toEqual(["0.3102 file", "0.251 page"]);
    await expect.poll(() => page.locator("#home-price tbody tr").count(), PATIENCE).toBe(2);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(async () => (await prices()).length, PATIENCE).toBe(1);
    await expect.poll(() => page.locator("#home-price tbody tr").count(), PATIENCE).toBe(1);
  });

  test("fingers on a tablet select, pinch and go back", async () => {
    const touch = await openTab(browser, { viewport: { width: 1180, height: 820 }, hasTouch: true });
    const { page } = touch;
    await page.goto(`${server.url}/home`);
    await page.locator(picture).waitFor();
    const hand = await page.context().newCDPSession(page);
    const say = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: { x: number; y: number }[]) =>
      hand.send("Input.dispatchTouchEvent", { type, touchPoints: touchPoints.map((point, id) => ({ ...point, id })) });
    const [left, right] = [await at(page, 0.3), await at(page, 0.5)];
    await say("touchStart", left);
    for (const share of [0.34, 0.4, 0.46, 0.5]) await say("touchMove", await at(page, share));
    await say("touchEnd");
    await expect.poll(() => params(page).has("select"), PATIENCE).toBe(true);
    await say("touchStart", left, right);
    for (const wider of [10, 40, 80, 120]) await say("touchMove", { ...left, x: left.x - wider }, { ...right, x: right.x + wider });
    await say("touchEnd");
    await expect.poll(() => params(page).has("from"), PATIENCE).toBe(true);
    const dayMs = 24 * 60 * MINUTE_MS;
    expect(Number(params(page).get("to")) - Number(params(page).get("from"))).toBeLessThan(dayMs);
    for (let tap = 0; tap < 2; tap++) {
      await say("touchStart", left);
      await say("touchEnd");
    }
    await expect.poll(() => params(page).has("from"), PATIENCE).toBe(false);
    expect(touch.complaints).toEqual([]);
    await touch.close();
  });

  test("the days open in the picture, the picture is a table too, and nothing complained", async () => {
    const { page } = tab;
    const days = page.locator(".home-days .bar-box");
    await days.focus();
    await page.keyboard.press("End");
    await expect.poll(() => text(".bar-said"), PATIENCE).toMatch(/bought.*so far/);
    await page.keyboard.press("Enter");
    await expect.poll(() => Number(params(page).get("to")) - Number(params(page).get("from")), PATIENCE).toBe(24 * 60 * MINUTE_MS);
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Show as table" }).click();
    await expect.poll(() => page.locator(".chart-table tbody tr").count(), PATIENCE).toBeGreaterThan(20);
    expect(tab.complaints).toEqual([]);
  });
});
