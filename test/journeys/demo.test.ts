import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { HealthAnswer } from "#contract/health.ts";
import type { ColumnsAnswer, SeriesInfo, SiteInfo } from "#contract/series.ts";
import type { LedgerAnswer } from "#contract/sources.ts";
import { inBrowser, openTab, startBrowser } from "#test/browser.ts";
import { Server } from "#test/server.ts";

const MOST_SAMPLES = 10_000_000;
const PAST_MS = 240_000;
const EVERY_MS = 10_000;
/** No device of the demo speaks as often. */
const CLOSE_MS = 5000;
const HOUR_MS = 3_600_000;
const OFTEN_MS = HOUR_MS / 4;
/** Their radios are out of reach for a while, on purpose. */
const OUT_OF_REACH = ["plant/hall-2-lighting/", "tower/vav-4-02-"];

inBrowser()("the demo, started without a configuration", { timeout: PAST_MS + 60_000 }, () => {
  let server: Server;

  beforeAll(async () => {
    server = await Server.start({ mqtt: "embedded:0" });
  });
  afterAll(async () => {
    await server?.remove();
  });

  /** Waits until the demo has said as often that its past is made. */
  const pastMade = (times: number) =>
    expect.poll(() => server.said.split("Its devices publish now.").length - 1, { timeout: PAST_MS, interval: 200 }).toBe(times);

  test("makes a past of five sites, and marks everything as made up", async () => {
    const startMs = performance.now();
    await pastMade(1);
    console.info(`the demo's past took ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
    const { sites } = await server.get<{ sites: SiteInfo[] }>("/api/v1/sites");
    expect(sites.map((site) => site.demo)).toEqual([true, true, true, true, true]);
    const { series } = await server.get<{ series: SeriesInfo[] }>("/api/v1/series?limit=10000");
    expect(series.filter((one) => !one.demo)).toEqual([]);
    expect(new Set(series.map((one) => one.site)).size).toBe(5);
    const health = await server.get<HealthAnswer>("/api/v1/health");
    expect(health).toMatchObject({ demo: true, ledgerBalanced: true, problems: [] });
    console.info(`${health.store.samples} samples of ${health.store.series} series in ${(health.store.fileBytes / 1e6).toFixed(0)} MB`);
    expect(health.store.samples).toBeGreaterThan(1_000_000);
    expect(health.store.samples).toBeLessThanOrEqual(MOST_SAMPLES);
  });

  test("shows on Live that it is the demo", async () => {
    const browser = await startBrowser();
    onTestFinished(() => browser.close());
    const tab = await openTab(browser);
    await tab.page.goto(server.url);
    await expect.poll(() => tab.page.locator("header").first().textContent(), { timeout: 20_000 }).toContain("Demo data");
    await expect.poll(() => tab.page.locator("a.pt .num").count(), { timeout: 20_000 }).toBeGreaterThan(10);
    expect(await tab.page.locator("main section[aria-label]").count()).toBeGreaterThanOrEqual(4);
    expect(tab.complaints).toEqual([]);
  });

  test("goes on after a restart without a sample twice and without a gap", async () => {
    await server.end();
    await server.run();
    await pastMade(2);
    await new Promise((resolve) => setTimeout(resolve, 2 * EVERY_MS));
    const { series } = await server.get<{ series: SeriesInfo[] }>("/api/v1/series?limit=10000");
    const faults: string[] = [];
    for (const { key, kind, everyMs = 0 } of series) {
      // A state is said when it changes.
      if (kind === "state") continue;
      // An hour tells nothing of dials that are read on walks.
      if (everyMs > OFTEN_MS || OUT_OF_REACH.some((one) => key.startsWith(one))) continue;
      const apart = await apartMs(server, key);
      const fault = apart.filter((ms) => ms < CLOSE_MS || ms > everyMs * 1.5);
      if (fault.length > 0 || apart.length === 0) faults.push(`${key} every ${everyMs}: ${fault.slice(0, 5).join(" ")} of ${apart.length}`);
    }
    expect(faults).toEqual([]);
    expect((await server.get<LedgerAnswer>("/api/v1/ledger")).balanced).toBe(true);
  });
});

/** Time between the samples of the last hour. */
async function apartMs(server: Server, key: string): Promise<number[]> {
  const nowMs = Date.now();
  const { columns } = await server.get<ColumnsAnswer>(
    `/api/v1/columns?series=${encodeURIComponent(key)}&from=${nowMs - HOUR_MS}&to=${nowMs}&raw=true&points=5000`,
  );
  const times = columns[0]?.tMs ?? [];
  return times.slice(1).map((tMs, row) => tMs - (times[row] as number));
}
