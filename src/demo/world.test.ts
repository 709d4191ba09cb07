import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadConfig } from "#config/load.ts";
import { DIALECTS, dialectNamed } from "#dialects/catalogue.ts";
import type { Item, Reading } from "#readings/reading.ts";
import { demoConfiguration } from "./configuration.ts";
import type { DemoDevice } from "./device.ts";
import { EPOCH_MS } from "./load.ts";
import { pastColumns, pastSize } from "./past.ts";
import { DAY_MS } from "./spans.ts";
import { demoDevices } from "./world.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 18, 0, 0);
const devices = demoDevices();
const loaded = loadConfig({ file: "demo", text: demoConfiguration(), env: {}, cwd: ".", dialects: DIALECTS });
const optionsOf = new Map(loaded.config?.sources.map((source) => [source.name, source]));

function decoded(device: DemoDevice, tMs: number): readonly Item[] {
  const source = optionsOf.get(device.source);
  if (source === undefined) throw new Error(`no source ${device.source}`);
  const dialect = dialectNamed(source.dialect);
  if (dialect === undefined) throw new Error(`no dialect ${source.dialect}`);
  const body = new TextEncoder().encode(device.payload(tMs) ?? "");
  const message = { source: device.source, topic: device.topic, body, receivedMs: tMs, qos: 1 as const, retained: false };
  return dialect.decode(message, source.options).items;
}

/** Devices that differ in their numbers alone: the boxes of the tower. */
const kindOf = ({ topic, sayings }: DemoDevice): string => `${topic} ${sayings[0]?.point}`.replace(/\d+/g, "#");
const alike = (device: DemoDevice): readonly DemoDevice[] => devices.filter((one) => kindOf(one) === kindOf(device));
const isAmongFirst = (device: DemoDevice, count: number): boolean => alike(device).slice(0, count).includes(device);

const spoken = (device: DemoDevice, tMs: number): number => Math.floor(tMs / device.everyMs) * device.everyMs + (device.offsetMs ?? 0);

describe("a demo device", () => {
  test.each(devices.map((device) => [`${device.topic} ${device.sayings[0]?.point}`, device] as const))(
    "%s: its past holds what its messages decode to",
    (_, device) => {
      const said = new Float64Array(device.sayings.length);
      fc.assert(
        fc.property(fc.integer({ min: EPOCH_MS + DAY_MS, max: NOW_MS }), (raw) => {
          const tMs = spoken(device, raw);
          const bits = device.say(tMs, said);
          if (bits === undefined) {
            expect(device.payload(tMs)).toBeUndefined();
            return;
          }
          const readings = decoded(device, tMs).map(
            (item) => (item.type === "reading" ? item.reading : expect.unreachable(JSON.stringify(item))) as Reading,
          );
          const seen = readings.map(({ point, pointName, quantity, unit, kind, value, about }) => ({
            about,
            point,
            pointName,
            quantity,
            unit,
            kind,
            value,
          }));
          const told = device.sayings.map(({ point, pointName, quantity, unit, kind, texts, about }, index) => ({
            about,
            point,
            pointName,
            quantity,
            unit,
            kind,
            value: texts === undefined ? said[index] : texts[said[index] as number],
          }));
          const order = (a: { point: string; quantity: string }, b: { point: string; quantity: string }): number =>
            `${a.point}/${a.quantity}`.localeCompare(`${b.point}/${b.quantity}`);
          expect(seen.toSorted(order)).toEqual(told.toSorted(order));
          for (const reading of readings) {
            expect(reading.device).toBe(device.device);
            if (reading.tMs !== undefined) expect(reading.tMs).toBe(tMs);
            if (reading.serial !== undefined) expect(reading.serial).toBe(device.serials?.findLast((one) => one.fromMs <= tMs)?.serial);
            // In the repeated hour of autumn a naive clock text is uncertain; nothing else may differ.
            expect((reading.quality ?? 0) & ~128).toBe(bits);
          }
        }),
        // What many alike say is looked at together as often as what one of a kind says, and often enough for each.
        { numRuns: Math.max(6, Math.ceil(60 / alike(device).length)) },
      );
    },
  );

  test("every source of the demo's configuration has devices and the other way round", () => {
    expect([...optionsOf.keys()].toSorted()).toEqual([...new Set(devices.map((device) => device.source))].toSorted());
  });
});

describe("the demo's past", () => {
  test("is at most ten million samples", () => {
    expect(pastSize(devices, NOW_MS)).toBeLessThanOrEqual(10_000_000);
    expect(pastSize(devices, NOW_MS)).toBeGreaterThan(7_000_000);
  });

  test("is the same for the same seed, whenever it is made", () => {
    const window = { fromMs: NOW_MS - 5 * DAY_MS, toMs: NOW_MS - 4 * DAY_MS };
    for (const [index, device] of demoDevices().entries()) {
      if (!isAmongFirst(devices[index] as DemoDevice, 4)) continue;
      const earlier = pastColumns(device, { ...window, nowMs: NOW_MS });
      expect(pastColumns(devices[index] as DemoDevice, { ...window, nowMs: NOW_MS + 3_600_000 })).toEqual(earlier);
    }
  });

  test("made in two pieces it is the past made in one", () => {
    for (const device of devices.filter((_, index) => index % 7 === 0)) {
      const fromMs = NOW_MS - 2 * DAY_MS;
      const whole = pastColumns(device, { fromMs, toMs: NOW_MS, nowMs: NOW_MS });
      const middleMs = fromMs + 31_234_567;
      const first = pastColumns(device, { fromMs, toMs: middleMs, nowMs: NOW_MS });
      const second = pastColumns(device, { fromMs: middleMs, toMs: NOW_MS, nowMs: NOW_MS });
      whole.forEach((column, index) => {
        expect([...(first[index]?.tMs ?? []), ...(second[index]?.tMs ?? [])]).toEqual([...column.tMs]);
        expect([...(first[index]?.value ?? []), ...(second[index]?.value ?? [])]).toEqual([...column.value]);
      });
    }
  });

  test("holds the planted stories", () => {
    const find = (source: string, quantity: string): DemoDevice =>
      devices.find((device) => device.source === source && device.sayings.some((saying) => saying.quantity === quantity)) as DemoDevice;
    const demand = pastColumns(find("kyz", "demand"), { fromMs: NOW_MS - 400 * DAY_MS, toMs: NOW_MS, nowMs: NOW_MS });
    const peaks = demand[1]?.value.toSorted() ?? new Float64Array();
    expect((peaks.at(-1) as number) / (peaks.at(-3) as number)).toBeGreaterThan(1.12);
    expect(demand[0]?.quality.some((bits) => (bits & 16) !== 0)).toBe(true);
    const [bought] = pastColumns(find("tasmota", "energy-import"), { fromMs: NOW_MS - 300 * DAY_MS, toMs: NOW_MS, nowMs: NOW_MS });
    const drops = bought?.value.filter((value, index, all) => index > 0 && value < (all[index - 1] as number)) ?? [];
    expect(drops.length).toBe(1);
  });
});
