import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HomesAnswer } from "#contract/home.ts";
import { Server } from "#test/server.ts";

const yaml = `
sites:
  home: { zone: Asia/Kolkata, currency: EUR }
sources:
  tasmota: { site: home, dialect: tasmota-sml, topics: [tele/#], keepRaw: 1d }
compat:
  tasmota: {}
`;
const NUMBER = "0a01454d480000a1b2c3";
const PATIENCE = { timeout: 15_000, interval: 100 };
const HOUR_MS = 3_600_000;
const ROWS = 400;
/** The old monitor's readings end a little before now. */
const lastMs = Math.floor(Date.now() / 1000) * 1000 - HOUR_MS;
const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Kolkata", dateStyle: "short", timeStyle: "medium" });
const history = Array.from({ length: ROWS }, (_, i) => ({ t: lastMs - (ROWS - 1 - i) * 10_000, p: 360 + (i % 5), e: 7_000 + i / 1_000 }));

function oldFile(folder: string): string {
  const file = join(folder, "energy.db");
  const db = new DatabaseSync(file);
  db.exec(
    "CREATE TABLE energy_readings (timestamp DATETIME PRIMARY KEY, meter_id TEXT, power_watts FLOAT, energy_in_kwh FLOAT, raw_payload TEXT)",
  );
  const insert = db.prepare("INSERT INTO energy_readings VALUES (?, ?, ?, ?, '{}')");
  for (const { t, p, e } of history) insert.run(`${clock.format(t)}.000000`, NUMBER, p, e);
  db.close();
  return file;
}

const group = { E_in: 7_000.5, E_out: 0, Power: 412, Meter_id: NUMBER };

async function readerSays(port: number): Promise<void> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
  await client.publishAsync("tele/tasmota/SENSOR", JSON.stringify({ Time: "1970-01-01T00:00:09", MT681: group }), { qos: 1 });
  await client.endAsync();
}

interface Row {
  readonly t: number;
  readonly p: number | null;
  readonly e: number | null;
}

describe("a household that comes from the old monitor", { timeout: 60_000 }, () => {
  let server: Server;
  beforeAll(async () => {
    server = await Server.start({ yaml, mqtt: "embedded:0" });
  });
  afterAll(async () => {
    await server?.remove();
  });

  test("hears the reader, takes the old file over, and answers the old routes with one unbroken register", async () => {
    expect(await server.get<Row[]>("/api/readings")).toEqual([]);
    await readerSays(server.brokerPort);
    await expect.poll(async () => (await server.get<Row[]>("/api/readings")).length, PATIENCE).toBe(1);

    const file = oldFile(server.folder);
    const counted = await server.command("import", "old", "tasmota", file, "--dry-run");
    expect([counted.status, counted.out]).toEqual([0, expect.stringContaining(`→ home/mt681, goes on in the series of tasmota`)]);
    expect(counted.out).toContain(`Would be ${(2 * ROWS).toLocaleString("en")} new, 0 known already.`);
    expect((await server.get<Row[]>("/api/readings")).length).toBe(1);

    const kept = await server.command("import", "old", "tasmota", file, "--json");
    expect(JSON.parse(kept.out)).toMatchObject({
      rows: ROWS,
      samples: { fresh: 2 * ROWS, known: 0 },
      meters: [{ joins: true, source: "tasmota" }],
    });
    const rows = await server.get<Row[]>("/api/readings");
    expect(rows.slice(0, ROWS)).toEqual(history);
    expect(rows.at(-1)).toMatchObject({ p: 412, e: 7_000.5 });
    expect(await server.get<Row[]>(`/api/readings?after=${lastMs / 1000}`)).toHaveLength(1);
    expect(await server.get("/api/latest_reading")).toMatchObject({
      meter_id: NUMBER,
      power_watts: 412,
      raw_payload: JSON.stringify(group),
    });
    const window = `start=${history[0]?.t}&end=${lastMs}`;
    expect(await server.get(`/api/stats?${window}`)).toMatchObject({
      stats: { energy_used_kwh: (ROWS - 1) / 1_000, min_power_watts: 360, max_power_watts: 364, count: ROWS },
    });
    expect(await server.get("/status")).toMatchObject({ mqtt_connected: true, num_total_readings: ROWS + 1, topic: "tele/#" });
    const { homes } = await server.get<HomesAnswer>("/api/v1/homes");
    expect(homes).toMatchObject([{ id: "home.mt681", firstMs: history[0]?.t, hasSold: false, openEvents: 0 }]);
  });

  test("finds everything known the second time, with no server too, and says what is wrong with a file", async () => {
    await server.end();
    const file = join(server.folder, "energy.db");
    const again = await server.command("import", "old", "tasmota", file, "--json");
    expect(JSON.parse(again.out)).toMatchObject({ samples: { fresh: 0, known: 2 * ROWS, different: 0, covered: 0 } });
    const missing = await server.command("import", "old", "tasmota", join(server.folder, "none.db"));
    expect([missing.status, missing.problem]).toEqual([1, expect.stringContaining("is not a file")]);
    const zone = await server.command("import", "old", "tasmota", file, "--zone", "Europe/Bärlin");
    expect([zone.status, zone.problem]).toEqual([2, expect.stringContaining("is no time zone")]);
  });
});
