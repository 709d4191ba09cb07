import type { JobLogLine, JobRunEnd, JobRunFilter, JobRunRecord } from "#store/records.ts";
import { type Bindable, type Database, prepare, type Statement } from "./statement.ts";

interface Row {
  readonly id: number;
  readonly job: string;
  readonly why: JobRunRecord["why"];
  readonly due_ms: number;
  readonly started_ms: number;
  readonly ended_ms: number | null;
  readonly result: JobRunRecord["result"];
  readonly sentence: string;
  readonly counts: string;
}

/** Runs kept of each job: an hourly one's last six weeks. */
const KEPT = 1_000;
const LIMIT = 100;

const COLUMNS = "id, job, why, due_ms, started_ms, ended_ms, result, sentence, counts";

/** The history of scheduled work. */
export class JobRunTable {
  readonly #db: Database;
  readonly #begin: Statement<never>;
  readonly #end: Statement<never>;
  readonly #trim: Statement<never>;

  constructor(db: Database) {
    this.#db = db;
    this.#begin = prepare(
      db,
      "INSERT INTO job_run (job, why, due_ms, started_ms, ended_ms, result, sentence, counts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    );
    this.#end = prepare(db, "UPDATE job_run SET ended_ms = ?, result = ?, sentence = ?, counts = ?, log = ? WHERE id = ?");
    this.#trim = prepare(
      db,
      `DELETE FROM job_run WHERE job = ? AND id <= (SELECT id FROM job_run WHERE job = ? ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`,
    );
  }

  begin(run: Omit<JobRunRecord, "id">): number {
    const { job, why, dueMs, startedMs, endedMs, result, sentence, counts } = run;
    const { lastInsertRowid } = this.#begin.run(job, why, dueMs, startedMs, endedMs ?? null, result, sentence, JSON.stringify(counts));
    this.#trim.run(job, job);
    return lastInsertRowid;
  }

  end(id: number, { endedMs, result, sentence, counts, log = [] }: JobRunEnd): void {
    const lines = log.length === 0 ? null : JSON.stringify(log);
    const { changes } = this.#end.run(endedMs, result, sentence, JSON.stringify(counts), lines, id);
    if (changes === 0) throw new Error(`There is no run ${id} of a job.`);
  }

  log(id: number): JobLogLine[] {
    const row = prepare<{ log: string | null }>(this.#db, "SELECT log FROM job_run WHERE id = ?").get(id);
    return row?.log == null ? [] : (JSON.parse(row.log) as JobLogLine[]);
  }

  list({ id, job, result, limit = LIMIT }: JobRunFilter = {}): JobRunRecord[] {
    const all: readonly (readonly [string, Bindable | undefined])[] = [
      ["id = ?", id],
      ["job = ?", job],
      ["result = ?", result],
    ];
    const asked = all.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]));
    const where = asked.length === 0 ? "" : `WHERE ${asked.map(({ text }) => text).join(" AND ")}`;
    const values = asked.map(({ value }) => value);
    return prepare<Row>(this.#db, `SELECT ${COLUMNS} FROM job_run ${where} ORDER BY id DESC LIMIT ?`)
      .all(...values, limit)
      .map(toRun);
  }
}

function toRun({ id, job, why, due_ms, started_ms, ended_ms, result, sentence, counts }: Row): JobRunRecord {
  const ended = ended_ms === null ? {} : { endedMs: ended_ms };
  const said = { result, sentence, counts: JSON.parse(counts) as Record<string, number> };
  return { id, job, why, dueMs: due_ms, startedMs: started_ms, ...ended, ...said };
}
