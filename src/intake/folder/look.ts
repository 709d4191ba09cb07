import type { ImportRecord } from "#store/records.ts";
import { putAway } from "./archive.ts";
import type { Folder, FolderParts, Look, LookChoice } from "./folder.ts";
import { type Entry, listFolder } from "./listing.ts";
import type { Ripeness } from "./ripeness.ts";
import { type Taken, takeFile } from "./take-file.ts";

/**
 * Looks through a folder once: every file that is ready and not known is read, one transaction each, in the order of their
 * names. Errors: those of the store; what was taken before stays taken.
 */
export async function lookThrough(parts: FolderParts, folder: Folder, choice: LookChoice & { ripeness: Ripeness }): Promise<Look> {
  const entries = await listFolder(folder.path, folder.glob).catch((error: NodeJS.ErrnoException) => error);
  if (entries instanceof Error) return { files: [], known: 0, waiting: [], problem: folderProblem(folder, entries) };
  const { ripeness, thorough, progress = () => true } = choice;
  ripeness.keep(entries);
  const ledger = await ledgerOf(parts, folder);
  const look = { files: [] as ImportRecord[], known: 0, waiting: [] as { name: string; readyMs: number }[] };
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const entry of entries) {
    const bytesBefore = done;
    if (progress(bytesBefore, total, entry.name) === false) break;
    const bytes = (count: number, what: string): void => void progress(bytesBefore + count, total, what);
    const readyMs = ripeness.readyMs(entry, folder.minAgeMs, parts.nowMs());
    const ready = readyMs <= parts.nowMs() || entry.refused !== undefined;
    const taking = { parts, folder, former: ledger.get(entry.path), thorough, bytes };
    const taken: Taken = ready ? await takeFile(taking, entry) : { kind: "waiting", readyMs };
    if (taken.kind === "known") look.known++;
    else if (taken.kind === "waiting") look.waiting.push({ name: entry.name, readyMs: taken.readyMs });
    else look.files.push(await archived(parts, folder, { entry, record: taken.record }));
    if (taken.kind === "known") await archived(parts, folder, { entry, record: taken.former });
    done += entry.bytes;
  }
  progress(total, total, "done");
  return look;
}

/** The newest record of each file; one that was cut off by a power cut is as if it had not begun. */
async function ledgerOf({ store }: FolderParts, { source }: Folder): Promise<Map<string, ImportRecord>> {
  const records = await store.imports({ source: source.name, newestOfEach: true, withoutReports: true });
  for (const { id, status, stored, replaced, duplicate, refused } of records) {
    if (status === "running") await store.endImport(id, { status: "cancelled", stored, replaced, duplicate, refused });
  }
  return new Map(records.map((record) => [record.what, record]));
}

/** A file that is done goes to the archive where there is one; when it cannot, it is tried again with the next look. */
async function archived(
  { store, nowMs, logger }: FolderParts,
  { archive }: Folder,
  { entry, record }: { entry: Entry; record: ImportRecord },
): Promise<ImportRecord> {
  if (archive === undefined || record.status !== "done") return record;
  try {
    const archivedAs = await putAway(entry, archive, nowMs());
    const report = record.report ?? (await reportOf(store, record));
    if (report === undefined) return record;
    const { id, status, stored, replaced, duplicate, refused } = record;
    const moved = { ...report, archivedAs };
    await store.endImport(id, { status, stored, replaced, duplicate, refused, report: moved });
    return { ...record, report: moved };
  } catch (error) {
    logger.warn({ err: error, file: entry.name }, "A file that is done could not be moved to the archive; it is tried again");
    return record;
  }
}

/** The ledger is read without what it says of each file. */
async function reportOf(store: FolderParts["store"], { id, source, what }: ImportRecord): Promise<ImportRecord["report"]> {
  const records = await store.imports({ source, what, beforeId: id + 1, limit: 1 });
  return records.find((record) => record.id === id)?.report;
}

function folderProblem({ path }: Folder, { code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return `The folder ${path} is not there. Make it, or connect the drive it lies on.`;
  if (code === "EACCES" || code === "EPERM") return `The folder ${path} may not be read by the user Wattkeep runs as.`;
  if (code === "ENOTDIR") return `${path} is not a folder.`;
  return `The folder ${path} cannot be read: ${code ?? message}.`;
}

/** One sentence about a look, for the history of jobs. */
export function lookSentence(looks: readonly Look[]): string {
  const files = looks.flatMap((look) => look.files);
  const taken = files.filter(({ status }) => status === "done");
  const refused = files.filter(({ status }) => status === "failed");
  const waiting = looks.reduce((sum, look) => sum + look.waiting.length, 0);
  const parts = [
    ...looks.flatMap(({ problem }) => problem ?? []),
    ...(taken.length > 0 ? [`${counted(taken.length, "file")} taken.`] : []),
    ...(taken.length <= MOST_TOLD ? taken : []).map(({ report }) => report?.sentence ?? ""),
    ...(refused.length > 0 ? [`${counted(refused.length, "file")} refused.`] : []),
    ...refused.slice(0, MOST_TOLD).map(({ report }) => report?.sentence ?? ""),
    ...(waiting > 0 ? [`${counted(waiting, "file")} still being written.`] : []),
  ];
  return parts.length === 0 ? "Nothing new." : parts.join(" ");
}

const MOST_TOLD = 3;

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}
