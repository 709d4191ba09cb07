import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MeterConsumptionAnswer } from "#contract/meter-history.ts";
import type { MeterDetailAnswer, MetersAnswer } from "#contract/meters.ts";
import { FakeFlux, type FluxPoint } from "#test/fakes/flux-server.ts";
import { Server } from "#test/server.ts";

/** Files as the old program had them, with the paths of a folder of their own. */
const config = (url: string, folder: string): string => `
influxdb: { url: "${url}", bucket_raw: lampfi, bucket_processed: lampfi_processed, timeout: 5, retry_attempts: 1 }
tibber: { polling_interval: 3600, lookback_hours: 48, meter_id: main_strom }
gas_conversion: { energy_content: 11.504, z_factor: 0.8885 }
workflows:
  analytics: { schedule: "0 2 * * *", start_year: 2023 }
  tibber_sync: { schedule: "5 * * * *" }
logging: { level: ERROR, format: json, file: ${folder}/out.log, max_bytes: 10485760, backup_count: 5 }
meters_config: ${folder}/meters.yaml
seasonal_patterns_config: ${folder}/seasonal_patterns.yaml
`;
const METERS = `
meters:
  - meter_id: gas_total
    type: master
    output_unit: m³
    periods:
      - { start_date: "2023-01-01", end_date: "2024-05-31", composition_type: single, source_meters: [gas_old], source_unit: m³ }
      - { start_date: "2024-06-01", end_date: "9999-12-31", composition_type: single, source_meters: [gas_new], source_unit: m³, apply_offset_from_previous_period: true }
  - { meter_id: fire, type: virtual, output_unit: m³, calculation_type: subtraction, base_meter: gas_total, subtract_meters: [boiler], subtract_meter_conversions: { boiler: { from_unit: kWh, to_unit: m³ } } }
  - { meter_id: gas_old, type: physical, output_unit: m³, installation_date: "2023-01-01", deinstallation_date: "2024-05-31" }
  - { meter_id: gas_new, type: physical, output_unit: m³, installation_date: "2024-06-01" }
  - { meter_id: boiler, type: physical, output_unit: kWh, description: Gas heating }
`;
const PATTERNS = `
patterns:
  gas_old: { monthly_percentages: [15.1, 12.0, 12.5, 8.1, 3.5, 3.2, 2.7, 3.6, 5.2, 8.4, 12.2, 14.5] }
`;

const point = (entity: string, measurement: string, at: string, value: number): FluxPoint => ({
  entity,
  measurement,
  tMs: Date.parse(at),
  value,
});
const SWAP = "2024-06-01T00:00:00Z";
/** A thousand cubic metres until the swap and 250 after it, of which the boiler burnt a hundred (1022.1304 kWh). */
const POINTS = [
  point("gas_old", "m³", "2023-01-01T00:00:00Z", 500),
  point("gas_old", "m³", SWAP, 1_500),
  point("gas_new", "m³", SWAP, 0),
  point("gas_new", "m³", "2024-09-01T00:00:00Z", 250),
  point("boiler", "kWh", SWAP, 4_000),
  point("boiler", "kWh", "2024-09-01T00:00:00Z", 5_022.1304),
];

describe("the files of Utility Meter Analytics in the place of ours", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "wattkeep-utility-"));
  let flux: FakeFlux;
  let server: Server;
  const used = (meter: string, by: string) =>
    server.get<MeterConsumptionAnswer>(`/api/v1/meters/house.${meter}/consumption?from=2023-01-01&to=2024-08-31&by=${by}`);

  beforeAll(async () => {
    // They name no place: the clock of the computer counts, here that of the one they ran on.
    process.env["TZ"] = "UTC";
    writeFileSync(join(folder, "meters.yaml"), METERS);
    writeFileSync(join(folder, "seasonal_patterns.yaml"), PATTERNS);
    flux = await FakeFlux.start({ bucket: "lampfi", token: "canary" });
    flux.points = POINTS;
    // It knows the questions of a pull; whether there is a bucket for results, it does not say.
    const { answer } = flux.http;
    flux.http.answer = (asked, reply) => void (asked.body === "" ? reply.writeHead(404).end("{}") : answer(asked, reply));
    server = await Server.start({ yaml: config(flux.url, folder), env: "INFLUX_TOKEN=canary\nINFLUX_ORG=home\n", mqtt: "embedded:0" });
  });
  afterAll(async () => {
    await server?.remove();
    await flux?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("say at the start what is new about them", () => {
    for (const said of [
      "is one of Utility Meter Analytics and names no place: days are those of UTC",
      "TIBBER_API_TOKEN is missing, so nothing is fetched from Tibber",
      "do not sum to 100 are scaled until they do: gas_old (101)",
    ])
      expect(server.said).toContain(said);
    expect(server.said).not.toContain("canary");
  });

  it("are counted by check, which asks the services too", async () => {
    const { out } = await server.command("check");
    expect(out).toContain(": 1 site, 1 source, 5 meters, no problem.");
    expect(out).toMatch(/ok {6}readings: bucket lampfi at .*, 3 series of input_number/);
  });

  it("bring readings in, and every meter answers", async () => {
    const { status, problem } = await server.command("run", "influx-readings");
    expect([status, problem.includes("canary")]).toEqual([0, false]);
    const { meters } = await server.get<MetersAnswer>("/api/v1/meters");
    expect(meters.map(({ meter, kind, unit }) => [meter, kind, unit])).toEqual([
      ["gas_total", "master", "m³"],
      ["fire", "virtual", "m³"],
      ["gas_old", "physical", "m³"],
      ["gas_new", "physical", "m³"],
      ["boiler", "physical", "kWh"],
    ]);
    expect(meters[2]?.declared).toEqual({ file: join(folder, "meters.yaml"), line: 10 });
    const old = await server.get<MeterDetailAnswer>("/api/v1/meters/house.gas_old");
    expect([old.patternFrom, old.patternSum, old.pattern[0]]).toEqual(["file", expect.closeTo(101, 9), expect.closeTo(15.1 / 1.01, 9)]);
  });

  it("lose nothing at the swap, in the whole and in its months", async () => {
    const whole = await used("gas_total", "month");
    expect(whole.total.amount).toBeCloseTo(1_250, 6);
    expect(whole.amount.reduce<number>((sum, amount) => sum + (amount ?? Number.NaN), 0)).toBeCloseTo(1_250, 6);
  });

  it("tell gas and its energy in one unit", async () => {
    const fire = await server.get<MeterConsumptionAnswer>("/api/v1/meters/house.fire/consumption?from=2024-06-01&to=2024-08-31&by=month");
    expect(fire.total.amount).toBeCloseTo(250 - 100, 6);
  });
});
