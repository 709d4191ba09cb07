import type { Decoded } from "#dialects/dialect.ts";
import { refused } from "#dialects/items.ts";
import { numberOf } from "#dialects/number.ts";
import type { Item, RejectItem } from "#readings/reading.ts";
import { type Fields, integerOf, present } from "./fields.ts";
import { intervalEnd } from "./interval-end.ts";
import { keep, lastOf, remembered } from "./memory.ts";
import type { Options } from "./options.ts";
import { item, type Place } from "./place.ts";

const FULL = ["intervalend", "pulsecount", "kwh", "kw"] as const;

/** Whether a message is a finished interval rather than a count of pulses. */
export function isWholeInterval(fields: Fields): boolean {
  return FULL.every((name) => fields.has(name));
}

/** A message with all fields of a finished interval. */
export interface WholeInterval {
  readonly fields: Fields;
  readonly quality: number;
  readonly place: Place;
  readonly receivedMs: number;
}

/**
 * The readings of a finished interval, and what is remembered of it for the next.
 * Errors: `not-an-integer`, `not-a-number`, `not-finite`, `missing-value`, `no-zone`, `bad-time`, `no-such-time`.
 */
export function decodeInterval(at: WholeInterval, options: Options, memory: unknown): Decoded {
  const amounts = amountsOf(at.fields);
  if ("code" in amounts) return keep(refused(amounts), memory);
  if (options.zone === undefined) {
    return keep(
      refused({ code: "no-zone", sentence: "intervalEnd has no offset and the source no zone; set `zone` in its options or at its site." }),
      memory,
    );
  }
  const print = `${amounts.pulses} ${amounts.energyKwh} ${amounts.demandKw} ${amounts.totalKwh}`;
  const end = intervalEnd(at.fields.get("intervalend"), {
    zone: options.zone,
    receivedMs: at.receivedMs,
    print,
    last: lastOf(memory, at.place.device),
  });
  if ("code" in end) return keep(refused(end), memory);
  return {
    items: intervalItems(amounts, { ...at, quality: at.quality | end.quality }, { tMs: end.tMs, intervalMs: options.intervalMs }),
    memory: remembered(memory, at.place.device, { tMs: end.tMs, print }),
  };
}

interface Amounts {
  readonly pulses: number;
  readonly energyKwh: number;
  readonly demandKw: number;
  readonly totalKwh: number | undefined;
}

function amountsOf(fields: Fields): Amounts | RejectItem {
  const pulses = integerOf(fields, ["pulsecount"]);
  if (typeof pulses === "object") return pulses;
  const [energyKwh, demandKw] = [numberOf(fields.get("kwh"), "kWh"), numberOf(fields.get("kw"), "kW")];
  if (typeof energyKwh !== "number") return energyKwh;
  if (typeof demandKw !== "number") return demandKw;
  const totalKwh = present(fields.get("total_kwh")) ? numberOf(fields.get("total_kwh"), "total_kWh") : undefined;
  if (typeof totalKwh === "object") return totalKwh;
  if (pulses === undefined || Number.isNaN(energyKwh) || Number.isNaN(demandKw))
    return { code: "missing-value", sentence: "An interval needs pulseCount, kWh and kW; one of them is null or empty." };
  return { pulses, energyKwh, demandKw, totalKwh };
}

function intervalItems(amounts: Amounts, at: WholeInterval, when: { tMs: number; intervalMs: number }): Item[] {
  const { place, quality } = at;
  const items = [
    item(place, { quantity: "energy", unit: "kWh", kind: "interval", value: amounts.energyKwh, ...when }, quality),
    item(place, { quantity: "demand", unit: "kW", kind: "interval", value: amounts.demandKw, ...when }, quality),
    item(place, { quantity: "interval-pulses", unit: "pulse", kind: "interval", value: amounts.pulses, ...when }, quality),
  ];
  if (amounts.totalKwh !== undefined)
    items.push(item(place, { quantity: "energy-total", unit: "kWh", kind: "counter", value: amounts.totalKwh, tMs: when.tMs }, quality));
  return items;
}
