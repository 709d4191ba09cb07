import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dateStart } from "#calendar/local-text.ts";
import { readTime } from "#calendar/time-text.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import { USUAL_BUILDING } from "#config/buildings.ts";
import type { BuildingReports } from "#reports/building.ts";
import type { BuildingSettings } from "#reports/building-settings.ts";
import { openSiteBuilding } from "#reports/open-building.ts";
import type { Kind } from "#series/kind.ts";
import { type Fact, type Series, seriesKey, TEXT_UNIT } from "#sites/registry.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";

/** An office that nobody wrote about, on a clock without summer time. */
const TOWER: BuildingSettings = {
  ...USUAL_BUILDING,
  ...{ site: "tower", siteName: "Tower", zone: "America/Phoenix", currency: "USD", holidays: [], declared: false },
  ...{ rules: [], decisions: [], equipment: [], ranked: ["station"] },
};

/** A sample: clock reading or instant, value or word, quality bits, status text. */
export type Said = readonly [at: string | number, value: number | string, quality?: number, status?: string];

export interface HistoryParts {
  readonly unit?: string;
  readonly quantity?: string;
  readonly source?: string;
  /** Left out: words make a state, numbers a gauge. */
  readonly kind?: Kind;
  readonly intervalMs?: number;
  readonly station?: string;
  readonly equipment?: string;
  readonly tags?: readonly string[];
  /** Id of the point; left out: made of the name. */
  readonly point?: string;
}

/** A store in a folder of its own with a clock that is set, and the building of one site. */
export class BuildingWorld {
  readonly folder = mkdtempSync(join(tmpdir(), "wattkeep-building-"));
  readonly zone: Zone;
  readonly settings: BuildingSettings;
  clockMs: number;
  store!: Store;
  readonly #ids = new Map<string, number>();
  readonly #codes = new Map<number, string[]>();
  #reports: BuildingReports | undefined;

  private constructor(now: string, settings: BuildingSettings) {
    this.settings = settings;
    this.zone = zoneNamed(settings.zone);
    this.clockMs = this.at(now);
  }

  static async open(now: string, said: Partial<BuildingSettings> = {}): Promise<BuildingWorld> {
    const world = new BuildingWorld(now, { ...TOWER, ...said });
    await world.restart();
    const { site: id, siteName: name, zone, currency } = world.settings;
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

  /** The instant of a clock reading of the building, or of the beginning of a date. */
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
  get reports(): BuildingReports {
    this.#reports ??= openSiteBuilding(this.store, this.settings, { nowMs: this.nowMs });
    return this.#reports;
  }

  /** What those who never asked before are told. */
  fresh(settings: Partial<BuildingSettings> = {}): BuildingReports {
    return openSiteBuilding(this.store, { ...this.settings, ...settings }, { nowMs: this.nowMs });
  }

  /** Appends samples of a history, received now; words make it one of states. */
  async say(name: string, said: readonly Said[], parts: HistoryParts = {}): Promise<number> {
    const words = said.some(([, value]) => typeof value === "string");
    const id = await this.#seriesId(name, words ? { unit: TEXT_UNIT, quantity: "state", ...parts } : parts);
    const codes: { seriesId: number; code: number; text: string }[] = [];
    const codeOf = (text: string): number => {
      const known = this.#codes.get(id) ?? [];
      this.#codes.set(id, known);
      if (!known.includes(text)) {
        known.push(text);
        codes.push({ seriesId: id, code: known.length, text });
      }
      return known.indexOf(text) + 1;
    };
    const samples = {
      seriesId: new Int32Array(said.length).fill(id),
      tMs: Float64Array.from(said, ([at]) => this.at(at)),
      value: Float64Array.from(said, ([, value]) => (typeof value === "string" ? codeOf(value) : value)),
      quality: Uint16Array.from(said, ([, , quality = 0]) => quality),
      code: Uint16Array.from(said, ([, , , status]) => (status === undefined ? 0 : codeOf(status))),
    };
    await this.store.append({ receivedMs: this.clockMs, samples, codes, rejects: [], messages: [] });
    return id;
  }

  /** What a page says. */
  async fact(point: string, name: string, said: object): Promise<Fact> {
    const { site } = this.settings;
    const fact = { site, point, name, value: JSON.stringify(said), fromMs: this.clockMs, who: "me", madeMs: this.clockMs };
    await this.store.register({ facts: [fact] });
    return (await this.store.registry()).facts.at(-1) as Fact;
  }

  async #seriesId(name: string, said: HistoryParts): Promise<number> {
    const { site } = this.settings;
    const point = said.point ?? name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
    const parts = { site, point, quantity: said.quantity ?? "value", source: said.source ?? "station" };
    const key = seriesKey(parts);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#ids.size + 1;
    const unit = said.unit ?? "";
    const kind = said.kind ?? (unit === TEXT_UNIT ? "state" : "gauge");
    const length = said.intervalMs === undefined ? {} : { intervalMs: said.intervalMs };
    const series: Series = { id, key, ...parts, kind, unit, ...length, equalInstant: "last" };
    const { station = "Tower", equipment, tags } = said;
    const about = { station, path: name, ...(equipment === undefined ? {} : { equipment }), ...(tags === undefined ? {} : { tags }) };
    await this.store.register({ points: [{ site, id: point, name, about }], series: [series] });
    this.#ids.set(key, id);
    return id;
  }
}

/** Samples at regular distances. */
export function polled(
  fromMs: number,
  toMs: number,
  { everyMs, value }: { everyMs: number; value: (tMs: number, i: number) => number },
): Said[] {
  const rows: Said[] = [];
  for (let tMs = fromMs, i = 0; tMs < toMs; tMs += everyMs, i += 1) rows.push([tMs, value(tMs, i)]);
  return rows;
}
