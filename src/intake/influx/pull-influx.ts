import { placesBefore } from "#intake/pull/before.ts";
import { PullWriter } from "#intake/pull/pull-writer.ts";
import { noCounts, type PullCounts, type PulledItem, type PullHouse, type Pulling, type PullOutcome } from "#intake/pull/pulled.ts";
import type { Source } from "#intake/source.ts";
import { lowerBound } from "#series/column.ts";
import type { Series } from "#sites/registry.ts";
import { conversion } from "#units/unit.ts";
import type { InfluxReader, InfluxRow } from "./influx-reader.ts";
import { type InfluxRegister, type Registers, type RegisterWish, registersOf } from "./registers.ts";
import { influxSentence } from "./sentence.ts";
import { type InfluxSettings, placeName } from "./settings.ts";
import { type Window, Windows } from "./windows.ts";

/** What came late within this is taken by the next run; what came later, by the next that looks at everything. */
const LOOK_BACK_MS = 48 * 3_600_000;
/** Everything is looked at again this often. */
const SWEEP_MS = 24 * 3_600_000;
/** Rows of one window that are held at once: a register that was read by hand for years may be read by the second since. */
const MOST_ROWS = 200_000;
/** A reading may lie ahead of the clock by what clocks go wrong. */
const AHEAD_MS = 24 * 3_600_000;

export interface InfluxPull {
  readonly source: Source;
  readonly settings: InfluxSettings;
  readonly reader: InfluxReader;
  readonly mediumOf: RegisterWish["mediumOf"];
}

/**
 * Takes what is new in a bucket: of each register from its newest known reading less a look-back, and once a day or where asked all there
 * is, for what was added or changed further back. What is gone from the bucket is told and stays here.
 * Errors: PullProblem; those of the store. What was taken before stays taken.
 */
export async function pullInflux(pull: InfluxPull, pulling: Pulling, house: PullHouse): Promise<PullOutcome> {
  return new InfluxPulling(pull, pulling, house).run();
}

class InfluxPulling {
  readonly #pull: InfluxPull;
  readonly #pulling: Pulling;
  readonly #house: PullHouse;
  readonly #counts: PullCounts = noCounts();
  #read = 0;
  #gone = 0;

  constructor(pull: InfluxPull, pulling: Pulling, house: PullHouse) {
    this.#pull = pull;
    this.#pulling = pulling;
    this.#house = house;
  }

  async run(): Promise<PullOutcome> {
    const { source, settings, reader, mediumOf } = this.#pull;
    const { signal, note, progress } = this.#pulling;
    const found = registersOf(await reader.discover(signal), {
      points: source.points,
      before: placesBefore(await this.#house.store.registry(), source.name),
      site: source.site,
      mediumOf,
    });
    const sweep = this.#pulling.thorough || (await this.#isSweepDue());
    const points = new Map(found.registers.map(({ entity, at }) => [entity, at]));
    const writer = await PullWriter.open({ ...source, points }, { decoder: `influx ${settings.place.version}` }, this.#house);
    let whole = true;
    try {
      await this.#refuse(writer, found);
      for (const [done, register] of found.registers.entries()) {
        if (signal.aborted) break;
        progress(done, found.registers.length, register.entity);
        await this.#take(writer, register, sweep);
      }
      whole = !signal.aborted;
    } finally {
      await writer.end();
    }
    if (sweep && whole) await this.#swept(found);
    for (const { reject } of found.refused) note(reject.sentence);
    const left = found.others.map(({ entity, unit }) => `${entity} (${unit})`);
    if (sweep && left.length > 0) note(`Left out, as no meter counts in such units: ${left.join(", ")}.`);
    return this.#outcome(found, { sweep, whole });
  }

  /** Names that cannot be taken stand among the rejects, each once. */
  async #refuse(writer: PullWriter, { refused }: Registers): Promise<void> {
    const items = refused.map(({ series, reject }): PulledItem => ({ item: { reject }, said: () => JSON.stringify(series) }));
    await writer.write(placeName(this.#pull.settings.place), items, this.#counts);
  }

  async #take(writer: PullWriter, register: InfluxRegister, sweep: boolean): Promise<void> {
    const series = await this.#seriesOf(writer, register);
    const range = await this.#range(register, series, sweep);
    if (range === undefined) return;
    const windows = new Windows(range);
    let gone = 0;
    for (let window = windows.next(); window !== undefined; window = windows.next()) {
      if (this.#pulling.signal.aborted) return;
      const rows = await this.#rows(register, window, windows);
      if (rows === undefined) continue;
      this.#read += rows.size;
      if (sweep && series !== undefined) gone += await this.#missing(series, { rows, window });
      const items = [...rows].map(([tMs, row]) => itemOf(register, row, tMs));
      await writer.write(register.entity, items, this.#counts);
      windows.held(rows.size);
    }
    this.#gone += gone;
    if (gone > 0)
      this.#pulling.note(
        `${gone} ${gone === 1 ? "reading" : "readings"} of ${register.entity} ${gone === 1 ? "is" : "are"} no longer in the ${placeName(this.#pull.settings.place)}. They stay here; delete them on the Corrections page where they were wrong.`,
      );
  }

  async #seriesOf(writer: PullWriter, { entity, quantity }: InfluxRegister): Promise<Series | undefined> {
    const place = writer.placeOf(entity, entity);
    const { series } = await this.#house.store.registry();
    return series.find(
      (one) =>
        one.source === this.#pull.source.name &&
        one.point === place.point &&
        one.quantity === quantity &&
        (place.site === undefined || one.site === place.site),
    );
  }

  /** Missing: undefined where there is nothing. */
  async #range(register: InfluxRegister, series: Series | undefined, sweep: boolean): Promise<Window | undefined> {
    const toMs = this.#house.nowMs() + 2 * AHEAD_MS;
    const newest = series && (await this.#house.store.extent([series.id]))[0];
    if (!sweep && newest !== undefined && newest.count > 0) {
      const fromMs = Math.min(newest.lastMs, this.#house.nowMs()) - LOOK_BACK_MS;
      return { fromMs, toMs };
    }
    const firsts: number[] = [];
    for (const { measurement } of register.units) {
      const first = await this.#pull.reader.firstMs({ unit: measurement, entity: register.entity }, this.#pulling.signal);
      if (first !== undefined) firsts.push(first);
    }
    if (newest !== undefined && newest.count > 0) firsts.push(newest.firstMs);
    return firsts.length === 0 ? undefined : { fromMs: Math.min(...firsts), toMs };
  }

  /** Rows of a window by instant; of several at one instant the last counts. Missing: undefined where they are too many for one. */
  async #rows({ entity, units }: InfluxRegister, window: Window, windows: Windows): Promise<Map<number, Said> | undefined> {
    const { reader } = this.#pull;
    const rows = new Map<number, Said>();
    for (const { measurement, unit } of units)
      for await (const row of reader.rows({ unit: measurement, entity }, window, this.#pulling.signal)) {
        rows.set(row.tMs, { ...row, unit });
        if (rows.size > MOST_ROWS && windows.isShortened()) return undefined;
      }
    const [first] = units;
    if (units.length > 1 && first !== undefined) for (const [tMs, row] of rows) rows.set(tMs, told(row, first.unit));
    return rows;
  }

  /** Readings that were taken here and are not there any more. */
  async #missing(series: Series, { rows, window }: { rows: ReadonlyMap<number, Said>; window: Window }): Promise<number> {
    const { tMs } = await this.#house.store.read(series.id, window, { corrected: false });
    let gone = 0;
    for (let i = lowerBound(tMs, window.fromMs); i < tMs.length; i += 1) if (!rows.has(tMs[i] as number)) gone += 1;
    return gone;
  }

  get #setting(): string {
    return `pull.${this.#pull.source.name}.swept`;
  }

  async #isSweepDue(): Promise<boolean> {
    const swept = Number((await this.#house.store.setting(this.#setting)) ?? Number.NEGATIVE_INFINITY);
    const age = this.#house.nowMs() - swept;
    return !(age >= 0 && age < SWEEP_MS);
  }

  /** Notes that everything was looked at, and tells of registers that are there no more. */
  async #swept({ registers }: Registers): Promise<void> {
    await this.#house.store.saveSetting(this.#setting, String(this.#house.nowMs()));
    const { source } = this.#pull;
    const { series, assignments } = await this.#house.store.registry();
    const there = new Set(registers.map(({ entity }) => entity));
    const serving = new Map(assignments.filter((row) => row.source === source.name).map((row) => [`${row.site}/${row.point}`, row.device]));
    const gone = series
      .filter((one) => one.source === source.name && one.kind === "counter")
      .flatMap((one) => serving.get(`${one.site}/${one.point}`) ?? [])
      .filter((entity) => !there.has(entity));
    for (const entity of new Set(gone))
      this.#pulling.note(`${entity} is no longer in the ${placeName(this.#pull.settings.place)}. What was taken of it stays here.`);
  }

  #outcome({ registers, refused, others }: Registers, { sweep, whole }: { sweep: boolean; whole: boolean }): PullOutcome {
    const { fresh, changed, same, rejected } = this.#counts;
    const counts = { registers: registers.length, read: this.#read, new: fresh, changed, same, rejected, gone: this.#gone };
    const { place, domain } = this.#pull.settings;
    const sentence = influxSentence(counts, {
      place: placeName(place),
      domain,
      refused: refused.length,
      others: others.length,
      sweep,
      whole,
    });
    return { sentence, counts, ...(refused.length > 0 ? { failed: true } : {}) };
  }
}

type Said = InfluxRow & { readonly unit: string };

function told(row: Said, unit: string): Said {
  const inUnit = conversion(row.unit, unit);
  return typeof row.value !== "number" || inUnit === undefined ? row : { ...row, value: inUnit(row.value), unit };
}

function itemOf({ entity, quantity }: InfluxRegister, { value, unit }: Said, tMs: number): PulledItem {
  const said = (): string =>
    JSON.stringify({ entity_id: entity, unit, time: timeText(tMs), value: typeof value === "number" ? String(value) : value });
  if (typeof value !== "number" || !Number.isFinite(value))
    return {
      item: {
        reject: {
          code: "not-a-number",
          sentence: `${entity} reads ${JSON.stringify(value ?? null).slice(0, 60)} at ${timeText(tMs)}; a register is a number.`,
        },
      },
      said,
    };
  const reading = { device: entity, point: entity, pointName: entity, quantity, unit, kind: "counter", value, tMs } as const;
  return { item: { reading }, said };
}

function timeText(tMs: number): string {
  return Math.abs(tMs) <= 8.64e15 ? new Date(tMs).toISOString() : String(tMs);
}
