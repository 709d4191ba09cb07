import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bucketsTouched, NICE_WIDTHS_MS } from "#api/bucket-width.ts";
import { type ColumnAnswer, columnsSchema } from "#contract/series.ts";
import { append, DAY_MS, ENERGY, get, HOUR_MS, type House, MINUTE_MS, openHouse, POWER, ROOM, STATE, T0 } from "./house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const column = async (query: string): Promise<ColumnAnswer> => {
  const answer = await get(house, `/api/v1/columns?${query}`);
  expect(answer.text.slice(0, 300)).not.toContain('"error"');
  const { columns } = columnsSchema.parse(answer.json());
  return columns[0] as ColumnAnswer;
};

/** What buckets must say of samples, computed the simple way. */
function bucketsOf(rows: readonly { tMs: number; value: number }[], widthMs: number) {
  const groups = new Map<number, number[]>();
  for (const { tMs, value } of rows) {
    const start = Math.floor(tMs / widthMs) * widthMs;
    groups.set(start, [...(groups.get(start) ?? []), value]);
  }
  return [...groups].map(([tMs, values]) => ({
    tMs,
    n: values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    last: values.at(-1),
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
  }));
}

describe("columns", () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => ({
    tMs: T0 + i * 7_000 + ((i * 7919) % 3_000),
    value: Math.round(1000 * Math.sin(i / 50)) / 10,
  }));
  beforeAll(async () => {
    await append(house, 1, { tMs: rows.map((row) => row.tMs), value: rows.map((row) => row.value) });
    await append(house, 2, { tMs: rows.map((row) => row.tMs), value: rows.map((_, i) => i * 0.5) });
  });
  const end = (rows.at(-1)?.tMs ?? 0) + 1;

  test("samples that fit the budget come as they are", async () => {
    const answer = await column(`series=${POWER}&from=${T0}&to=${rows[100]?.tMs}&points=100`);
    expect(answer).toMatchObject({ mode: "raw", unit: "kW", kind: "gauge", samples: 100 });
    expect(answer.tMs).toEqual(rows.slice(0, 100).map((row) => row.tMs));
    expect(answer.value).toEqual(rows.slice(0, 100).map((row) => row.value));
  });

  test("one sample more than fits comes as buckets of a nice width", async () => {
    const answer = await column(`series=${POWER}&from=${T0}&to=${(rows[100]?.tMs ?? 0) + 1}&points=100`);
    expect(answer).toMatchObject({ mode: "buckets", samples: 101 });
    expect(NICE_WIDTHS_MS).toContain(answer.bucketMs);
    expect(answer.tMs.length).toBeLessThanOrEqual(100);
  });

  test("for every range and budget, minimum, maximum, mean, last and count are those of the samples", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -DAY_MS, max: end - T0 }),
        fc.integer({ min: 1, max: 2 * DAY_MS }),
        fc.integer({ min: 2, max: 300 }),
        async (from, span, points) => {
          const range = { fromMs: T0 + from, toMs: T0 + from + span };
          const inside = rows.filter((row) => row.tMs >= range.fromMs && row.tMs < range.toMs);
          const ask = `from=${range.fromMs}&to=${range.toMs}&points=${points}`;
          const gauge = await column(`series=${POWER}&${ask}`);
          const counter = await column(`series=${ENERGY}&${ask}`);
          expect(gauge.samples).toBe(inside.length);
          if (inside.length <= points) {
            expect(gauge.value).toEqual(inside.map((row) => row.value));
            return;
          }
          const width = gauge.bucketMs ?? 0;
          expect(bucketsTouched(range, width)).toBeLessThanOrEqual(points);
          const whole = { fromMs: Math.floor(range.fromMs / width) * width, toMs: Math.ceil(range.toMs / width) * width };
          const wanted = bucketsOf(
            rows.filter((row) => row.tMs >= whole.fromMs && row.tMs < whole.toMs),
            width,
          );
          expect(gauge.tMs).toEqual(wanted.map((bucket) => bucket.tMs));
          expect(gauge.n).toEqual(wanted.map((bucket) => bucket.n));
          expect(gauge.min).toEqual(wanted.map((bucket) => bucket.min));
          expect(gauge.max).toEqual(wanted.map((bucket) => bucket.max));
          for (const [i, mean] of gauge.value.entries()) expect(mean).toBeCloseTo(wanted[i]?.mean ?? Number.NaN, 9);
          const counted = bucketsOf(
            rows.map((row, i) => ({ tMs: row.tMs, value: i * 0.5 })).filter((row) => row.tMs >= whole.fromMs && row.tMs < whole.toMs),
            width,
          );
          expect(counter.value).toEqual(counted.map((bucket) => bucket.last));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the bucket at the live end is partial and grows", async () => {
    const ask = `series=${POWER}&from=${T0}&to=${T0 + 10 * DAY_MS}&points=50`;
    const before = await column(ask);
    const lastMs = (before.tMs.at(-1) ?? 0) + (before.bucketMs ?? 0) - 1;
    await append(house, 1, { tMs: [lastMs], value: [999] });
    const after = await column(ask);
    expect(after.tMs).toEqual(before.tMs);
    expect(after.n?.at(-1)).toBe((before.n?.at(-1) ?? 0) + 1);
    expect(after.max?.at(-1)).toBe(999);
    expect(after.samples).toBe(before.samples + 1);
  });

  test("several series come in the order asked for, each once", async () => {
    const answer = await get(
      house,
      `/api/v1/columns?series=${ENERGY}&series=${POWER}&series=${ENERGY}&from=${T0}&to=${T0 + HOUR_MS}&points=10`,
    );
    expect(answer.json().columns.map((one: ColumnAnswer) => one.key)).toEqual([ENERGY, POWER]);
  });

  test("a series without samples in the range is an empty column", async () => {
    expect(await column(`series=${ROOM}&from=0&to=1`)).toMatchObject({ mode: "raw", tMs: [], value: [], samples: 0 });
  });

  test("raw samples beyond the limit are refused, not thinned", async () => {
    const many = 50_001;
    await append(house, 4, { tMs: Array.from({ length: many }, (_, i) => T0 + i * 1_000), value: Array.from({ length: many }, () => 20) });
    const answer = await get(house, `/api/v1/columns?series=${ROOM}&from=${T0}&to=${T0 + DAY_MS}&raw=true`);
    expect(answer).toMatchObject({ status: 422 });
    expect(answer.json().error.code).toBe("too-many-points");
    const fewer = await column(`series=${ROOM}&from=${T0}&to=${T0 + (many - 1) * 1_000}&raw=true&points=10`);
    expect(fewer).toMatchObject({ mode: "raw", samples: 50_000 });
  });

  test("a stated absence is null in the answer, and what is bad is marked", async () => {
    const at = T0 + 20 * DAY_MS;
    await append(house, 1, { tMs: [at, at + 1_000, at + 2_000], value: [1, Number.NaN, 3], quality: [0, 0, 64] });
    const answer = await column(`series=${POWER}&from=${at}&to=${at + MINUTE_MS}`);
    expect(answer).toMatchObject({ value: [1, null, 3], quality: [0, 0, 64] });
    const latest = (await get(house, `/api/v1/latest?series=${POWER}`)).json().values[0];
    expect(latest).toMatchObject({ tMs: at + 2_000, value: 3, quality: 64 });
  });

  test("a pause much longer than the usual spacing is a gap", async () => {
    const { gapMs = 0 } = await column(`series=${POWER}&from=${T0}&to=${T0 + HOUR_MS}&points=2000`);
    expect(gapMs).toBeGreaterThan(10_000);
    expect(gapMs).toBeLessThan(60_000);
    const day = await column(`series=${POWER}&from=${T0}&to=${end}&points=100`);
    expect(day.gapMs).toBe((day.bucketMs ?? 0) * 1.5);
  });

  test("texts come beside their codes", async () => {
    await append(house, 3, { tMs: [T0, T0 + 1_000], value: [1, 2] });
    expect(await column(`series=${STATE}&from=${T0}&to=${T0 + HOUR_MS}`)).toMatchObject({ value: [1, 2], text: ["on", "off"] });
    expect((await get(house, `/api/v1/latest?series=${STATE}`)).json().values[0]).toMatchObject({ value: 2, text: "off" });
  });
});

describe("CSV", () => {
  const csv = async (query: string): Promise<string[]> => (await get(house, `/api/v1/export.csv?${query}`)).text.split("\r\n");

  test("has one line per instant, and an empty cell where a series has no sample", async () => {
    const at = T0 + 30 * DAY_MS;
    await append(house, 1, { tMs: [at, at + 2_000], value: [1.5, Number.NaN], quality: [3, 0] });
    await append(house, 2, { tMs: [at + 1_000, at + 2_000], value: [10, 1e21] });
    await append(house, 3, { tMs: [at + 2_000], value: [2] });
    expect(await csv(`series=${POWER}&series=${ENERGY}&series=${STATE}&from=${at}&to=${at + MINUTE_MS}&header=keys`)).toEqual([
      `time (UTC),${POWER} [kW],${POWER} quality,${ENERGY} [kWh],${ENERGY} quality,${STATE},${STATE} quality`,
      "2026-03-31T00:00:00Z,1.5,suspect filled,,,,",
      "2026-03-31T00:00:01Z,,,10,,,",
      "2026-03-31T00:00:02Z,,,1e+21,,off,",
      "",
    ]);
  });

  test("shows the site's clock with its offset, also in the hour that comes twice", async () => {
    const at = Date.UTC(2026, 10, 1, 5, 30);
    await append(house, 1, { tMs: [at, at + HOUR_MS], value: [1, 2] });
    expect(await csv(`series=${POWER}&from=${at}&to=${at + DAY_MS}&time=local&quality=false`)).toEqual([
      "time (America/Indiana/Indianapolis),Main electricity Power [kW]",
      "2026-11-01T01:30:00-04:00,1",
      "2026-11-01T01:30:00-05:00,2",
      "",
    ]);
  });

  test("holds every sample once, however many pages it is read in", async () => {
    const lines = await csv(`series=${ROOM}&from=${T0}&to=${T0 + DAY_MS}&quality=false`);
    expect(lines.length).toBe(1 + 50_001 + 1);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test("is written for so many readers at a time, and one who leaves makes room for the next", async () => {
    const url = `/api/v1/export.csv?series=${ROOM}&from=${T0}&to=${T0 + DAY_MS}`;
    const address = await house.app.listen({ port: 0, host: "127.0.0.1" });
    const gate = slowDisk();
    const leaving = new AbortController();
    const left = fetch(address + url, { signal: leaving.signal }).catch(() => "left");
    const staying = [1, 2, 3].map(() => get(house, url));
    await gate.asked(4);
    expect(await get(house, url)).toMatchObject({ status: 503 });
    leaving.abort();
    expect(await left).toBe("left");
    gate.open();
    expect((await Promise.all(staying)).map((answer) => answer.status)).toEqual([200, 200, 200]);
    // The server learns a moment later of a reader who left.
    let statuses: number[] = [503];
    while (statuses.includes(503)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      statuses = (await Promise.all([1, 2, 3, 4].map(() => get(house, url)))).map((answer) => answer.status);
    }
    expect(statuses).toEqual([200, 200, 200, 200]);
  });

  /** The house's own store, whose reads wait until the gate opens. */
  function slowDisk() {
    const store = house.store as { read: typeof house.store.read };
    const { read } = store;
    let asked = 0;
    let wake = () => {};
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    store.read = async (...args) => {
      asked += 1;
      wake();
      await opened;
      return read(...args);
    };
    return {
      open: () => {
        store.read = read;
        open();
      },
      asked: async (count: number) => {
        while (asked < count) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      },
    };
  }

  test("is a file with a name, in UTF-8", async () => {
    const { headers } = await get(house, `/api/v1/export.csv?series=${ROOM}&from=${T0}&to=${T0 + 1}`);
    expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(headers["content-disposition"]).toBe('attachment; filename="wattkeep-2026-03-01.csv"');
  });
});

describe("edits", () => {
  const json = { host: "localhost", "content-type": "application/json" };
  const rename = (url: string, name: string) => house.app.inject({ method: "PATCH", url, headers: json, payload: { name } });

  test("a name is a dated fact with its author, and undoing it brings back what held before", async () => {
    expect((await rename("/api/v1/points/plant/ahu", "North air handler")).json().name).toBe("North air handler");
    house.nowMs += 1_000;
    expect((await rename("/api/v1/points/plant/ahu", "Roof air handler")).json().name).toBe("Roof air handler");
    const { edits } = (await get(house, "/api/v1/edits?site=plant&point=ahu")).json();
    expect(edits.map((edit: { value: string; who: string }) => [edit.value, edit.who])).toEqual([
      ["Roof air handler", "this machine (loopback)"],
      ["North air handler", "this machine (loopback)"],
    ]);
    await house.app.inject({ method: "POST", url: `/api/v1/edits/${edits[0].id}/undo`, headers: { host: "localhost" } });
    const { points } = (await get(house, "/api/v1/points?site=plant")).json();
    expect(points.map((point: { name: string }) => point.name)).toContain("North air handler");
    expect((await get(house, "/api/v1/series?q=north+state")).json().series.map((one: { key: string }) => one.key)).toEqual([STATE]);
  });

  test("what the configuration declares is refused with its file and line", async () => {
    const answer = await rename("/api/v1/points/tower/room", "Hall");
    expect(answer.statusCode).toBe(409);
    expect(answer.json().error).toEqual({
      code: "declared-in-file",
      sentence: "Point tower/room is written in wattkeep.yaml, line 9: change it there.",
    });
  });
});
