import { createServer, type Server as HttpServer } from "node:http";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MeterReadingsAnswer } from "#contract/meter-history.ts";
import { inBrowser, openTab, startBrowser, type Tab } from "#test/browser.ts";
import { PATIENCE, PHONE } from "#test/home-screen.ts";
import { dialAt, RoundScreen, WALKED, WALKED_YAML, walkBefore } from "#test/meter-walk.ts";
import { Server } from "#test/server.ts";

const nowMs = Date.now();

inBrowser()("a walk with a phone whose server is away behind a proxy that answers", { timeout: 90_000 }, () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;
  let round: RoundScreen;
  let proxy: HttpServer | undefined;

  beforeAll(async () => {
    [server, browser] = await Promise.all([Server.start({ yaml: WALKED_YAML, mqtt: "embedded:0" }), startBrowser()]);
    await walkBefore(server, nowMs);
    tab = await openTab(browser, PHONE);
    round = new RoundScreen(tab.page);
  });
  afterAll(async () => {
    await browser?.close();
    proxy?.closeAllConnections();
    proxy?.close();
    await server?.remove();
  });

  /** In place of the server, as nginx does where nothing is behind it. */
  const standIn = async () => {
    const { port } = new URL(server.url);
    await server.end();
    proxy = createServer((_, reply) => void reply.writeHead(502, { "content-type": "text/html" }).end("<h1>502 Bad Gateway</h1>"));
    await new Promise<void>((resolve) => proxy?.listen(Number(port), "127.0.0.1", resolve));
  };
  const standDown = async () => {
    proxy?.closeAllConnections();
    await new Promise((resolve) => proxy?.close(resolve));
    proxy = undefined;
    await server.run();
  };

  test("opens again, keeps what is read, and sends it once the server is back", async () => {
    await tab.page.goto(`${server.url}/round`);
    await round.stopsAt(WALKED.gas.name);
    await expect.poll(() => round.evidence(), PATIENCE).toContain("✓ Opens without a connection");
    await standIn();
    await tab.page.reload();
    await round.stopsAt(WALKED.gas.name);
    const { value } = dialAt("gas", 0, nowMs);
    await round.type(String(value).replace(".", ","));
    await round.keep();
    await round.stopsAt(WALKED.water.name);
    await standDown();
    const read = async () => {
      const path = `/api/v1/meters/house.gas/readings?from=${nowMs - 3_600_000}&to=${nowMs + 86_400_000}`;
      return (await server.get<MeterReadingsAnswer>(path)).readings.map((reading) => reading.value);
    };
    await expect.poll(read, { timeout: 30_000 }).toEqual([value]);
  });
});
