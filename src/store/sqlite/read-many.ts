import type { Column } from "#series/column.ts";
import type { SeriesRange } from "#store/store.ts";
import type { StoreCore } from "./core.ts";
import type { Pause } from "./pause.ts";
import { PIECE_ROWS, readInPieces } from "./read-in-pieces.ts";

/** Reads one after another, each of one moment, with pauses in which an append is served. */
export async function readMany(core: StoreCore, asked: readonly SeriesRange[], pause: Pause): Promise<Column[]> {
  const read = core.history.readerOfMany();
  const columns: Column[] = [];
  let rows = 0;
  for (const { seriesId, range } of asked) {
    const known = core.guard(() => read(core.registry.series(seriesId).id, range));
    const column = known ?? (await readInPieces(core, { seriesId, range, options: {} }, pause));
    columns.push(column);
    rows += column.tMs.length;
    if (rows < PIECE_ROWS) continue;
    rows = 0;
    await pause();
  }
  return columns;
}
