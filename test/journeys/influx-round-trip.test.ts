import { afterAll, beforeAll, expect, it } from "vitest";
import type { JobsAnswer } from "#contract/jobs.ts";
import type { MeterConsumptionAnswer, MeterReadingsAnswer } from "#contract/meter-history.ts";
import type { MetersAnswer } from "#contract/meters.ts";
import { Influxd } from "#test/influxd.ts";
import { outside } from "#test/outside.ts";
import { Server } from "#test/server.ts";

const YAML = (url: string, more = "") => `
sites: { house: { name: House, zone: Europe/Berlin, currency: EUR } }
sources: { helpers: { name: Helpers, site: house, influx: { url: "${url}", database: lampfi } } }
outlets: { influx: { url: "${url}", database: results } }
meters:
  gas_old: { unit: m³, medium: gas, installed: 2023-01-01, removed: 2024-06-15 }
  gas_new: { unit: m³, medium: gas, installed: 2024-06-15 }
  gas:
    unit: m³
    medium: gas
    periods: [{ from: 2023-01-01, to: 2024-06-15, sources: [gas_old] }, { from: 2024-06-16, sources: [gas_new] }]
${more}`;

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
    server = await Server.start({ yaml: YAML(influx.url), mqtt: "embedded:0" });
  });
  afterAll(async () => {
    await server.remove();
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
});
