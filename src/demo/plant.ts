import { QUALITY } from "#series/quality.ts";
import type { DemoDevice, Saying, Span } from "./device.ts";
import type { Load } from "./load.ts";
import { EPOCH_MS } from "./load.ts";
import type { WallClock } from "./local-clock.ts";
import { jitter } from "./noise.ts";
import { plantLoads } from "./plant-loads.ts";
import { DAY_MS, localStamp, MONTHS_36_MS, QUARTER_MS, round } from "./spans.ts";

const KWH_PER_PULSE = 1.7;
/** A 24-bit register in the pulse counter starts again at zero. */
const PULSE_REGISTER = 1 << 24;

/** The utility excludes the first Wednesday night of a month from demand while it tests the feeder (R17). */
const isR17 = (wall: WallClock): boolean =>
  wall.weekday === 3 && new Date(wall.day * DAY_MS).getUTCDate() <= 7 && wall.hour >= 2 && wall.hour < 4;
/** The contact bounced for three quarters on the 17th of every third month. */
const isAlarm = (wall: WallClock): boolean => {
  const date = new Date(wall.day * DAY_MS);
  return date.getUTCDate() === 17 && date.getUTCMonth() % 3 === 1 && wall.hour >= 9 && wall.hour < 9.75;
};

/** Devices of the demo plant: the utility's KYZ contact and the sub-meters of the halls. */
export function plantDevices(seed: number, site: { clock: (tMs: number) => WallClock; offsetMsAt: (tMs: number) => number }): DemoDevice[] {
  const loads = plantLoads(seed, site.clock);
  return [
    kyzIntervals(loads.main, site),
    kyzPulses(loads.main),
    flow({ id: "compressor-house", name: "Compressor house", quantity: "power", unit: "kW" }, loads.compressors, {
      seed: seed + 11,
      decimals: 1,
      noise: 1.5,
    }),
    flow({ id: "chiller-1", name: "Chiller 1", quantity: "power", unit: "kW" }, loads.chiller, {
      seed: seed + 12,
      decimals: 1,
      noise: 1.2,
    }),
    flow({ id: "paint-shop", name: "Paint shop", quantity: "power", unit: "kW" }, loads.paintShop, {
      seed: seed + 13,
      decimals: 1,
      noise: 0.8,
    }),
    flow({ id: "dust-extraction", name: "Dust extraction", quantity: "power", unit: "kW" }, loads.dustExtraction, {
      seed: seed + 14,
      decimals: 1,
      noise: 0.5,
    }),
    flow({ id: "hall-2-lighting", name: "Hall 2 lighting", quantity: "power", unit: "kW" }, loads.lighting, {
      seed: seed + 15,
      decimals: 1,
      noise: 0.1,
      silent: sometimesSilent,
    }),
    flow({ id: "boiler-gas", name: "Boiler gas", quantity: "gas-flow", unit: "m³/h" }, loads.boilerGas, {
      seed: seed + 16,
      decimals: 1,
      noise: 0.4,
      everyMs: 60_000,
    }),
    flow({ id: "process-water", name: "Process water", quantity: "water-flow", unit: "m³/h" }, loads.processWater, {
      seed: seed + 17,
      decimals: 2,
      noise: 0.02,
      everyMs: 60_000,
    }),
    condensate(seed + 18, site.clock),
  ];
}

/** The radio of hall 2 is out of reach for a quarter of an hour in every three. */
function sometimesSilent(tMs: number): boolean {
  return tMs % (3 * 3_600_000) < 15 * 60_000;
}

const say = (point: string, pointName: string, rest: Pick<Saying, "quantity" | "unit" | "kind"> & { intervalMs?: number }): Saying => ({
  point,
  pointName,
  ...rest,
});

function kyzIntervals(main: Load, site: { clock: (tMs: number) => WallClock; offsetMsAt: (tMs: number) => number }): DemoDevice {
  const bits = (endMs: number): number => {
    const wall = site.clock(endMs - QUARTER_MS);
    return (isR17(wall) ? QUALITY.excludedFromDemand : 0) | (isAlarm(wall) ? QUALITY.invalidAlarm : 0);
  };
  const pulses = (endMs: number): number => pulsesAt(main, endMs) - pulsesAt(main, endMs - QUARTER_MS);
  return {
    source: "kyz",
    topic: "demo/plant/kyz/interval",
    device: "demo/plant/kyz",
    everyMs: QUARTER_MS,
    past: [{ agoMs: MONTHS_36_MS, everyMs: QUARTER_MS }],
    sayings: [
      say("main", "Main meter", { quantity: "energy", unit: "kWh", kind: "interval", intervalMs: QUARTER_MS }),
      say("main", "Main meter", { quantity: "demand", unit: "kW", kind: "interval", intervalMs: QUARTER_MS }),
      say("main", "Main meter", { quantity: "interval-pulses", unit: "pulse", kind: "interval", intervalMs: QUARTER_MS }),
    ],
    say(tMs, out) {
      const count = pulses(tMs);
      out[0] = round(count * KWH_PER_PULSE, 1);
      out[1] = round(count * KWH_PER_PULSE * 4, 1);
      out[2] = count;
      return bits(tMs);
    },
    payload(tMs) {
      const count = pulses(tMs);
      const quality = bits(tMs);
      return JSON.stringify({
        intervalEnd: localStamp(tMs + site.offsetMsAt(tMs)),
        pulseCount: count,
        kWh: round(count * KWH_PER_PULSE, 1),
        kW: round(count * KWH_PER_PULSE * 4, 1),
        r17Exclude: (quality & QUALITY.excludedFromDemand) !== 0,
        kyzInvalidAlarm: (quality & QUALITY.invalidAlarm) !== 0,
      });
    },
  };
}

const pulsesAt = (main: Load, tMs: number): number => Math.floor(main.total(Math.max(tMs, EPOCH_MS)) / KWH_PER_PULSE);

function kyzPulses(main: Load): DemoDevice {
  const everyMs = 15_000;
  return {
    source: "kyz",
    topic: "demo/plant/kyz/pulseCount",
    device: "demo/plant/kyz",
    everyMs,
    past: [{ agoMs: 14 * DAY_MS, everyMs }],
    sayings: [
      say("main", "Main meter", { quantity: "pulses", unit: "pulse", kind: "delta" }),
      say("main", "Main meter", { quantity: "pulses-total", unit: "pulse", kind: "counter" }),
    ],
    say(tMs, out) {
      out[0] = pulsesAt(main, tMs) - pulsesAt(main, tMs - everyMs);
      out[1] = pulsesAt(main, tMs) % PULSE_REGISTER;
      return 0;
    },
    payload: (tMs) => JSON.stringify({ d: pulsesAt(main, tMs) - pulsesAt(main, tMs - everyMs), t: pulsesAt(main, tMs) % PULSE_REGISTER }),
  };
}

const PAST: readonly Span[] = [
  { agoMs: MONTHS_36_MS, everyMs: QUARTER_MS },
  { agoMs: 30 * DAY_MS, everyMs: 300_000 },
];

interface Meter {
  readonly id: string;
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
}

interface Manner {
  readonly seed: number;
  readonly decimals: number;
  readonly noise: number;
  readonly everyMs?: number;
  readonly silent?: (tMs: number) => boolean;
}

/** A sub-meter that says its rate as `{"value":…}` below demo/plant/meters. */
function flow(meter: Meter, load: Load, manner: Manner): DemoDevice {
  const value = (tMs: number): number =>
    round(Math.max(0, load.rate(tMs) + manner.noise * jitter(manner.seed, tMs / 1000)), manner.decimals);
  return gauge(meter, manner, (tMs) => (manner.silent?.(tMs) ? undefined : value(tMs)));
}

function condensate(seed: number, clock: (tMs: number) => WallClock): DemoDevice {
  // The probe came loose one morning a week and reads exactly 62 for the rest of that day.
  const value = (tMs: number): number => {
    const wall = clock(tMs);
    if (wall.weekday === 5 && wall.hour > 8.6) return 62;
    return round(64 + 9 * Math.sin(wall.hour / 3.2) * (wall.weekday % 6 === 0 ? 0.3 : 1) + 0.6 * jitter(seed, tMs / 1000), 1);
  };
  return gauge({ id: "condensate-return", name: "Condensate return", quantity: "temperature", unit: "°C" }, { everyMs: 60_000 }, value);
}

function gauge(meter: Meter, manner: { everyMs?: number }, value: (tMs: number) => number | undefined): DemoDevice {
  return {
    source: `plant-${meter.quantity}`,
    topic: `demo/plant/meters/${meter.quantity}/${meter.id}`,
    device: meter.id,
    everyMs: manner.everyMs ?? 10_000,
    past: PAST,
    sayings: [say(meter.id, meter.name, { quantity: meter.quantity, unit: meter.unit, kind: "gauge" })],
    say(tMs, out) {
      const said = value(tMs);
      out[0] = said ?? Number.NaN;
      return said === undefined ? undefined : 0;
    },
    payload(tMs) {
      const said = value(tMs);
      return said === undefined ? undefined : JSON.stringify({ name: meter.name, value: said });
    },
  };
}
