import { setImmediate } from "node:timers/promises";
import { bytesOf } from "#intake/foreign-file.ts";
import type { ImportHouse } from "#intake/import-house.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import { sumOf } from "#intake/newcomers.ts";
import { StatisticKeeper } from "./keep-statistic.ts";
import { placesOf, unlike } from "./place.ts";
import type { StatisticReport, StatisticsReport } from "./report.ts";
import { Statistic } from "./statistic.ts";
import { openStatistics, type StatisticCounts, type StatisticMeta, type StatisticsFile } from "./statistics-file.ts";
import { HOME_ASSISTANT, type StatisticsWish } from "./wish.ts";

/** Hours kept at a time: what is not known of them is one import of the series. */
const BATCH_ROWS = 32_768;
const NONE = { stored: 0, replaced: 0, duplicate: 0, refused: 0 } as const;

/**
 * Takes Home Assistant's long-term statistics over, one statistic after the other and a batch of hours at a time. What is known already stays as it is; a
 * second run adds nothing. The file is only read.
 * Errors: ImportProblem; those of the store.
 */
export async function takeStatistics(wish: StatisticsWish, house: ImportHouse): Promise<StatisticsReport> {
  const file = openStatistics(wish.file);
  try {
    const places = placesOf(file.statistics, wish);
    for (const [meta, place] of places) {
      const why = wish.mappings.some(({ statistic }) => statistic === meta.statistic) ? unlike(meta, place) : undefined;
      if (why !== undefined) throw new ImportProblem("map-unlike", `${meta.statistic} cannot be mapped to ${place.quantity}: ${why}.`);
    }
    return await new Taking(file, wish, house).run(places);
  } finally {
    file.close();
  }
}

type Places = ReturnType<typeof placesOf>;

class Taking {
  readonly #file: StatisticsFile;
  readonly #wish: StatisticsWish;
  readonly #house: ImportHouse;
  readonly #reports: StatisticReport[] = [];
  #counts: { -readonly [K in keyof typeof NONE]: number } = { ...NONE };
  #rows = 0;
  #total = 0;

  constructor(file: StatisticsFile, wish: StatisticsWish, house: ImportHouse) {
    this.#file = file;
    this.#wish = wish;
    this.#house = house;
  }

  async run(places: Places): Promise<StatisticsReport> {
    const counts = await this.#countAll([...places.keys()]);
    const importId = await this.#begin();
    try {
      for (const [meta, place] of places) {
        const about = {
          counts: counts.get(meta) as StatisticCounts,
          sum: this.#wish.sums.includes(meta.statistic),
          nowMs: this.#house.nowMs(),
        };
        await this.#take(new Statistic(meta, place, about), importId);
      }
      await this.#end(importId, "done");
    } catch (error) {
      await this.#end(importId, "failed").catch(() => undefined);
      throw error;
    }
    return this.#report();
  }

  /** A server that runs this keeps answering between two of them. */
  async #countAll(statistics: readonly StatisticMeta[]): Promise<Map<StatisticMeta, StatisticCounts>> {
    const counts = new Map<StatisticMeta, StatisticCounts>();
    for (const meta of statistics) {
      const of = this.#file.counts(meta);
      this.#total += of.rows;
      counts.set(meta, of);
      await setImmediate();
    }
    return counts;
  }

  async #begin(): Promise<number | undefined> {
    if (this.#wish.dryRun) return undefined;
    const { file } = this.#wish;
    const begun = {
      source: HOME_ASSISTANT,
      what: file,
      startedMs: this.#house.nowMs(),
      status: "running",
      ...(await bytesOf(file)),
      ...NONE,
    } as const;
    return this.#house.store.beginImport(begun);
  }

  async #take(statistic: Statistic, importId: number | undefined): Promise<void> {
    const registry = await this.#house.store.registry();
    const keeper = new StatisticKeeper(statistic, { house: this.#house, site: this.#wish.site, registry, importId });
    if (statistic.left === undefined) {
      for (const page of this.#file.pages(statistic.meta)) {
        statistic.add(page);
        this.#rows += page.length;
        this.#tell(statistic.meta.statistic);
        if (statistic.waiting >= BATCH_ROWS) this.#count(await keeper.keep(false));
        await setImmediate();
      }
      this.#count(await keeper.keep(true));
    }
    this.#reports.push(statistic.report(keeper.key));
  }

  #tell(name: string): void {
    if (this.#house.progress(this.#rows, this.#total, name) !== false) return;
    throw new ImportProblem("cancelled", "The import was ended before it finished. Run it again: what is kept already is known then.");
  }

  #count(more: Awaited<ReturnType<StatisticKeeper["keep"]>>): void {
    if (more === undefined) return;
    for (const name of Object.keys(NONE) as (keyof typeof NONE)[]) this.#counts[name] += more[name];
  }

  async #end(importId: number | undefined, status: "done" | "failed"): Promise<void> {
    if (importId === undefined) return;
    const firsts = this.#reports.flatMap(({ firstMs }) => firstMs ?? []);
    const lasts = this.#reports.flatMap(({ lastMs }) => lastMs ?? []);
    const range = firsts.length === 0 ? {} : { fromMs: Math.min(...firsts), toMs: Math.max(...lasts) };
    const end = { status, ...this.#counts, endedMs: this.#house.nowMs(), rows: this.#rows, ...range };
    await this.#house.store.endImport(importId, end);
  }

  #report(): StatisticsReport {
    const { file, site, dryRun } = this.#wish;
    const samples = sumOf(this.#reports.map((report) => report.samples));
    return { file, site, dryRun, rows: this.#rows, statistics: this.#reports, samples };
  }
}
