import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CsvFile } from "#api/actions.ts";
import { csvImportSchema } from "#contract/csv-import.ts";
import { CSV_IMPORT_EXAMPLE } from "#contract/csv-import-examples.ts";
import { importCsv } from "#csv-import.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import { openSiteMeters } from "#reports/open-meters.ts";
import { type House, openHouse } from "./house.ts";
import { at, NOW_MS, SITE } from "./meter-house.ts";

const SILENT = { info() {}, warn() {}, error() {} };
const FILE = "Datum;Stand\n28.02.2026;50,5\n01.03.2026;51\n";
const WATER = { meter: "house.water" };

let house: House;
let line: IntakeLine | undefined;
beforeEach(async () => {
  line = undefined;
  let meters: ReturnType<typeof openSiteMeters>[] = [];
  const take = async (wish: CsvFile) => {
    const { store } = house;
    line ??= await openLine({
      store,
      sources: [],
      dialects: [],
      sites: (await store.registry()).sites,
      nowMs: () => house.nowMs,
      logger: SILENT,
    });
    return importCsv(wish, { store, line, nowMs: () => house.nowMs, meters: { current: () => meters, look: async () => undefined } });
  };
  house = await openHouse({}, { importCsv: take }, async (store, nowMs) => {
    await store.register({ sites: [{ id: "house", name: "House", zone: "Europe/Berlin", currency: "EUR" }] });
    meters = [openSiteMeters(store, SITE, { registry: await store.registry(), nowMs })];
    return { meters: () => meters };
  });
  house.nowMs = NOW_MS;
});
afterEach(async () => {
  await line?.close();
  await house.close();
});

async function send(csv: string, query: Record<string, string> = {}, type = "text/csv") {
  const url = `/api/v1/readings/csv?${new URLSearchParams(query)}`;
  const answer = await house.app.inject({ method: "POST", url, payload: csv, headers: { host: "localhost", "content-type": type } });
  return { status: answer.statusCode, json: answer.json() };
}

describe("a table of readings over HTTP", () => {
  test("is shown, then said what it would change, then taken, and a second time changes nothing", async () => {
    const shown = await send(FILE);
    expect(shown.status).toBe(200);
    expect(csvImportSchema.parse(shown.json)).toEqual(shown.json);
    expect(shown.json).toMatchObject({ mode: "preview", needs: ["Say which meter the readings are of."], result: null });
    const mapping = JSON.stringify({ ...shown.json.mapping, ...WATER });
    const dry = await send(FILE, { mode: "dry-run", mapping });
    expect(csvImportSchema.parse(dry.json)).toEqual(dry.json);
    expect(dry.json.result).toMatchObject({ new: 2, importId: null });
    const done = await send(FILE, { mode: "import", mapping, name: "wasser.csv" });
    expect(done.json.result).toMatchObject({
      sentence: "wasser.csv: 2 readings of 1 meter, 2 new.",
      importId: 1,
      meters: [
        {
          meter: "house.water",
          known: true,
          unit: "m³",
          months: [
            { month: "2026-02", new: 1 },
            { month: "2026-03", new: 1 },
          ],
        },
      ],
    });
    expect((await send(FILE, { mode: "import", mapping })).json.result).toMatchObject({ new: 0, same: 2, changed: 0 });
    const { series } = await house.store.registry();
    const water = series.find(({ key }) => key === "house/water/water-volume@csv-import");
    const column = await house.store.read(water?.id ?? 0, { fromMs: 0, toMs: 9e15 });
    expect([...column.tMs]).toEqual([at("2026-03-01 00:00:00"), at("2026-03-02 00:00:00")]);
  });

  test("needs what only a person knows before it is taken", async () => {
    expect(await send(FILE, { mode: "import" })).toMatchObject({
      status: 422,
      json: { error: { code: "file-unusable", details: ["Say which meter the readings are of."] } },
    });
    expect((await send("", { mode: "import" })).json).toMatchObject({ error: { code: "file-unusable" } });
  });

  test("is refused with a mapping that is none, of a site nobody knows, and as what it is not", async () => {
    expect(await send(FILE, { mapping: "{" })).toMatchObject({ status: 400, json: { error: { code: "bad-request" } } });
    expect(await send(FILE, { mapping: '{"decimal":"x"}' })).toMatchObject({ status: 400 });
    expect(await send(FILE, { site: "attic" })).toMatchObject({ status: 404, json: { error: { code: "unknown-site" } } });
    expect((await send(FILE, {}, "text/html")).json).toMatchObject({ error: { code: "unsupported-media" } });
    expect(await send(FILE, { mapping: JSON.stringify({ time: { zone: "Mars/Base" } }) })).toMatchObject({
      json: { error: { code: "file-unusable" } },
    });
  });

  test("is shown by an example that is one", () => {
    expect(csvImportSchema.parse(CSV_IMPORT_EXAMPLE)).toEqual(CSV_IMPORT_EXAMPLE);
  });
});
