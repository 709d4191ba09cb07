import { setImmediate } from "node:timers/promises";
import { bytesOf } from "#intake/foreign-file.ts";
import type { ImportHouse } from "#intake/import-house.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import { sumOf } from "#intake/newcomers.ts";
import { canonicalName } from "#series/history-name.ts";
import type { AppendCounts } from "#store/store.ts";
import { HistoryKeeper } from "./keep-history.ts";
import { type OldFile, type OldHistory, openOldFile } from "./old-file.ts";
import { readRow } from "./old-row.ts";
import { placed, sourceOf } from "./place.ts";
import type { OldNiagaraReport } from "./report.ts";
import type { OldNiagaraWish } from "./wish.ts";

const MOST_TOLD = 10;
const NONE = { stored: 0, replaced: 0, duplicate: 0, refused: 0 } as const;

/**
 * Takes the histories of Niagara Copilot Edge's SQLite file over: one series for each of its keys, at the points the live dialect gives.
 * What is known already stays as it is; a second run adds nothing. The file is only read.
 * Errors: ImportProblem; those of the store.
 */
export async function takeOverOldNiagara(wish: OldNiagaraWish, house: ImportHouse): Promise<OldNiagaraReport> {
  const file = openOldFile(wish.file);
  try {
    const chosen = file.histories.filter((one) => isOf(one, wish.station));
    if (chosen.length === 0 && wish.station !== undefined)
      throw new ImportProblem("no-station", `${wish.file} has no station "${wish.station}"; it has ${stationsOf(file)}.`);
    return await new Taking(wish, house).take(file, chosen);
  } finally {
    file.close();
  }
}

function isOf({ station, stationKey }: OldHistory, wanted: string | undefined): boolean {
  return wanted === undefined || station === wanted || stationKey === wanted || canonicalName(station) === canonicalName(wanted);
}

function stationsOf({ histories }: OldFile): string {
  const names = [...new Set(histories.map(({ station }) => station))];
  return names.length === 0 ? "none" : names.slice(0, 20).join(", ");
}

class Taking {
  readonly #wish: OldNiagaraWish;
  readonly #house: ImportHouse;
  readonly #keepers: HistoryKeeper[] = [];
  readonly #left: string[] = [];
  #rows = 0;
  #unreadable = 0;

  constructor(wish: OldNiagaraWish, house: ImportHouse) {
    this.#wish = wish;
    this.#house = house;
  }

  async take(file: OldFile, histories: readonly OldHistory[]): Promise<OldNiagaraReport> {
    const importId = this.#wish.dryRun ? undefined : await this.#begin();
    const total = histories.reduce((sum, { rows }) => sum + rows, 0);
    try {
      for (const history of histories) await this.#history(file, history, { total, importId });
      this.#tellNameless(file.nameless);
      const report = this.#report();
      await this.#end(importId, "done");
      return report;
    } catch (error) {
      await this.#end(importId, "failed");
      throw error;
    }
  }

  async #history(file: OldFile, old: OldHistory, { total, importId }: { total: number; importId: number | undefined }): Promise<void> {
    const place = placed(old, this.#wish, await this.#house.store.registry());
    const of = { old, placed: place, source: sourceOf(this.#wish), house: this.#house };
    const keeper = new HistoryKeeper(importId === undefined ? of : { ...of, importId });
    this.#keepers.push(keeper);
    for (const page of file.pages(old)) {
      await keeper.keep(page.map(readRow).filter((row) => this.#isRow(row, old)));
      this.#rows += page.length;
      // A server that runs this keeps answering.
      await setImmediate();
      if (this.#house.progress(this.#rows, total, `${this.#rows.toLocaleString("en")} rows`) === false)
        throw new ImportProblem("cancelled", "The import was ended before it finished. Run it again: what is kept already is known then.");
    }
  }

  #tellNameless(count: number): void {
    if (count === 0) return;
    this.#unreadable += count;
    const sentence = `${count.toLocaleString("en")} ${count === 1 ? "row names" : "rows name"} no history: a key is no text`;
    this.#left.splice(MOST_TOLD - 1, 1);
    this.#left.push(sentence);
  }

  #isRow(row: ReturnType<typeof readRow>, { history }: OldHistory): row is Exclude<ReturnType<typeof readRow>, string> {
    if (typeof row !== "string") return true;
    this.#unreadable += 1;
    if (this.#left.length < MOST_TOLD) this.#left.push(`${history}: ${row}`);
    return false;
  }

  async #begin(): Promise<number> {
    const { store, nowMs } = this.#house;
    const { file } = this.#wish;
    const begun = { source: sourceOf(this.#wish).name, what: file, startedMs: nowMs(), status: "running", ...NONE } as const;
    return store.beginImport({ ...begun, ...(await bytesOf(file)) });
  }

  async #end(importId: number | undefined, status: "done" | "failed"): Promise<void> {
    if (importId === undefined) return;
    const { rows, histories } = this.#report();
    const firstMs = histories.reduce((first, one) => Math.min(first, one.firstMs ?? first), Number.POSITIVE_INFINITY);
    const lastMs = histories.reduce((last, one) => Math.max(last, one.lastMs ?? last), Number.NEGATIVE_INFINITY);
    const range = firstMs > lastMs ? {} : { fromMs: firstMs, toMs: lastMs };
    const kept: { -readonly [K in keyof AppendCounts]: number } = { ...NONE };
    for (const { stored } of this.#keepers) for (const name of Object.keys(stored) as (keyof AppendCounts)[]) kept[name] += stored[name];
    await this.#house.store.endImport(importId, { status, ...kept, endedMs: this.#house.nowMs(), rows, ...range });
  }

  #report(): OldNiagaraReport {
    const { file, site, dryRun } = this.#wish;
    const histories = this.#keepers.map((keeper) => keeper.report());
    return {
      file,
      site,
      source: sourceOf(this.#wish).name,
      dryRun,
      rows: this.#rows,
      histories,
      unreadable: this.#unreadable,
      left: this.#left,
      doubled: this.#keepers.reduce((sum, { doubled }) => sum + doubled, 0),
      samples: sumOf(histories.map(({ samples }) => samples)),
    };
  }
}
