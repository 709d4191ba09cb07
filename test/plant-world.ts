import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPlant } from "#reports/open-plant.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { PlantSettings } from "#reports/plant-settings.ts";
import type { Series } from "#sites/registry.ts";
import { seriesKey } from "#sites/registry.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { seedPlan } from "#tariffs/seed-plan.ts";

export const QUARTER_MS = 900_000;
export const START_MS = Date.UTC(2026, 2, 2, 5);

/** A plant whose meter gives 2 kWh a pulse, on a clock without summer time. */
export const SETTINGS: PlantSettings = {
  site: "plant",
  point: "main",
  name: "Main meter",
  siteName: "Plant",
  zone: "America/Jamaica",
  currency: "USD",
  holidays: [],
  sources: [
    { name: "kyz", title: "KYZ", rank: "live" },
    { name: "plc", title: "PLC", rank: "file" },
  ],
  facts: [{ name: "kwhPerPulse", value: 2, fromMs: 0 }],
  intervalMinutes: 15,
  plan: seedPlan(),
  billing: { kind: "calendar" },
  demo: false,
};

export interface Sample {
  readonly tMs: number;
  readonly value: number;
  readonly quality?: number;
}

/** A store in a folder of its own, with a clock that is set. */
export class PlantWorld {
  readonly folder = mkdtempSync(join(tmpdir(), "wattkeep-plant-"));
  clockMs = START_MS;
  store!: Store;
  readonly #ids = new Map<string, number>();

  static async open(): Promise<PlantWorld> {
    const world = new PlantWorld();
    await world.restart();
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

  plant(settings: Partial<PlantSettings> = {}): PlantReports {
    return openPlant(this.store, { ...SETTINGS, ...settings }, this.nowMs);
  }

  /** Appends samples of a quantity as a source said them, received now. */
  async say(source: string, quantity: string, samples: readonly Sample[]): Promise<void> {
    const id = await this.#seriesId(source, quantity);
    const column = {
      tMs: Float64Array.from(samples, ({ tMs }) => tMs),
      value: Float64Array.from(samples, ({ value }) => value),
      quality: Uint16Array.from(samples, ({ quality = 0 }) => quality),
      code: new Uint16Array(samples.length),
    };
    const seriesId = new Int32Array(samples.length).fill(id);
    await this.store.append({ receivedMs: this.clockMs, samples: { seriesId, ...column }, rejects: [], messages: [] });
  }

  /** Pulses every 15 s of [fromMs, toMs) with their register, as many as the power asks for. */
  async pulses(fromMs: number, toMs: number, kwAt: (tMs: number) => number): Promise<void> {
    const deltas: Sample[] = [];
    const totals: Sample[] = [];
    for (let tMs = fromMs + 10_000; tMs <= toMs; tMs += 15_000) {
      const before = Math.floor(this.#pulses);
      this.#pulses += (kwAt(tMs) * 15) / 3600 / 2;
      deltas.push({ tMs, value: Math.floor(this.#pulses) - before });
      totals.push({ tMs, value: Math.floor(this.#pulses) });
    }
    this.clockMs = Math.max(this.clockMs, toMs);
    await this.say("kyz", "pulses", deltas);
    await this.say("kyz", "pulses-total", totals);
  }

  /** Time passes without a message; the meter goes on counting. */
  silence(ms: number, kw: number): void {
    this.#pulses += (kw * ms) / 3_600_000 / 2;
    this.clockMs += ms;
  }

  #pulses = 1_000_000.5;

  async #seriesId(source: string, quantity: string): Promise<number> {
    const parts = { site: "plant", point: "main", quantity, source };
    const key = seriesKey(parts);
    const known = this.#ids.get(key) ?? (await this.store.registry()).series.find((series) => series.key === key)?.id;
    const id = known ?? this.#ids.size + 1;
    if (known === undefined) await this.store.register({ ...this.#house(), series: [seriesOf(id, key, parts)] });
    this.#ids.set(key, id);
    return id;
  }

  #house() {
    if (this.#ids.size > 0) return {};
    const site = { id: "plant", name: "Plant", zone: SETTINGS.zone, currency: "USD" };
    return { sites: [site], points: [{ site: "plant", id: "main", name: "Main meter" }] };
  }
}

type Parts = Pick<Series, "site" | "point" | "quantity" | "source">;

function seriesOf(id: number, key: string, parts: Parts): Series {
  const counted = parts.quantity.startsWith("pulses");
  const kind = parts.quantity === "pulses" ? "delta" : parts.quantity.endsWith("-total") ? "counter" : "interval";
  const unit = parts.quantity === "demand" ? "kW" : counted || parts.quantity === "interval-pulses" ? "pulse" : "kWh";
  const equalInstant = parts.source === "plc" ? "last" : "first";
  return { id, key, ...parts, kind, unit, equalInstant, ...(kind === "interval" ? { intervalMs: QUARTER_MS } : {}) };
}
