import { afterEach, describe, expect, test } from "vitest";
import { homeImportSchema } from "#contract/home.ts";
import { at, HOME, openHomeHouse, type Reading, STEADY } from "./home-house.ts";
import { get, type House } from "./house.ts";

const BASE = `/api/v1/homes/${HOME}`;
const HEAD = "time (UTC),power W,bought kWh,sold kWh,quality,source";
const EVER = "from=2026-01-01&to=2026-03-10";

let house: House;
afterEach(() => house.close());

async function send(csv: string, query = "", type = "text/csv") {
  const headers = { host: "localhost", "content-type": type };
  const answer = await house.app.inject({ method: "POST", url: `${BASE}/import${query}`, payload: csv, headers });
  return { status: answer.statusCode, json: answer.json() };
}

const exported = async (): Promise<string> => (await get(house, `${BASE}/export.csv?${EVER}`)).text;

describe("a file of readings", () => {
  test("is what an export wrote, and goes into an empty home as it was", async () => {
    house = await openHomeHouse(STEADY);
    const csv = await exported();
    await house.close();
    house = await openHomeHouse([]);
    const counted = await send(csv);
    expect(homeImportSchema.parse(counted.json)).toEqual(counted.json);
    expect(counted).toMatchObject({
      status: 200,
      json: { dryRun: true, rows: STEADY.length, new: 2 * STEADY.length, known: 0, rejected: 0 },
    });
    expect((await get(house, "/api/readings")).json()).toEqual([]);
    const kept = await send(csv, "?dryRun=false");
    expect(kept.json).toEqual({ ...counted.json, dryRun: false });
    expect(await exported()).toBe(csv);
    expect((await send(csv, "?dryRun=false")).json).toMatchObject({ new: 0, known: 2 * STEADY.length });
  });

  test("fills a gap and leaves the reader's own readings alone", async () => {
    const gap = (t: number): boolean => t > at("2026-03-09 10:00:00") && t < at("2026-03-09 12:00:00");
    house = await openHomeHouse(STEADY);
    const csv = await exported();
    await house.close();
    house = await openHomeHouse(STEADY.filter(([t]) => !gap(t)));
    const missing = STEADY.filter(([t]) => gap(t)).length;
    expect((await send(csv, "?dryRun=false")).json).toMatchObject({ new: 2 * missing, known: 2 * (STEADY.length - missing), different: 0 });
    expect(await exported()).toBe(csv);
  });

  test("of the old monitor's columns, with clock readings of the home, is taken as well", async () => {
    house = await openHomeHouse([]);
    const csv = "timestamp,power_watts,energy_in_kwh\n2026-03-10 10:00:00,400,100\n2026-03-10 10:30:00,,100.2\n";
    expect((await send(csv, "?dryRun=false")).json).toMatchObject({ rows: 2, new: 3, firstMs: at("2026-03-10 10:00:00") });
    const rows = (await get(house, "/api/readings")).json();
    expect(rows).toEqual([
      { t: at("2026-03-10 10:00:00"), p: 400, e: 100 },
      { t: at("2026-03-10 10:30:00"), p: null, e: 100.2 },
    ]);
  });

  test("that two programs wrote has two kinds of line ends, and every line of it counts", async () => {
    house = await openHomeHouse([]);
    const csv =
      "timestamp,power_watts,energy_in_kwh\r\n2026-03-10 10:00:00,400,100\r\n2026-03-10 10:30:00,,100.2\n2026-03-10 10:40:00,,100.3\n";
    expect((await send(csv)).json).toMatchObject({ rows: 3, new: 4, rejected: 0 });
  });

  test("names the lines that cannot be read and takes the others", async () => {
    house = await openHomeHouse([]);
    const csv = [
      HEAD,
      "2026-03-10T09:00:00Z,400,100,,,",
      "soon,400,100,,,",
      "2026-03-10T09:01:00Z,much,100,,,",
      "2026-03-10T09:02:00Z,,,,,",
      "2026-03-10T09:03:00Z,1,100,,odd,",
    ];
    const { json } = await send(csv.join("\r\n"));
    expect(json).toMatchObject({ rows: 5, new: 2, rejected: 4 });
    expect(json.problems.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5, 6]);
  });

  test("keeps marks of quality", async () => {
    house = await openHomeHouse([]);
    await send(`${HEAD}\r\n2026-03-10T09:00:00Z,400,100,,suspect,tasmota\r\n`, "?dryRun=false");
    expect(await exported()).toContain(",400,100,,suspect,");
  });

  test.each([
    ["", "The file is empty."],
    ["a,b\n1,2\n", "The first line needs a column `time (UTC)`, `time` or `timestamp`."],
    ["time,colour\n1,2\n", "power w"],
  ])("that is none, %j, is refused with what it needs", async (csv, sentence) => {
    house = await openHomeHouse([]);
    const { status, json } = await send(csv);
    expect([status, json.error.code, json.error.details[0]]).toEqual([422, "file-unusable", expect.stringContaining(sentence)]);
  });

  test("comes as text/csv, from an operator at least", async () => {
    const rows: Reading[] = [];
    house = await openHomeHouse(rows);
    expect((await send("{}", "", "application/json")).json.error).toMatchObject({
      code: "unsupported-media",
      details: [expect.stringContaining("text/csv")],
    });
    expect((await send("x", "", "text/html")).json.error.code).toBe("unsupported-media");
    await house.close();
    house = await openHomeHouse(rows, { loopbackOpen: false, anonymous: [{ role: "viewer", from: "127.0.0.1/32" }] });
    expect((await send(HEAD)).status).toBe(403);
  });
});
