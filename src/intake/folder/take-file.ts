import type { FileHandle } from "node:fs/promises";
import type { FileProblem } from "#dialects/file-format.ts";
import type { ImportRecord, ImportReport } from "#store/records.ts";
import { StoreError } from "#store/store.ts";
import { isStill, openListed, sha256Of } from "./bytes.ts";
import type { Bytes, Folder, FolderParts } from "./folder.ts";
import type { Entry } from "./listing.ts";
import { fileFormatOf, type ReadFile, readingsFormatOf, readOpen } from "./reading.ts";
import { refusedReport } from "./report.ts";
import { NO_SAMPLES } from "./samples.ts";
import { begunRecord, storeFile } from "./store-file.ts";
import { takeReadings } from "./take-readings.ts";

/** What became of a file of a folder. */
export type Taken =
  | { readonly kind: "known"; readonly former: ImportRecord }
  | { readonly kind: "waiting"; readonly readyMs: number }
  | { readonly kind: "read"; readonly record: ImportRecord };

export interface Taking {
  readonly parts: FolderParts;
  readonly folder: Folder;
  /** What the ledger says of the file. */
  readonly former: ImportRecord | undefined;
  readonly thorough: boolean;
  readonly bytes: Bytes;
}

/** A file that changed while it was read is looked at again after this. */
const AGAIN_MS = 2_000;

/**
 * Reads one file and stores all of it, or nothing and why. What is known already is not read again; what is still being
 * written waits. Errors: those of the store; the file is tried again then.
 */
export async function takeFile(taking: Taking, entry: Entry): Promise<Taken> {
  const { parts, folder, former, thorough } = taking;
  const same = former !== undefined && isEnded(former) && former.bytes === entry.bytes && former.mtimeMs === entry.mtimeMs;
  if (same && !thorough) return { kind: "known", former };
  if (entry.refused) return refuse(taking, { entry }, [entry.refused]);
  const readings = readingsFormatOf(parts.dialects, folder.source);
  const { maxBytes } = readings?.format ?? fileFormatOf(parts.dialects, folder.source).format;
  if (entry.bytes > maxBytes) return refuse(taking, { entry }, [tooLarge(entry, maxBytes)]);
  const handle = await openListed(entry).catch((error: NodeJS.ErrnoException) => error);
  if (handle instanceof Error) return refuse(taking, { entry }, [unreadable(entry, handle)]);
  if (handle === undefined) return { kind: "waiting", readyMs: parts.nowMs() + AGAIN_MS };
  try {
    if (same && former.status === "done" && (await sha256Of(handle, entry.bytes)) === former.sha256) return { kind: "known", former };
    if (readings === undefined) return await takeOpen(taking, entry, handle);
    return await takeReadings({ ...taking, ...readings }, entry, handle);
  } finally {
    await handle.close();
  }
}

async function takeOpen(taking: Taking, entry: Entry, handle: FileHandle): Promise<Taken> {
  const { parts, folder, bytes } = taking;
  const { dialect, format } = fileFormatOf(parts.dialects, folder.source);
  const about = { entry, format, options: folder.source.options };
  const file = await readOpen(handle, about, { nowMs: parts.nowMs(), bytes }).catch((error: unknown) => {
    if (error instanceof StoreError) throw error;
    return error as NodeJS.ErrnoException;
  });
  if (file instanceof Error) return refuse(taking, { entry }, [unreadable(entry, file)]);
  if (!(await isStill(handle, entry))) return { kind: "waiting", readyMs: parts.nowMs() + AGAIN_MS };
  if (file.content.refused) return refuse(taking, { entry, file }, file.content.problems, file.content.problemCount);
  const stored = await storeFile({ parts, folder, dialect, bytes }, entry, file);
  return "code" in stored ? refuse(taking, { entry, file }, [stored]) : { kind: "read", record: stored };
}

function isEnded({ status }: ImportRecord): boolean {
  return status === "done" || status === "failed";
}

/** Writes down why a file is refused; what was refused before for the same reason is not written down again. */
async function refuse(
  { parts, folder, former }: Taking,
  { entry, file }: { entry: Entry; file?: ReadFile },
  problems: readonly FileProblem[],
  problemCount?: number,
): Promise<Taken> {
  const { store } = parts;
  const sha256 = file?.sha256 ?? "";
  const report = refusedReport(entry.name, problems, problemCount);
  const [last] = former?.status === "failed" ? await store.imports({ source: former.source, what: former.what, limit: 1 }) : [];
  const same = last !== undefined && last.bytes === entry.bytes && last.mtimeMs === entry.mtimeMs && last.sha256 === sha256;
  if (same && last.report?.sentence === report.sentence) return { kind: "read", record: last };
  const record = {
    ...begunRecord(folder, entry, { sha256, nowMs: parts.nowMs() }),
    status: "failed",
    endedMs: parts.nowMs(),
    report,
  } as const;
  if (file) await reject(parts, folder, { entry, file, report, code: problems[0]?.code ?? "refused" });
  return { kind: "read", record: { ...record, id: await store.beginImport(record) } };
}

/** The file stands among the rejects as well, where what is wrong in the world is looked for. */
async function reject(
  { store, dialects, nowMs }: FolderParts,
  { source }: Folder,
  { entry, file, report, code }: { entry: Entry; file: ReadFile; report: ImportReport; code: string },
): Promise<void> {
  const { dialect } = fileFormatOf(dialects, source);
  const decoder = `${dialect.name} ${dialect.version}`;
  const receivedMs = nowMs();
  const what = { source: source.name, topic: entry.name, code, sentence: report.sentence, decoder };
  await store.append({
    receivedMs,
    samples: NO_SAMPLES,
    rejects: [{ ...what, body: file.head, bodyBytes: entry.bytes, receivedMs }],
    messages: [{ source: source.name, withItems: 1, without: {} }],
  });
}

function tooLarge({ name, bytes }: Entry, most: number): FileProblem {
  const megabytes = (count: number): string => `${Math.ceil(count / 1_048_576).toLocaleString("en-US")} MiB`;
  return {
    code: "file-too-large",
    sentence: `${name} has ${megabytes(bytes)}; files up to ${megabytes(most)} are read. Cut it into smaller ones.`,
  };
}

function unreadable({ name }: Entry, error: NodeJS.ErrnoException): FileProblem {
  return { code: "not-readable", sentence: `${name} cannot be read: ${error.code ?? error.message}.` };
}
