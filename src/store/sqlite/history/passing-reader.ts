import type { Column } from "#series/column.ts";
import { unpackInto } from "./block-cache.ts";
import { inForce } from "./corrections.ts";
import type { ReaderParts } from "./reader.ts";
import { allocate, copyInto, rows, rowsWithin, type Samples, sampleAt } from "./samples.ts";
import type { SharedColumns } from "./shared-columns.ts";
import type { Span } from "./spans.ts";

/** Longer reads are better unpacked where they are wanted. */
const MOST_ROWS = 65_536;

/** Reads one series after another: what is unpacked on the way goes into room that is used again, and is not remembered. */
export class PassingReader {
  readonly #parts: ReaderParts;
  #room = allocate(0);

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /**
   * The column of a span as it is today. Missing: undefined where it is long, corrected, or not all in blocks and tail: ask the reader.
   * Errors: StoreError `damaged` where a block of the span is.
   */
  column(series: number, span: Span, shared: SharedColumns): Column | undefined {
    const { blocks, states, corrections } = this.#parts;
    const state = states.get(series);
    if (state.late.rows > 0 || inForce(corrections.of(series)).length > 0) return undefined;
    const tail = rowsWithin(state.tail.samples, span.fromMs, span.toMs);
    const found = blocks.within(series, span.fromMs, span.toMs);
    const most = found.reduce((sum, { n }) => sum + n, tail.tMs.length);
    if (most > MOST_ROWS) return undefined;
    const room = this.#roomFor(most);
    let at = 0;
    for (const block of found) {
      unpackInto(block, rows(room, at, at + block.n));
      at += block.n;
      if (block.t1 === state.blockEndMs) state.newest ??= sampleAt(room, at - 1);
    }
    copyInto(room, at, tail);
    return shared.columnOf(rowsWithin(rows(room, 0, most), span.fromMs, span.toMs));
  }

  #roomFor(rows: number): Samples {
    if (this.#room.tMs.length < rows) this.#room = allocate(rows);
    return this.#room;
  }
}
