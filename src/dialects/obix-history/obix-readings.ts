import { instantOf, readTime } from "#calendar/time-text.ts";
import { isZone, type Zone, zoneNamed } from "#calendar/zone.ts";
import type { FileItem } from "#dialects/file-item.ts";
import { meaningOf } from "#dialects/niagara-history/meaning.ts";
import { statusBits } from "#dialects/niagara-history/status.ts";
import type { HistoryPlace } from "#dialects/niagara-place.ts";
import { quoted } from "#dialects/text.ts";
import type { Reading, RejectItem } from "#readings/reading.ts";
import { QUALITY } from "#series/quality.ts";
import type { ObixRecord, ObixRollup, ObixTime, ObixValue } from "./obix-answer.ts";
import { obixUnit } from "./obix-unit.ts";

/** What the records of a history belong to. */
export interface ObixHistory {
  readonly place: HistoryPlace;
  /** Units by quantity where the station tells none. */
  readonly units: Readonly<Record<string, string>>;
  /** Zone of times that carry neither an offset nor a zone. */
  readonly zone: Zone | undefined;
}

const TEXT_UNIT = "text";
const MOST_TEXT = 200;

/** The records of one answer as readings and rejects; of two at one instant the later one counts. */
export function itemsOfRecords(records: readonly ObixRecord[], history: ObixHistory): FileItem[] {
  const said = records.map((record, i) => itemOf(record, history, i));
  const last = new Map(
    said.map((one, i) => ["reading" in one.item ? `${one.item.reading.quantity} ${one.item.reading.tMs}` : `reject ${i}`, one]),
  );
  return [...last.values()];
}

function itemOf({ time, value }: ObixRecord, history: ObixHistory, i: number): FileItem {
  const said = (): string => JSON.stringify({ time, value });
  const refused = ({ code, sentence }: RejectItem): FileItem => ({
    item: { reject: { code, sentence: `${history.place.pointName}, record ${i + 1}: ${sentence}` } },
    said,
  });
  const when = instant(time, history.zone);
  if ("code" in when) return refused(when);
  if (value === undefined) return refused({ code: "missing-value", sentence: "it has no value." });
  const spoken = spokenOf(value, history);
  if ("code" in spoken) return refused(spoken);
  const { device, point, pointName, about } = history.place;
  const quality = when.quality | statusBits(value.status);
  return {
    item: {
      reading: {
        ...{ device, point, pointName, about, ...spoken, tMs: when.tMs },
        ...(quality === 0 ? {} : { quality }),
        ...(value.status === "" ? {} : { status: value.status }),
      },
    },
    said,
  };
}

/** Errors: `bad-time`, `no-offset`, `no-such-time`. */
export function instant(time: ObixTime | undefined, zone: Zone | undefined): { tMs: number; quality: number } | RejectItem {
  const read = time && readTime(time.val.trim());
  if (time === undefined || read === undefined)
    return {
      code: "bad-time",
      sentence: `its time is ${time === undefined ? "missing" : quoted(time.val)}, not one like 2026-01-31T14:15:00.000-07:00.`,
    };
  const tMs = instantOf(read);
  if (tMs !== undefined) return { tMs, quality: 0 };
  const own = isZone(time.tz) ? zoneNamed(time.tz) : zone;
  if (own === undefined) return { code: "no-offset", sentence: `its time ${quoted(time.val)} has neither an offset nor a zone.` };
  const [first, second] = own.instantsOf(read.localMs);
  if (first === undefined)
    return { code: "no-such-time", sentence: `its time ${quoted(time.val)} is one that the clock of ${own.id} never shows.` };
  return { tMs: first, quality: second === undefined ? 0 : QUALITY.clockUncertain };
}

type Spoken = Pick<Reading, "quantity" | "unit" | "kind" | "value">;

/** Errors: `not-a-number`, `not-finite`, `not-a-value`. */
function spokenOf({ type, val, unit }: ObixValue, { place, units }: Pick<ObixHistory, "place" | "units">): Spoken | RejectItem {
  if (type === "real" || type === "int") {
    const meaning = meaningOf(place.words, obixUnit(unit), units);
    const value = val === undefined ? Number.NaN : numberOf(val.trim());
    if (typeof value !== "number") return value;
    return { quantity: meaning.quantity, unit: meaning.unit, kind: "gauge", value };
  }
  if (type !== "bool" && type !== "enum" && type !== "str")
    return { code: "not-a-value", sentence: `its value is a ${quoted(type)}, neither a number nor a word.` };
  const text = val?.trim() ?? "";
  if (text.length > MOST_TEXT)
    return { code: "text-too-long", sentence: `its text has ${text.length} characters; up to ${MOST_TEXT} are kept.` };
  return { quantity: "state", unit: TEXT_UNIT, kind: "state", value: text === "" ? Number.NaN : text };
}

function numberOf(text: string): number | RejectItem {
  if (text === "" || text === "NaN") return Number.NaN;
  if (/^[+-]?INF$/i.test(text)) return { code: "not-finite", sentence: "its value is infinite." };
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) || text.length > 400)
    return { code: "not-a-number", sentence: `its value is ${quoted(text)}, not a number.` };
  const value = Number(text);
  return Number.isFinite(value) ? value : { code: "not-finite", sentence: "its value is larger than a number can be." };
}

const ROLLUPS = { avg: "average", min: "minimum", max: "maximum", sum: "sum", count: "count" } as const;

/** What a station made of the records of spans: each figure is a quantity of its own, at the end of its span. */
export function itemsOfRollups(rollups: readonly ObixRollup[], history: ObixHistory): FileItem[] {
  return rollups.flatMap((rollup, i) => rollupItems(rollup, history, i));
}

function rollupItems({ start, end, values }: ObixRollup, history: ObixHistory, i: number): FileItem[] {
  const said = (): string => JSON.stringify({ start, end, values: [...values] });
  const refused = ({ code, sentence }: RejectItem): FileItem => ({
    item: { reject: { code, sentence: `${history.place.pointName}, span ${i + 1}: ${sentence}` } },
    said,
  });
  const [from, to] = [instant(start, history.zone), instant(end, history.zone)];
  if ("code" in from) return [refused(from)];
  if ("code" in to) return [refused(to)];
  if (to.tMs <= from.tMs) return [refused({ code: "bad-time", sentence: "it ends before it begins." })];
  const { device, point, pointName, about } = history.place;
  return (Object.keys(ROLLUPS) as (keyof typeof ROLLUPS)[]).flatMap((name) => {
    const value = values.get(name);
    if (value === undefined) return [];
    const spoken = spokenOf(value, history);
    if ("code" in spoken) return [refused(spoken)];
    const quantity = `${spoken.quantity}-${ROLLUPS[name]}`;
    const unit = name === "count" ? "" : spoken.unit;
    return [{ item: { reading: { device, point, pointName, about, ...spoken, quantity, unit, tMs: to.tMs } }, said }];
  });
}
