import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Item, Reading } from "#readings/reading.ts";
import { QUALITY } from "#series/quality.ts";
import type { Registry } from "#sites/registry.ts";
import { RegistryChange } from "./registry-change.ts";
import { RegistryView, type SeriesEntry } from "./registry-view.ts";
import { type Settled, settle } from "./settle.ts";
import { Sheet } from "./sheet.ts";
import type { Source } from "./source.ts";
import type { Telling } from "./telling.ts";

const NOON_MS = Date.UTC(2026, 2, 10, 12);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HOME = { id: "home", name: "Home", zone: "Europe/Berlin", currency: "EUR" };
const PLANT = { id: "plant", name: "Plant", zone: "America/Indiana/Indianapolis", currency: "USD" };
const EMPTY: Registry = { sites: [HOME], points: [], series: [], devices: [], assignments: [], facts: [], codes: [] };
const LIMITS = { newPerHour: 10_000, textsPerSeries: 10_000 };

function reading(more: Partial<Reading> = {}): Item {
  const plain = { device: "m1", point: "main", pointName: "Main", quantity: "power", unit: "W", kind: "gauge", value: 1 } as const;
  return { type: "reading", reading: { ...plain, ...more } };
}

interface Row {
  readonly entry: SeriesEntry;
  readonly tMs: number;
  readonly value: number;
  readonly quality: number;
  readonly code: number;
}

type Said = Omit<Settled, "samples"> & { readonly samples: Row[] };

function rowsOf({ entries, tMs, value, quality, code }: Sheet): Row[] {
  return entries.map((entry, i) => ({ entry, tMs: tMs[i] ?? 0, value: value[i] ?? 0, quality: quality[i] ?? 0, code: code[i] ?? 0 }));
}

/** Settles messages one after another on one view. */
function desk(registry: Registry = EMPTY, more: Partial<Source> = {}) {
  const view = new RegistryView(registry);
  const change = new RegistryChange(view);
  const source: Source = { name: "s", topics: [], dialect: "d", options: undefined, points: new Map(), keepRawMs: 0, ...more };
  return {
    view,
    change,
    say(items: readonly Item[], how: { receivedMs?: number; retained?: boolean; past?: boolean; limits?: Telling["limits"] } = {}): Said {
      const { receivedMs = NOON_MS, retained = false, past = false, limits = LIMITS } = how;
      const message = { source: "s", topic: "t", body: new Uint8Array(), receivedMs, qos: 1, retained } as const;
      const sheet = new Sheet();
      const settled = settle({ change, samples: sheet }, { source, message, equalInstant: "last", past, limits }, items);
      expect(settled.samples).toBe(sheet.length);
      return { ...settled, samples: rowsOf(sheet) };
    },
  };
}

const codes = ({ rejects }: Said) => rejects.map(({ code }) => code);
const instants = ({ samples }: Said) => samples.map(({ tMs }) => tMs);

describe("the instant of a sample", () => {
  it("is the sender's where it is credible, in whole milliseconds", () => {
    const settled = desk().say([reading({ tMs: NOON_MS - 3 * HOUR_MS + 0.4 }), reading({ tMs: NOON_MS + 4 * MINUTE_MS })]);
    expect(instants(settled)).toEqual([NOON_MS - 3 * HOUR_MS, NOON_MS + 4 * MINUTE_MS]);
    expect(settled.samples.map(({ quality }) => quality)).toEqual([0, 0]);
  });

  it("is marked uncertain from five minutes ahead on, and refused beyond a day", () => {
    const ahead = [5 * MINUTE_MS, 5 * MINUTE_MS + 1, 24 * HOUR_MS, 24 * HOUR_MS + 1].map((ms) => reading({ tMs: NOON_MS + ms }));
    const settled = desk().say(ahead);
    expect(settled.samples.map(({ quality }) => quality)).toEqual([0, QUALITY.clockUncertain, QUALITY.clockUncertain]);
    expect(codes(settled)).toEqual(["time-in-future"]);
  });

  it.each([Date.UTC(1989, 11, 31), 0, Number.NaN, -Infinity])("is refused before 1990: %s", (tMs) => {
    expect(codes(desk().say([reading({ tMs })]))).toEqual(["time-implausible"]);
  });

  it.each([Infinity, 1e300])("is refused where it is no instant: %s", (tMs) => {
    expect(codes(desk().say([reading({ tMs })]))).toEqual(["time-in-future"]);
  });

  it("is the arrival where the sender has none; the second in one millisecond moves on", () => {
    const here = desk();
    const message = [reading(), reading({ value: 2 }), reading({ point: "other" })];
    expect(instants(here.say(message))).toEqual([NOON_MS, NOON_MS + 1, NOON_MS]);
    expect(instants(here.say([reading()], { receivedMs: NOON_MS + 1 }))).toEqual([NOON_MS + 2]);
    expect(instants(here.say([reading()], { receivedMs: NOON_MS - 30_000 }))).toEqual([NOON_MS + 3]);
  });

  it("is the arrival again, and uncertain, after our clock was set back by more than a minute", () => {
    const here = desk();
    here.say([reading()]);
    const back = here.say([reading()], { receivedMs: NOON_MS - HOUR_MS });
    expect([instants(back), back.samples[0]?.quality]).toEqual([[NOON_MS - HOUR_MS], QUALITY.clockUncertain]);
    const next = here.say([reading()], { receivedMs: NOON_MS - HOUR_MS + 10 });
    expect([instants(next), next.samples[0]?.quality]).toEqual([[NOON_MS - HOUR_MS + 10], 0]);
  });

  it("needs a clock that was set, unless the sender has one", () => {
    const settled = desk().say([reading(), reading({ tMs: NOON_MS })], { receivedMs: 5_000 });
    expect(codes(settled)).toEqual(["clock-not-set"]);
    expect(settled.samples).toMatchObject([{ tMs: NOON_MS, quality: QUALITY.clockUncertain }]);
  });

  it("of a message that is told again is its old arrival and moves nothing", () => {
    const here = desk();
    here.say([reading()]);
    const again = here.say([reading()], { receivedMs: NOON_MS - HOUR_MS, past: true });
    expect([instants(again), again.samples[0]?.quality]).toEqual([[NOON_MS - HOUR_MS], 0]);
    expect(instants(here.say([reading()]))).toEqual([NOON_MS + 1]);
  });

  it("is never shared by two arrivals of a series, however they come", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: -1_000, max: 1_000 }), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (walk) => {
        const here = desk();
        const seen: number[] = [];
        let receivedMs = NOON_MS;
        for (const [step, n] of walk) {
          receivedMs += step;
          seen.push(
            ...instants(
              here.say(
                Array.from({ length: n }, () => reading()),
                { receivedMs: Math.max(receivedMs, NOON_MS - 50_000) },
              ),
            ),
          );
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
      }),
    );
  });
});

describe("a retained message", () => {
  it("is no reading unless it says its own time", () => {
    expect(desk().say([reading()], { retained: true })).toEqual({ samples: [], rejects: [], without: "retained" });
    expect(desk().say([reading({ tMs: NOON_MS })], { retained: true })).toMatchObject({ samples: [{ tMs: NOON_MS }] });
  });
});

describe("a value", () => {
  it("may be absent, and is never infinite or a negative zero", () => {
    const settled = desk().say([
      reading({ value: Number.NaN }),
      reading({ value: -0 }),
      reading({ value: Infinity }),
      reading({ value: -Infinity }),
    ]);
    expect(settled.samples.map(({ value }) => value)).toEqual([Number.NaN, 0]);
    expect(codes(settled)).toEqual(["value-not-finite", "value-not-finite"]);
  });

  it("that is a text becomes a code, as a status does; the table is the series' own", () => {
    const here = desk();
    const state = (value: string, status?: string) =>
      reading({ quantity: "state", kind: "state", unit: "", value, ...(status ? { status } : {}) });
    const settled = here.say([state("open", "ok"), state("closed"), state("open"), reading({ status: "ok" }), state("")]);
    expect(
      settled.samples.map(({ entry, value, code }) => [value, code, entry.series.unit === "text" ? entry.texts[value] : undefined]),
    ).toEqual([
      [1, 2, "open"],
      [3, 0, "closed"],
      [1, 0, "open"],
      [1, 1, undefined],
      [4, 0, ""],
    ]);
    expect(here.change.additions.series.map(({ unit }) => unit)).toEqual(["text", "W"]);
    expect(codes(here.say([reading({ quantity: "state", kind: "state", unit: "", value: 3 })]))).toEqual(["unit-changed"]);
  });

  it("keeps known quality bits of the sender and no others", () => {
    expect(desk().say([reading({ quality: QUALITY.badStatus | 0x4000 })]).samples[0]?.quality).toBe(QUALITY.badStatus);
  });

  it("is refused where its series would grow without end in texts", () => {
    const here = desk();
    const limits = { ...LIMITS, textsPerSeries: 3 };
    const said = Array.from({ length: 5 }, (_, i) => reading({ quantity: "state", kind: "state", value: `s${i}` }));
    const settled = here.say(said, { limits });
    expect([settled.samples.length, codes(settled)]).toEqual([3, ["too-many-texts", "too-many-texts"]]);
    expect(codes(here.say([reading({ value: "a\u0000b" }), reading({ status: "x".repeat(1_001) })]))).toEqual([
      "text-unusable",
      "text-unusable",
    ]);
  });
});

describe("a series", () => {
  it("never changes unit, kind or interval", () => {
    const here = desk();
    const interval = { quantity: "energy", unit: "kWh", kind: "interval", intervalMs: 900_000 } as const;
    here.say([reading(), reading(interval)]);
    const settled = here.say([
      reading({ unit: "kW" }),
      reading({ kind: "counter" }),
      reading({ ...interval, intervalMs: HOUR_MS }),
      reading(),
    ]);
    expect(codes(settled)).toEqual(["unit-changed", "kind-changed", "interval-changed"]);
    expect(settled.samples).toHaveLength(1);
    expect(settled.rejects[0]?.sentence).toContain('home/main/power@s has been sent in "W" so far; this reading is in "kW"');
  });

  it("takes the sender's unit as it is said first", () => {
    const here = desk();
    here.say([reading({ unit: "furlong/fortnight" })]);
    expect(here.change.additions.series).toMatchObject([{ id: 1, unit: "furlong/fortnight" }]);
  });

  it.each([
    ["point", "", "is empty"],
    ["point", "a/b", 'holds "/"'],
    ["point", "x".repeat(201), "is longer than 200 characters"],
    ["quantity", "power@x", 'holds "@"'],
    ["pointName", "a\u0007", "holds control characters"],
    ["device", "\ud800", "holds control characters"],
    ["serial", "\n", "holds control characters"],
    ["unit", "k\u0000W", "holds control characters"],
  ] as const)("is refused for an unusable %s %j", (field, value, why) => {
    const here = desk();
    const settled = here.say([reading({ [field]: value })]);
    expect(codes(settled)).toEqual(["name-unusable"]);
    expect(settled.rejects[0]?.sentence).toContain(why);
    expect(Object.values(here.change.additions).flat()).toEqual([]);
  });

  it("takes names of any script, and such that mean something in JavaScript", () => {
    const names = ["zähler", "メーター", "__proto__", "constructor", "<img src=x>"];
    const here = desk();
    const settled = here.say(names.map((point) => reading({ point, device: point })));
    expect(settled.samples).toHaveLength(names.length);
    expect(here.change.additions.points.map(({ id }) => id)).toEqual(names);
  });

  it("is refused beyond so many in an hour, and taken again in the next", () => {
    const here = desk();
    const limits = { ...LIMITS, newPerHour: 3 };
    const many = Array.from({ length: 5 }, (_, i) => reading({ point: `p${i}`, device: `d${i}` }));
    expect(codes(here.say(many, { limits }))).toEqual(["too-many-new-series", "too-many-new-series"]);
    expect(codes(here.say(many, { limits }))).toHaveLength(2);
    expect(codes(here.say(many, { limits, receivedMs: NOON_MS + HOUR_MS }))).toEqual([]);
  });
});

describe("the place of a reading", () => {
  const two: Registry = { ...EMPTY, sites: [HOME, PLANT] };
  const place = (registry: Registry, source: Partial<Source>) => {
    const here = desk(registry, source);
    const settled = here.say([reading()]);
    return settled.samples[0]?.entry.series.key ?? codes(settled)[0];
  };

  it("is the source's site, else the only site, else unassigned", () => {
    expect(place(two, { site: "plant" })).toBe("plant/main/power@s");
    expect(place(EMPTY, {})).toBe("home/main/power@s");
    expect(place(two, {})).toBe("unassigned/main/power@s");
    expect(place({ ...EMPTY, sites: [] }, {})).toBe("unassigned/main/power@s");
    expect(place(EMPTY, { site: "gone" })).toBe("site-unknown");
  });

  it("is mapped by the sender's point or device, to a point or to one of another site", () => {
    expect(place(two, { site: "plant", points: new Map([["main", "grid"]]) })).toBe("plant/grid/power@s");
    expect(place(two, { site: "plant", points: new Map([["m1", "home/cellar"]]) })).toBe("home/cellar/power@s");
    expect(place(two, { site: "plant", points: new Map([["m1", "gone/cellar"]]) })).toBe("site-unknown");
  });
});

describe("hardware at a point", () => {
  const rows = (here: ReturnType<typeof desk>) => here.change.additions.assignments.map(({ device, fromMs }) => [device, fromMs - NOON_MS]);

  it("is swapped by another device or another serial number, on the date of the reading", () => {
    const here = desk(EMPTY, { points: new Map([["m2", "main"]]) });
    here.say([reading({ device: "m1" })]);
    here.say([reading({ device: "m1", serial: "A" })], { receivedMs: NOON_MS + 1_000 });
    here.say([reading({ device: "m1", serial: "B" })], { receivedMs: NOON_MS + 2_000 });
    here.say([reading({ device: "m1" })], { receivedMs: NOON_MS + 3_000 });
    here.say([reading({ device: "m2", point: "else" })], { receivedMs: NOON_MS + 4_000 });
    expect(rows(here)).toEqual([
      ["m1", 0],
      ["m1#B", 2_000],
      ["m2", 4_000],
    ]);
    expect(here.change.additions.devices.map(({ id, serial }) => [id, serial])).toEqual([
      ["m1", undefined],
      ["m1", "A"],
      ["m1#B", "B"],
      ["m2", undefined],
    ]);
    expect(here.change.additions.series).toHaveLength(1);
  });

  it("that takes turns with another is not swapped with every message", () => {
    const here = desk(EMPTY, { points: new Map([["main", "main"]]) });
    for (let i = 0; i < 50; i++) here.say([reading({ device: i % 2 === 0 ? "a" : "b" })], { receivedMs: NOON_MS + i * 1_000 });
    expect(rows(here)).toEqual([
      ["a", 0],
      ["b", 1_000],
    ]);
    here.say([reading({ device: "a" })], { receivedMs: NOON_MS + 48 * HOUR_MS });
    expect(rows(here).at(-1)).toEqual(["a", 48 * HOUR_MS]);
  });
});

const anyReading = fc.record(
  {
    device: fc.oneof(fc.constantFrom("a", "b"), fc.string({ unit: "binary", maxLength: 4 })),
    point: fc.oneof(fc.constantFrom("p", "q"), fc.string({ unit: "binary", maxLength: 4 })),
    pointName: fc.string({ maxLength: 4 }),
    quantity: fc.constantFrom("power", "state", "a@b", ""),
    unit: fc.constantFrom("W", "kW", ""),
    kind: fc.constantFrom("gauge", "counter", "state"),
    value: fc.oneof(fc.double(), fc.string({ maxLength: 3 })),
    tMs: fc.oneof(fc.double(), fc.integer({ min: NOON_MS - HOUR_MS, max: NOON_MS + 48 * HOUR_MS })),
    quality: fc.integer({ min: 0, max: 0xffff }),
    status: fc.string({ unit: "binary", maxLength: 3 }),
    serial: fc.constantFrom("1", "2", "\u0000"),
  },
  { requiredKeys: ["device", "point", "pointName", "quantity", "unit", "kind", "value"] },
) as fc.Arbitrary<Reading>;

describe("whatever is said", () => {
  it("ends as exactly one sample or one reject per reading, and withdrawing leaves no trace", () => {
    fc.assert(
      fc.property(fc.array(anyReading, { minLength: 1, maxLength: 30 }), fc.array(anyReading, { maxLength: 10 }), (first, second) => {
        const here = desk();
        const items = first.map((one): Item => ({ type: "reading", reading: one }));
        const settled = here.say(items);
        expect(settled.samples.length + settled.rejects.length).toBe(items.length);
        for (const { value, tMs, entry, code } of settled.samples) {
          expect(Math.abs(value)).not.toBe(Infinity);
          expect(Number.isInteger(tMs)).toBe(true);
          expect(entry.texts[code]).toBeTypeOf("string");
        }
        const before = snapshot(here.view);
        const change = new RegistryChange(here.view);
        const message = { source: "s", topic: "t", body: new Uint8Array(), receivedMs: NOON_MS, qos: 1, retained: false } as const;
        const source = { name: "s", topics: [], dialect: "d", options: undefined, points: new Map(), keepRawMs: 0 };
        settle(
          { change, samples: new Sheet() },
          { source, message, equalInstant: "last", limits: LIMITS },
          second.map((one): Item => ({ type: "reading", reading: one })),
        );
        change.withdraw();
        expect(snapshot(here.view)).toEqual(before);
      }),
    );
  });
});

/** Everything a view holds, as plain data. */
function snapshot(view: RegistryView): unknown {
  const entries = [...view.series].map(([key, entry]) => [
    key,
    { ...entry, codes: [...entry.codes], texts: [...entry.texts], noted: undefined, arrivedIn: undefined },
  ]);
  const { sites, points, devices, assigned, assignments, added, nextSeriesId } = view;
  return structuredClone({ entries, byId: [...view.byId.keys()], sites, points, devices, assigned, assignments, added, nextSeriesId });
}
