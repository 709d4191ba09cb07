import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { Dialect } from "#dialects/dialect.ts";
import type { FileContent, FileFormat, FileProblem, ReadingsFormat } from "#dialects/file-format.ts";
import { sendersInstant } from "#intake/instant.ts";
import type { Source } from "#intake/source.ts";
import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import { QUALITY } from "#series/quality.ts";
import { chunksOf, sha256Of } from "./bytes.ts";
import type { Bytes } from "./folder.ts";
import type { Entry } from "./listing.ts";

/** A file that was read to its end. */
export interface ReadFile {
  readonly sha256: string;
  readonly content: FileContent;
  /** Its first bytes, for a reject. */
  readonly head: Uint8Array;
}

/** The dialect of a source that reads files. Errors: throws where it reads none; the configuration has refused that before. */
export function fileFormatOf(dialects: readonly Dialect[], source: Source): { dialect: Dialect; format: FileFormat<unknown> } {
  const dialect = dialects.find(({ name }) => name === source.dialect);
  if (dialect?.file === undefined) throw new Error(`Source ${source.name} speaks ${source.dialect}, which reads no files.`);
  return { dialect, format: dialect.file };
}

/** How files of a source are read as readings one after another. Missing: undefined where they are read whole. */
export function readingsFormatOf(
  dialects: readonly Dialect[],
  source: Source,
): { dialect: Dialect; format: ReadingsFormat<unknown> } | undefined {
  const dialect = dialects.find(({ name }) => name === source.dialect);
  return dialect?.readings === undefined ? undefined : { dialect, format: dialect.readings };
}

/** Reads an open file once: what it holds, and its hash. */
export async function readOpen(
  handle: FileHandle,
  { entry, format, options }: { entry: Entry; format: FileFormat<unknown>; options: unknown },
  how: { nowMs: number; bytes: Bytes },
): Promise<ReadFile> {
  const hash = createHash("sha256");
  const head: Uint8Array[] = [];
  let read = 0;
  const seen = (chunk: Uint8Array): void => {
    hash.update(chunk);
    if (read < MAX_REJECT_BYTES) head.push(chunk.subarray(0, MAX_REJECT_BYTES - read));
    read += chunk.length;
    how.bytes(read, `${entry.name}: reading`);
  };
  const content = await format.read(chunksOf(handle, entry.bytes, seen), options, { writtenMs: entry.mtimeMs });
  // Of a file that is no file of its kind the dialect has not seen the end.
  const sha256 = read < entry.bytes ? await sha256Of(handle, entry.bytes) : hash.digest("hex");
  return { sha256, content: believed(content, how.nowMs), head: Buffer.concat(head) };
}

/** Rows that say they are from tomorrow, or from before there were meters, are bad cells too. */
function believed(content: FileContent, nowMs: number): FileContent {
  const problems: FileProblem[] = [];
  const kept: number[] = [];
  const quality = Uint16Array.from(content.quality);
  for (const [i, tMs] of content.tMs.entries()) {
    const instant = sendersInstant(tMs, nowMs);
    if (instant.reject) problems.push({ line: content.line[i] as number, ...instant.reject });
    else kept.push(i);
    if (!instant.reject && instant.uncertain) quality[i] = (quality[i] as number) | QUALITY.clockUncertain;
  }
  if (problems.length === 0) return { ...content, quality };
  const refused = !content.lenient;
  const rows = refused ? [] : kept;
  return {
    ...content,
    tMs: Float64Array.from(rows, (i) => content.tMs[i] as number),
    quality: Uint16Array.from(rows, (i) => quality[i] as number),
    line: Uint32Array.from(rows, (i) => content.line[i] as number),
    sayings: content.sayings.map((saying) => ({ ...saying, value: Float64Array.from(rows, (i) => saying.value[i] as number) })),
    problems: [...content.problems, ...problems].slice(0, 1_000),
    problemCount: content.problemCount + problems.length,
    refused,
  };
}
