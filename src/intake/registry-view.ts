import type { Assignment, Device, Point, Registry, Series, SeriesCode, Site } from "#sites/registry.ts";
import { Histories } from "./histories.ts";

/** A series with what settling needs to remember about it. */
export interface SeriesEntry {
  readonly series: Series;
  /** Text to code; codes count from 1. */
  readonly codes: Map<string, number>;
  readonly texts: string[];
  /** Newest instant given by arrival; -Infinity where none was. */
  lastArrivalMs: number;
  /** Newest instant the store is known to hold; -Infinity where it holds none. */
  newestMs: number;
  /** The hardware its last reading came from, as the sender named it; noted in the registry already. */
  noted?: { readonly device: string; readonly serial: string | undefined; readonly epoch: number };
  /** The batch that last moved `lastArrivalMs`. */
  arrivedIn?: object;
}

/** Newest instant per series as columns of one length. */
export interface Newest {
  readonly seriesId: Int32Array;
  readonly tMs: Float64Array;
}

/** The registry as the line believes it to be: what the store holds and what is on its way there. Only changes write to it. */
export class RegistryView {
  readonly sites = new Map<string, Site>();
  readonly points = new Map<string, Point>();
  /** Points that are histories of a station, by the names they have there. */
  readonly histories: Histories;
  readonly series = new Map<string, SeriesEntry>();
  readonly byId = new Map<number, SeriesEntry>();
  readonly devices = new Map<string, Device>();
  /** Per source and point, the newest row. */
  readonly assigned = new Map<string, Assignment>();
  /** Every row there is, to know a device that comes back. */
  readonly assignments = new Set<string>();
  /** Per source, what it has added in its present hour. */
  readonly added = new Map<string, { hour: number; count: number }>();
  nextSeriesId = 1;
  /** Raised when something is taken back: what was remembered about it before no longer holds. */
  epoch = 0;
  /** Source, site, point, quantity: finding a series costs no new text. */
  readonly #tree: Tree = new Map();

  constructor(registry: Registry, newest?: Newest) {
    for (const site of registry.sites) this.sites.set(site.id, site);
    for (const point of registry.points) this.points.set(pointKey(point), point);
    this.histories = new Histories(registry.points);
    for (const series of registry.series) this.enter(series);
    for (const code of registry.codes) this.byId.get(code.seriesId)?.codes.set(code.text, code.code);
    for (const entry of this.byId.values()) for (const [text, code] of entry.codes) entry.texts[code] = text;
    for (const device of registry.devices) this.devices.set(deviceKey(device), device);
    for (const row of [...registry.assignments].sort((a, b) => a.fromMs - b.fromMs)) this.assign(row);
    newest?.seriesId.forEach((id, i) => {
      const entry = this.byId.get(id);
      if (entry) entry.lastArrivalMs = entry.newestMs = newest.tMs[i] as number;
    });
  }

  enter(series: Series): SeriesEntry {
    const entry: SeriesEntry = { series, codes: new Map(), texts: [""], lastArrivalMs: -Infinity, newestMs: -Infinity };
    this.series.set(series.key, entry);
    this.byId.set(series.id, entry);
    branch(branch(branch(this.#tree, series.source), series.site), series.point).set(series.quantity, entry);
    this.nextSeriesId = Math.max(this.nextSeriesId, series.id + 1);
    return entry;
  }

  /** The series of a point by quantity, as they are from now on. Missing: undefined where it has none yet. */
  at(source: string, site: string, point: string): ReadonlyMap<string, SeriesEntry> | undefined {
    return this.#tree.get(source)?.get(site)?.get(point);
  }

  leave(series: Series): void {
    this.series.delete(series.key);
    this.byId.delete(series.id);
    this.#tree.get(series.source)?.get(series.site)?.get(series.point)?.delete(series.quantity);
  }

  assign(row: Assignment): void {
    const at = `${row.source}\n${pointKey({ site: row.site, id: row.point })}`;
    const newest = this.assigned.get(at);
    if (!newest || row.fromMs >= newest.fromMs) this.assigned.set(at, row);
    this.assignments.add(assignmentKey(row));
  }
}

type Tree = Map<string, Map<string, Map<string, Map<string, SeriesEntry>>>>;

function branch<K, V>(map: Map<K, Map<string, V>>, key: K): Map<string, V> {
  const known = map.get(key);
  if (known) return known;
  const made = new Map<string, V>();
  map.set(key, made);
  return made;
}

export function pointKey(point: { site: string; id: string }): string {
  return `${point.site}/${point.id}`;
}

export function deviceKey(device: { source: string; id: string }): string {
  return `${device.source}\n${device.id}`;
}

export function assignmentKey(row: Omit<Assignment, "fromMs">): string {
  return `${row.source}\n${row.device}\n${row.site}/${row.point}`;
}

/** Rows a batch brings along, in the shape of `Batch`. */
export interface Additions {
  readonly sites: Site[];
  readonly points: Point[];
  readonly series: Series[];
  readonly devices: Device[];
  readonly assignments: Assignment[];
  readonly codes: SeriesCode[];
}
