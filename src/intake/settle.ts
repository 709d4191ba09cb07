import type { About, Item, NothingReason, Reading, RejectItem } from "#readings/reading.ts";
import { QUALITY } from "#series/quality.ts";
import { type Series, seriesKey, TEXT_UNIT } from "#sites/registry.ts";
import { arrivalInstant, type Instant, sendersInstant } from "./instant.ts";
import { notePoint } from "./note-point.ts";
import { nameProblem, type Place, placeOf, unusableName } from "./place.ts";
import type { RegistryChange } from "./registry-change.ts";
import type { SeriesEntry } from "./registry-view.ts";
import type { Sheet } from "./sheet.ts";
import type { Source } from "./source.ts";
import { isNoted, noteDevice } from "./swap.ts";
import type { SettleLimits, Telling } from "./telling.ts";

/** What a message became. Every reading is one sample or one reject, unless it only repeats what a broker kept. */
export interface Settled {
  /** How many samples went to the sheet. */
  readonly samples: number;
  readonly rejects: RejectItem[];
  /** Why there is neither, where there is neither. */
  readonly without?: NothingReason;
  /** Histories that are told apart by a number, in words, the once that happens. */
  readonly collisions?: readonly string[];
}

const MAX_TEXT = 1_000;
const KNOWN_BITS = Object.values(QUALITY).reduce((all, bit) => all | bit, 0);

/** Where settled readings go. */
export interface Settling {
  readonly change: RegistryChange;
  readonly samples: Sheet;
}

/** Gives readings their series, instant and quality. Registry rows they need go into the change; the sender's unit stays. */
export function settle(into: Settling, telling: Telling, items: readonly Item[]): Settled {
  const first = into.samples.length;
  const rejects: RejectItem[] = [];
  let without: NothingReason | undefined;
  const spot: Spot = {
    device: undefined,
    point: undefined,
    about: undefined,
    place: undefined,
    series: undefined,
    isNoted: false,
    collisions: [],
  };
  for (const item of items) {
    if (item.type === "nothing") without ??= item.reason;
    else if (item.type === "reject") rejects.push(item.reject);
    else if (telling.message.retained && item.reading.tMs === undefined) without ??= "retained";
    else {
      const refused = settleReading(into, telling, spot, item.reading);
      if (refused) rejects.push(refused);
    }
  }
  const samples = into.samples.length - first;
  if (samples + rejects.length === 0) return { samples, rejects, without: without ?? "empty" };
  return spot.collisions.length === 0 ? { samples, rejects } : { samples, rejects, collisions: spot.collisions };
}

/** Where the readings of one message belong: mostly all to the same point. */
interface Spot {
  device: string | undefined;
  point: string | undefined;
  about: About | undefined;
  place: Place | undefined;
  /** Its series by quantity, once it has any. */
  series: ReadonlyMap<string, SeriesEntry> | undefined;
  /** Whether the registry has the point with what is said of it here. */
  isNoted: boolean;
  readonly collisions: string[];
}

function placeAt(spot: Spot, change: RegistryChange, source: Source, reading: Reading): Place | RejectItem {
  const { device, point, about } = reading;
  if (spot.place !== undefined && spot.point === point && spot.device === device && spot.about === about) return spot.place;
  const place = placeOf(change, source, reading);
  if ("code" in place) return place;
  spot.device = device;
  spot.point = point;
  spot.about = about;
  spot.place = place;
  spot.series = undefined;
  spot.isNoted = false;
  return place;
}

function settleReading(into: Settling, telling: Telling, spot: Spot, reading: Reading): RejectItem | undefined {
  const { change, samples } = into;
  const place = placeAt(spot, change, telling.source, reading);
  if ("code" in place) return place;
  const problem = valueProblem(reading);
  if (problem) return problem;
  spot.series ??= change.view.at(telling.source.name, place.site, place.point);
  const known = spot.series?.get(reading.quantity);
  const refused = known ? differs(known.series, reading) : newcomerProblem(place, reading);
  if (refused) return refused;
  const instant = instantOf(telling, reading, known);
  if (instant.reject) return instant.reject;
  const full = known && textsProblem(known, reading, telling.limits);
  if (full) return full;
  const newcomer =
    known && isNoted(change, known, reading) ? undefined : noteDevice(change, telling, { reading, place, tMs: instant.tMs, known });
  if (newcomer) return newcomer;
  if (!spot.isNoted && (known === undefined || reading.about !== undefined)) note(spot, change, { reading, place });
  const entry = known ?? addSeries(change, telling, { reading, place });
  if (!isNoted(change, entry, reading)) change.noted(entry, reading);
  if (reading.tMs === undefined && !telling.past) change.arrived(entry, instant.tMs);
  const { value: said } = reading;
  const { tMs } = instant;
  const quality = ((reading.quality ?? 0) & KNOWN_BITS) | (instant.uncertain ? QUALITY.clockUncertain : 0);
  // Adding zero turns a negative zero into the zero it means.
  const value = typeof said === "string" ? change.code(entry, said) : said + 0;
  samples.add(entry, tMs, value, quality, statusCode(change, entry, reading));
  return undefined;
}

function note(spot: Spot, change: RegistryChange, { reading, place }: { reading: Reading; place: Place }): void {
  const collision = notePoint(change, place, reading);
  if (collision !== undefined) spot.collisions.push(collision);
  spot.isNoted = true;
}

function statusCode(change: RegistryChange, entry: SeriesEntry, { status }: Reading): number {
  return status ? change.code(entry, status) : 0;
}

function instantOf(telling: Telling, reading: Reading, known: SeriesEntry | undefined): Instant {
  const { receivedMs } = telling.message;
  if (reading.tMs !== undefined) return sendersInstant(reading.tMs, receivedMs, telling.aheadMs);
  return arrivalInstant(receivedMs, telling.past ? -Infinity : (known?.lastArrivalMs ?? -Infinity));
}

function valueProblem(reading: Reading): RejectItem | undefined {
  const { value, status } = reading;
  if (typeof value === "number" && status === undefined && Math.abs(value) !== Infinity) return undefined;
  if (value === Infinity || value === -Infinity) {
    return { code: "value-not-finite", sentence: `${reading.quantity} of ${quoted(reading.point)} is larger than a number can be.` };
  }
  for (const text of [value, status]) {
    if (typeof text !== "string" || text === "") continue;
    const problem = nameProblem(text, MAX_TEXT);
    if (problem) return { code: "text-unusable", sentence: `A text of ${quoted(reading.point)} cannot be kept: it ${problem}.` };
  }
  return undefined;
}

/** A series never changes its unit, kind or interval: its past would mean something else. */
export function differs(series: Series, reading: Reading): RejectItem | undefined {
  const unit = unitOf(reading);
  if (unit !== series.unit) {
    const sentence = `${series.key} has been sent in ${quoted(series.unit)} so far; this reading is in ${quoted(unit)}. ${RENAME}`;
    return { code: "unit-changed", sentence };
  }
  if (reading.kind !== series.kind) {
    return {
      code: "kind-changed",
      sentence: `${series.key} has been a ${series.kind} so far; this reading is a ${reading.kind}. ${RENAME}`,
    };
  }
  if (reading.intervalMs !== undefined && series.intervalMs !== undefined && reading.intervalMs !== series.intervalMs) {
    const sentence = `${series.key} has had intervals of ${series.intervalMs / 1000} s so far; this one is ${reading.intervalMs / 1000} s. ${RENAME}`;
    return { code: "interval-changed", sentence };
  }
  return undefined;
}

const RENAME = "If that is meant, give the source or its point another name.";

function newcomerProblem(place: Place, reading: Reading): RejectItem | undefined {
  return (
    unusableName("point", place.point, "/") ??
    unusableName("point name", reading.pointName) ??
    unusableName("quantity", reading.quantity, "/@") ??
    (reading.unit === "" ? undefined : unusableName("unit", reading.unit))
  );
}

function textsProblem(entry: SeriesEntry, reading: Reading, limits: SettleLimits): RejectItem | undefined {
  if (typeof reading.value === "number" && !reading.status) return undefined;
  const texts = [reading.value, reading.status].filter((text) => typeof text === "string" && text !== "" && !entry.codes.has(text));
  if (texts.length === 0 || entry.texts.length + texts.length - 1 <= limits.textsPerSeries) return undefined;
  return {
    code: "too-many-texts",
    sentence: `${entry.series.key} has said ${limits.textsPerSeries} different texts; it takes no further ones.`,
  };
}

function addSeries(change: RegistryChange, telling: Telling, { reading, place }: { reading: Reading; place: Place }): SeriesEntry {
  const whose = { site: place.site, point: place.point, quantity: reading.quantity, source: telling.source.name };
  return change.addSeries({
    key: seriesKey(whose),
    ...whose,
    kind: reading.kind,
    unit: unitOf(reading),
    ...(reading.intervalMs === undefined ? {} : { intervalMs: reading.intervalMs }),
    equalInstant: telling.equalInstant,
    ...(telling.source.demo ? { demo: true } : {}),
  });
}

/** An empty text is a text like any other. */
function unitOf(reading: Reading): string {
  return typeof reading.value === "string" ? TEXT_UNIT : reading.unit;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
