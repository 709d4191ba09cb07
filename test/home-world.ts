import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HomeReports } from "#reports/home.ts";
import type { HomeSettings } from "#reports/home-settings.ts";
import { openHome } from "#reports/open-home.ts";
import { type Fact, type Series, seriesKey } from "#sites/registry.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";

/** A home with one meter, billed by what is assumed where nobody says a price. */
export const HOME: HomeSettings = {
  id: "home.meter",
  site: "home",
  siteName: "Home",
  name: "Home",
  zone: "Europe/Berlin",
  currency: "EUR",
  roles: { grid: "meter", solar: [], battery: [] },
  meter: {
    site: "home",
    point: "meter",
    name: "Meter",
    siteName: "Home",
    zone: "Europe/Berlin",
    currency: "EUR",
    holidays: [],
    sources: [{ name: "reader", title: "Reader", rank: "live" }],
    facts: [],
    intervalMinutes: 15,
    billing: { kind: "calendar" },
    demo: false,
  },
  prices: [],
  instalments: [],
  settlement: "01-01",
  connectionKw: 44,
  demo: false,
};

export type Reading = readonly [tMs: number, value: number];

/** A store in a folder of its own, with a clock that is set. */
export class HomeWorld {
  readonly folder = mkdtempSync(join(tmpdir(), "wattkeep-home-"));
  clockMs: number;
  store!: Store;
  readonly #zone: string;
  readonly #ids = new Map<string, number>();

  private constructor(nowMs: number, zone: string) {
    this.clockMs = nowMs;
    this.#zone = zone;
  }

  static async open(nowMs: number, zone = HOME.zone): Promise<HomeWorld> {
    const world = new HomeWorld(nowMs, zone);
    await world.restart();
    await world.store.register({ sites: [{ id: "home", name: "Home", zone, currency: "EUR" }] });
    return world;
  }

  readonly nowMs = (): number => this.clockMs;

  async restart(): Promise<void> {
    await this.store?.close();
    this.store = await openStore({ folder: this.folder, nowMs: this.nowMs, inProcess: true });
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Settings of the meter go by those of the home. */
  home(settings: Partial<HomeSettings> = {}): HomeReports {
    const zone = this.#zone;
    const all = { ...HOME, zone, ...settings };
    return openHome(this.store, { ...all, meter: { ...all.meter, zone } }, this.nowMs);
  }

  /** Appends readings, received now; `energy…` is a register in kWh, all else a gauge in W. */
  async say(
    quantity: string,
    readings: readonly Reading[],
    { point = "meter", unit, source = "reader" }: { point?: string; unit?: string; source?: string } = {},
  ): Promise<void> {
    const id = await this.#seriesId({ site: "home", point, quantity, source }, unit);
    const n = readings.length;
    await this.store.append({
      receivedMs: this.clockMs,
      samples: {
        seriesId: new Int32Array(n).fill(id),
        tMs: Float64Array.from(readings, ([tMs]) => tMs),
        value: Float64Array.from(readings, ([, value]) => value),
        quality: new Uint16Array(n),
        code: new Uint16Array(n),
      },
      rejects: [],
      messages: [],
    });
  }

  /** What a person says on a page. */
  async fact(name: string, value: string, fromMs: number): Promise<Fact> {
    const fact = { site: "home", point: "meter", name, value, fromMs, who: "me", madeMs: this.clockMs };
    await this.store.register({ facts: [fact] });
    return (await this.store.registry()).facts.at(-1) as Fact;
  }

  async undo(fact: Fact): Promise<void> {
    await this.store.register({ facts: [{ ...fact, undoneMs: this.clockMs }] });
  }

  async #seriesId(parts: Pick<Series, "site" | "point" | "quantity" | "source">, unit?: string): Promise<number> {
    const { point, quantity } = parts;
    const key = seriesKey(parts);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#ids.size + 1;
    const isCounter = quantity.startsWith("energy");
    const series: Series = {
      ...{ id, key, ...parts, kind: isCounter ? "counter" : "gauge", unit: unit ?? (isCounter ? "kWh" : "W") },
      equalInstant: "last",
    };
    await this.store.register({ points: [{ site: "home", id: point, name: point }], series: [series] });
    this.#ids.set(key, id);
    return id;
  }
}
