import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HomesAnswer } from "#contract/home.ts";
import { type MadeStatistic, madeStatistics } from "#intake/home-assistant/statistics-world.ts";
import { Server } from "#test/server.ts";

const START = Date.UTC(2025, 0, 1);
const HOUR_MS = 3_600_000;
const GRID: MadeStatistic = {
  id: "sensor.grid_import",
  sum: true,
  rows: [3, 3.5, 0.25].map((state, i) => ({ at: START + i * HOUR_MS, state, sum: i })),
};

describe("the statistics of Home Assistant, beside a server that runs", { timeout: 90_000 }, () => {
  let server: Server;
  let made: ReturnType<typeof madeStatistics>;
  beforeAll(async () => {
    server = await Server.start({ yaml: "sites: { home: { zone: Europe/Berlin, currency: EUR } }\n", mqtt: "embedded:0" });
    made = madeStatistics(server.folder, [GRID], { keepOpen: true });
  });
  afterAll(async () => {
    made?.close();
    await server?.remove();
  });

  const take = (...words: string[]) => server.command("import", "home-assistant", made.file, ...words);

  test("are told one by one, and nothing is kept by a dry run", async () => {
    const { status, out } = await take("--dry-run");
    expect(status).toBe(0);
    expect(out.trim().split("\n")).toEqual([
      `${made.file}: 3 rows, 1 statistic.`,
      "sensor.grid_import → home/grid-import/energy@home-assistant",
      "  counter in kWh; 3 hours, 2025-01-01T02:00:00+01:00 to 2025-01-01T04:00:00+01:00; 3 new, 0 known, 0 different",
      "  register: 3 kWh to 0.25 kWh, -2.75 kWh between them",
      "  it fell 1 time, judged as a reset or as another meter. If it begins anew every day, take --sum sensor.grid_import.",
      "Would be 3 new, 0 known already.",
      "Dry run: nothing was kept.",
    ]);
  });

  test("are a home's history where they are mapped onto its meter, and known the second time", async () => {
    const words = ["--only", "sensor.grid_import", "--map", "sensor.grid_import=home/meter/energy-import"];
    expect((await take(...words)).out).toContain("Samples: 3 new, 0 known already.");
    const again = JSON.parse((await take(...words, "--json")).out);
    expect(again).toMatchObject({ samples: { fresh: 0, known: 3 }, statistics: [{ series: "home/meter/energy-import@home-assistant" }] });
    const homes = async () => (await (await fetch(`${server.url}/api/v1/homes`)).json()) as HomesAnswer;
    await expect.poll(async () => (await homes()).homes.map(({ id }) => id), { timeout: 20_000 }).toEqual(["home.meter"]);
  });

  test("that are not there are asked for in vain, with a word on what is", async () => {
    const { status, problem } = await take("--only", "sensor.grid_export");
    expect(status).toBe(1);
    expect(problem).toContain("The file has no statistic sensor.grid_export. It has sensor.grid_import.");
  });
});
