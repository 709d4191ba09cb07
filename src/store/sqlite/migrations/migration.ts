import type { Database } from "#store/sqlite/statement.ts";

/** One step of the file format. A released migration never changes; the next one is a new file. */
export interface Migration {
  /** 1, 2, 3 … without gaps; also the format number of a file that has it. */
  readonly number: number;
  readonly name: string;
  /** Bytes it copies, for a migration that rewrites; that much free space is asked for before it begins. */
  readonly copies?: (db: Database) => number;
  up(db: Database): void;
}
