import type { DemoDevice, Saying, Span } from "./device.ts";
import { type Dial, flatsDials, isRead, POWER_SWAP_MS, WALK_OFFSET_MS } from "./flats-dials.ts";
import type { FlatsLoads } from "./flats-loads.ts";
import { EPOCH_MS } from "./load.ts";
import { DAY_MS, MONTHS_36_MS, QUARTER_MS, round } from "./spans.ts";

const DAILY: readonly Span[] = [{ agoMs: 4 * 365 * DAY_MS, everyMs: DAY_MS }];
const QUARTERLY: readonly Span[] = [{ agoMs: MONTHS_36_MS, everyMs: QUARTER_MS }];
const HOUR_MS = 3_600_000;
const HOURLY: readonly Span[] = [{ agoMs: MONTHS_36_MS, everyMs: HOUR_MS }];

/** Keys of a message, by unit. */
export const UNIT_KEYS = { kWh: "kWh", MWh: "MWh", "m³": "m3", units: "units" } as const;

interface Flats {
  readonly seed: number;
  readonly loads: FlatsLoads;
}

/**
 * A house of three flats: its main meters speak every quarter of an hour, most others are read on a walk once a month.
 * `yearStartMs`: when the local year of an instant began.
 */
export function flatsDevices({ seed, loads }: Flats, yearStartMs: (tMs: number) => number): DemoDevice[] {
  const dials = flatsDials(seed + 200, loads, yearStartMs);
  return [...readers(loads), ...dials.map((dial, index) => walked(dial, { seed: seed + 300, index }))];
}

/** What speaks by itself. */
function readers(loads: FlatsLoads): DemoDevice[] {
  return [
    reader({ id: "power-main", name: "Electricity of the house", quantity: "energy", unit: "kWh" }, QUARTERLY, (tMs) =>
      tMs < POWER_SWAP_MS || isSilent(tMs, { month: 5, fromDay: 8, toDay: 9 })
        ? undefined
        : round(0.02 + loads.main.total(tMs) - loads.main.total(POWER_SWAP_MS), 3),
    ),
    reader({ id: "water-main", name: "Water of the house", quantity: "water-volume", unit: "m³" }, QUARTERLY, (tMs) =>
      isSilent(tMs, { month: 9, fromDay: 3, toDay: 6 }) ? undefined : round(612.804 + loads.water.total(tMs), 3),
    ),
    reader({ id: "solar-roof", name: "Solar on the roof", quantity: "energy", unit: "kWh" }, HOURLY, (tMs) =>
      round(8_012.4 + loads.solar.total(tMs), 2),
    ),
    reader({ id: "boiler-heat", name: "Heat of the boiler", quantity: "heat-energy", unit: "kWh" }, DAILY, (tMs) =>
      round(240_118 + loads.boiler.total(tMs), 0),
    ),
  ];
}

/** Every year the radio is off for some days. */
function isSilent(tMs: number, { month, fromDay, toDay }: { month: number; fromDay: number; toDay: number }): boolean {
  const date = new Date(tMs);
  return date.getUTCMonth() === month && date.getUTCDate() >= fromDay && date.getUTCDate() <= toDay;
}

type What = Pick<Dial, "id" | "name" | "quantity" | "unit">;

function reader(what: What, past: readonly Span[], shows: (tMs: number) => number | undefined): DemoDevice {
  return counting(what, { source: "flats-readers", everyMs: past[0]?.everyMs ?? DAY_MS, past }, shows);
}

function walked(dial: Dial, place: { seed: number; index: number }): DemoDevice {
  const written = (tMs: number): number | undefined => {
    if (!isRead(dial, tMs, place) && dial.alsoAt?.includes(tMs) !== true) return undefined;
    const value = dial.shows(tMs);
    return value === undefined ? undefined : (dial.misread?.(tMs, value) ?? value);
  };
  return counting(dial, { source: "flats-walks", everyMs: DAY_MS, offsetMs: WALK_OFFSET_MS, past: DAILY }, written);
}

type How = Pick<DemoDevice, "source" | "everyMs" | "past"> & { readonly offsetMs?: number };

/** A register that says its total with its own time, or nothing. */
function counting({ id, name, quantity, unit }: What, how: How, shows: (tMs: number) => number | undefined): DemoDevice {
  const saying: Saying = { point: id, pointName: name, quantity, unit, kind: "counter" };
  const at = (tMs: number): number | undefined => (tMs < EPOCH_MS ? undefined : shows(tMs));
  return {
    ...how,
    topic: `demo/flats/${how.source === "flats-walks" ? "walk" : "reader"}/${quantity}/${id}`,
    device: id,
    sayings: [saying],
    say(tMs, out) {
      const value = at(tMs);
      if (value === undefined) return undefined;
      out[0] = value;
      return 0;
    },
    payload(tMs) {
      const value = at(tMs);
      return value === undefined ? undefined : JSON.stringify({ name, at: new Date(tMs).toISOString(), [UNIT_KEYS[unit]]: value });
    },
  };
}
