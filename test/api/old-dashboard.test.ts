import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { oldToken } from "#api/old-token.ts";
import {
  oldBillingSchema,
  oldDailySchema,
  oldHealthSchema,
  oldLatestSchema,
  oldLiveLatestSchema,
  oldLiveSeriesSchema,
  oldMetricsSchema,
  oldMonthlyDemandSchema,
  oldQualitySchema,
  oldSeriesSchema,
  oldSummarySchema,
  oldUsageSchema,
} from "#contract/old-kyz.ts";
import { OLD_BILLING, OLD_LATEST, OLD_SUMMARY } from "#contract/old-kyz-examples.ts";
import { get, type House, openHouse } from "./house.ts";
import { LAST_MS, NOW_MS, openPlantHouse } from "./plant-house.ts";

const UNAUTHORIZED = { detail: "Unauthorized" };
const ROUTES = [
  "/api/health",
  "/api/metrics",
  "/api/latest",
  "/api/live/latest",
  "/api/live/series",
  "/api/series",
  "/api/daily",
  "/api/billing",
  "/api/monthly-demand",
  "/api/summary",
  "/api/quality",
  "/api/stream",
  "/api/usage/summary",
];

let house: House;
beforeAll(async () => {
  house = await openPlantHouse();
});
afterAll(() => house.close());

const json = async (url: string) => (await get(house, url)).json();

describe("the old routes", () => {
  test("are there only where they are configured", async () => {
    const plain = await openHouse();
    for (const route of ROUTES) expect([route, (await get(plain, route)).status]).toEqual([route, 404]);
    await plain.close();
  });

  test.each([
    ["/api/health", oldHealthSchema],
    ["/api/metrics", oldMetricsSchema],
    ["/api/latest", oldLatestSchema],
    ["/api/live/latest", oldLiveLatestSchema],
    ["/api/live/series", oldLiveSeriesSchema],
    ["/api/series", oldSeriesSchema],
    ["/api/daily", oldDailySchema],
    ["/api/billing", oldBillingSchema],
    ["/api/billing?basis=billing", oldBillingSchema],
    ["/api/monthly-demand", oldMonthlyDemandSchema],
    ["/api/summary", oldSummarySchema],
    ["/api/quality", oldQualitySchema],
    ["/api/usage/summary", oldUsageSchema],
  ])("%s has exactly the documented fields", async (url, schema) => {
    const answer = await get(house, url);
    expect(answer.status).toBe(200);
    expect(schema.parse(answer.json())).toEqual(answer.json());
  });

  test("tell the same interval as v1, in the old words", async () => {
    expect(await json("/api/latest")).toEqual({
      IntervalEnd: "2026-03-10T14:30:00",
      kW: 204,
      kWh: 51,
      PulseCount: 30,
      Total_kWh: null,
      R17Exclude: false,
      KyzInvalidAlarm: false,
    });
    expect(await json("/api/health")).toMatchObject({
      serverTime: "2026-03-10T14:41:20",
      dbConnected: true,
      latestIntervalEnd: "2026-03-10T14:30:00",
      secondsSinceLatest: 680,
      secondsSinceLatestLive: 3,
      credentialMode: "rw",
    });
  });

  test("stand in the document with an example each, apart from ours", async () => {
    const { paths } = await json("/api/docs/json");
    const tagged = Object.entries(paths as Record<string, Record<string, { tags?: string[]; responses: Record<string, unknown> }>>).filter(
      ([, methods]) => Object.values(methods).some((one) => one.tags?.includes("old dashboard")),
    );
    expect(tagged.map(([path]) => path).toSorted()).toEqual([...ROUTES, "/api/usage/pageview"].toSorted());
    for (const [, methods] of tagged)
      for (const one of Object.values(methods)) expect(JSON.stringify(one.responses["200"])).toMatch(/"examples?":/);
    expect(oldBillingSchema.parse(OLD_BILLING)).toEqual(OLD_BILLING);
    expect(oldSummarySchema.parse(OLD_SUMMARY)).toEqual(OLD_SUMMARY);
    expect(oldLatestSchema.parse(OLD_LATEST)).toEqual(OLD_LATEST);
  });

  test("say 404 in the old words where nothing came yet", async () => {
    const empty = await openPlantHouse({ kyz: { site: "mill", tokenInUrl: false } }, {});
    const before = Object.assign(empty, { nowMs: 0 });
    const answer = await get(before, "/api/live/latest");
    expect([answer.status, answer.json()]).toEqual([404, { detail: "No live rows found" }]);
    await empty.close();
  });

  test("a site without a plant is said so", async () => {
    const without = await openPlantHouse({ kyz: { site: "elsewhere", tokenInUrl: false } });
    const answer = await get(without, "/api/latest");
    expect(answer.status).toBe(503);
    expect(answer.json().detail).toContain("elsewhere");
    await without.close();
  });
});

describe("limits", () => {
  test("numbers beyond their bounds are held within them", async () => {
    expect((await json("/api/daily?days=0")).days).toHaveLength(2);
    expect((await json("/api/daily?days=999")).days).toHaveLength(91);
    expect((await json("/api/series?minutes=1")).points).toHaveLength(1);
    expect((await json("/api/series?minutes=999999999")).points.length).toBeGreaterThan(5_700);
    expect((await json("/api/usage/summary?days=0")).byDay).toHaveLength(1);
    expect((await json("/api/billing?months=1")).months).toHaveLength(4);
    expect((await json("/api/live/series?minutes=-5")).points.length).toBeLessThanOrEqual(5);
  });

  test("what is no number is 422, as it was", async () => {
    const answer = await get(house, "/api/series?minutes=ten");
    expect([answer.status, answer.json().detail[0].loc]).toEqual([422, ["query", "minutes"]]);
  });

  test("60 days are answered, more only where extended ranges are allowed", async () => {
    const range = "start=2026-01-09T14:00:00&end=2026-03-10T14:00:00";
    expect((await get(house, `/api/series?${range}`)).status).toBe(200);
    const longer = await get(house, "/api/series?start=2026-01-09T13:59:00&end=2026-03-10T14:00:00");
    expect([longer.status, longer.json()]).toEqual([400, { detail: "Range exceeds limit of 60 days" }]);
    const extended = await openPlantHouse({ kyz: { site: "mill", tokenInUrl: false, extendedRange: true } });
    expect((await get(extended, "/api/series?start=2025-12-01&end=2026-03-10")).status).toBe(200);
    await extended.close();
  });

  test("a bad date, an end before its start and another basis are 400", async () => {
    for (const [url, detail] of [
      ["/api/series?start=yesterday", "Invalid datetime: yesterday"],
      ["/api/series?start=2026-03-02&end=2026-03-01", "end must be >= start"],
      ["/api/billing?basis=fiscal", "basis must be 'calendar' or 'billing'"],
      ["/api/monthly-demand?basis=x", "basis must be 'calendar' or 'billing'"],
    ])
      expect([(await get(house, url as string)).status, await json(url as string)]).toEqual([400, { detail }]);
  });

  test("times with Z or an offset are the same instants as the plant's clock, both ends included", async () => {
    const plain = await json("/api/series?start=2026-03-10T10:00:00&end=2026-03-10T11:00:00");
    expect(plain.points.map(({ t }: { t: string }) => t.slice(11, 16))).toEqual(["10:00", "10:15", "10:30", "10:45", "11:00"]);
    expect(await json("/api/series?start=2026-03-10T14:00:00Z&end=2026-03-10T15:00:00Z")).toEqual(plain);
    expect(await json("/api/series?start=2026-03-10T15:00:00%2B01:00&end=2026-03-10T11:00:00-04:00")).toEqual(plain);
  });
});

describe("days and months", () => {
  test("an interval counts to the date of its end: what ends at midnight is of the next day", async () => {
    const { days } = await json("/api/daily?days=1");
    expect(days.map((day: { date: string; kW_peak: number }) => [day.date, day.kW_peak])).toEqual([
      // The invalid interval of that evening is left out.
      ["2026-03-09", 204],
      ["2026-03-10", 300],
    ]);
    expect(days[0].interval_count).toBe(95);
  });

  test("billing holds the worked numbers of the ratchet, by the old rule", async () => {
    const { months, tariff } = await json("/api/billing?months=12");
    expect(tariff).toEqual({
      customerCharge: 120,
      demandRatePerKW: 24.74,
      energyRatePerKWh: 0.04143,
      ratchetPercent: 0.6,
      minBillingKW: 50,
    });
    const rows = months.map((month: Record<string, number>) => [month["top3AvgKW"], month["ratchetFloorKW"], month["billedDemandKW"]]);
    expect(rows.slice(0, 3)).toEqual([
      [1_000, 50, 1_000],
      [400, 600, 600],
      [400, 600, 600],
    ]);
    expect(months[0].demandCost).toBeCloseTo(24_740, 6);
    expect(months[1].demandCost).toBeCloseTo(14_844, 6);
    expect(months[3].top3AvgKW).toBeCloseTo((412 + 405 + 396) / 3, 9);
  });

  test("peak_kW of monthly-demand is the billed demand, as it was sent; v1 tells the peak", async () => {
    const { months } = await json("/api/monthly-demand");
    expect(months.map((month: { peak_kW: number }) => month.peak_kW)).toEqual([1_000, 600, 600, 600]);
    const v1 = await json("/api/v1/plants/mill.main/bills?basis=calendar");
    expect(v1.bills.map((bill: { billedKw: number; setting: { kw: number }[] }) => bill.setting[0]?.kw)).toEqual([1_000, 400, 400, 412]);
  });

  test("billing periods are those of the anchor", async () => {
    const { basis, anchorDate, months } = await json("/api/billing?basis=billing");
    expect([basis, anchorDate]).toEqual(["billing", "2025-01-17"]);
    expect(months.at(-1)).toMatchObject({ periodStart: "2026-02-17", periodEnd: "2026-03-17" });
  });

  test("the first page's figures keep their definitions", async () => {
    const summary = await json("/api/summary");
    expect(summary).toMatchObject({
      plantName: "KYZ Plant",
      lastUpdated: "2026-03-10T14:30:00",
      currentKW: 204,
      todayPeakKW: 300,
      maxIntervalKW11mo: 1_000,
      costOf100kwPeakAnnual: 29_688,
      ratchetFloorKW: 600,
      billedDemandEstimateKW: 600,
      billingPeriodStart: "2026-02-17",
    });
    expect(summary.energyEstimateMonth).toBeCloseTo(summary.mtdKWh * 0.04143, 6);
  });

  test("quality counts the gaps between rows of the last day", async () => {
    expect(await json("/api/quality")).toEqual({
      expectedIntervals24h: 96,
      observedIntervals24h: 94,
      missingIntervals24h: 2,
      kyzInvalidAlarm: { last24h: 1, last7d: 1 },
      r17Exclude: { last24h: 0, last7d: 1 },
    });
  });
});

describe("page views", () => {
  test("are counted where v1 counts them, a missing path is the first page, long ones are cut", async () => {
    const own = await openPlantHouse();
    const view = (payload: object) =>
      own.app.inject({ method: "POST", url: "/api/usage/pageview", payload, headers: { host: "localhost" } });
    for (const payload of [{ path: "billing-risk?token=abc" }, {}, { path: `/${"x".repeat(300)}` }])
      expect((await view(payload)).json()).toEqual({ ok: true });
    const usage = (await get(own, "/api/usage/summary")).json();
    expect(usage).toMatchObject({ days: 30, totalViews: 3, lastSeen: "2026-03-10T14:41:20" });
    expect(usage.byPath.map(({ path }: { path: string }) => path.length)).toEqual(
      [1, "/billing-risk".length, 200].toSorted((a, b) => a - b),
    );
    expect((await get(own, "/api/v1/usage/summary")).json().total).toBe(3);
    await own.close();
  });
});

describe("the token", () => {
  const SECRET = "what the wall has";
  let guarded: House;
  beforeAll(async () => {
    guarded = await openPlantHouse({ kyz: { site: "mill", tokenInUrl: true, tokenNeeded: true }, signInsPerMinute: 1_000 });
    await guarded.store.saveToken(oldToken(SECRET, NOW_MS));
  });
  afterAll(() => guarded.close());

  test("lets in as X-Auth-Token; without it and with another it is 401 in the old words, also from this machine", async () => {
    for (const route of ROUTES.filter((one) => one !== "/api/stream")) {
      expect([route, (await get(guarded, route, { "x-auth-token": SECRET })).status]).toEqual([route, 200]);
      for (const headers of [{}, { "x-auth-token": "wrong" }] as Record<string, string>[]) {
        const refused = await get(guarded, route, headers);
        expect([route, refused.status, refused.json()]).toEqual([route, 401, UNAUTHORIZED]);
      }
    }
  });

  test("counts in an address on the stream and the kiosk, and nowhere else", async () => {
    const token = encodeURIComponent(SECRET);
    expect((await get(guarded, `/api/latest?token=${token}`)).status).toBe(401);
    expect((await get(guarded, `/api/v1/plants?token=${token}`, { "x-forwarded-for": "203.0.113.9" })).status).toBe(401);
    const wall = await get(guarded, `/kiosk?token=${token}&refresh=10&theme=dark`);
    expect([wall.status, wall.headers["location"]]).toEqual([303, "/kiosk?refresh=10&theme=dark"]);
    const cookie = String(wall.headers["set-cookie"]).split(";")[0] as string;
    expect((await get(guarded, "/api/latest", { cookie })).status).toBe(200);
    const wrong = await get(guarded, "/kiosk?token=wrong");
    expect([wrong.status, wrong.headers["location"], wrong.headers["set-cookie"]]).toEqual([303, "/kiosk", undefined]);
  });

  test("does not open routes of ours, and is only one of ours where it looks like one", async () => {
    const answer = await get(guarded, "/api/v1/plants", { authorization: `Bearer ${SECRET}` });
    expect([answer.status, answer.json().error.code]).toEqual([401, "token-unknown"]);
  });

  test("ends when it is revoked", async () => {
    const own = await openPlantHouse({ kyz: { site: "mill", tokenInUrl: true, tokenNeeded: true } });
    await own.store.saveToken({ ...oldToken(SECRET, NOW_MS), revokedMs: NOW_MS });
    expect((await get(own, "/api/latest", { "x-auth-token": SECRET })).status).toBe(401);
    await own.close();
  });

  test("is never logged, nor is a wrong one", async () => {
    const token = encodeURIComponent(SECRET);
    await get(guarded, `/kiosk?token=${token}`);
    await get(guarded, `/api/latest?token=${token}`);
    await get(guarded, "/api/latest", { "x-auth-token": "guess-4711" });
    const logs = guarded.logs.join("\n");
    expect(logs).toContain("refused");
    expect(logs).not.toMatch(/what the wall has|what%20the%20wall|guess-4711|token=/);
  });
});

describe("the stream", () => {
  test("tells a real client the newest interval at once and the next one when it is there; other events stay away", async () => {
    const own = await openPlantHouse({ kyz: { site: "mill", tokenInUrl: true, tokenNeeded: true, streamSeconds: 1 } });
    await own.store.saveToken(oldToken("wall", NOW_MS));
    await own.app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = own.app.server.address() as AddressInfo;
    const base = `http://127.0.0.1:${port}`;
    expect((await fetch(`${base}/api/stream?token=other`)).status).toBe(401);

    const leave = new AbortController();
    const answer = await fetch(`${base}/api/stream?token=wall`, { signal: leave.signal });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
    const events = eventsOf(answer);
    const first = await events.next();
    expect(first.value).toEqual({ event: "latest", data: (await get(own, "/api/latest", { "x-auth-token": "wall" })).json() });

    const endMs = LAST_MS + 900_000;
    await own.store.importColumn(
      5,
      { tMs: Float64Array.of(endMs), value: Float64Array.of(75), quality: Uint16Array.of(0) },
      { receivedMs: endMs },
    );
    await own.store.importColumn(
      6,
      { tMs: Float64Array.of(endMs), value: Float64Array.of(300), quality: Uint16Array.of(0) },
      { receivedMs: endMs },
    );
    own.nowMs = endMs + 120_000;
    const second = await events.next();
    expect(second.value).toMatchObject({ event: "latest", data: { IntervalEnd: "2026-03-10T14:45:00", kW: 300 } });
    leave.abort();
    await own.close();
  });
});

/** Server-sent events as they come; comments are nobody's business. */
async function* eventsOf(answer: Response): AsyncGenerator<{ event: string; data: unknown }> {
  let text = "";
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      const event = lines.find((line) => line.startsWith("event: "))?.slice(7);
      const data = lines.find((line) => line.startsWith("data: "))?.slice(6);
      if (event !== undefined && data !== undefined) yield { event, data: JSON.parse(data) };
    }
  }
}
