import { afterAll, beforeAll, expect, it } from "vitest";
import type { JobsAnswer } from "#contract/jobs.ts";
import type { MeterConsumptionAnswer, MeterReadingsAnswer } from "#contract/meter-history.ts";
import type { MetersAnswer } from "#contract/meters.ts";
import { FakeTibber } from "#test/fakes/tibber.ts";
import { Influxd } from "#test/influxd.ts";
import { outside } from "#test/outside.ts";
import { Server } from "#test/server.ts";

const YAML = ({ influx, tibber }: { readonly influx: string; readonly tibber: string }) => `
sites: { house: { name: House, zone: Europe/Berlin, currency: EUR } }
sources:
  helpers: { name: Helpers, site: house, influx: { url: "${influx}", database: lampfi } }
  supplier: { name: Supplier, site: house, tibber: { url: "${tibber}", token: sesam, point: haupt_strom, prices: none } }
outlets: { influx: { url: "${influx}", database: results, rawBucket: lampfi } }
meters:
  gas_old: { unit: m³, medium: gas, installed: 2023-01-01, removed: 2024-06-15 }
  gas_new: { unit: m³, medium: gas, installed: 2024-06-15 }
  gas:
    unit: m³
    medium: gas
    periods: [{ from: 2023-01-01, to: 2024-06-15, sources: [gas_old] }, { from: 2024-06-16, sources: [gas_new] }]
`;

const local = (date: string): number => Date.parse(`${date}T12:00:00+01:00`);
const line = (meter: string, date: string, value: number): string =>
  `m³,domain=input_number,entity_id=${meter} value=${value} ${local(date)}`;

/** The old meter ends at 1500; the new one begins at 0 and shows 250 at the end of August. */
const READINGS = [
  line("gas_old", "2023-01-01", 1_000),
  line("gas_old", "2023-07-01", 1_200),
  line("gas_old", "2024-01-01", 1_400),
  line("gas_old", "2024-06-15", 1_500),
  line("gas_new", "2024-06-15", 0),
  line("gas_new", "2024-08-31", 250),
];

outside("influxd")("an InfluxDB that readings come from and results go to", () => {
  let influx: Influxd;
  let tibber: FakeTibber;
  let server: Server;
  const run = async (job: string) => {
    const { status, out } = await server.command("run", job);
    return { status, out: out.trim() };
  };
  const months = async (meter: string): Promise<Map<string, number>> => {
    const q = `SELECT consumption FROM meter_consumption WHERE meter_id = '${meter}'`;
    const { results } = await influx.query(q, { db: "results" });
    const rows = results[0]?.series?.[0]?.values ?? [];
    return new Map(rows.map(([tMs, value]) => [new Date(Number(tMs)).toISOString().slice(0, 7), Number(value)]));
  };

  beforeAll(async () => {
    influx = await Influxd.start();
    await influx.query("CREATE DATABASE lampfi", { method: "POST" });
    await influx.write("lampfi", READINGS);
    tibber = await FakeTibber.start();
    server = await Server.start({ yaml: YAML({ influx: influx.url, tibber: tibber.url }), mqtt: "embedded:0" });
  });
  afterAll(async () => {
    await server.remove();
    await tibber.stop();
    await influx.stop();
  });

  it("gives every reading once, however often it is asked", async () => {
    expect((await run("influx-helpers")).status).toBe(0);
    const again = await run("influx-helpers");
    expect([again.status, again.out]).toEqual([0, expect.not.stringMatching(/[1-9]\d* new/)]);
    const { meters } = await server.get<MetersAnswer>("/api/v1/meters");
    expect(meters.map(({ meter }) => meter)).toEqual(["gas_old", "gas_new", "gas"]);
    const { readings } = await server.get<MeterReadingsAnswer>("/api/v1/meters/house.gas_old/readings?from=2020-01-01&to=2030-01-01");
    expect(readings.map(({ value }) => value)).toEqual([1_500, 1_400, 1_200, 1_000]);
  });

  it("is given what was used by month, whole across the swap, as the pages show it", async () => {
    const made = await run("influx-outlet");
    expect([made.status, made.out]).toEqual([0, expect.stringMatching(/^3 meters: \d[\d,]* points written/)]);
    const whole = await server.get<MeterConsumptionAnswer>("/api/v1/meters/house.gas/consumption?from=2023-01-01&to=2024-08-31&by=month");
    const written = await months("gas");
    whole.amount.forEach((amount, i) => {
      const month = new Intl.DateTimeFormat("sv", { timeZone: "Europe/Berlin", year: "numeric", month: "2-digit" }).format(whole.fromMs[i]);
      if (month < "2024-08") expect([month, written.get(month)]).toEqual([month, expect.closeTo(amount ?? Number.NaN, 9)]);
    });
    const span = `from=${local("2023-01-01")}&to=${local("2024-08-31")}&by=month`;
    const { total } = await server.get<MeterConsumptionAnswer>(`/api/v1/meters/house.gas/consumption?${span}`);
    expect([total.amount, total.missingMs]).toEqual([expect.closeTo(750, 9), 0]);
  });

  it("is left alone by a second pass, and follows a correction in the first one after it", async () => {
    expect((await run("influx-outlet")).out).toMatch(/: 0 points written, 0 taken out/);
    const { readings } = await server.get<MeterReadingsAnswer>("/api/v1/meters/house.gas_old/readings?from=2020-01-01&to=2030-01-01");
    const july = readings.find(({ value }) => value === 1_200);
    const body = JSON.stringify({ series: july?.series, action: "set", from: String(july?.tMs), value: 1_250, why: "Misread" });
    const corrected = await fetch(`${server.url}/api/v1/corrections`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    });
    expect(corrected.status).toBe(200);
    const before = (await months("gas")).get("2023-03") ?? Number.NaN;
    await run("influx-outlet");
    expect((await months("gas")).get("2023-03")).toBeCloseTo((before * 250) / 200, 6);
  });

  it("that is away fails the job with a sentence, and is caught up with afterwards", async () => {
    await influx.end();
    const away = await fetch(`${server.url}/api/v1/jobs/influx-helpers/run`, { method: "POST" });
    expect(away.status).toBe(200);
    const { jobs } = await server.get<JobsAnswer>("/api/v1/jobs");
    expect(jobs.find(({ name }) => name === "influx-helpers")?.tries).toBe(3);
    await fetch(`${server.url}/api/v1/jobs/influx-helpers/cancel`, { method: "POST" });
    await influx.run();
    await influx.write("lampfi", [line("gas_new", "2024-10-31", 300), line("gas_new", "2024-07-31", 140)]);
    await expect.poll(async () => (await run("influx-helpers")).status, { timeout: 30_000 }).toBe(0);
    const { readings } = await server.get<MeterReadingsAnswer>("/api/v1/meters/house.gas_new/readings?from=2020-01-01&to=2030-01-01");
    expect(readings.map(({ value }) => value)).toEqual([300, 250, 140, 0]);
  });

  it("is given the hours of a supplier beside the raw readings, without the hours nobody knows, and takes none of them for a register", async () => {
    const lastHour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
    const hour = (back: number, consumption: number | null) => ({
      from: new Date(lastHour - back * 3_600_000).toISOString(),
      to: new Date(lastHour - (back - 1) * 3_600_000).toISOString(),
      consumption,
      cost: consumption === null ? null : consumption * 0.3,
      unitPrice: 0.3,
      unitPriceVAT: 0.05,
    });
    tibber.homes = [{ id: "home-1", hours: [hour(4, 1.5), hour(3, 0), hour(2, null)] }];
    expect(await run("tibber-supplier")).toMatchObject({ status: 0 });
    expect(await run("influx-outlet")).toMatchObject({ status: 0 });
    const energy = async () => {
      const { results } = await influx.query("SELECT consumption, cost, unit_price, unit_price_vat FROM energy", { db: "lampfi" });
      return results[0]?.series?.[0]?.values.map(([tMs, ...fields]) => [(lastHour - Number(tMs)) / 3_600_000, ...fields]);
    };
    expect(await energy()).toEqual([
      [4, 1.5, expect.closeTo(0.45, 9), 0.3, 0.05],
      [3, 0, 0, 0.3, 0.05],
      [2, null, null, 0.3, 0.05],
    ]);
    tibber.homes = [{ id: "home-1", hours: [hour(4, 1.5), hour(3, 0), hour(2, 0.9)] }];
    await run("tibber-supplier");
    await run("influx-outlet");
    expect((await energy())?.at(-1)).toEqual([2, 0.9, expect.closeTo(0.27, 9), 0.3, 0.05]);
    await run("influx-helpers");
    const { meters } = await server.get<MetersAnswer>("/api/v1/meters");
    expect(meters.map(({ meter }) => meter).toSorted()).toEqual(["gas", "gas_new", "gas_old", "haupt_strom"]);
  });
});
