import { request } from "node:http";
import mqtt from "mqtt";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { freePort } from "#test/free-port.ts";
import { ReverseProxy } from "#test/reverse-proxy.ts";
import { Server } from "#test/server.ts";

const YAML = `
sites:
  plant: { zone: Europe/Berlin, currency: EUR }
sources:
  kyz: { site: plant, topics: [pri/energy/kyz/#], dialect: kyz-pulse }
  meter: { site: plant, dialect: tasmota-sml }
points:
  plant/main: { facts: [{ from: 2025-01-01, pulsesPerKwh: 2 }] }
compat: { kyz: { streamSeconds: 1 } }
http: { publicHosts: [wall.example], trustProxy: [127.0.0.1/32], basePath: /sub }
`;
const PATIENCE = { timeout: 15_000, interval: 50 };

inBrowser().each([
  ["takes the prefix off", true],
  ["keeps the prefix", false],
])("behind a proxy that %s, under /sub/", { timeout: 90_000 }, (_name, strips) => {
  let server: Server;
  let proxy: ReverseProxy;
  let browser: Browser;
  let tab: Tab;
  let brokerPort: number;
  let link = "";

  beforeAll(async () => {
    brokerPort = await freePort();
    server = await Server.start({ yaml: YAML, mqtt: `embedded:${brokerPort}` });
    proxy = await ReverseProxy.start({ toPort: Number(new URL(server.url).port), prefix: "/sub", strips });
    const made = await server.command("pair", "--role", "admin", "--url", `http://wall.example:${proxy.port}/sub`);
    link = /http:\S+#pair=\S+/.exec(made.out)?.[0] ?? "";
    // The name is known to this browser alone, as a house's own name server would know it.
    browser = await startBrowser([`--host-resolver-rules=MAP wall.example 127.0.0.1`]);
    tab = await openTab(browser);
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await server?.remove();
  });

  const main = async (): Promise<string> => (await tab.page.locator("main").first().textContent()) ?? "";
  const publish = async (watts: number): Promise<void> => {
    const head = await mqtt.connectAsync(`mqtt://127.0.0.1:${brokerPort}`);
    await head.publishAsync("tele/cellar/SENSOR", JSON.stringify({ MT681: { E_in: 100 + watts / 1e6, Power: watts } }), { qos: 1 });
    await head.endAsync();
  };

  test("a pairing link lets a tablet in, and its cookie counts below the prefix alone", async () => {
    await tab.page.goto(link);
    await expect.poll(main, PATIENCE).toContain("No readings yet");
    const cookies = await tab.page.context().cookies();
    expect(cookies).toMatchObject([{ name: "wattkeep_session", path: "/sub", httpOnly: true, sameSite: "Strict" }]);
    // What was asked before anybody was signed in.
    tab.complaints.length = 0;
  });

  test("a reading appears without asking again: the live socket passes", async () => {
    await publish(412);
    await expect.poll(main, PATIENCE).toContain("412");
    const sockets = tab.asked.filter((address) => address.startsWith("ws:"));
    expect(sockets.length).toBeGreaterThan(0);
    expect(sockets.every((address) => address.startsWith(`ws://wall.example:${proxy.port}/sub/api/v1/live`))).toBe(true);
    const before = tab.asked.length;
    await publish(733);
    await expect.poll(main, PATIENCE).toContain("733");
    expect(tab.asked.slice(before).filter((address) => address.includes("/latest"))).toEqual([]);
  });

  test("every page opens by its address, and asks for nothing outside the prefix", async () => {
    for (const path of ["", "explorer", "plant", "sources", "settings", "jobs"]) {
      await tab.page.goto(`http://wall.example:${proxy.port}/sub/${path}`);
      await expect.poll(async () => (await main()).length, PATIENCE).toBeGreaterThan(20);
    }
    expect(tab.asked.filter((address) => !address.includes(`wall.example:${proxy.port}/sub/`))).toEqual([]);
    expect(tab.complaints.filter((line) => !line.includes("untrustworthy"))).toEqual([]);
  });

  test("a stream of events arrives as it is made", async () => {
    const plc = await mqtt.connectAsync(`mqtt://127.0.0.1:${brokerPort}`);
    await plc.publishAsync(
      "pri/energy/kyz/interval",
      JSON.stringify({ intervalEnd: "2026-01-31 14:30:00", pulseCount: 42, kWh: 21, kW: 84 }),
      {
        qos: 1,
      },
    );
    await plc.endAsync();
    const first = await tab.page.evaluate(
      `new Promise((done) => { const s = new EventSource("/sub/api/stream"); s.addEventListener("latest", (e) => { s.close(); done(e.data); }); })`,
    );
    expect(JSON.parse(String(first))).toMatchObject({ IntervalEnd: "2026-01-31T14:30:00", kW: 84 });
  });

  test("another name, another site's page, and a forged forwarding of somebody who is no proxy are refused", async () => {
    const ask = async (host: string, headers: Record<string, string> = {}): Promise<number> =>
      new Promise((done, fail) => {
        const asked = request(
          { host: "127.0.0.1", port: proxy.port, path: "/sub/api/v1/sites", headers: { host, ...headers } },
          (answer) => {
            answer.resume();
            done(answer.statusCode ?? 0);
          },
        );
        asked.on("error", fail).end();
      });
    expect(await ask("wall.example")).toBe(401);
    expect(await ask("evil.example")).toBe(403);
    expect(await ask("wall.example", { origin: "https://evil.example" })).toBe(403);
    // Straight to the server, this computer is nobody special once a proxy stands before it.
    expect((await fetch(`${server.url}/api/v1/sites`)).status).toBe(401);
  });
});
