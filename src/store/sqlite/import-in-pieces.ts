import type { Column } from "#series/column.ts";
import type { AppendCounts } from "#store/store.ts";
import type { StoreCore } from "./core.ts";
import type { Pause } from "./pause.ts";

/** Rows of one transaction: whole blocks, and some tens of milliseconds that an append may have to wait. */
const PIECE_ROWS = 32_768;

interface Importing {
  readonly seriesId: number;
  readonly column: Column;
  readonly receivedMs: number;
}

/**
 * Takes a long column piece by piece, each durable by itself, so that live samples are committed in between. A column
 * that was interrupted is simply taken again: what is there already is a duplicate.
 */
export async function importInPieces(core: StoreCore, importing: Importing, pause: Pause): Promise<AppendCounts> {
  const { seriesId, column, receivedMs } = importing;
  const total = { stored: 0, replaced: 0, duplicate: 0, refused: 0 };
  for (let from = 0; from === 0 || from < column.tMs.length; from += PIECE_ROWS) {
    if (from > 0) await pause();
    const counts = core.importColumn(seriesId, piece(column, from), receivedMs);
    total.stored += counts.stored;
    total.replaced += counts.replaced;
    total.duplicate += counts.duplicate;
    total.refused += counts.refused;
  }
  return total;
}

function piece({ tMs, value, quality, code }: Column, from: number): Column {
  const to = from + PIECE_ROWS;
  const rows = { tMs: tMs.subarray(from, to), value: value.subarray(from, to), quality: quality.subarray(from, to) };
  return code === undefined ? rows : { ...rows, code: code.subarray(from, to) };
}
