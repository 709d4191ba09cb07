import { describe, expect, it } from "vitest";
import { leaks } from "#analytics/leaks.ts";
import type { MeterIndex } from "#analytics/meter-index.ts";
import { evenPace } from "#analytics/meter-pace.ts";
import { unusualSpans } from "#analytics/unusual-spans.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { demoConfiguration } from "./configuration.ts";
import type { DemoDevice } from "./device.ts";
import { ATTIC_SWAP } from "./flats-dials.ts";
import { pastColumns } from "./past.ts";
import { DAY_MS } from "./spans.ts";
import { DEMO_ZONES, demoDevices } from "./world.ts";

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const zone = zoneNamed(DEMO_ZONES.flats);
const devices = new Map(demoDevices().flatMap((device) => (device.source.startsWith("flats-") ? [[device.device, device] as const] : [])));
const meters = loadConfig({ file: "demo", text: demoConfiguration(), env: {}, cwd: ".", dialects: DIALECTS }).config?.meters ?? [];

/** What a dial showed over its whole past. */
function past(id: string): { tMs: Float64Array; value: Float64Array } {
  const window = { fromMs: NOW_MS - 1_500 * DAY_MS, toMs: NOW_MS, nowMs: NOW_MS };
  const [column] = pastColumns(devices.get(id) as DemoDevice, window);
  return column ?? { tMs: new Float64Array(0), value: new Float64Array(0) };
}

function indexOf(id: string): MeterIndex {
  const { tMs, value } = past(id);
  return { tMs, total: value, register: value, step: new Uint8Array(value.length) };
}

/** Where a register showed less than before. */
const falls = (id: string): number[] => {
  const { tMs, value } = past(id);
  return [...tMs].filter((_, i) => (value[i] as number) < (value[i - 1] as number));
};

describe("the house of three flats", () => {
  it("has 27 meters, and a device for every one that is read", () => {
    expect(meters).toHaveLength(27);
    const read = meters.filter(({ what }) => what.kind === "physical").map(({ meter }) => meter);
    expect(read.toSorted()).toEqual([...devices.keys()].toSorted());
  });

  it("has a sauna that was left on, and tells nothing else of the year's electricity", () => {
    const told = unusualSpans(indexOf("power-main"), { zone, unit: "kWh", pace: evenPace() }).filter(
      ({ fromMs }) => fromMs > NOW_MS - 365 * DAY_MS,
    );
    expect(told.map(({ fromMs }) => zone.localOf(fromMs) / DAY_MS)).toEqual(
      ["2026-03-17", "2026-07-17", "2026-11-17"].map((date) => Date.parse(date) / DAY_MS),
    );
  });

  it("has a cistern that drips every third month, and no other leak", () => {
    const told = leaks(indexOf("water-main"), { zone, unit: "m³" }).filter(({ fromMs }) => fromMs > NOW_MS - 365 * DAY_MS);
    expect(told.map(({ fromMs }) => new Date(fromMs).getUTCMonth())).toEqual([1, 4, 7, 10]);
  });

  it("has a meter that was changed, scales that begin again each year, and a point that was overlooked", () => {
    const attic = meters.find(({ meter }) => meter === "attic-power")?.what;
    const swap = attic?.kind === "physical" ? attic.replacements[0] : undefined;
    const before = past("attic-power");
    const last = before.value[before.tMs.findLastIndex((tMs) => tMs < ATTIC_SWAP.tMs)] as number;
    expect(swap?.tMs).toBe(ATTIC_SWAP.tMs);
    expect((swap?.lastReading ?? 0) - last).toBeGreaterThan(0);
    expect((swap?.lastReading ?? 0) - last).toBeLessThan(15);
    expect(falls("attic-power")).toHaveLength(1);
    expect(falls("ground-allocator").length).toBeGreaterThan(2);
    expect(falls("ground-allocator").every((tMs) => new Date(tMs).getUTCMonth() < 4)).toBe(true);
    expect(falls("first-cold").length).toBeGreaterThan(0);
  });

  it("adds up: the flats use less than the house, and the boiler's heat is less than its gas", () => {
    const used = (id: string): number => {
      const { tMs, value } = past(id);
      const from = tMs.findIndex((at) => at > Date.UTC(2025, 11, 1));
      return ((value.at(-1) as number) - (value[from] as number)) / (((tMs.at(-1) as number) - (tMs[from] as number)) / DAY_MS);
    };
    const flats = used("ground-power") + used("first-power") + used("attic-power");
    expect(used("power-main") / flats).toBeGreaterThan(1.05);
    expect(used("power-main") / flats).toBeLessThan(1.4);
    expect(used("boiler-heat") / 10.3).toBeLessThan(used("gas-new") * 1.1);
  });
});
