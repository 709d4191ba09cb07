import type { Zone } from "#calendar/zone.ts";
import type { ImportRecord } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import type { SqlConnection } from "./connection.ts";
import { mergeOf, rowsPerMerge } from "./merge.ts";
import { type MirroredPlant, zoneOf } from "./plant.ts";
import { clockOf } from "./plant-clock.ts";
import type { Progress } from "./progress.ts";
import { INGEST_LOG, type SqlValue } from "./tables.ts";

const PAGE = 200;
const MOST_PATH = 450;
const MOST_TEXT = 4000;

/** Tells `KYZ_PlcCsvIngestLog` what became of files since the last time. Answers how many. Errors: SqlProblem. */
export async function sendIngests(plant: MirroredPlant, to: { writer: SqlConnection; store: Store; progress: Progress }): Promise<number> {
  const through = (await to.progress.through("ingests")) ?? Number.NEGATIVE_INFINITY;
  const files = new Set(plant.settings.sources.filter(({ rank }) => rank === "file").map(({ name }) => name));
  const ended: ImportRecord[] = [];
  for (let beforeId: number | undefined; ; ) {
    const page = await to.store.imports({ newestOfEach: true, limit: PAGE, ...(beforeId === undefined ? {} : { beforeId }) });
    ended.push(...page.filter((record) => files.has(record.source) && (record.endedMs ?? Number.NEGATIVE_INFINITY) > through));
    beforeId = page.at(-1)?.id;
    if (page.length < PAGE || (page.at(-1)?.startedMs ?? 0) < through) break;
  }
  const rows = ingestValues(ended, zoneOf(plant));
  const most = rowsPerMerge(INGEST_LOG);
  for (let at = 0; at < rows.length; at += most) await to.writer.run(mergeOf(INGEST_LOG, rows.slice(at, at + most)));
  if (ended.length > 0) await to.progress.saveThrough("ingests", Math.max(...ended.map(({ endedMs = 0 }) => endedMs)));
  return rows.length;
}

/** Files as rows of the log, one for each path: a path longer than the key holds is told by its end. */
export function ingestValues(records: readonly ImportRecord[], zone: Zone): SqlValue[][] {
  const byPath = new Map<string, SqlValue[]>();
  for (const record of records.toSorted((a, b) => a.id - b.id)) {
    if (record.endedMs === undefined || record.status === "running") continue;
    const path = record.what.slice(-MOST_PATH);
    const good = record.status === "done";
    byPath.set(path.toLowerCase(), [
      path,
      record.bytes,
      new Date(record.mtimeMs ?? record.startedMs),
      record.sha256,
      new Date(record.endedMs),
      good ? "ok" : "error",
      record.rows ?? 0,
      record.fromMs === undefined ? null : clockOf(record.fromMs, zone),
      record.toMs === undefined ? null : clockOf(record.toMs, zone),
      good ? null : (record.report?.sentence ?? "").slice(0, MOST_TEXT),
    ]);
  }
  return [...byPath.values()];
}
