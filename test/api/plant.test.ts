import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jobsSchema } from "#contract/jobs.ts";
import { plantsSchema, runningSchema, summarySchema } from "#contract/plant.ts";
import { billSchema, billsSchema, capSchema, checkBillSchema } from "#contract/plant-bills.ts";
import { daysSchema, heatSchema, intervalDetailSchema, intervalsSchema } from "#contract/plant-intervals.ts";
import { powerSchema } from "#contract/plant-power.ts";
import { importsSchema, plantQualitySchema } from "#contract/plant-quality.ts";
import { usageSummarySchema } from "#contract/usage.ts";
import type { JobStanding, Jobs } from "#jobs/job.ts";
import { get, type House } from "./house.ts";
import { at, LAST_MS, NOW_MS, openPlantHouse } from "./plant-house.ts";

const PLANT = "/api/v1/plants/mill.main";

const asked: string[] = [];
const standing: JobStanding = {
  job: { name: "sweep", title: "Sweep", zone: "UTC", run: async () => ({ sentence: "done" }) },
  running: false,
  history: [],
};
const ran = (job: string) => ({ id: 1, job, why: "asked", dueMs: 0, startedMs: 0, result: "done", sentence: "done", counts: {} }) as const;
const jobs: Jobs = {
  list: async () => [standing, { ...standing, job: { ...standing.job, name: "busy" }, running: true }],
  run: async (name) => {
    asked.push(name);
    return ran(name);
  },
  log: async (name, id) => (id === 1 ? { run: ran(name), log: [{ tMs: 5, text: "Try 1 failed." }] } : undefined),
  cancel: (name) => name === "busy",
  close: async () => undefined,
};

let house: House;
beforeAll(async () => {
  house = await openPlantHouse({}, { jobs });
});
afterAll(() => house.close());

const json = async (url: string) => (await get(house, url)).json();
const post = (url: string, payload: object) => house.app.inject({ method: "POST", url, payload, headers: { host: "localhost" } });

describe("every answer has the shape that is promised", () => {
  test.each([
    ["/api/v1/plants", plantsSchema],
    [`${PLANT}/running`, runningSchema],
    [`${PLANT}/power`, powerSchema],
    [`${PLANT}/summary`, summarySchema],
    [`${PLANT}/intervals?from=${NOW_MS - 86_400_000}&to=${NOW_MS}`, intervalsSchema],
    [`${PLANT}/intervals/${LAST_MS}`, intervalDetailSchema],
    [`${PLANT}/days`, daysSchema],
    [`${PLANT}/heat`, heatSchema],
    [`${PLANT}/bills`, billsSchema],
    [`${PLANT}/bills?basis=calendar`, billsSchema],
    [`${PLANT}/bills/2026-02-17`, billSchema],
    [`${PLANT}/cap?kw=390`, capSchema],
    [`${PLANT}/quality`, plantQualitySchema],
    [`${PLANT}/imports`, importsSchema],
    ["/api/v1/jobs", jobsSchema],
    ["/api/v1/usage/summary", usageSummarySchema],
  ])("%s", async (url, schema) => {
    const answer = await get(house, url);
    expect(answer.status).toBe(200);
    expect(schema.parse(answer.json())).toEqual(answer.json());
  });
});

describe("the running interval", () => {
  test("raises the bill above the third highest at a third of the rate, and the ratchet in later periods", async () => {
    const { levels, billedKw, ratchetKw, interval } = await json(`${PLANT}/running`);
    // The ratchet of December's 1,000 kW holds billing demand at 600 kW: only above it an interval costs.
    expect([billedKw, ratchetKw]).toEqual([600, 600]);
    expect(interval).toMatchObject({ fromLocal: "2026-03-10T14:30:00-04:00", toLocal: "2026-03-10T14:45:00-04:00", leftMs: 220_000 });
    expect(levels.map((level: { level: string }) => level.level)).toEqual(["raises-bill", "new-highest"]);
    expect(levels[0].kw).toBeGreaterThan(600);
    expect(levels[1]).toMatchObject({ kw: 412, against: { endLocal: "2026-03-03T10:15:00-05:00" } });
    expect(levels[1].over).toMatchObject({ now: "0.00" });
  });

  test("shows live power with its uncertainty over a minute at least", async () => {
    const { live } = await json(`${PLANT}/running`);
    expect(live.overMs).toBeGreaterThanOrEqual(60_000);
    expect(Math.abs(live.kw - 408)).toBeLessThanOrEqual(live.plusMinusKw + 1e-6);
    expect(live).toMatchObject({ atMs: NOW_MS - 3_000, ageMs: 3_000, stale: false, source: "kyz" });
  });
});

describe("the summary", () => {
  test("names the three intervals that set the demand, and the fourth", async () => {
    const { period, costOf100KwYear } = await json(`${PLANT}/summary`);
    expect(period).toMatchObject({
      name: "2026-02-17",
      meteredKw: expect.closeTo((412 + 405 + 400) / 3, 9),
      billedKw: 600,
      rule: "ratchet",
      fourthBelowKw: 0,
    });
    expect(period.setting.map((one: { kw: number }) => one.kw)).toEqual([412, 405, 400]);
    expect(costOf100KwYear).toBe("29688.00");
  });

  test("compares with the interval right before, and with none where that one is missing", async () => {
    const { current } = await json(`${PLANT}/summary`);
    expect(current).toMatchObject({ previousKw: 204, changePercent: 0, interval: { endMs: LAST_MS } });
  });
});

describe("days", () => {
  test("v1 counts an interval to the day it lies in: the one that ends at midnight is of the day before", async () => {
    const { days } = await json(`${PLANT}/days?from=2026-03-09T12:00:00-04:00&to=2026-03-10T12:00:00-04:00`);
    expect(days.map((day: { date: string; peakKw: number }) => [day.date, day.peakKw])).toEqual([
      ["2026-03-09", 300],
      ["2026-03-10", 204],
    ]);
  });

  test("the day the clock jumps has 92 quarters, and the picture has no cell in the hour that was skipped", async () => {
    const { days } = await json(`${PLANT}/days?from=2026-03-08T12:00:00-04:00&to=2026-03-08T13:00:00-04:00`);
    expect(days).toMatchObject([{ date: "2026-03-08", expected: 92, observed: 92, missing: 0, complete: true }]);
    const heat = await json(`${PLANT}/heat?from=2026-03-08T12:00:00-04:00&to=2026-03-08T13:00:00-04:00`);
    expect(heat.kw[0].slice(7, 13)).toEqual([204, null, null, null, null, 204]);
    expect(heat.slots[8]).toBe("02:00");
  });
});

describe("intervals", () => {
  const range = `from=${at("2026-03-01 00:00:00")}&to=${NOW_MS}`;

  test("can be picked by mark and power, sorted and paged", async () => {
    const excluded = await json(`${PLANT}/intervals?${range}&flag=excludedFromDemand`);
    expect(excluded.rows).toMatchObject([
      { powerKw: 900, demandKw: null, quality: ["excludedFromDemand"], endLocal: "2026-03-06T10:15:00-05:00" },
    ]);
    const missing = await json(`${PLANT}/intervals?${range}&flag=missing&size=1&page=2`);
    expect(missing).toMatchObject({
      matching: 2,
      pages: 2,
      page: 2,
      rows: [{ energyKwh: null, source: null, endLocal: "2026-03-10T03:15:00-04:00" }],
    });
    const highest = await json(`${PLANT}/intervals?${range}&sort=-kw&without=excludedFromDemand&minKw=400`);
    expect(highest.rows.map((row: { powerKw: number }) => row.powerKw)).toEqual([412, 405]);
    expect(highest.peakKw).toBe(412);
  });

  test("leave as CSV, every row the filter lets through", async () => {
    const csv = await get(house, `${PLANT}/intervals.csv?${range}&minKw=400&sort=-kw`);
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(csv.headers["content-disposition"]).toBe('attachment; filename="mill.main-2026-03-01.csv"');
    const [head, ...lines] = csv.text.trim().split("\r\n");
    expect(head).toMatch(/^interval end \(America\/Indiana\/Indianapolis\),interval end \(UTC\),kWh,/);
    expect(lines.map((line) => line.split(",")[4])).toEqual(["900", "412", "405"]);
    expect(lines[0]).toContain("excludedFromDemand");
  });

  test("one tells what every source said of it, and why it counts or not", async () => {
    const detail = await json(`${PLANT}/intervals/${at("2026-03-06 10:15:00")}`);
    expect(detail.sources).toMatchObject([{ source: "kyz", taken: true, energyKwh: 225 }]);
    expect(detail.remarks.join()).toContain("R17");
    expect((await get(house, `${PLANT}/intervals/${LAST_MS + 1}`)).status).toBe(404);
  });

  test("a range that is too long is refused with its limit", async () => {
    const answer = await get(house, `${PLANT}/intervals?from=0&to=${NOW_MS}`);
    expect([answer.status, answer.json().error.code]).toEqual([422, "too-many-points"]);
  });
});

describe("bills", () => {
  test("hold the worked numbers: a ratchet of 60 % of 1,000 kW makes 600 kW and 14,844.00", async () => {
    const { bills } = await json(`${PLANT}/bills`);
    const rows = bills.map((bill: Record<string, unknown>) => [bill["meteredKw"], bill["billedKw"], bill["rule"], bill["demandCost"]]);
    expect(rows).toEqual([
      [1_000, 1_000, "metered", "24740.00"],
      [204, 600, "ratchet", "14844.00"],
      [400, 600, "ratchet", "14844.00"],
      [expect.closeTo((412 + 405 + 400) / 3, 9), 600, "ratchet", "14844.00"],
    ]);
  });

  test("one says why, until when and what it costs, and adds up", async () => {
    const bill = await json(`${PLANT}/bills/2026-02-17`);
    const demand = bill.lines.find((line: { kind: string }) => line.kind === "demand").demand;
    expect(demand).toMatchObject({ rule: "ratchet", ratchetKw: 600, ratchetFrom: "2025-11-17", ratchetUntil: "2026-11-17" });
    expect(bill.explain[0]).toContain("600.0 kW");
    const cents = bill.lines.reduce((sum: number, line: { amount: string }) => sum + Math.round(Number(line.amount) * 100), 0);
    expect(cents).toBe(Math.round(Number(bill.total) * 100));
    expect(bill.excluded).toMatchObject({ intervals: 1, peakKw: 900 });
    expect(bill.previousPeriod).toBe("2026-01-17");
    expect((await get(house, `${PLANT}/bills/2020-01-17`)).json().error.code).toBe("unknown-period");
  });

  test("are not made again for a reader who has them", async () => {
    const first = await get(house, `${PLANT}/bills`);
    const again = await get(house, `${PLANT}/bills`, { "if-none-match": String(first.headers["etag"]) });
    expect([first.headers["cache-control"], again.status, again.text]).toEqual(["private, no-cache", 304, ""]);
  });

  test("a real one is compared figure by figure", async () => {
    const answer = await post(`${PLANT}/check-bill`, { from: "2026-01-17", to: "2026-02-17", billedKw: 600, total: "1.00" });
    expect(answer.statusCode).toBe(200);
    const check = checkBillSchema.parse(answer.json());
    expect(check.agrees).toBe(false);
    expect(check.compared.filter((row) => row.agrees)).toHaveLength(1);
    expect((await post(`${PLANT}/check-bill`, { from: "2026-01-17", to: "2026-01-17" })).statusCode).toBe(400);
  });

  test("a cap below what the ratchet holds saves nothing now", async () => {
    const cap = await json(`${PLANT}/cap?kw=390`);
    expect(cap).toMatchObject({ billedKw: 600, billedKwCapped: 600, savedNow: "0.00", heldBy: "ratchet", usefulDownToKw: 600 });
    expect(cap.intervals.map((one: { kw: number }) => one.kw)).toEqual([412, 405, 400, 400, 400, 396]);
  });
});

describe("quality", () => {
  test("lists what is missing of the last day, and counts nothing the clock skipped", async () => {
    const { range, gaps } = await json(`${PLANT}/quality`);
    expect(range).toMatchObject({ expected: 96, observed: 94, missing: 2, invalid: 1 });
    expect(gaps).toMatchObject([{ intervals: 2, fromLocal: "2026-03-10T02:45:00-04:00", toLocal: "2026-03-10T03:15:00-04:00" }]);
    const spring = await json(`${PLANT}/quality?from=${at("2026-03-08 00:00:00")}&to=${at("2026-03-09 00:00:00")}`);
    expect(spring.range).toMatchObject({ expected: 92, observed: 92, missing: 0 });
  });
});

describe("jobs", () => {
  test("run when an operator asks, and not twice at once", async () => {
    expect((await post("/api/v1/jobs/sweep/run", {})).json()).toMatchObject({ started: true, job: { name: "sweep" } });
    expect((await post("/api/v1/jobs/busy/run", {})).json()).toMatchObject({ started: false });
    expect(await json("/api/v1/jobs/sweep/runs/1")).toMatchObject({ run: { id: 1, result: "done" }, log: [{ text: "Try 1 failed." }] });
    expect((await json("/api/v1/jobs/sweep/runs/2")).error.code).toBe("unknown-run");
    expect((await post("/api/v1/jobs/busy/cancel", {})).json()).toEqual({ told: true });
    expect((await post("/api/v1/jobs/none/run", {})).json().error.code).toBe("unknown-job");
    expect(asked).toEqual(["sweep"]);
  });
});

describe("page views", () => {
  test("are counted by day and page without their query", async () => {
    for (const path of ["/plant?site=mill", "plant", "/kiosk#x"])
      expect((await post("/api/v1/usage/pageview", { path })).json()).toEqual({ ok: true });
    const usage = await json("/api/v1/usage/summary?days=7");
    expect(usage).toMatchObject({ today: 3, total: 3, lastSeenMs: NOW_MS });
    expect(usage.byPath.map(({ path, count }: { path: string; count: number }) => [path, count])).toEqual([
      ["/plant", 2],
      ["/kiosk", 1],
    ]);
    expect(usage.byDay).toHaveLength(7);
  });
});

test("a plant nobody knows is said so", async () => {
  expect((await get(house, "/api/v1/plants/mill.other/running")).json().error.code).toBe("unknown-plant");
});
