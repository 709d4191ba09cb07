import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readingSaidSchema } from "#contract/meter-history.ts";
import type { House } from "./house.ts";
import { ask, at, openMeterHouse } from "./meter-house.ts";

let house: House;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-round-"));
  house = await openMeterHouse({ photoFolder: join(folder, "photos") });
});
afterEach(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const WATER = "/meters/house.water";
const read = (body: object, meter = WATER) => ask(house, "POST", `${meter}/readings`, body);
/** Readings by hand, newest first. */
const byHand = async () => {
  const { readings } = (await ask(house, "GET", `${WATER}/readings?from=2026-03-01&to=2026-03-31`)).json;
  return readings.filter(({ source }: { source: string }) => source === "manual");
};

describe("a reading that a person says", () => {
  test("is kept, judged by what was to be expected, and counts at once", async () => {
    const said = await read({ at: "2026-03-10T17:30", value: 121.6, note: "tap was open" });
    expect(readingSaidSchema.parse(said.json)).toEqual(said.json);
    expect(said.json).toMatchObject({ stored: true, verdict: "plausible", expectation: { lastValue: 120 } });
    expect(await byHand()).toMatchObject([
      {
        tLocal: "2026-03-10T17:30:00+01:00",
        value: 121.6,
        unit: "m³",
        counts: true,
        note: "tap was open",
        photo: null,
        since: expect.closeTo(1.6, 6),
      },
    ]);
    const { series } = (await ask(house, "GET", WATER)).json;
    expect(series.map(({ key }: { key: string }) => key)).toContain("house/water/water-volume@manual");
  });

  test("stands at the end of its day where it has a date alone", async () => {
    await read({ at: "2026-03-09", value: 121.4 });
    expect(await byHand()).toMatchObject([{ tMs: at("2026-03-10 00:00:00"), value: 121.4 }]);
  });

  test("ten times too high is kept all the same, and told", async () => {
    const { json } = await read({ at: "2026-03-10T17:30", value: 1_216 });
    expect(json).toMatchObject({ stored: true, verdict: "implausible" });
    expect(json.sentence).toContain("1216 m³");
    expect(await byHand()).toHaveLength(1);
  });

  test("less than before is kept all the same, and told", async () => {
    const { json } = await read({ at: "2026-03-10T17:30", value: 12 });
    expect(json).toMatchObject({ stored: true, verdict: "falls" });
    expect(json.sentence).toContain("120 m³");
  });

  test("is only looked at in a dry run", async () => {
    expect((await read({ at: "2026-03-10T17:30", value: 121.6, dryRun: true })).json).toMatchObject({
      stored: false,
      verdict: "plausible",
    });
    expect(await byHand()).toEqual([]);
    expect((await house.store.registry()).series.some(({ source }) => source === "manual")).toBe(false);
  });

  test("said again is known, by its value or by its key, whatever came since", async () => {
    const first = { at: "2026-03-10T17:30", value: 121.6, key: "phone-1" };
    await read(first);
    expect((await read({ ...first, key: "phone-2" })).json).toMatchObject({ stored: false, verdict: "known" });
    expect((await read({ ...first, value: 121.8, key: "phone-3" })).json).toMatchObject({ stored: true });
    expect((await read(first)).json).toMatchObject({ stored: false, verdict: "known" });
    expect((await read({ ...first, dryRun: true })).json).toMatchObject({ stored: false, verdict: "known" });
    expect(await byHand()).toMatchObject([{ value: 121.8 }]);
    const manual = (await house.store.registry()).series.find(({ source }) => source === "manual");
    expect(await house.store.revisions(manual?.id ?? 0, { fromMs: 0, toMs: 9e15 })).toMatchObject([{ kind: "replaced", value: 121.6 }]);
  });

  test("sent many times at once is one", async () => {
    const wish = { at: "2026-03-10T17:30", value: 121.6, key: "phone-1", note: "once" };
    const all = await Promise.all(Array.from({ length: 8 }, () => read(wish)));
    expect(all.filter(({ json }) => json.stored)).toHaveLength(1);
    expect(await byHand()).toHaveLength(1);
    const notes = (await house.store.registry()).facts.filter(({ name }) => name === "reading-note");
    expect(notes).toHaveLength(1);
  });

  test("keeps markup and strange texts as they were written", async () => {
    const note = '</script><b onclick="x">=HYPERLINK("http://x")\u202e';
    await read({ at: "2026-03-10T17:30", value: 121.6, note, key: "__proto__" });
    expect(await byHand()).toMatchObject([{ note }]);
    expect((await read({ at: "2026-03-10T17:31", value: 121.7, key: "__proto__" })).json).toMatchObject({ verdict: "known" });
    expect((await read({ at: "2026-03-10T17:31", value: 121.7, key: "constructor" })).json).toMatchObject({ stored: true });
  });

  test.each([
    [{ at: "2026-03-12", value: 122 }, 422, "reading-unusable"],
    [{ at: "1950-01-01", value: 122 }, 422, "reading-unusable"],
    [{ at: "soon", value: 122 }, 400, "bad-request"],
    [{ at: "2026-03-10T17:30", value: "122" }, 400, "bad-request"],
    [{ at: "2026-03-10T17:30", value: null }, 400, "bad-request"],
    [{ at: "2026-03-10T17:30", value: -1 }, 400, "bad-request"],
    [{ at: "2026-03-10T17:30", value: 1e13 }, 400, "bad-request"],
    [{ at: "2026-03-10T17:30", value: 122, photo: "../../etc" }, 400, "bad-request"],
    [{ at: "2026-03-10T17:30", value: 122, note: "x".repeat(501) }, 400, "bad-request"],
    [{ at: "2026-03-10T17:30", value: 122, more: true }, 400, "bad-request"],
  ])("%j is refused", async (body, status, code) => {
    const answer = await read(body);
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
    expect(await byHand()).toEqual([]);
  });

  test("of a number that is none, or of no end, is refused before anything reads it", async () => {
    for (const value of ["NaN", "1e999", "Infinity"]) {
      const body = `{"at":"2026-03-10T17:30","value":${value}}`;
      const answer = await house.app.inject({
        method: "POST",
        url: `/api/v1${WATER}/readings`,
        headers: { host: "localhost", "content-type": "application/json" },
        payload: body,
      });
      expect([value, answer.statusCode]).toEqual([value, 400]);
    }
  });

  test("of a meter without a dial is refused, with its parts", async () => {
    const answer = await read({ at: "2026-03-10T17:30", value: 1 }, "/meters/house.rest");
    expect([answer.status, answer.json.error.code]).toEqual([409, "no-register"]);
    expect(answer.json.error.sentence).toContain("total - flat");
  });
});

describe("pictures of dials", () => {
  const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
  const send = (id: string, payload: Buffer | string, type = "image/jpeg") =>
    house.app.inject({ method: "PUT", url: `/api/v1/round/photos/${id}`, headers: { host: "localhost", "content-type": type }, payload });
  const fetched = (id: string) => house.app.inject({ url: `/api/v1/round/photos/${id}`, headers: { host: "localhost" } });

  test("come back as pictures and as nothing else", async () => {
    expect((await send("picture-1", JPEG)).json()).toEqual({ id: "picture-1", bytes: 7 });
    const answer = await fetched("picture-1");
    expect([answer.statusCode, answer.rawPayload]).toEqual([200, JPEG]);
    expect(answer.headers).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "content-disposition": 'inline; filename="picture-1.jpg"',
    });
  });

  test("stand beside the reading that names them", async () => {
    await send("picture-1", JPEG);
    await read({ at: "2026-03-10T17:30", value: 121.6, photo: "picture-1" });
    expect(await byHand()).toMatchObject([{ photo: "picture-1" }]);
  });

  test.each([
    ["image/jpeg", "<script>alert(1)</script>", 422, "photo-unusable"],
    ["image/svg+xml", "<svg/>", 422, "photo-unusable"],
    ["application/json", "{}", 422, "photo-unusable"],
    ["image/jpeg", "", 422, "photo-unusable"],
  ])("%s with %s is refused", async (type, payload, status, code) => {
    const answer = await send("picture-1", payload, type);
    expect([answer.statusCode, answer.json().error.code]).toEqual([status, code]);
    expect((await fetched("picture-1")).statusCode).toBe(404);
  });

  test("larger than five mebibytes, or another one under the same id, are refused", async () => {
    const large = await send("picture-1", Buffer.concat([JPEG, Buffer.alloc(5 * 1_048_576)]));
    expect([large.statusCode, large.json().error.code]).toEqual([422, "photo-unusable"]);
    await send("picture-1", JPEG);
    expect((await send("picture-1", JPEG)).statusCode).toBe(200);
    expect((await send("picture-1", Buffer.concat([JPEG, JPEG]))).json().error.code).toBe("photo-taken");
  });

  test.each(["short", "a".repeat(65), "..%2f..%2fx", "with.dot.jpg", "%00%00%00%00%00%00%00%00"])("the id %s is refused", async (id) => {
    expect((await send(id, JPEG)).statusCode).toBe(400);
    expect((await fetched(id)).statusCode).toBe(400);
  });
});
