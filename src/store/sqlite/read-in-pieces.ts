import type { Column } from "#series/column.ts";
import type { Range, ReadOptions } from "#store/store.ts";
import type { StoreCore } from "./core.ts";
import type { Pause } from "./pause.ts";

/** Rows read in one turn: some milliseconds of work, so that an append never waits for a year of history. */
export const PIECE_ROWS = 65_536;

const ATTEMPTS = 3;

interface Reading {
  readonly seriesId: number;
  readonly range: Range;
  readonly options: ReadOptions;
}

/**
 * A column as it was at one moment, read piece by piece. When what was read changes in between it is read again, and
 * in the end in one turn: pieces of two states are never put together.
 */
export async function readInPieces(core: StoreCore, reading: Reading, pause: Pause): Promise<Column> {
  if (reading.options.limit !== undefined) return readNow(core, reading);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const column = await tryInPieces(core, reading, pause);
    if (column !== undefined) return column;
  }
  return readNow(core, reading);
}

async function tryInPieces(core: StoreCore, { seriesId, range, options }: Reading, pause: Pause): Promise<Column | undefined> {
  const watch = core.watched.begin(seriesId, range.fromMs);
  try {
    const pieces: Column[] = [];
    while (!watch.torn) {
      const rest = { fromMs: watch.toMs, toMs: range.toMs };
      const piece = readNow(core, { seriesId, range: rest, options: { ...options, limit: PIECE_ROWS } });
      pieces.push(piece);
      if (piece.tMs.length < PIECE_ROWS) return pieces.length === 1 ? piece : join(pieces);
      // Instants are whole milliseconds.
      watch.toMs = (piece.tMs[PIECE_ROWS - 1] as number) + 1;
      await pause();
    }
    return undefined;
  } finally {
    core.watched.end(watch);
  }
}

function readNow(core: StoreCore, { seriesId, range, options }: Reading): Column {
  return core.guard(() => core.history.read(core.registry.series(seriesId).id, range, options));
}

function join(pieces: readonly Column[]): Column {
  const rows = pieces.reduce((sum, piece) => sum + piece.tMs.length, 0);
  const column = { tMs: new Float64Array(rows), value: new Float64Array(rows), quality: new Uint16Array(rows) };
  const code = pieces.some((piece) => piece.code !== undefined) ? new Uint16Array(rows) : undefined;
  let at = 0;
  for (const piece of pieces) {
    column.tMs.set(piece.tMs, at);
    column.value.set(piece.value, at);
    column.quality.set(piece.quality, at);
    if (piece.code !== undefined) code?.set(piece.code, at);
    at += piece.tMs.length;
  }
  return code === undefined ? column : { ...column, code };
}
