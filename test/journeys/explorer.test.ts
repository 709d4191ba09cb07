import { connectAsync } from "mqtt";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { Server } from "#test/server.ts";

const YAML = `
sites:
  works: { name: Works, zone: Europe/Berlin, currency: EUR }
sources:
  feeders:
    site: works
    dialect: mapped-json
    topics: [works/+]
    options:
      topic: works/{point}
      time: { pointer: /tMs, format: epoch-ms }
      readings: [{ pointer: /kw, quantity: power, unit: kW, kind: gauge, point: "{point}" }]
`;
const PATIENCE = { timeout: 15_000, interval: 50 };
const EVERY_MS = 15_000;
const SAMPLES = 5000;
const KEY = "works/press/power@feeders";

/** Twenty hours of two meters, as their gateway sends them after it was cut off. */
async function sendPast(port: number): Promise<void> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
  const nowMs = Date.now();
  const sent: Promise<unknown>[] = [];
  for (let back = SAMPLES; back > 0; back--) {
    const tMs = nowMs - back * EVERY_MS;
    sent.push(client.publishAsync("works/press", JSON.stringify({ tMs, kw: 40 + (back % 240) / 10 }), { qos: 1 }));
    if (back % 20 === 0) sent.push(client.publishAsync("works/oven", JSON.stringify({ tMs, kw: 7.5 }), { qos: 1 }));
  }
  await Promise.all(sent);
  await client.endAsync();
}

inBrowser()("twenty hours of history, seen in a browser", { timeout: 90_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;

  beforeAll(async () => {
    server = await Server.start({ yaml: YAML, mqtt: "embedded:0" });
    await sendPast(server.brokerPort);
    browser = await startBrowser();
    tab = await openTab(browser, { acceptDownloads: true });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const summary = async (): Promise<string> => (await tab.page.locator("figcaption").first().textContent()) ?? "";
  const main = async (): Promise<string> => ((await tab.page.locator("main").textContent()) ?? "").replaceAll(/\s/g, " ");
  const columnsAsked = (): URLSearchParams[] =>
    tab.asked.map((address) => new URL(address)).flatMap((url) => (url.pathname === "/api/v1/columns" ? [url.searchParams] : []));

  test("dragging over the chart zooms in, asks for finer rows, and the address brings the same view back", async () => {
    await tab.page.goto(`${server.url}/explorer?series=${KEY}&range=24h`);
    await expect.poll(main, PATIENCE).toMatch(/readings as .* points of /);
    const whole = columnsAsked().length;
    const chart = tab.page.locator(".chart-plot .u-over").first();
    // It may be laid out anew just now: a chart that is being replaced has no box.
    await expect.poll(() => chart.boundingBox(), PATIENCE).not.toBeNull();
    const box = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const y = box.y + box.height / 2;
    await tab.page.mouse.move(box.x + box.width * 0.5, y);
    await tab.page.mouse.down();
    await tab.page.mouse.move(box.x + box.width * 0.55, y, { steps: 5 });
    await tab.page.mouse.up();
    await tab.page.waitForURL(/from=\d+.*to=\d+/);
    await expect.poll(main, PATIENCE).not.toMatch(/readings as .* points of /);
    const last = columnsAsked().at(-1);
    expect(columnsAsked().length).toBeGreaterThan(whole);
    expect(Number(last?.get("to")) - Number(last?.get("from"))).toBeLessThan(6 * 3_600_000);
    const zoomed = { address: tab.page.url(), summary: await summary() };
    await tab.page.reload();
    await expect.poll(summary, PATIENCE).toBe(zoomed.summary);
    expect(tab.page.url()).toBe(zoomed.address);
    expect(tab.complaints).toEqual([]);
  });

  test("the window is saved as CSV with every reading of it", async () => {
    await tab.page.getByRole("button", { name: "Save" }).click();
    const [download] = await Promise.all([tab.page.waitForEvent("download"), tab.page.getByRole("menuitem", { name: /^CSV/ }).click()]);
    const stream = await download.createReadStream();
    let text = "";
    for await (const piece of stream) text += String(piece);
    const lines = text.trim().split("\r\n");
    const { searchParams } = new URL(tab.page.url());
    const lengthMs = Number(searchParams.get("to")) - Number(searchParams.get("from"));
    expect(Math.abs(lines.length - 1 - lengthMs / EVERY_MS)).toBeLessThanOrEqual(1);
    expect(lines[0]).toContain("kW");
    expect(lines[1]).toMatch(/\+0[12]:00,\d/);
  });

  test("Ctrl K finds a meter by a part of its name", async () => {
    await tab.page.keyboard.press("Control+k");
    await tab.page.getByRole("combobox", { name: "Meter, page or action" }).fill("ove");
    await expect.poll(() => tab.page.getByRole("option").first().textContent(), PATIENCE).toMatch(/oven/i);
    await tab.page.keyboard.press("Enter");
    await tab.page.waitForURL(/series=works\/oven\/power@feeders/);
    await expect.poll(summary, PATIENCE).toContain("7.5");
  });

  test("a pinned theme survives a reload", async () => {
    const scheme = () => tab.page.locator("html").getAttribute("data-mantine-color-scheme");
    await tab.page.goto(`${server.url}/settings`);
    await tab.page.getByRole("button", { name: "Dark" }).click();
    await expect.poll(scheme, PATIENCE).toBe("dark");
    await tab.page.reload();
    await expect.poll(main, PATIENCE).toContain("Wattkeep watches");
    expect(await scheme()).toBe("dark");
    expect(tab.complaints).toEqual([]);
  });
});
