import { ImportProblem } from "#intake/import-problem.ts";
import { unusableName } from "#intake/place.ts";
import { pointKey } from "#intake/registry-view.ts";
import type { Series } from "#sites/registry.ts";
import type { SampleColumns } from "#store/batch.ts";
import { sameDimension } from "#units/unit.ts";
import type { ColumnsHouse } from "./columns-house.ts";
import type { Compared } from "./compared.ts";
import type { Gathered } from "./gathered.ts";

interface Part {
  readonly gathered: Gathered;
  readonly compared: Compared;
}

interface Keep {
  readonly file: { readonly name: string; readonly bytes: number; readonly sha256: string };
  readonly source: string;
  readonly counts: {
    readonly lines: number;
    readonly fresh: number;
    readonly same: number;
    readonly changed: number;
    readonly repeated: number;
  };
  readonly sentence: string;
  readonly problems: readonly { readonly line: number; readonly sentence: string }[];
  readonly parts: readonly Part[];
}

const NONE = { stored: 0, replaced: 0, duplicate: 0, refused: 0 } as const;
/** What is told of an import for good. */
const MOST_PROBLEMS = 1_000;

/** Keeps what is new or changed in one transaction, which marks the import as done as well; answers the import. Errors: ImportProblem; those of the store. */
export async function keepColumns({ store, line, nowMs, announce }: ColumnsHouse, keep: Keep): Promise<number> {
  const moved = keep.parts.filter(({ compared }) => compared.rows.tMs.length > 0);
  const series = await opened({ store, line }, moved);
  const { name, bytes, sha256 } = keep.file;
  const startedMs = nowMs();
  const importId = await store.beginImport({ source: keep.source, what: name, sha256, bytes, startedMs, status: "running", ...NONE });
  const times = moved.flatMap(({ compared: { rows } }) => [rows.tMs[0] as number, rows.tMs.at(-1) as number]);
  const range = times.length === 0 ? {} : { fromMs: Math.min(...times), toMs: Math.max(...times) };
  try {
    await store.append({
      receivedMs: nowMs(),
      samples: samplesOf(moved, series),
      rejects: [],
      messages: [...new Set(moved.map(({ gathered }) => gathered.draft.source))].map((source) => ({ source, withItems: 1, without: {} })),
      completes: { importId, endedMs: nowMs(), rows: keep.counts.lines, ...range },
    });
  } catch (error) {
    await store.endImport(importId, { status: "failed", ...NONE, endedMs: nowMs() }).catch(() => undefined);
    throw error;
  }
  await report(store, importId, keep);
  tell(announce, moved, series);
  return importId;
}

async function report(store: ColumnsHouse["store"], importId: number, { counts, sentence, problems, file }: Keep): Promise<void> {
  const [record] = await store.imports({ what: file.name, beforeId: importId + 1, limit: 1 });
  if (record?.id !== importId) throw new Error(`Import ${importId} was stored and is not there.`);
  const { status, stored, replaced, duplicate, refused } = record;
  const told = {
    sentence,
    problems: problems.slice(0, MOST_PROBLEMS).map(({ line, sentence: why }) => ({ code: "line", line, sentence: `${why}.` })),
    problemCount: problems.length,
    counts: { new: counts.fresh, confirmed: 0, replaced: counts.changed, unchanged: counts.same, repeated: counts.repeated },
  };
  await store.endImport(importId, { status, stored, replaced, duplicate, refused, report: told });
}

/** The series of all parts, with their points, made durable where they are new. */
async function opened({ line }: Pick<ColumnsHouse, "line" | "store">, parts: readonly Part[]): Promise<readonly Series[]> {
  let found: Series[] = [];
  let problem: ImportProblem | undefined;
  await line.within(({ change }) => {
    // A piece of work is done anew when a batch before it fails.
    problem = undefined;
    const checked = parts.map(({ gathered: { draft, meter } }) => ({ draft, meter, known: change.view.series.get(draft.key)?.series }));
    problem = checked.map(problemOf).find((one) => one !== undefined);
    if (problem !== undefined) return;
    found = checked.map(({ draft, meter, known }) => {
      const point = { site: draft.site, id: draft.point };
      if (!change.view.points.has(pointKey(point))) change.addPoint({ ...point, name: meter.name });
      return known ?? change.addSeries(draft).series;
    });
  });
  if (problem !== undefined) throw problem;
  return found;
}

function problemOf({ draft, known }: { draft: Omit<Series, "id">; known: Series | undefined }): ImportProblem | undefined {
  const name = unusableName("meter", draft.point, "/@");
  if (name !== undefined) return new ImportProblem(name.code, name.sentence);
  if (known === undefined || (known.kind === draft.kind && sameDimension(known.unit, draft.unit) && known.unit === draft.unit))
    return undefined;
  return new ImportProblem(
    "series-unlike",
    `${known.key} is a ${known.kind} in ${known.unit}; the file's is a ${draft.kind} in ${draft.unit}.`,
  );
}

function samplesOf(parts: readonly Part[], series: readonly Series[]): SampleColumns {
  const length = parts.reduce((sum, { compared }) => sum + compared.rows.tMs.length, 0);
  const samples = {
    seriesId: new Int32Array(length),
    tMs: new Float64Array(length),
    value: new Float64Array(length),
    quality: new Uint16Array(length),
    code: new Uint16Array(length),
  };
  let at = 0;
  for (const [i, { compared }] of parts.entries()) {
    samples.seriesId.fill(series[i]?.id ?? 0, at, at + compared.rows.tMs.length);
    samples.tMs.set(compared.rows.tMs, at);
    samples.value.set(compared.rows.value, at);
    at += compared.rows.tMs.length;
  }
  return samples;
}

function tell(announce: ColumnsHouse["announce"], parts: readonly Part[], series: readonly Series[]): void {
  const changed = parts.flatMap(({ compared: { rows } }, i) => {
    const one = series[i];
    return one === undefined ? [] : [{ series: one, fromMs: rows.tMs[0] as number, toMs: (rows.tMs.at(-1) as number) + 1 }];
  });
  announce?.({ count: 0, samples: () => [], newSeries: [], changed });
}
