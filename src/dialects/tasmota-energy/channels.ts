import { rejectItem } from "#dialects/items.ts";
import { type JsonObject, own } from "#dialects/json.ts";
import { kebab } from "#dialects/kebab.ts";
import { numberOf } from "#dialects/number.ts";
import type { Item } from "#readings/reading.ts";

/** A field of Tasmota's ENERGY object. */
export interface EnergyField {
  readonly label: string;
  readonly quantity: string;
  readonly unit: string;
  readonly kind: "counter" | "gauge" | "delta";
}

const field = (label: string, quantity: string, unit: string, kind: EnergyField["kind"] = "gauge"): EnergyField => ({
  label,
  quantity,
  unit,
  kind,
});

export const FIELDS: readonly EnergyField[] = [
  field("Total", "energy", "kWh", "counter"),
  field("ImportActive", "energy-import", "kWh", "counter"),
  field("ExportActive", "energy-export", "kWh", "counter"),
  field("Yesterday", "energy-yesterday", "kWh"),
  field("Today", "energy-today", "kWh", "counter"),
  field("Period", "energy-period", "Wh", "delta"),
  field("Power", "power", "W"),
  field("ApparentPower", "apparent-power", "VA"),
  field("ReactivePower", "reactive-power", "var"),
  field("Factor", "power-factor", ""),
  field("Voltage", "voltage", "V"),
  field("Current", "current", "A"),
  field("Frequency", "frequency", "Hz"),
];

/** What makes a list a list of channels; a list of energies alone is a list of tariffs. */
const CHANNEL_LABELS = ["Power", "Current", "ApparentPower", "ReactivePower", "Factor", "Voltage"];
const MOST_CHANNELS = 32;
const MOST_TARIFFS = 3;

/** One value of the object: the channel counts from 1, 0 is the device as a whole. */
interface EnergyValue {
  readonly field: EnergyField;
  readonly quantity: string;
  readonly channel: number;
  readonly value: number;
}

/** Every value of an ENERGY object as a reading, channels and tariffs apart; what is no number as a reject. */
export function energyItems(energy: JsonObject, device: string): Item[] {
  const items: Item[] = [];
  for (const { field, quantity, channel, value } of energyValues(energy, items)) {
    const { unit, kind } = field;
    items.push({ type: "reading", reading: { ...channelPlace(device, channel), quantity, unit, kind, value } });
  }
  return items;
}

/** `strip` for the device as a whole, `strip-1` for its first channel. */
export function channelPlace(device: string, channel: number): { device: string; point: string; pointName: string } {
  const point = kebab(device) || "device";
  return channel === 0 ? { device, point, pointName: device } : { device, point: `${point}-${channel}`, pointName: `${device} ${channel}` };
}

function energyValues(energy: JsonObject, rejects: Item[]): EnergyValue[] {
  const channels = CHANNEL_LABELS.some((label) => Array.isArray(own(energy, label)));
  const values: EnergyValue[] = [];
  for (const field of FIELDS) {
    const raw = own(energy, field.label);
    if (raw === undefined) continue;
    if (!Array.isArray(raw)) add(values, rejects, { field, quantity: field.quantity, channel: 0, raw, where: field.label });
    else if (channels) addList(values, rejects, { field, list: raw.slice(0, MOST_CHANNELS), tariffs: false });
    else if (field.label === "Total") addList(values, rejects, { field, list: raw.slice(0, MOST_TARIFFS), tariffs: true });
  }
  return values;
}

interface List {
  readonly field: EnergyField;
  readonly list: readonly unknown[];
  readonly tariffs: boolean;
}

function addList(values: EnergyValue[], rejects: Item[], { field, list, tariffs }: List): void {
  for (const [i, raw] of list.entries()) {
    const quantity = tariffs ? `energy-import-t${i + 1}` : field.quantity;
    add(values, rejects, { field, quantity, channel: tariffs ? 0 : i + 1, raw, where: `${field.label}[${i}]` });
  }
}

interface One {
  readonly field: EnergyField;
  readonly quantity: string;
  readonly channel: number;
  readonly raw: unknown;
  readonly where: string;
}

function add(values: EnergyValue[], rejects: Item[], { field, quantity, channel, raw, where }: One): void {
  const value = numberOf(raw, where);
  if (typeof value === "number") values.push({ field, quantity, channel, value });
  else rejects.push(rejectItem({ code: value.code, sentence: `ENERGY: ${value.sentence}` }));
}
