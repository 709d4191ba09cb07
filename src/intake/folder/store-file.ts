import type { Dialect } from "#dialects/dialect.ts";
import type { FileContent } from "#dialects/file-format.ts";
import type { RejectItem } from "#readings/reading.ts";
import type { Series } from "#sites/registry.ts";
import { OUTCOME } from "#store/batch.ts";
import type { ImportRecord } from "#store/records.ts";
import type { Range } from "#store/store.ts";
import { countRows } from "./compare.ts";
import type { Bytes, Folder, FolderParts } from "./folder.ts";
import type { State } from "./judge.ts";
import type { Entry } from "./listing.ts";
import type { ReadFile } from "./reading.ts";
import { takenReport } from "./report.ts";
import { NO_SAMPLES, samplesOf } from "./samples.ts";
import { type Destination, destinationOf } from "./series.ts";

export interface Storing {
  readonly parts: FolderParts;
  readonly folder: Folder;
  readonly dialect: Dialect;
  readonly bytes: Bytes;
}

const NONE = { stored: 0, replaced: 0, duplicate: 0, refused: 0 } as const;

/** How a record of the ledger begins. */
export function begunRecord(
  { source }: Folder,
  entry: Entry,
  { sha256, nowMs }: { sha256: string; nowMs: number },
): Omit<ImportRecord, "id"> {
  const { path, bytes, mtimeMs } = entry;
  return { source: source.name, what: path, sha256, bytes, mtimeMs, startedMs: nowMs, status: "running", ...NONE };
}

/**
 * Stores all rows of a file in one transaction, which marks its import as done as well, and says what it changed.
 * Errors: a reject where its series cannot take the rows; those of the store.
 */
export async function storeFile(storing: Storing, entry: Entry, file: ReadFile): Promise<ImportRecord | RejectItem> {
  const { parts, folder } = storing;
  const { content, sha256 } = file;
  const destination = await rowsTo(storing, content);
  if (destination !== undefined && "code" in destination) return destination;
  const range = rangeOf(content);
  storing.bytes(entry.bytes, `${entry.name}: comparing with what is known`);
  const before = destination && range && (await stateOf(storing, destination, range));
  const begun = begunRecord(folder, entry, { sha256, nowMs: parts.nowMs() });
  const importId = await parts.store.beginImport(begun);
  storing.bytes(entry.bytes, `${entry.name}: storing ${content.tMs.length.toLocaleString("en-US")} rows`);
  const outcome = await append(storing, content, { importId, series: destination?.series ?? [] });
  const changed = changedRange(content, outcome);
  if (destination && changed) announce(parts, destination.series, changed);
  storing.bytes(entry.bytes, `${entry.name}: what it changed`);
  const difference = before && changed && (await told(parts, before.difference()));
  const report = takenReport(entry.name, content, { counts: countRows(content, { known: before?.known, outcome }), difference });
  return ended(parts, importId, report);
}

async function rowsTo({ parts, folder, dialect }: Storing, content: FileContent): Promise<Destination | RejectItem | undefined> {
  const fromMs = content.tMs[0];
  if (fromMs === undefined) return undefined;
  const wanted = { source: folder.source, dialect, sayings: content.sayings, fromMs, nowMs: parts.nowMs() };
  return destinationOf(parts.line, wanted);
}

/** From the start of the first interval to the end of the last. */
function rangeOf({ tMs, sayings }: FileContent): Range | undefined {
  const [first, last] = [tMs[0], tMs.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return { fromMs: first - (sayings.find(({ intervalMs }) => intervalMs !== undefined)?.intervalMs ?? 0), toMs: last };
}

/** The rows that were not there already. Missing: undefined where all were. */
function changedRange({ tMs }: FileContent, outcome: Uint8Array): Range | undefined {
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [i, what] of outcome.entries()) {
    if (what === OUTCOME.duplicate) continue;
    const at = tMs[i % tMs.length] as number;
    fromMs = Math.min(fromMs, at);
    toMs = Math.max(toMs, at);
  }
  return fromMs <= toMs ? { fromMs, toMs: toMs + 1 } : undefined;
}

/** One transaction: the rows, what became of them, and that the file is done. */
async function append(
  { parts, folder }: Storing,
  content: FileContent,
  { importId, series }: { importId: number; series: readonly Series[] },
): Promise<Uint8Array> {
  const { tMs } = content;
  const receivedMs = parts.nowMs();
  const ends = tMs.length === 0 ? {} : { fromMs: tMs[0] as number, toMs: tMs.at(-1) as number };
  const { outcome } = await parts.store.append({
    receivedMs,
    samples: series.length === 0 ? NO_SAMPLES : samplesOf(content, series),
    rejects: [],
    messages: [
      { source: folder.source.name, ...(tMs.length === 0 ? { withItems: 0, without: { empty: 1 } } : { withItems: 1, without: {} }) },
    ],
    completes: { importId, endedMs: receivedMs, rows: tMs.length + content.repeated, ...ends },
  });
  return outcome;
}

function announce({ announce: tell, logger }: FolderParts, series: readonly Series[], range: Range): void {
  try {
    const changed = series.map((one) => ({ series: one, ...range }));
    tell?.({ count: 0, samples: () => [], newSeries: [], changed });
  } catch (error) {
    logger.error({ err: error }, "A listener to imported files failed");
  }
}

function stateOf({ parts }: Storing, { place }: Destination, range: Range): Promise<State | undefined> {
  return told(parts, parts.judge?.(place, range));
}

/** A report that fails does not stop the file: its rows count all the same. */
async function told<T>({ logger }: FolderParts, asked: Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    logger.error({ err: error }, "What a file changed could not be told; its rows are stored");
    return undefined;
  }
}

/** The record as the transaction left it, with its report. */
async function ended({ store, nowMs }: FolderParts, id: number, report: ImportRecord["report"]): Promise<ImportRecord> {
  const [record] = await store.imports({ beforeId: id + 1, limit: 1 });
  if (record?.id !== id || report === undefined) throw new Error(`Import ${id} was stored and is not there.`);
  const { status, stored, replaced, duplicate, refused } = record;
  const endedMs = nowMs();
  await store.endImport(id, { status, stored, replaced, duplicate, refused, endedMs, report });
  return { ...record, endedMs, report };
}
