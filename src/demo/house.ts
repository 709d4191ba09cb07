import type { DemoDevice, Saying, Span } from "./device.ts";
import { type HouseLoads, houseLoads } from "./house-loads.ts";
import { batteryMeter, solarMeter } from "./house-power.ts";
import { EPOCH_MS, type Load } from "./load.ts";
import type { WallClock } from "./local-clock.ts";
import { drift, jitter } from "./noise.ts";
import { DAY_MS, localStamp, round, YEAR_MS } from "./spans.ts";

const PAST: readonly Span[] = [
  { agoMs: YEAR_MS, everyMs: 60_000 },
  { agoMs: 30 * DAY_MS, everyMs: 10_000 },
];
const SPARSE: readonly Span[] = [{ agoMs: YEAR_MS, everyMs: 300_000 }];

/** Devices of the demo house: a reader head on the meter, meters at roof and battery, a plug at the fridge, cameras on the dials. */
export function houseDevices(seed: number, site: { clock: (tMs: number) => WallClock; offsetMsAt: (tMs: number) => number }): DemoDevice[] {
  const loads = houseLoads(seed, site.clock);
  return [
    meter(seed + 1, loads, site.offsetMsAt),
    solarMeter(seed + 11, loads, site.offsetMsAt),
    batteryMeter(seed + 12, loads),
    fridge(seed + 2, loads.fridge, site),
    dial({ id: "water", name: "Water", quantity: "water-volume" }, loads.water, 412.318),
    dial({ id: "gas", name: "Gas", quantity: "gas-volume" }, loads.gas, 8_214.07),
  ];
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
  const power = (tMs: number): number => round(1000 * loads.grid(tMs) + 28 * jitter(seed, tMs / 1000), 0);
  const phases = (watts: number, tMs: number): [number, number, number] => {
    const first = round(watts * (0.42 + 0.05 * drift(seed + 1, tMs / 240_000)), 0);
    const second = round(watts * 0.31, 0);
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
