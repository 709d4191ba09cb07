import type { SampleColumns } from "#store/batch.ts";
import type { SeriesEntry } from "./registry-view.ts";

/** The samples of a batch in the order they came, column by column: row i of each is one sample. */
export class Sheet {
  readonly entries: SeriesEntry[] = [];
  readonly tMs: number[] = [];
  /** Where the series says texts, the code of what was said. */
  readonly value: number[] = [];
  readonly quality: number[] = [];
  /** Status text. */
  readonly code: number[] = [];

  get length(): number {
    return this.entries.length;
  }

  add(entry: SeriesEntry, tMs: number, value: number, quality: number, code: number): void {
    this.entries.push(entry);
    this.tMs.push(tMs);
    this.value.push(value);
    this.quality.push(quality);
    this.code.push(code);
  }

  /** Takes back all but the first `length`. */
  cut(length: number): void {
    for (const column of [this.entries, this.tMs, this.value, this.quality, this.code]) column.length = length;
  }

  columns(): SampleColumns {
    const seriesId = new Int32Array(this.length);
    for (let i = 0; i < this.length; i++) seriesId[i] = (this.entries[i] as SeriesEntry).series.id;
    return {
      seriesId,
      tMs: Float64Array.from(this.tMs),
      value: Float64Array.from(this.value),
      quality: Uint16Array.from(this.quality),
      code: Uint16Array.from(this.code),
    };
  }
}
