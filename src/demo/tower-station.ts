import { QUALITY } from "#series/quality.ts";
import type { DemoDevice, Saying, Span } from "./device.ts";
import { DAY_MS, localStamp, YEAR_MS } from "./spans.ts";

export const STATION = "NorthTower";
/** The station looks at its points this often. */
export const POLL_MS = 300_000;

/** Of boxes there are many, so their past is short; loads and the weather that a peak is compared with go back a year. */
export const BOX_PAST: readonly Span[] = [
  { agoMs: 30 * DAY_MS, everyMs: 900_000 },
  { agoMs: 2 * DAY_MS, everyMs: POLL_MS },
];
export const LONG_PAST: readonly Span[] = [
  { agoMs: YEAR_MS, everyMs: 900_000 },
  { agoMs: 3 * DAY_MS, everyMs: POLL_MS },
];
/** A season of the air handlers: enough days alike to tell what they did at a peak. */
export const AIR_PAST: readonly Span[] = [
  { agoMs: 120 * DAY_MS, everyMs: 900_000 },
  { agoMs: 3 * DAY_MS, everyMs: POLL_MS },
];
/** What is said on change alone: in this tower everything changes at a full hour. */
const CHANGE_PAST: readonly Span[] = [{ agoMs: 30 * DAY_MS, everyMs: 3_600_000 }];

/** What a history is called in the station, and the series it becomes. */
export interface History {
  /** As people read it: "VAV 3-07 Space Temp". */
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
  /** Later stations describe their points; older ones let their names speak. */
  readonly about?: { readonly equipment: string; readonly tags: readonly string[] };
}

interface Manner {
  readonly offsetMs: number;
  readonly past: readonly Span[];
  readonly offsetMsAt: (tMs: number) => number;
  /** The sender's words about the sample; left out, `{ok}`; empty: it says nothing of itself. */
  readonly status?: (tMs: number) => string;
  readonly silent?: (tMs: number) => boolean;
}

/** Histories that are polled together and come as one message: a list of frames. `values` writes them in the order of `histories`. */
export function polled(histories: readonly History[], values: (tMs: number, out: Float64Array) => void, manner: Manner): DemoDevice {
  const { offsetMs, past, offsetMsAt, status = () => "{ok}", silent } = manner;
  const said = new Float64Array(histories.length);
  return {
    ...ofStation(offsetMs),
    past,
    sayings: histories.map((history) => sayingOf(history)),
    say(tMs, out) {
      if (silent?.(tMs)) return undefined;
      values(tMs, out);
      return bitsOf(status(tMs));
    },
    payload(tMs) {
      if (silent?.(tMs)) return undefined;
      values(tMs, said);
      const row = { tMs, offsetMsAt, status: status(tMs) };
      return JSON.stringify(histories.map((history, index) => frame(history, said[index] as number, row)));
    },
  };
}

/** A history that is written on change alone: a setpoint, a command, a state. With `texts`, a value is an index into them. */
export function onChange(
  history: History & { readonly texts?: readonly string[] },
  value: (tMs: number) => number,
  manner: Omit<Manner, "past">,
): DemoDevice {
  const { offsetMs, offsetMsAt, status = () => "{ok}" } = manner;
  const { texts } = history;
  const changed = (tMs: number): boolean => value(tMs) !== value(tMs - POLL_MS) || status(tMs) !== status(tMs - POLL_MS);
  return {
    ...ofStation(offsetMs),
    past: CHANGE_PAST,
    sayings: [sayingOf(history)],
    say(tMs, out) {
      if (!changed(tMs)) return undefined;
      out[0] = value(tMs);
      return bitsOf(status(tMs));
    },
    payload(tMs) {
      if (!changed(tMs)) return undefined;
      const said = value(tMs);
      return JSON.stringify(frame(history, texts?.[said] ?? said, { tMs, offsetMsAt, status: status(tMs) }));
    },
  };
}

const ofStation = (offsetMs: number) => ({ source: "niagara", topic: "niagara/histories", device: STATION, everyMs: POLL_MS, offsetMs });

function sayingOf({ name, quantity, unit, about: said, texts }: History & { readonly texts?: readonly string[] }): Saying {
  const about = { station: STATION, path: name, ...(said === undefined ? {} : { ...said, tags: said.tags.toSorted() }) };
  const point = { point: name.toLowerCase().replace(/[^a-z0-9]+/g, "-"), pointName: name, about };
  return texts === undefined
    ? { ...point, quantity, unit, kind: "gauge" }
    : { ...point, quantity: "state", unit: "text", kind: "state", texts };
}

function bitsOf(status: string): number {
  if (status.includes("fault")) return QUALITY.badStatus;
  return status.includes("overridden") ? QUALITY.overridden : 0;
}

function frame(
  history: History,
  value: number | string,
  row: { tMs: number; offsetMsAt: (tMs: number) => number; status: string },
): object {
  const { name, unit, about } = history;
  const { tMs, offsetMsAt, status } = row;
  const timestamp = withOffset(tMs, offsetMsAt(tMs));
  const historyData = [status === "" ? { timestamp, value } : { timestamp, status, value }];
  const head = { messageType: "history", stationName: STATION, historyId: `/${STATION}/${escaped(name)}` };
  if (about === undefined) return { ...head, historyData };
  const { equipment, tags } = about;
  const point = {
    "n:displayName": escaped(name),
    ...(unit === "" ? {} : { "hs:unit": unit }),
    ...Object.fromEntries(tags.map((tag) => [`hs:${tag}`, "Marker"])),
  };
  return { ...head, point, equipment: { "n:displayName": escaped(equipment) }, historyData };
}

/** Niagara writes what is not a letter or digit as $ and its hex code. */
function escaped(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, (character) => `$${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** `2026-03-10 14:40:00.000-0600`, as the station writes it. */
function withOffset(tMs: number, offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${localStamp(tMs + offsetMs)}.000${offsetMs < 0 ? "-" : "+"}${two(minutes / 60)}${two(minutes % 60)}`;
}
