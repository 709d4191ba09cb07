import { createHash } from "node:crypto";
import { Histories } from "#intake/histories.ts";
import type { OpenBatch } from "#intake/open-batch.ts";
import { mappedTo, type Points, pointOf } from "#intake/place.ts";
import { pointKey } from "#intake/registry-view.ts";
import { settle } from "#intake/settle.ts";
import type { Source } from "#intake/source.ts";
import type { Reading } from "#readings/reading.ts";
import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import type { Registry, Series } from "#sites/registry.ts";
import { conversion } from "#units/unit.ts";
import type { PullCounts, PulledItem, PullHouse } from "./pulled.ts";

/** How a source is written. */
export interface PullManner {
  /** Named beside rejects. */
  readonly decoder: string;
  /** How far ahead of the clock an instant may lie: prices of tomorrow. */
  readonly aheadMs?: number;
}

const LIMITS = { newPerHour: 10_000, textsPerSeries: 10_000 } as const;
/** Samples of one transaction. */
const MOST = 5_000;
/** Rejects that are remembered, so that the next run does not tell them again. */
const MOST_TOLD = 2_000;

const NO_BODY = new Uint8Array();

/** What tells one series from another. */
type Wanted = Pick<Reading, "device" | "point" | "quantity" | "about">;

type Place = { readonly site: string | undefined; readonly point: string };

/**
 * Writes what a service said through the line: what is known already is passed over, another value of a known instant replaces it and
 * stays as a revision, and what is no reading becomes a reject, once.
 */
export class PullWriter {
  readonly #source: Source;
  readonly #manner: PullManner;
  readonly #house: PullHouse;
  readonly #told: Set<string>;
  #heard = 0;

  private constructor(source: Source, manner: PullManner, of: { house: PullHouse; told: Set<string> }) {
    this.#source = source;
    this.#manner = manner;
    this.#house = of.house;
    this.#told = of.told;
  }

  /** Errors: those of the store. */
  static async open(source: Source, manner: PullManner, house: PullHouse): Promise<PullWriter> {
    const told = await house.store.setting(toldIn(source));
    return new PullWriter(source, manner, { house, told: new Set(told === undefined ? [] : (JSON.parse(told) as string[])) });
  }

  /** Instants of one series may not repeat within `items`. Errors: those of the store; nothing of the piece at hand is stored then. */
  async write(topic: string, items: readonly PulledItem[], counts: PullCounts): Promise<void> {
    for (let at = 0; at < items.length; at += MOST) await this.#piece(topic, items.slice(at, at + MOST), counts);
  }

  async #piece(topic: string, items: readonly PulledItem[], counts: PullCounts): Promise<void> {
    const known = await this.#known(items);
    const fresh = items.filter((one) => !this.#isTold(one));
    const writes = fresh.flatMap((one) => {
      if (!("reading" in one.item)) return [{ ...one, isNew: false }];
      const { reading, former } = known.get(one) as Known;
      const item = { ...one, item: { reading } };
      if (former === undefined) return [{ ...item, isNew: true }];
      if (former) return [{ ...item, isNew: false }];
      counts.same += 1;
      return [];
    });
    if (writes.length === 0) return;
    let refused = new Set<(typeof writes)[number]>();
    await this.#house.line.within((batch) => {
      refused = new Set(writes.filter((one) => !this.#settle(batch, topic, one)));
      batch.count(this.#source.name);
    });
    for (const one of writes) {
      if (refused.has(one)) {
        counts.rejected += 1;
        this.#told.add(hashOf(one));
      } else counts[one.isNew ? "fresh" : "changed"] += 1;
    }
    this.#heard += 1;
  }

  /** False where it became a reject. */
  #settle(batch: OpenBatch, topic: string, { item, said }: PulledItem): boolean {
    const source = this.#source.name;
    const receivedMs = this.#house.nowMs();
    const { aheadMs, decoder } = this.#manner;
    const telling = {
      source: this.#source,
      message: { source, topic, body: NO_BODY, receivedMs, qos: 1, retained: false },
      equalInstant: "last",
      limits: LIMITS,
      ...(aheadMs === undefined ? {} : { aheadMs }),
    } as const;
    const rejects = "reject" in item ? [item.reject] : settle(batch, telling, [{ type: "reading", reading: item.reading }]).rejects;
    if (rejects.length === 0) return true;
    const body = new TextEncoder().encode(said());
    const kept = body.subarray(0, MAX_REJECT_BYTES);
    batch.reject({ source, topic, body: kept, bodyBytes: body.length, receivedMs, decoder }, rejects);
    return false;
  }

  #isTold(one: PulledItem): boolean {
    return this.#told.size > 0 && this.#told.has(hashOf(one));
  }

  /** What the store has at the instant of each reading, which is told in the unit of its series. */
  async #known(items: readonly PulledItem[]): Promise<ReadonlyMap<PulledItem, Known>> {
    const registry = await this.#house.store.registry();
    const { codes } = registry;
    const seriesOf = this.#finder(registry);
    const bySeries = new Map<Series | undefined, PulledItem[]>();
    for (const one of items) {
      if (!("reading" in one.item)) continue;
      const found = seriesOf(one.item.reading);
      bySeries.set(found, [...(bySeries.get(found) ?? []), one]);
    }
    const known = new Map<PulledItem, Known>();
    for (const [found, all] of bySeries) {
      const had = found && (await this.#had(found, all));
      const conversions = new Map<string, ReturnType<typeof conversion>>();
      const inUnitOf = (unit: string): ReturnType<typeof conversion> => {
        if (!conversions.has(unit)) conversions.set(unit, found && conversion(unit, found.unit));
        return conversions.get(unit);
      };
      const texts = new Map(codes.filter(({ seriesId }) => seriesId === found?.id).map(({ text, code }) => [text, code]));
      for (const one of all) {
        const { reading } = one.item as { reading: Reading };
        const inUnit = inUnitOf(reading.unit);
        const isOther = found === undefined || inUnit === undefined || typeof reading.value !== "number";
        const told = isOther ? reading : { ...reading, unit: found.unit, value: inUnit(reading.value as number) + 0 };
        known.set(one, { reading: told, former: had && formerOf(had, told, texts) });
      }
    }
    return known;
  }

  #had(series: Series, items: readonly PulledItem[]): Promise<Column> {
    let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { item } of items) {
      const tMs = Math.round(("reading" in item ? item.reading.tMs : undefined) ?? Number.NaN);
      fromMs = Math.min(fromMs, tMs);
      toMs = Math.max(toMs, tMs);
    }
    return this.#house.store.read(series.id, { fromMs, toMs: toMs + 1 }, { corrected: false });
  }

  /** Finds the series of a reading, where it has one, among those of the source. */
  #finder({ series, points }: Registry): (reading: Wanted) => Series | undefined {
    const own = series.filter(({ source }) => source === this.#source.name);
    const known: Points = { points: new Map(points.map((point) => [pointKey(point), point])), histories: new Histories(points) };
    const found = new Map<string, Series | undefined>();
    return (reading) => {
      const { device, point, quantity, about } = reading;
      const key = JSON.stringify([device, point, quantity, about?.station, about?.path]);
      if (found.has(key)) return found.get(key);
      const { site, mapped } = this.#mapping(reading);
      const is = (one: Series) => one.quantity === quantity && one.point === (mapped ?? pointOf(known, one.site, reading));
      const series = own.find((one) => (site === undefined || one.site === site) && is(one));
      found.set(key, series);
      return series;
    };
  }

  /** The series that readings like this one go to. Missing: undefined where there is none yet. Errors: those of the store. */
  async seriesOf(reading: Wanted): Promise<Series | undefined> {
    return this.#finder(await this.#house.store.registry())(reading);
  }

  /** All series of the point that readings of this history go to, whatever they count. Errors: those of the store. */
  async seriesAt(place: Pick<Reading, "device" | "point" | "about">): Promise<readonly Series[]> {
    const registry = await this.#house.store.registry();
    const find = this.#finder(registry);
    const quantities = new Set(registry.series.filter(({ source }) => source === this.#source.name).map(({ quantity }) => quantity));
    return [...quantities].flatMap((quantity) => find({ ...place, quantity }) ?? []);
  }

  /** Where the source's settings put a device. Missing: `site` where they leave it to the house. */
  placeOf(device: string, point: string): Place {
    const { site, mapped } = this.#mapping({ device, point });
    return { site, point: mapped ?? point };
  }

  #mapping(reading: Pick<Reading, "device" | "point" | "about">): {
    readonly site: string | undefined;
    readonly mapped: string | undefined;
  } {
    const mapped = mappedTo(this.#source, reading);
    const slash = mapped?.indexOf("/") ?? -1;
    return { site: slash > 0 ? mapped?.slice(0, slash) : this.#source.site, mapped: mapped?.slice(slash + 1) };
  }

  /** Remembers what was told. Errors: those of the store. */
  async end(): Promise<void> {
    const told = [...this.#told].slice(-MOST_TOLD);
    if (this.#heard > 0) await this.#house.store.saveSetting(toldIn(this.#source), JSON.stringify(told));
  }
}

interface Known {
  /** In the unit of its series. */
  readonly reading: Reading;
  /** Undefined where the instant is not known, true where it has another value, false where it has this one. */
  readonly former: boolean | undefined;
}

function formerOf({ tMs, value, quality }: Column, reading: Reading, texts: ReadonlyMap<string, number>): boolean | undefined {
  const at = lowerBound(tMs, Math.round(reading.tMs ?? Number.NaN));
  if (tMs[at] !== Math.round(reading.tMs ?? Number.NaN)) return undefined;
  const said = typeof reading.value === "string" ? texts.get(reading.value) : reading.value + 0;
  return !Object.is((value[at] as number) + 0, said) || ((quality[at] as number) & FLAGS) !== ((reading.quality ?? 0) & FLAGS);
}

/** Marks a service gives; those of the clock and of corrections are ours. */
const FLAGS = QUALITY.suspect | QUALITY.filled | QUALITY.badStatus | QUALITY.overridden | QUALITY.recoveredAfterGap;

function hashOf({ item, said }: PulledItem): string {
  const what = "reject" in item ? item.reject.code : `${item.reading.point} ${item.reading.quantity} ${item.reading.tMs}`;
  return createHash("sha256").update(`${what}\n${said()}`).digest("base64url").slice(0, 16);
}

function toldIn({ name }: Source): string {
  return `pull.${name}.rejects`;
}
