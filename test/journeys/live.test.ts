import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inBrowser, inkOf, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { Mosquitto } from "#test/mosquitto.ts";
import { mosquittoPub } from "#test/mosquitto-pub.ts";
import { Server } from "#test/server.ts";

const YAML = `
sites:
  home: { name: Home, zone: Europe/Berlin, currency: EUR }
sources:
  meter: { site: home, dialect: tasmota-sml, keepRaw: forever }
`;
const TOPIC = "tele/head/SENSOR";
const CARD = "a.pt";
const NUMBER = `${CARD} .num`;
const PATIENCE = { timeout: 10_000, interval: 50 };
/** A machine that is busy with other tests may need this for a new start or a moving window. */
const LONG = { timeout: 30_000, interval: 50 };

const says = (watts: number): string => JSON.stringify({ Time: "2026-03-01T12:00:00", MT681: { E_in: 2045.1182, Power: watts } });

/** A page's text without the blanks that keep numbers and units together. */
const textOf = async (tab: Tab, place: string): Promise<string> =>
  ((await tab.page.locator(place).first().textContent()) ?? "").replaceAll(/\s+/g, " ");

inBrowser("mosquitto", "mosquitto_pub")("a meter that speaks to a broker, seen in a browser", { timeout: 90_000 }, () => {
  let broker: Mosquitto;
  let server: Server;
  let browser: Browser;
  let tab: Tab;

  beforeAll(async () => {
    broker = await Mosquitto.start();
    server = await Server.start({ yaml: YAML, mqtt: broker.url });
    browser = await startBrowser();
    tab = await openTab(browser);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
    await broker?.stop();
  });

  /** Publishes and waits until the card says it; prints how long that took. */
  async function seen(watts: number, shown: string): Promise<void> {
    const startMs = performance.now();
    mosquittoPub(broker.port, TOPIC, says(watts));
    await expect.poll(() => textOf(tab, NUMBER), PATIENCE).toBe(shown);
    console.info(`${shown} published by mosquitto_pub was on the card after ${Math.round(performance.now() - startMs)} ms`);
  }

  test("before the first message the page says the next step", async () => {
    await tab.page.goto(server.url);
    await expect.poll(() => textOf(tab, "main h1"), PATIENCE).toContain("No readings yet. Point a device at the broker");
    expect(await textOf(tab, "main")).toContain("mosquitto_pub -t tele/meter/SENSOR");
    await expect
      .poll(async () => (await server.get<{ brokers: { state: string }[] }>("/api/v1/sources")).brokers[0]?.state, PATIENCE)
      .toBe("connected");
    expect(await server.get("/api/v1/health")).toMatchObject({ status: "ok", problems: [], store: { samples: 0 } });
  });

  test("a message changes the number on the card, and the next one its line", async () => {
    await seen(412, "412 W");
    const before = await inkOf(tab.page, CARD);
    await seen(2950, "2.95 kW");
    await expect.poll(async () => (await inkOf(tab.page, CARD)).rows, PATIENCE).toBeGreaterThan(before.rows);
    await seen(1375.5, "1.38 kW");
    expect(await textOf(tab, `${CARD} h3`)).toBe("MT681 (head)");
    expect(tab.complaints).toEqual([]);
  });

  test("the card leads to the Explorer, whose line includes what came last", async () => {
    await tab.page.locator(CARD).click();
    await tab.page.waitForURL(/\/explorer\?.*series=home\/mt681-head\/power@meter/);
    await expect.poll(() => textOf(tab, "figcaption"), LONG).toMatch(/highest 2,950 W at .* lowest 412 W at /);
    expect((await inkOf(tab.page, ".chart-plot")).pixels).toBeGreaterThan(100);
    mosquittoPub(broker.port, TOPIC, says(3333));
    await expect.poll(() => textOf(tab, "figcaption"), LONG).toContain("highest 3,333 W");
    await tab.page.getByRole("button", { name: "Table" }).click();
    await expect
      .poll(() => tab.page.locator(".chart-table tbody td:nth-child(2)").allTextContents(), PATIENCE)
      .toEqual(["3,333", "1,376", "2,950", "412"]);
    expect(tab.complaints).toEqual([]);
  });

  test("a server that is killed and started again has the number and the line, and the page comes back by itself", async () => {
    await tab.page.goto(server.url);
    await expect.poll(() => textOf(tab, NUMBER), PATIENCE).toBe("3.33 kW");
    await expect.poll(async () => (await inkOf(tab.page, CARD)).rows, PATIENCE).toBeGreaterThan(20);
    await server.kill();
    await expect.poll(() => textOf(tab, ".away"), PATIENCE).toContain("Connection lost since");
    expect(await textOf(tab, NUMBER)).toBe("3.33 kW");
    mosquittoPub(broker.port, TOPIC, says(777));
    await server.run();
    await expect.poll(() => textOf(tab, NUMBER), LONG).toBe("777 W");
    await expect.poll(() => tab.page.locator(".away").count(), PATIENCE).toBe(0);
    await tab.page.reload();
    await expect.poll(() => textOf(tab, NUMBER), PATIENCE).toBe("777 W");
    await expect.poll(async () => (await inkOf(tab.page, CARD)).rows, PATIENCE).toBeGreaterThan(20);
    // While the server was dead every request failed, and the browser said so.
    tab.complaints.length = 0;
  });

  test("a message nobody can read is shown on Sources with its reason and its bytes, as text", async () => {
    mosquittoPub(broker.port, TOPIC, `<img src=x onerror="window.stolen=1"> {"MT681": …`);
    await tab.page.goto(`${server.url}/sources`);
    await expect.poll(() => textOf(tab, "main"), PATIENCE).toContain(`not-json · ${TOPIC}`);
    await tab.page.getByRole("button", { name: "Bytes" }).first().click();
    expect(await textOf(tab, "pre.bytes")).toContain(`<img src=x onerror="window.stolen=1">`);
    expect(await tab.page.locator('img[src="x"]').count()).toBe(0);
    expect(await tab.page.evaluate('"stolen" in window')).toBe(false);
    await tab.page.getByRole("button", { name: "Read this one again" }).click();
    await expect.poll(() => textOf(tab, '[role="alert"]'), PATIENCE).toContain("1 read again: 0 became readings, 1 still rejected.");
    expect(tab.complaints).toEqual([]);
  });

  test("a topic nobody claims is shown with what it probably is", async () => {
    mosquittoPub(broker.port, "pri/energy/kyz/pulseCount", "d=3,c=1201");
    mosquittoPub(broker.port, "odd/<b onclick=alert(1)>", "<script>window.stolen=1</script>");
    await expect.poll(() => textOf(tab, ".topic-list"), PATIENCE).toContain("Probably kyz-pulse");
    await expect.poll(() => textOf(tab, ".topic-list"), PATIENCE).toContain("<script>window.stolen=1</script>");
    expect(await tab.page.locator(".topic-list script, .topic-list b").count()).toBe(0);
    expect(await tab.page.evaluate('"stolen" in window')).toBe(false);
    expect(tab.complaints).toEqual([]);
  });
});
