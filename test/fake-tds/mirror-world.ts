import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tiles } from "#analytics/live-tiles.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { type AzureMirror, openAzureMirror } from "#outlets/azure-sql/mirror.ts";
import type { MirroredPlant } from "#outlets/azure-sql/plant.ts";
import type { SqlLogin } from "#outlets/azure-sql/settings.ts";
import type { IntervalRow, PeriodRow } from "#reports/plant-answers.ts";
import type { Series } from "#sites/registry.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { StandingClock } from "#test/standing-clock.ts";
import { until } from "#test/until.ts";
import { FakeTds } from "./fake-tds.ts";
import { KyzDatabase } from "./kyz-database.ts";

export const QUARTER_MS = 900_000;
export const GRACE_MS = 30_000;
export const ZONE = zoneNamed("America/Indiana/Indianapolis");
export const START_MS = Date.parse("2026-06-01T12:00:00Z");
const NONE: Tiles = {
  tMs: new Float64Array(),
  pulses: new Float64Array(),
  energyKwh: new Float64Array(),
  powerKw: new Float64Array(),
  totalKwh: new Float64Array(),
  quality: new Uint16Array(),
};

/** A plant whose pulses are the samples of one series of the real store, one per interval, in kWh. */
export class Plant implements MirroredPlant {
  readonly settings = {
    site: "plant",
    point: "main",
    name: "Main",
    siteName: "Plant",
    zone: ZONE.id,
    currency: "USD",
    holidays: [],
    sources: [],
    facts: [],
    intervalMinutes: 15,
    billing: { kind: "calendar" },
    demo: false,
  } as const;
  tiles = NONE;
  months: PeriodRow[] = [];
  readonly #store: Store;
  readonly #clock: StandingClock;

  constructor(store: Store, clock: StandingClock) {
    this.#store = store;
    this.#clock = clock;
  }

  finishedMs(): number {
    return Math.floor((this.#clock.nowMs() - GRACE_MS) / QUARTER_MS) * QUARTER_MS;
  }

  /** A device that others wrote for stands above pulses, as the ladder has it. */
  async rows({ fromMs, toMs }: { fromMs: number; toMs: number }): Promise<IntervalRow[]> {
    const { series } = await this.#store.registry();
    const byEnd = new Map<number, IntervalRow>();
    for (const source of ["kyz", "azure"]) {
      const one = series.find((each) => each.source === source && each.quantity === "energy");
      if (one === undefined) continue;
      const column = await this.#store.read(one.id, { fromMs, toMs: toMs + 1 });
      for (const [index, endMs] of column.tMs.entries()) {
        const energyKwh = column.value[index] as number;
        const rest = { possibleKw: Number.NaN, pulses: Math.round(energyKwh), totalKwh: Number.NaN, coverage: 1, source };
        byEnd.set(endMs, {
          endMs,
          energyKwh,
          powerKw: energyKwh * 4,
          demandKw: energyKwh * 4,
          quality: column.quality[index] ?? 0,
          ...rest,
        });
      }
    }
    return [...byEnd.values()].sort((a, b) => a.endMs - b.endMs);
  }

  async live(): Promise<Tiles> {
    return this.tiles;
  }

  async periods(): Promise<PeriodRow[]> {
    return this.months;
  }
}

/** A mirror between a real store and a server that answers as the old tables would, with time that a test lets pass. */
export class MirrorWorld {
  readonly clock = new StandingClock(START_MS);
  readonly database = new KyzDatabase();
  readonly told: string[] = [];
  readonly store: Store;
  readonly plant: Plant;
  server: FakeTds;
  mirror: AzureMirror | undefined;
  readonly #folder: string;

  private constructor(folder: string, store: Store, server: FakeTds) {
    this.#folder = folder;
    this.store = store;
    this.server = server;
    this.plant = new Plant(store, this.clock);
    server.script = { answer: (statement) => this.database.answer(statement) };
  }

  static async make(): Promise<MirrorWorld> {
    const folder = mkdtempSync(join(tmpdir(), "wattkeep-azure-"));
    return new MirrorWorld(folder, await openStore({ folder, inProcess: true }), await FakeTds.start());
  }

  async end(): Promise<void> {
    await this.mirror?.close();
    await this.server.stop();
    await this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  login(username: string): SqlLogin {
    const where = { server: "127.0.0.1", port: this.server.port, database: "energy" };
    return { ...where, username, password: "secret", encrypt: false, trustServerCertificate: false };
  }

  readonly ensureSeries = async (draft: Omit<Series, "id">): Promise<Series> => {
    const { series } = await this.store.registry();
    const known = series.find(({ key }) => key === draft.key);
    if (known) return known;
    const one = { ...draft, id: series.length + 1 };
    await this.store.register({ series: [one] });
    return one;
  };

  /** A device says what its intervals used. */
  async say(energyKwh: readonly number[], firstEndMs: number): Promise<void> {
    const parts = { site: "plant", point: "main", quantity: "energy", source: "kyz" };
    const kind = { kind: "interval", unit: "kWh", intervalMs: QUARTER_MS, equalInstant: "last" } as const;
    const { id } = await this.ensureSeries({ key: "plant/main/energy@kyz", ...parts, ...kind });
    const tMs = Float64Array.from(energyKwh, (_, n) => firstEndMs + n * QUARTER_MS);
    const column = { tMs, value: Float64Array.from(energyKwh), quality: new Uint16Array(energyKwh.length) };
    await this.store.importColumn(id, column, { receivedMs: this.clock.nowMs() });
  }

  open(options: { reader?: boolean } = {}): void {
    const logger = { info: (_: object, text: string) => this.told.push(text), warn: (_: object, text: string) => this.told.push(text) };
    const reader = options.reader === true ? { reader: this.login("kyz_dashboard") } : {};
    const { plant, store, ensureSeries, clock } = this;
    const settings = { writer: this.login("kyz_ingestor"), ...reader };
    this.mirror = openAzureMirror({ settings, plant, store, ensureSeries, nowMs: clock.nowMs, after: clock.after, logger });
  }

  /** Until everything there is to send was sent, and the mirror waits. */
  async settled(): Promise<void> {
    const done = (): boolean => {
      const status = this.mirror?.status();
      return status?.state === "up-to-date" && status.okMs === this.clock.nowMs() && this.clock.awaited;
    };
    await until(done, "an up-to-date mirror");
  }

  /** Lets time pass with a round of the mirror at its end. */
  async pass(ms: number): Promise<void> {
    for (let leftMs = ms; leftMs > 0; leftMs -= 5_000) {
      this.clock.pass(Math.min(5_000, leftMs));
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.clock.pass(15_000);
    await this.settled();
  }

  /** Waits for a problem of this code, with the mirror at rest. */
  async stuck(code: string): Promise<void> {
    await until(() => this.mirror?.status().problem?.code === code && this.clock.awaited, `the problem ${code}`);
  }

  /** Clock and kWh of the rows of `KYZ_Interval`. */
  intervals(): [string, unknown][] {
    return this.database.rows("dbo.KYZ_Interval").map(([end, , kWh]) => [(end as Date).toISOString().slice(0, 16), Number(kWh)]);
  }
}
