import type { About } from "#readings/reading.ts";
import type { Assignment, Device, Point, Series, Site } from "#sites/registry.ts";
import { mergedAbout } from "./histories.ts";
import { type Additions, assignmentKey, deviceKey, pointKey, type RegistryView, type SeriesEntry } from "./registry-view.ts";

/** What one batch does to the view: made at once, so that the next batch sees it, and withdrawn when the store cannot keep it. */
export class RegistryChange {
  readonly view: RegistryView;
  readonly additions: Additions = { sites: [], points: [], series: [], devices: [], assignments: [], codes: [] };
  /** Where each series stood before, once. */
  readonly #arrivals: { readonly entry: SeriesEntry; readonly lastArrivalMs: number }[] = [];
  readonly #undo: (() => void)[] = [];

  constructor(view: RegistryView) {
    this.view = view;
  }

  addSite(site: Site): void {
    const { sites } = this.view;
    const former = sites.get(site.id);
    sites.set(site.id, site);
    this.additions.sites.push(site);
    this.#undo.push(() => restore(sites, site.id, former));
  }

  /** A point, or one that is called or described anew. What senders said of it stays where nothing is said of it now. */
  addPoint(given: Point): void {
    const { points, histories } = this.view;
    const key = pointKey(given);
    const former = points.get(key);
    const point = given.about === undefined && former?.about !== undefined ? { ...given, about: former.about } : given;
    const isHistory = histories.find(point.site, point.about) === undefined;
    points.set(key, point);
    if (isHistory) histories.add(point);
    this.additions.points.push(point);
    this.#undo.push(() => {
      restore(points, key, former);
      if (isHistory) histories.remove(point);
    });
  }

  /** What a sender says of a point beside its readings; nothing changes where nothing of it is new. */
  describe(point: Point, said: About): void {
    const about = mergedAbout(point.about, said);
    if (about !== undefined) this.addPoint({ ...point, about });
  }

  /** The id is the next one; it is free again when the change is withdrawn. */
  addSeries(draft: Omit<Series, "id">): SeriesEntry {
    const { view } = this;
    const former = view.nextSeriesId;
    const entry = view.enter({ id: former, ...draft });
    this.additions.series.push(entry.series);
    this.#undo.push(() => {
      view.leave(entry.series);
      view.nextSeriesId = former;
    });
    return entry;
  }

  /** A device, or one whose serial has become known. */
  addDevice(device: Device): void {
    const { devices } = this.view;
    const key = deviceKey(device);
    const former = devices.get(key);
    devices.set(key, device);
    this.additions.devices.push(device);
    this.#undo.push(() => restore(devices, key, former));
  }

  addAssignment(row: Assignment): void {
    const { assigned, assignments } = this.view;
    const at = `${row.source}\n${pointKey({ site: row.site, id: row.point })}`;
    const former = assigned.get(at);
    const known = assignments.has(assignmentKey(row));
    this.view.assign(row);
    this.additions.assignments.push(row);
    this.#undo.push(() => {
      restore(assigned, at, former);
      if (!known) assignments.delete(assignmentKey(row));
    });
  }

  /** Code of a text in the table of the series; a new text gets the next one. */
  code(entry: SeriesEntry, text: string): number {
    const known = entry.codes.get(text);
    if (known !== undefined) return known;
    const code = entry.texts.length;
    entry.codes.set(text, code);
    entry.texts[code] = text;
    this.additions.codes.push({ seriesId: entry.series.id, code, text });
    this.#undo.push(() => {
      entry.codes.delete(text);
      entry.texts.length = code;
    });
    return code;
  }

  /** Remembers the newest instant given by arrival. */
  arrived(entry: SeriesEntry, tMs: number): void {
    if (entry.arrivedIn !== this) {
      entry.arrivedIn = this;
      this.#arrivals.push({ entry, lastArrivalMs: entry.lastArrivalMs });
    }
    entry.lastArrivalMs = tMs;
  }

  /** Remembers the hardware a series was last heard from, until something is taken back. */
  noted(entry: SeriesEntry, { device, serial }: { readonly device: string; readonly serial?: string }): void {
    entry.noted = { device, serial, epoch: this.view.epoch };
  }

  /** Counts something new of a source; false when its hour is used up. */
  mayAdd(source: string, hour: number, limit: number): boolean {
    const { added } = this.view;
    const former = added.get(source);
    const count = former?.hour === hour ? former.count + 1 : 1;
    if (count > limit) return false;
    added.set(source, { hour, count });
    this.#undo.push(() => restore(added, source, former));
    return true;
  }

  /** Changes made after this one are to be withdrawn first. */
  withdraw(): void {
    for (const undo of this.#undo.reverse()) undo();
    for (const { entry, lastArrivalMs } of this.#arrivals) entry.lastArrivalMs = lastArrivalMs;
    this.#undo.length = 0;
    this.#arrivals.length = 0;
    this.view.epoch++;
  }
}

function restore<K, V>(map: Map<K, V>, key: K, former: V | undefined): void {
  if (former === undefined) map.delete(key);
  else map.set(key, former);
}
