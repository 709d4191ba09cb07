import type { FileHandle } from "node:fs/promises";
import type { Dialect } from "#dialects/dialect.ts";
import type { FileProblem, ReadingsFormat } from "#dialects/file-format.ts";
import { PullWriter } from "#intake/pull/pull-writer.ts";
import { noCounts, type PullCounts, type PulledItem } from "#intake/pull/pulled.ts";
import type { ImportEnd, ImportRecord } from "#store/records.ts";
import { StoreError } from "#store/store.ts";
import { chunksOf, isStill, sha256Of } from "./bytes.ts";
import type { Bytes, Folder, FolderParts } from "./folder.ts";
import type { Entry } from "./listing.ts";
import { readingsReport, refusedReport } from "./report.ts";
import { begunRecord } from "./store-file.ts";

export interface TakingReadings {
  readonly parts: FolderParts;
  readonly folder: Folder;
  readonly dialect: Dialect;
  readonly format: ReadingsFormat<unknown>;
  readonly bytes: Bytes;
}

const MOST_PROBLEMS = 1_000;
/** A file that changed while it was read is looked at again after this. */
const AGAIN_MS = 2_000;

/** What a file said. */
interface Told {
  readonly counts: PullCounts;
  readonly problems: FileProblem[];
  problemCount: number;
  rows: number;
  fromMs: number;
  toMs: number;
}

/**
 * Reads a file of readings piece by piece and stores each as it comes: what is known is passed over, so that a file that was cut off by a
 * power cut, or has grown, is simply read again. Errors: those of the store.
 */
export async function takeReadings(
  taking: TakingReadings,
  entry: Entry,
  handle: FileHandle,
): Promise<{ kind: "read"; record: ImportRecord } | { kind: "waiting"; readyMs: number }> {
  const { parts, folder } = taking;
  const { store, nowMs } = parts;
  const begun = begunRecord(folder, entry, { sha256: await sha256Of(handle, entry.bytes), nowMs: nowMs() });
  const id = await store.beginImport(begun);
  const ended = async (status: ImportRecord["status"], told: Told, report: ImportRecord["report"]): Promise<ImportRecord> => {
    const end = endOf(told, { status, endedMs: nowMs(), report });
    await store.endImport(id, end);
    return { ...begun, ...end, id };
  };
  const told: Told = {
    counts: noCounts(),
    problems: [],
    problemCount: 0,
    rows: 0,
    fromMs: Number.POSITIVE_INFINITY,
    toMs: Number.NEGATIVE_INFINITY,
  };
  try {
    await readInto(told, taking, { entry, handle });
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    const problem = { code: "not-readable", sentence: `${entry.name} cannot be read to its end: ${why}.` };
    return { kind: "read", record: await ended("failed", told, refusedReport(entry.name, [problem])) };
  }
  if (!(await isStill(handle, entry))) {
    await ended("cancelled", told, undefined);
    return { kind: "waiting", readyMs: nowMs() + AGAIN_MS };
  }
  const { problems, problemCount, rows } = told;
  if (rows === 0 && problemCount > 0)
    return { kind: "read", record: await ended("failed", told, refusedReport(entry.name, problems, problemCount)) };
  return { kind: "read", record: await ended("done", told, readingsReport(entry.name, told)) };
}

async function readInto(
  told: Told,
  { parts, folder, dialect, format, bytes }: TakingReadings,
  of: { entry: Entry; handle: FileHandle },
): Promise<void> {
  const { source } = folder;
  const { entry, handle } = of;
  const writer = await PullWriter.open(source, { decoder: `${dialect.name} ${dialect.version}` }, parts);
  let read = 0;
  const seen = (chunk: Uint8Array): void => {
    read += chunk.length;
    bytes(read, `${entry.name}: reading`);
  };
  const about = { name: entry.name, writtenMs: entry.mtimeMs };
  try {
    for await (const items of format.read(chunksOf(handle, entry.bytes, seen), source.options, about)) {
      for (const { item } of items) heard(told, item);
      await writer.write(entry.name, items, told.counts);
    }
  } finally {
    await writer.end();
  }
}

const LINE = /^Line (\d+): /;

function heard(told: Told, item: PulledItem["item"]): void {
  if ("reject" in item) {
    const { code, sentence } = item.reject;
    const line = LINE.exec(sentence)?.[1];
    told.problemCount += 1;
    if (told.problems.length < MOST_PROBLEMS)
      told.problems.push({ ...(line === undefined ? {} : { line: Number(line) }), code, sentence: sentence.replace(LINE, "") });
    return;
  }
  const tMs = item.reading.tMs ?? Number.NaN;
  told.rows += 1;
  told.fromMs = Math.min(told.fromMs, tMs);
  told.toMs = Math.max(told.toMs, tMs);
}

function endOf(
  { counts, rows, fromMs, toMs }: Told,
  { status, endedMs, report }: { status: ImportRecord["status"]; endedMs: number; report: ImportRecord["report"] },
): ImportEnd {
  const { fresh, changed, same, rejected } = counts;
  return {
    ...{ status, stored: fresh, replaced: changed, duplicate: same, refused: rejected, endedMs, rows },
    ...(rows === 0 ? {} : { fromMs, toMs }),
    ...(report === undefined ? {} : { report }),
  };
}
