import type { Kind } from "#series/kind.ts";
import type { FileItem } from "./file-item.ts";

/** What a file says of one quantity, row by row. */
export interface FileSaying {
  readonly device: string;
  readonly point: string;
  readonly pointName: string;
  readonly quantity: string;
  readonly unit: string;
  readonly kind: Kind;
  readonly intervalMs?: number;
  readonly value: Float64Array;
}

/** A cell, a line or a file that cannot be read. */
export interface FileProblem {
  readonly line?: number;
  readonly column?: string;
  readonly code: string;
  readonly sentence: string;
}

/**
 * A file that was read to its end.
 * Shape:   columns of one length, ascending in time, one row per instant; `line` is where the row stands in the file.
 * Missing: no rows where the file is refused; `problems` then says why.
 */
export interface FileContent {
  readonly tMs: Float64Array;
  readonly quality: Uint16Array;
  readonly line: Uint32Array;
  readonly sayings: readonly FileSaying[];
  /** Rows that a later line of the same file repeats; the later one counts. */
  readonly repeated: number;
  /** The first thousand. */
  readonly problems: readonly FileProblem[];
  readonly problemCount: number;
  /** Nothing of it may be stored. */
  readonly refused: boolean;
  /** A bad row is left out and does not refuse the file. */
  readonly lenient: boolean;
  /** Smallest step of its energies in kWh: two values closer than this say the same. */
  readonly stepKwh: number;
}

/** A file as it lies there. */
export interface FileAbout {
  /** When it was last written: tells the two hours of an autumn night apart where its rows cannot. */
  readonly writtenMs: number;
}

/** How whole files of a dialect are read: chunk by chunk, never all of it in memory. */
export interface FileFormat<Options> {
  /** Largest file that is read. */
  readonly maxBytes: number;
  /** Never throws for what is in the file; throws what `chunks` throws. */
  read(chunks: AsyncIterable<Uint8Array>, options: Options, about: FileAbout): Promise<FileContent>;
}

/** How files of a dialect are read as readings, piece by piece: what is good is kept, and what is not becomes a reject. */
export interface ReadingsFormat<Options> {
  /** Largest file that is read. */
  readonly maxBytes: number;
  /**
   * Instants of one series do not repeat from one reading to the next of that series.
   * Never throws for what is in the file; throws what `chunks` throws.
   */
  read(chunks: AsyncIterable<Uint8Array>, options: Options, about: ReadingsAbout): AsyncIterable<readonly FileItem[]>;
}

/** A file as it lies there; its name may say what it is about. */
export interface ReadingsAbout extends FileAbout {
  readonly name: string;
}
