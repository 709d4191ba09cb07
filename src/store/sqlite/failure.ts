import { StoreError } from "#store/store.ts";

/** Primary SQLite result codes, and the extended ones that mean a volume without space. */
const PERM = 3;
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;
const IOERR_WRITE = 778;
const IOERR_SHMSIZE = 4874;

interface SqliteFailure {
  readonly errcode: number;
  readonly message: string;
  readonly sqliteCodeName?: string;
}

/**
 * What an operator can mend becomes a StoreError with a sentence that says what to do; a StoreError stays as it is;
 * anything else is a bug of ours and comes back unchanged.
 */
export function toStoreError(error: unknown, file: string): unknown {
  if (error instanceof StoreError || !isSqliteFailure(error)) return error;
  const sentence = explain(error, file);
  return sentence === undefined ? error : new StoreError(sentence[0], sentence[1], { cause: error });
}

function isSqliteFailure(error: unknown): error is Error & SqliteFailure {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number";
}

function explain(error: SqliteFailure, file: string): readonly [code: string, sentence: string] | undefined {
  if (error.errcode === IOERR_WRITE || error.errcode === IOERR_SHMSIZE) return full(file);
  switch (error.errcode & 0xff) {
    case FULL:
      return full(file);
    case PERM:
    case READONLY:
    case CANTOPEN:
      return ["not-writable", `${file} cannot be opened for writing. Check that the folder exists and that this user may write to it.`];
    case BUSY:
    case LOCKED:
      return ["locked", `${file} is in use by another program. Close it and try again.`];
    case CORRUPT:
    case NOTADB:
      return ["damaged", `${file} is damaged or is not a Wattkeep store (${error.message}). Run \`wattkeep verify\`, or restore a backup.`];
    case IOERR: {
      const name = error.sqliteCodeName ?? `code ${error.errcode}`;
      return ["not-writable", `The disk under ${file} reported an error (${name}, ${error.message}). Check the disk; nothing was stored.`];
    }
    default:
      return undefined;
  }
}

function full(file: string): readonly [code: string, sentence: string] {
  return ["disk-full", `There is no space left for ${file}. Free some space on its disk; nothing of the last batch was stored.`];
}

/** What long work ends with when its progress was answered with false. */
export function cancelled(): StoreError {
  return new StoreError("cancelled", "The work was cancelled. Nothing was changed.");
}
