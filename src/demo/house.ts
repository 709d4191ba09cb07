import type { DemoDevice, Saying, Span } from "./device.ts";
import { EPOCH_MS, type Load, loadOf } from "./load.ts";
import type { WallClock } from "./local-clock.ts";
import { bell, chance, drift, jitter } from "./noise.ts";
import { DAY_MS, localStamp, round, YEAR_MS } from "./spans.ts";

const PAST: readonly Span[] = [
  { agoMs: YEAR_MS, everyMs: 60_000 },
  { agoMs: 30 * DAY_MS, everyMs: 10_000 },
];
const SPARSE: readonly Span[] = [{ agoMs: YEAR_MS, everyMs: 300_000 }];

interface HouseLoads {
  readonly bought: Load;
  readonly sold: Load;
  readonly fridge: Load;
  readonly water: Load;
  readonly gas: Load;
  /** kW from the grid, negative while exporting. */
  grid(tMs: number): number;
}

/** Devices of the demo house: a reader head on the meter, a plug at the fridge, cameras on the water and gas dials. */
export function houseDevices(seed: number, site: { clock: (tMs: number) => WallClock; offsetMsAt: (tMs: number) => number }): DemoDevice[] {
  const loads = houseLoads(seed, site.clock);
  return [
    meter(seed + 1, loads, site.offsetMsAt),
    fridge(seed + 2, loads.fridge, site),
    dial({ id: "water", name: "Water", quantity: "water-volume" }, loads.water, 412.318),
    dial({ id: "gas", name: "Gas", quantity: "gas-volume" }, loads.gas, 8_214.07),
  ];
}

function houseLoads(seed: number, clock: (tMs: number) => WallClock): HouseLoads {
  const quarter = (startMs: number): number => startMs / 900_000;
  const use = (startMs: number): number => {
    const wall = clock(startMs);
    const weekend = wall.weekday === 0 || wall.weekday === 6;
    const winter = 0.5 + 0.5 * Math.cos(((wall.yearDay - 15) / 365) * 2 * Math.PI);
    const cooking =
      1.6 * bell(wall.hour, 18.8, 1.1) + 0.9 * bell(wall.hour, weekend ? 9.5 : 6.9, 0.9) + (weekend ? 0.7 * bell(wall.hour, 12.6, 0.8) : 0);
    const washing = chance(seed + 3, wall.day * 8 + Math.floor(wall.hour / 3)) > 0.86 ? 0.9 : 0;
    return 0.21 + cooking * (0.7 + 0.3 * winter) + washing + 0.25 * winter + Math.abs(0.12 * jitter(seed, quarter(startMs)));
  };
  const sun = (startMs: number): number => {
    const wall = clock(startMs);
    const season = Math.sin(((wall.yearDay - 80) / 365) * 2 * Math.PI);
    const length = 12 + 4.2 * season;
    // Solar noon, not the clock's: the wall clock is about an hour ahead of the sun in summer.
    const fromNoon = wall.hour - 12.8;
    const height = Math.cos((fromNoon / length) * Math.PI);
    if (Math.abs(fromNoon) >= length / 2 || height <= 0) return 0;
    const sky = Math.min(
      1,
      Math.max(0.08, 0.62 + 0.3 * drift(seed + 5, startMs / (DAY_MS / 2)) + 0.16 * drift(seed + 6, startMs / 2_400_000)),
    );
    return 7.2 * (0.62 + 0.38 * season) * height ** 1.25 * sky;
  };
  const grid = loadOf((startMs) => use(startMs) - sun(startMs));
  return {
    bought: loadOf((startMs) => Math.max(0, grid.rate(startMs))),
    sold: loadOf((startMs) => Math.max(0, -grid.rate(startMs))),
    fridge: loadOf((startMs) => (chance(seed + 7, quarter(startMs)) > 0.55 ? 0.078 : 0.004)),
    water: loadOf((startMs) => {
      const { hour } = clock(startMs);
      const awake = hour > 6 && hour < 23;
      return awake && chance(seed + 8, quarter(startMs)) > 0.7 ? 0.06 * chance(seed + 9, quarter(startMs)) : 0;
    }),
    gas: loadOf((startMs) => {
      const { yearDay, hour } = clock(startMs);
      const cold = Math.max(0, Math.cos(((yearDay - 15) / 365) * 2 * Math.PI) + 0.15);
      return chance(seed + 10, quarter(startMs)) < 0.25 + 0.4 * cold ? (hour > 5 && hour < 22 ? 0.9 : 0.35) * cold : 0;
    }),
    grid: (tMs) => grid.rate(tMs),
  };
}

/** The grid operator changed the meter on a spring morning; the old one's last reading and the new one's first are facts. */
const SWAP_MS = Date.UTC(2026, 3, 14, 8, 20);
const FIRST_METER = { serial: "0a01454d4800004c19d2", bought: 9_310.4417, sold: 11_027.9032 };
const SECOND_METER = { serial: "0a01454d480000a7f310", bought: 0.0121, sold: 0 };

function registers(loads: HouseLoads, tMs: number): { serial: string; bought: number; sold: number } {
  const swapped = tMs >= SWAP_MS;
  const meter = swapped ? SECOND_METER : FIRST_METER;
  const since = swapped ? SWAP_MS : EPOCH_MS;
  return {
    serial: meter.serial,
    bought: round(meter.bought + loads.bought.total(tMs) - loads.bought.total(since), 4),
    sold: round(meter.sold + loads.sold.total(tMs) - loads.sold.total(since), 4),
  };
}

function meter(seed: number, loads: HouseLoads, offsetMsAt: (tMs: number) => number): DemoDevice {
  const say = (quantity: string, unit: string, kind: Saying["kind"]): Saying => ({
    point: "mt681-birkenweg",
    pointName: "MT681 (birkenweg)",
    quantity,
    unit,
    kind,
  });
  const power = (tMs: number): number => Math.round(1000 * loads.grid(tMs) + 28 * jitter(seed, tMs / 1000));
  const phases = (watts: number, tMs: number): [number, number, number] => {
    const first = Math.round(watts * (0.42 + 0.05 * drift(seed + 1, tMs / 240_000)));
    const second = Math.round(watts * 0.31);
    return [first, second, watts - first - second];
  };
  return {
    source: "tasmota",
    qos: 0,
    topic: "tele/birkenweg/SENSOR",
    device: "birkenweg",
    serials: [
      { serial: FIRST_METER.serial, fromMs: EPOCH_MS },
      { serial: SECOND_METER.serial, fromMs: SWAP_MS },
    ],
    everyMs: 10_000,
    offsetMs: 1_300,
    past: PAST,
    sayings: [
      say("energy-import", "kWh", "counter"),
      say("energy-export", "kWh", "counter"),
      say("power", "W", "gauge"),
      say("power-l1", "W", "gauge"),
      say("power-l2", "W", "gauge"),
      say("power-l3", "W", "gauge"),
      say("device-time", "s", "gauge"),
    ],
    say(tMs, out) {
      const watts = power(tMs);
      const at = registers(loads, tMs);
      out[0] = at.bought;
      out[1] = at.sold;
      out[2] = watts;
      [out[3], out[4], out[5]] = phases(watts, tMs);
      out[6] = Math.floor((tMs + offsetMsAt(tMs)) / 1000);
      return 0;
    },
    payload(tMs) {
      const watts = power(tMs);
      const at = registers(loads, tMs);
      const [Power_p1, Power_p2, Power_p3] = phases(watts, tMs);
      const Time = localStamp(tMs + offsetMsAt(tMs)).replace(" ", "T");
      return JSON.stringify({
        Time,
        MT681: { Meter_id: at.serial, E_in: at.bought, E_out: at.sold, Power: watts, Power_p1, Power_p2, Power_p3 },
      });
    },
  };
}

function fridge(seed: number, load: Load, site: { clock: (tMs: number) => WallClock; offsetMsAt: (tMs: number) => number }): DemoDevice {
  const say = (quantity: string, unit: string, kind: Saying["kind"]): Saying => ({
    point: "fridge",
    pointName: "fridge",
    quantity,
    unit,
    kind,
  });
  const dayStart = (tMs: number): number => site.clock(tMs).day * DAY_MS - site.offsetMsAt(tMs);
  const at = (tMs: number): { total: number; today: number; yesterday: number; power: number; voltage: number } => {
    const midnight = dayStart(tMs);
    const kwh = (fromMs: number, toMs: number): number => round(load.total(toMs) - load.total(Math.max(fromMs, EPOCH_MS)), 3);
    return {
      total: round(load.total(tMs), 3),
      today: kwh(midnight, tMs),
      yesterday: kwh(dayStart(midnight - DAY_MS / 2), midnight),
      power: Math.round(1000 * load.rate(tMs) + Math.abs(2 * jitter(seed, tMs / 1000))),
      voltage: Math.round(231 + 2 * drift(seed + 1, tMs / 600_000)),
    };
  };
  return {
    source: "plugs",
    qos: 0,
    topic: "tele/fridge/SENSOR",
    device: "fridge",
    everyMs: 60_000,
    past: SPARSE,
    sayings: [
      say("energy", "kWh", "counter"),
      say("energy-yesterday", "kWh", "gauge"),
      say("energy-today", "kWh", "counter"),
      say("power", "W", "gauge"),
      say("voltage", "V", "gauge"),
    ],
    say(tMs, out) {
      const now = at(tMs);
      out[0] = now.total;
      out[1] = now.yesterday;
      out[2] = now.today;
      out[3] = now.power;
      out[4] = now.voltage;
      return 0;
    },
    payload(tMs) {
      const now = at(tMs);
      const Time = localStamp(tMs + site.offsetMsAt(tMs)).replace(" ", "T");
      return JSON.stringify({
        Time,
        ENERGY: { Total: now.total, Yesterday: now.yesterday, Today: now.today, Power: now.power, Voltage: now.voltage },
      });
    },
  };
}

function dial(what: { id: string; name: string; quantity: string }, load: Load, startM3: number): DemoDevice {
  const value = (tMs: number): number => round(startM3 + load.total(tMs), 3);
  return {
    source: "dials",
    topic: `demo/house/${what.quantity}/${what.id}`,
    device: what.id,
    everyMs: 60_000,
    past: SPARSE,
    sayings: [{ point: what.id, pointName: what.name, quantity: what.quantity, unit: "m³", kind: "counter" }],
    say(tMs, out) {
      out[0] = value(tMs);
      return 0;
    },
    payload: (tMs) => JSON.stringify({ name: what.name, value: value(tMs) }),
  };
}
