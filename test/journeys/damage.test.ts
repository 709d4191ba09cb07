import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ColumnsAnswer } from "#contract/series.ts";
import { Server } from "#test/server.ts";

const YAML = `
sites:
  works: { zone: Europe/Berlin, currency: EUR }
sources:
  feeders:
    site: works
    dialect: mapped-json
    topics: [works/+]
    options:
      topic: works/{feeder}
      time: { pointer: /tMs, format: epoch-ms }
      readings: [{ pointer: /kw, quantity: power, unit: kW, kind: gauge, point: "{feeder}" }]
`;
const SAMPLES = 6000;
const EVERY_MS = 10_000;

describe("one flipped bit in the history of a stopped server", { timeout: 60_000 }, () => {
  let server: Server;
  const startMs = Date.parse("2026-03-01T00:00:00Z");

  beforeAll(async () => {
    server = await Server.start({ yaml: YAML, mqtt: "embedded:0" });
    const client = await connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`, { reconnectPeriod: 0 });
    const sent: Promise<unknown>[] = [];
    for (let n = 0; n < SAMPLES; n++) {
      for (const feeder of ["press", "oven"])
        sent.push(client.publishAsync(`works/${feeder}`, JSON.stringify({ tMs: startMs + n * EVERY_MS, kw: Math.sin(n) }), { qos: 1 }));
    }
    await Promise.all(sent);
    await client.endAsync();
    await server.end();
  });
  afterAll(async () => {
    await server?.remove();
  });

  test("is named by verify with its meter and its days, and leaves the rest readable", async () => {
    expect((await server.command("verify")).status).toBe(0);
    flipBit(join(server.folder, "data", "wattkeep.db"), "works/press/power@feeders");
    const said = await server.command("verify");
    expect(said.status).toBe(1);
    expect(said.out).toMatch(/^DAMAGED {2}works\/press\/power@feeders {2}2026-03-01 to 2026-03-01: .+/);
    expect(said.out).toContain("1 damaged.");
    expect(said.out).not.toContain("works/oven");
    expect(said.problem).toContain("Restore a backup");
    const report = JSON.parse((await server.command("verify", "--json")).out) as { damage: { seriesKey: string }[] };
    expect(report.damage.map((one) => one.seriesKey)).toEqual(["works/press/power@feeders"]);

    await server.run();
    const range = `from=${startMs}&to=${startMs + SAMPLES * EVERY_MS}&points=50000&raw=true`;
    const oven = await server.get<ColumnsAnswer>(`/api/v1/columns?series=works/oven/power@feeders&${range}`);
    expect(oven.columns[0]?.tMs.length).toBe(SAMPLES);
    const press = await fetch(`${server.url}/api/v1/columns?series=works/press/power@feeders&${range}`);
    expect([press.status, await press.text()]).toEqual([503, expect.stringContaining("`wattkeep verify` names the meters and days")]);
    expect((await server.command("verify")).status).toBe(1);
  });
});

/** Flips one bit in the middle of the packed samples of a meter's first block. */
function flipBit(file: string, key: string): void {
  const db = new DatabaseSync(file);
  const block = db
    .prepare("SELECT block.id, data FROM block JOIN series ON series.id = block.series WHERE series.key = ? ORDER BY t0")
    .get(key) as { id: number; data: Uint8Array };
  const data = Uint8Array.from(block.data);
  const middle = data.length >> 1;
  data[middle] = (data[middle] as number) ^ 16;
  db.prepare("UPDATE block SET data = ? WHERE id = ?").run(data, block.id);
  db.close();
}
