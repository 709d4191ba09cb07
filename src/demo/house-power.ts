import type { DemoDevice, Saying, Span } from "./device.ts";
import type { HouseLoads } from "./house-loads.ts";
import { drift, jitter } from "./noise.ts";
import { localStamp, round, YEAR_MS } from "./spans.ts";

const SPARSE: readonly Span[] = [{ agoMs: YEAR_MS, everyMs: 300_000 }];
const LIVE_MS = 10_000;

/** What the two meters on the roof and in the cellar have counted before the demo's time began. */
const SOLAR_KWH = 21_480.116;
const BATTERY_WH = { charged: 3_204_118.42, discharged: 2_871_390.07 };

const sayingAt =
  (point: string, pointName: string) =>
  (quantity: string, unit: string, kind: Saying["kind"]): Saying => ({ point, pointName, quantity, unit, kind });

/** A Tasmota plug with a meter between the inverter and the house. */
export function solarMeter(seed: number, loads: HouseLoads, offsetMsAt: (tMs: number) => number): DemoDevice {
  const say = sayingAt("solar", "solar");
  const at = (tMs: number): { total: number; power: number } => {
    const kw = loads.sun.rate(tMs);
    return {
      total: round(SOLAR_KWH + loads.sun.total(tMs), 3),
      power: kw === 0 ? 0 : Math.max(0, Math.round(1000 * kw + 9 * jitter(seed, tMs / 1000))),
    };
  };
  return {
    source: "inverter",
    qos: 0,
    topic: "tele/solar/SENSOR",
    device: "solar",
    everyMs: LIVE_MS,
    offsetMs: 4_100,
    past: SPARSE,
    sayings: [say("energy", "kWh", "counter"), say("power", "W", "gauge")],
    say(tMs, out) {
      const now = at(tMs);
      out[0] = now.total;
      out[1] = now.power;
      return 0;
    },
    payload(tMs) {
      const now = at(tMs);
      const Time = localStamp(tMs + offsetMsAt(tMs)).replace(" ", "T");
      return JSON.stringify({ Time, ENERGY: { Total: now.total, Power: now.power } });
    },
  };
}

/** A Shelly meter at the battery: import is what it takes, export what it gives back. */
export function batteryMeter(seed: number, loads: HouseLoads): DemoDevice {
  const say = sayingAt("battery-em1-0", "battery em1:0");
  const at = (tMs: number): { power: number; charged: number; discharged: number; voltage: number } => ({
    power: round(1000 * (loads.charged.rate(tMs) - loads.discharged.rate(tMs)), 1),
    charged: round(BATTERY_WH.charged + 1000 * loads.charged.total(tMs), 2),
    discharged: round(BATTERY_WH.discharged + 1000 * loads.discharged.total(tMs), 2),
    voltage: round(230.6 + 1.6 * drift(seed, tMs / 600_000), 1),
  });
  return {
    source: "battery",
    topic: "battery/events/rpc",
    device: "battery",
    everyMs: LIVE_MS,
    offsetMs: 7_400,
    past: SPARSE,
    sayings: [
      say("power", "W", "gauge"),
      say("voltage", "V", "gauge"),
      say("energy-import", "Wh", "counter"),
      say("energy-export", "Wh", "counter"),
    ],
    say(tMs, out) {
      const now = at(tMs);
      out[0] = now.power;
      out[1] = now.voltage;
      out[2] = now.charged;
      out[3] = now.discharged;
      return 0;
    },
    payload(tMs) {
      const now = at(tMs);
      return JSON.stringify({
        src: "battery",
        dst: "battery/events",
        method: "NotifyStatus",
        params: {
          ts: tMs / 1000,
          "em1:0": { id: 0, act_power: now.power, voltage: now.voltage },
          "em1data:0": { id: 0, total_act_energy: now.charged, total_act_ret_energy: now.discharged },
        },
      });
    },
  };
}
