import { rejectItem } from "#dialects/items.ts";
import { isObject, type JsonObject, own } from "#dialects/json.ts";
import { kebab } from "#dialects/kebab.ts";
import { numberOf } from "#dialects/number.ts";
import { quoted } from "#dialects/text.ts";
import type { Item, Reading, RejectItem } from "#readings/reading.ts";

/** A value of a component's status: where it stands, as in `aenergy.total`, and what it means. */
interface ComponentField {
  readonly label: string;
  readonly quantity: string;
  readonly unit: string;
  readonly kind: "counter" | "gauge";
}

/** A metering component: the meter it belongs to, as its device counts them, and what its status may hold. */
interface Component {
  readonly meter: string;
  readonly fields: readonly ComponentField[];
}

const gauge = (label: string, quantity: string, unit: string): ComponentField => ({ label, quantity, unit, kind: "gauge" });
const counter = (label: string, quantity: string): ComponentField => ({ label, quantity, unit: "Wh", kind: "counter" });

export const DEVICE_TEMPERATURE = "device-temperature";

/** `aenergy` counts both directions, `ret_aenergy` the returned part of it. */
const OUTPUT: readonly ComponentField[] = [
  gauge("apower", "power", "W"),
  gauge("aprtpower", "apparent-power", "VA"),
  gauge("voltage", "voltage", "V"),
  gauge("current", "current", "A"),
  gauge("pf", "power-factor", ""),
  gauge("freq", "frequency", "Hz"),
  counter("aenergy.total", "energy"),
  counter("ret_aenergy.total", "energy-export"),
  gauge("temperature.tC", DEVICE_TEMPERATURE, "°C"),
];

const ONE_PHASE: readonly ComponentField[] = [
  gauge("act_power", "power", "W"),
  gauge("aprt_power", "apparent-power", "VA"),
  gauge("voltage", "voltage", "V"),
  gauge("current", "current", "A"),
  gauge("pf", "power-factor", ""),
  gauge("freq", "frequency", "Hz"),
];

const ONE_PHASE_COUNTERS: readonly ComponentField[] = [
  counter("total_act_energy", "energy-import"),
  counter("total_act_ret_energy", "energy-export"),
];

/** Some firmware spells `c_act_power` as `c_active_power`. */
const OTHER_SPELLING = gauge("active_power", "power", "W");

const THREE_PHASES: readonly ComponentField[] = [
  gauge("total_act_power", "power", "W"),
  gauge("total_aprt_power", "apparent-power", "VA"),
  gauge("total_current", "current", "A"),
  gauge("n_current", "current-n", "A"),
  ...ofEachPhase([...ONE_PHASE, OTHER_SPELLING]),
];

const THREE_PHASE_COUNTERS: readonly ComponentField[] = [
  counter("total_act", "energy-import"),
  counter("total_act_ret", "energy-export"),
  ...ofEachPhase(ONE_PHASE_COUNTERS),
];

/** `voltage` → `a_voltage` of `voltage-l1`, `b_voltage` of `voltage-l2`, `c_voltage` of `voltage-l3`. */
function ofEachPhase(fields: readonly ComponentField[]): ComponentField[] {
  return ["a", "b", "c"].flatMap((phase, i) =>
    fields.map((field) => ({ ...field, label: `${phase}_${field.label}`, quantity: `${field.quantity}-l${i + 1}` })),
  );
}

const COMPONENTS: ReadonlyMap<string, Component> = new Map([
  ["switch", { meter: "switch", fields: OUTPUT }],
  ["pm1", { meter: "pm1", fields: OUTPUT }],
  ["em", { meter: "em", fields: THREE_PHASES }],
  ["emdata", { meter: "em", fields: THREE_PHASE_COUNTERS }],
  ["em1", { meter: "em1", fields: ONE_PHASE }],
  ["em1data", { meter: "em1", fields: ONE_PHASE_COUNTERS }],
]);

const KEY = /^([a-z0-9]+):(\d{1,4})$/;

/** A metering component by its key: `emdata:0` counts for meter `em:0`. Missing: undefined for whatever measures nothing. */
export function componentOf(key: string): Component | undefined {
  const [, type = "", id = ""] = KEY.exec(key) ?? [];
  const known = COMPONENTS.get(type);
  return known && { meter: `${known.meter}:${id}`, fields: known.fields };
}

/** Labels of the values that a component's status holds. */
export function labelsIn(status: unknown, key: string): string[] {
  const labels = componentOf(key)?.fields.map((field) => field.label) ?? [];
  return isObject(status) ? labels.filter((label) => typeof valueAt(status, label) === "number") : [];
}

interface Told {
  readonly key: string;
  readonly device: string;
  readonly tMs: number | undefined;
}

/** Every value that a component's status holds as a reading; what is no number as a reject. Missing: none where it measures nothing. */
export function componentItems(status: unknown, { key, device, tMs }: Told): Item[] {
  const component = componentOf(key);
  // A component that was taken away is told as null.
  if (component === undefined || status === null) return [];
  if (!isObject(status)) return [rejectItem({ code: "not-an-object", sentence: `${key} is ${quoted(status)}, not an object.` })];
  const place = { ...meterPlace(device, component.meter), ...(tMs === undefined ? {} : { tMs }) };
  const items: Item[] = [];
  for (const { label, quantity, unit, kind } of component.fields) {
    const value = valueAt(status, label);
    if (typeof value === "number") items.push({ type: "reading", reading: { ...place, quantity, unit, kind, value } });
    else if (value) items.push(rejectItem({ code: value.code, sentence: `${key}: ${value.sentence}` }));
  }
  return items;
}

/** A device may have several meters: `garage-em1-0` named "garage em1:0". */
function meterPlace(device: string, meter: string): Pick<Reading, "device" | "point" | "pointName"> {
  return { device, point: `${kebab(device) || "device"}-${meter.replace(":", "-")}`, pointName: `${device} ${meter}` };
}

/** The number at `aenergy.total`, or why it is none. Missing: undefined where nothing is said. */
function valueAt(status: JsonObject, label: string): number | RejectItem | undefined {
  const [key = "", inner] = label.split(".");
  const raw = own(status, key);
  if (raw === undefined) return undefined;
  if (inner === undefined || raw === null) return numberOf(raw, label);
  if (!isObject(raw)) return { code: "not-an-object", sentence: `${key} is ${quoted(raw)}, not an object.` };
  const within = own(raw, inner);
  return within === undefined ? undefined : numberOf(within, label);
}
