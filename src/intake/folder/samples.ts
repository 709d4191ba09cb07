import type { FileContent } from "#dialects/file-format.ts";
import type { Series } from "#sites/registry.ts";
import type { SampleColumns } from "#store/batch.ts";

/** All rows of a file, one series after the other. */
export function samplesOf(content: FileContent, series: readonly Series[]): SampleColumns {
  const rows = content.tMs.length;
  const length = rows * series.length;
  const columns = {
    seriesId: new Int32Array(length),
    tMs: new Float64Array(length),
    value: new Float64Array(length),
    quality: new Uint16Array(length),
    code: new Uint16Array(length),
  };
  for (const [i, { id }] of series.entries()) {
    const at = i * rows;
    columns.seriesId.fill(id, at, at + rows);
    columns.tMs.set(content.tMs, at);
    columns.value.set((content.sayings[i] as FileContent["sayings"][number]).value, at);
    columns.quality.set(content.quality, at);
  }
  return columns;
}

export const NO_SAMPLES: SampleColumns = {
  seriesId: new Int32Array(),
  tMs: new Float64Array(),
  value: new Float64Array(),
  quality: new Uint16Array(),
  code: new Uint16Array(),
};
