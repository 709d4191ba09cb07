import type { Damage, VerifyReport } from "#store/records.ts";
import type { Progress } from "#store/store.ts";
import { openReader } from "./connection.ts";
import { cancelled, toStoreError } from "./failure.ts";
import { verifyHistory } from "./history/verify.ts";
import { SeriesTable } from "./series-table.ts";
import { type Database, prepare } from "./statement.ts";

/** In place of a series: the file as such. */
export const WHOLE_FILE = "(file)";

const BLOCKS_BETWEEN_REPORTS = 64;
const EVER = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };

/**
 * Reads everything and names what is not as it was written, by meter and time. What it looks at is one moment of the
 * file, however long it takes.
 * Errors: StoreError `cancelled`, `damaged` where the file cannot be opened at all.
 */
export function verifyFile(file: string, progress?: Progress): VerifyReport {
  const db = openReader(file);
  try {
    db.exec("BEGIN");
    return new Verifying(db, progress).run();
  } catch (error) {
    throw toStoreError(error, file);
  } finally {
    if (db.isTransaction) db.exec("ROLLBACK");
    db.close();
  }
}

class Verifying {
  readonly #db: Database;
  readonly #progress: Progress | undefined;
  readonly #damage: Damage[] = [];
  readonly #total: number;
  #blocks = 0;
  #samples = 0;

  constructor(db: Database, progress: Progress | undefined) {
    this.#db = db;
    this.#progress = progress;
    this.#total = prepare<{ n: number }>(db, "SELECT count(*) AS n FROM block").get()?.n ?? 0;
  }

  run(): VerifyReport {
    this.#report("reading");
    this.#pages();
    this.#history();
    this.#report("done");
    return { blocks: this.#blocks, samples: this.#samples, damage: this.#damage };
  }

  /** The tables themselves, as SQLite checks them. */
  #pages(): void {
    const found = prepare<{ quick_check: string }>(this.#db, "PRAGMA quick_check")
      .all()
      .map((row) => row.quick_check);
    for (const what of found) if (what !== "ok") this.#damage.push({ seriesKey: WHOLE_FILE, ...EVER, what });
  }

  #history(): void {
    const keys = new Map(new SeriesTable(this.#db).all().map((series) => [series.id, series.key]));
    const onBlock = (samples: number) => {
      this.#blocks++;
      this.#samples += samples;
      if (this.#blocks % BLOCKS_BETWEEN_REPORTS === 0) this.#report("reading");
    };
    for (const { seriesId, fromMs, toMs, what } of verifyHistory(this.#db, onBlock)) {
      this.#damage.push({ seriesKey: keys.get(seriesId) ?? "(log)", fromMs, toMs, what });
    }
  }

  #report(what: string): void {
    if (this.#progress?.(this.#blocks, this.#total, what) === false) throw cancelled();
  }
}
