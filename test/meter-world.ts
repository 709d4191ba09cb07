import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dateStart } from "#calendar/local-text.ts";
import { readTime } from "#calendar/time-text.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { MeterSite } from "#reports/meter-sayings.ts";
import type { MeterReports } from "#reports/meters.ts";
import { openSiteMeters } from "#reports/open-meters.ts";
import { type Fact, type Series, seriesKey } from "#sites/registry.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";

/** A house in Berlin that nobody said anything about. */
export const HOUSE: MeterSite = {
  site: "house",
  siteName: "House",
  zone: "Europe/Berlin",
  currency: "EUR",
  meters: [],
  gas: [],
  holidays: [],
  ranked: ["import", "reader", "manual"],
  dialSources: new Set(["manual", "import"]),
};

/** A reading at a local clock reading (`2024-06-01 08:00`), or at the first instant of a local date. */
export type SaidReading = readonly [at: string | number, value: number];

export type SeriesParts = Partial<Pick<Series, "quantity" | "source" | "kind" | "unit" | "intervalMs">>;

/** A store in a folder of its own with a clock that is set, and the meters of one house. */
export class MeterWorld {
  readonly folder = mkdtempSync(join(tmpdir(), "wattkeep-meters-"));
  readonly zone: Zone;
  clockMs: number;
  store!: Store;
  readonly #site: MeterSite;
  readonly #ids = new Map<string, number>();
  #reports: MeterReports | undefined;

  private constructor(now: string, site: MeterSite) {
    this.#site = site;
    this.zone = zoneNamed(site.zone);
    this.clockMs = this.at(now);
  }

  static async open(now: string, said: Partial<MeterSite> = {}): Promise<MeterWorld> {
    const world = new MeterWorld(now, { ...HOUSE, ...said });
    await world.restart();
    const { site: id, siteName: name, zone, currency } = world.#site;
    await world.store.register({ sites: [{ id, name, zone, currency }] });
    return world;
  }

  readonly nowMs = (): number => this.clockMs;

  async restart(): Promise<void> {
    await this.store?.close();
    this.#reports = undefined;
    this.store = await openStore({ folder: this.folder, nowMs: this.nowMs, inProcess: true });
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The instant of a clock reading of the house, or of the beginning of a date. */
  at(text: string | number): number {
    if (typeof text === "number") return text;
    const date = dateStart(text, this.zone);
    const local = date === undefined ? readTime(text.replace(" ", "T"))?.localMs : undefined;
    const tMs = date ?? (local === undefined ? undefined : this.zone.instantOf(local, "earlier"));
    if (tMs === undefined) throw new RangeError(`${text} is no time`);
    return tMs;
  }

  range(from: string, to: string): { readonly fromMs: number; readonly toMs: number } {
    return { fromMs: this.at(from), toMs: this.at(to) };
  }

  /** The very same reports until the store is opened anew. */
  async meters(): Promise<MeterReports> {
    this.#reports ??= openSiteMeters(this.store, this.#site, { registry: await this.store.registry(), nowMs: this.nowMs });
    return this.#reports;
  }

  /** What those who never asked before are told. */
  async fresh(site: Partial<MeterSite> = {}): Promise<MeterReports> {
    return openSiteMeters(this.store, { ...this.#site, ...site }, { registry: await this.store.registry(), nowMs: this.nowMs });
  }

  /** Appends readings, received now; a register in kWh that a person read unless said otherwise. */
  async say(point: string, readings: readonly SaidReading[], parts: SeriesParts = {}): Promise<number> {
    const id = await this.#seriesId(point, parts);
    const n = readings.length;
    await this.store.append({
      receivedMs: this.clockMs,
      samples: {
        seriesId: new Int32Array(n).fill(id),
        tMs: Float64Array.from(readings, ([at]) => this.at(at)),
        value: Float64Array.from(readings, ([, value]) => value),
        quality: new Uint16Array(n),
        code: new Uint16Array(n),
      },
      rejects: [],
      messages: [],
    });
    return id;
  }

  /** What a person says on a page. */
  async fact(point: string, name: string, said: string | object, from: string | number = this.clockMs): Promise<Fact> {
    const value = typeof said === "string" ? said : JSON.stringify(said);
    const fact = { site: this.#site.site, point, name, value, fromMs: this.at(from), who: "me", madeMs: this.clockMs };
    await this.store.register({ facts: [fact] });
    return (await this.store.registry()).facts.at(-1) as Fact;
  }

  async undo(fact: Fact): Promise<void> {
    await this.store.register({ facts: [{ ...fact, undoneMs: this.clockMs }] });
  }

  async #seriesId(point: string, said: SeriesParts): Promise<number> {
    const parts = { site: this.#site.site, point, quantity: said.quantity ?? "energy-import", source: said.source ?? "manual" };
    const key = seriesKey(parts);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#ids.size + 1;
    const series: Series = {
      ...{ id, key, ...parts, kind: said.kind ?? "counter", unit: said.unit ?? "kWh", equalInstant: "last" },
      ...(said.intervalMs === undefined ? {} : { intervalMs: said.intervalMs }),
    };
    await this.store.register({ points: [{ site: parts.site, id: point, name: point }], series: [series] });
    this.#ids.set(key, id);
    return id;
  }
}
