import { HOUR_MS } from "#calendar/civil.ts";
import { instantOf, readTime } from "#calendar/time-text.ts";
import type { Zone } from "#calendar/zone.ts";
import { rejectItem } from "#dialects/items.ts";
import { isObject, type JsonObject, own } from "#dialects/json.ts";
import { isAbsence, numberOf } from "#dialects/number.ts";
import { quoted } from "#dialects/text.ts";
import type { About, Item, Reading, RejectItem } from "#readings/reading.ts";
import { QUALITY } from "#series/quality.ts";
import type { Meaning } from "./meaning.ts";
import { flagBits, saysNothing, statusBits } from "./status.ts";

/** What all rows of a frame share. */
export interface Frame {
  readonly place: Pick<Reading, "device" | "point" | "pointName"> & { readonly about: About };
  readonly meaning: Meaning;
  readonly zone: Zone | undefined;
}

/** More bad rows of one frame than this are told in one sentence. */
const MOST_REJECTS = 100;

/** Every row by itself: a bad one is refused, the good ones stay. */
export function readRows(rows: readonly unknown[], frame: Frame, items: Item[]): void {
  let bad = 0;
  let lastMs: number | undefined;
  for (let i = 0; i < rows.length; i++) {
    const row = readRow(rows[i], frame, lastMs);
    if ("code" in row) {
      bad++;
      if (bad <= MOST_REJECTS)
        items.push(rejectItem({ code: row.code, sentence: `${frame.place.pointName}, row ${i + 1}: ${row.sentence}` }));
    } else {
      lastMs = row.tMs;
      items.push({ type: "reading", reading: row });
    }
  }
  if (bad > MOST_REJECTS) {
    const sentence = `${frame.place.pointName}: ${bad - MOST_REJECTS} more rows are refused for like reasons.`;
    items.push(rejectItem({ code: "more-rows", sentence }));
  }
}

function readRow(row: unknown, frame: Frame, lastMs: number | undefined): Reading | RejectItem {
  if (!isObject(row)) return { code: "not-an-object", sentence: `the row is ${quoted(row)}, not an object.` };
  const when = timeOf(own(row, "timestamp"), frame.zone, lastMs);
  if ("code" in when) return when;
  const rawStatus = own(row, "status");
  const status = typeof rawStatus === "string" && rawStatus.trim() !== "" ? rawStatus : undefined;
  const said = spoken(saidValue(row, status), frame.meaning);
  if ("code" in said) return said;
  const quality = when.quality | (status === undefined ? 0 : statusBits(status)) | rowFlags(row);
  const { device, point, pointName, about } = frame.place;
  const { quantity, unit, kind, value } = said;
  const { tMs } = when;
  if (status === undefined) {
    return quality === 0
      ? { device, point, pointName, quantity, unit, kind, value, tMs, about }
      : { device, point, pointName, quantity, unit, kind, value, tMs, quality, about };
  }
  return quality === 0
    ? { device, point, pointName, quantity, unit, kind, value, tMs, status, about }
    : { device, point, pointName, quantity, unit, kind, value, tMs, quality, status, about };
}

/** A row whose status says that there is no value may leave it out. */
function saidValue(row: JsonObject, status: string | undefined): unknown {
  const value = own(row, "value");
  return value === undefined && status !== undefined && saysNothing(status) ? null : value;
}

const FLAG_KEYS = ["trendFlags", "trend_flags", "flags"] as const;

function rowFlags(row: JsonObject): number {
  for (const key of FLAG_KEYS) {
    const flags = own(row, key);
    if (typeof flags === "string") return flagBits(flags);
  }
  return 0;
}

/** ` MST`, ` [America/Phoenix]` behind a time: an offset or the configured zone wins, the name only tells summer from winter. */
const ZONE_NAME = /\s*\[[\w/+-]{1,40}\]$|\s+([A-Za-z]{2,5})$/;
const SUMMER = /^(?:[a-z]+dt|[cewm]est|mesz|bst)$/i;
const WINTER = /^(?:[a-z]st|[cew]et|mez|gmt)$/i;
/** Rows further apart say nothing about each other's hour. */
const NEAR_MS = 3 * HOUR_MS;

function timeOf(raw: unknown, zone: Zone | undefined, lastMs: number | undefined): { tMs: number; quality: number } | RejectItem {
  const text = typeof raw === "string" ? raw.trim() : "";
  const time = readTime(text) ?? readTime(text.replace(ZONE_NAME, ""));
  if (time === undefined) {
    return {
      code: "bad-time",
      sentence: `timestamp is ${raw === undefined ? "missing" : quoted(raw)}, no time like 2026-01-31 14:15:00.000-0700.`,
    };
  }
  const tMs = instantOf(time);
  if (tMs !== undefined) return { tMs, quality: 0 };
  if (zone === undefined) {
    return {
      code: "no-offset",
      sentence: `timestamp ${quoted(raw)} has no offset; set \`zone\` in the source's options if the station writes local time.`,
    };
  }
  const [first, second] = zone.instantsOf(time.localMs);
  if (first === undefined) {
    return { code: "no-such-time", sentence: `timestamp ${quoted(raw)} is a time the clock of ${zone.id} never shows.` };
  }
  return second === undefined ? { tMs: first, quality: 0 } : repeated({ first, second }, ZONE_NAME.exec(text)?.[1] ?? "", lastMs);
}

function repeated(hour: { first: number; second: number }, name: string, lastMs: number | undefined): { tMs: number; quality: number } {
  if (SUMMER.test(name)) return { tMs: hour.first, quality: 0 };
  if (WINTER.test(name)) return { tMs: hour.second, quality: 0 };
  if (lastMs !== undefined && lastMs >= hour.first && lastMs - hour.first <= NEAR_MS) return { tMs: hour.second, quality: 0 };
  return { tMs: hour.first, quality: QUALITY.clockUncertain };
}

type Said = Pick<Reading, "quantity" | "unit" | "kind" | "value">;

/** A short word that starts with a letter: On, Occupied, true. */
const WORD = /^\p{L}[\p{L}\p{N} _./()-]{0,63}$/u;
const TEXT_UNIT = "text";

function spoken(raw: unknown, meaning: Meaning): Said | RejectItem {
  if (raw === undefined) return { code: "missing-value", sentence: "value is missing." };
  const word = typeof raw === "boolean" ? String(raw) : raw;
  if (typeof word === "string" && !meaning.numeric && !isAbsence(word) && WORD.test(word.trim())) return state(word.trim());
  const value = numberOf(word, "value");
  if (typeof value !== "number") return value;
  return { quantity: meaning.quantity, unit: meaning.unit, kind: "gauge", value };
}

function state(value: string): Said {
  return { quantity: "state", unit: TEXT_UNIT, kind: "state", value };
}
