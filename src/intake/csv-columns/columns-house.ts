import type { CommittedBatch } from "#intake/committed.ts";
import type { ImportHouse } from "#intake/import-house.ts";

/** What taking a table needs of the house it fills. */
export interface ColumnsHouse extends Omit<ImportHouse, "progress"> {
  readonly announce?: (committed: CommittedBatch) => void;
}
