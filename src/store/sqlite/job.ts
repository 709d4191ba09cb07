import type { Progress } from "#store/store.ts";
import { backUp } from "./backup.ts";
import { openReader } from "./connection.ts";
import { toStoreError } from "./failure.ts";
import { History } from "./plain-history.ts";
import type { Job } from "./protocol.ts";
import { RegistryTable } from "./registry-table.ts";

/** Long work on a connection of its own, which only reads, beside the writer. */
export async function runJob(job: Job, file: string, progress?: Progress): Promise<unknown> {
  return job.kind === "backup" ? backUp(file, job.file, progress) : verify(file);
}

function verify(file: string): unknown {
  const db = openReader(file);
  try {
    const registry = new RegistryTable(db);
    return new History(db, { rule: (id) => registry.series(id).equalInstant }).verify();
  } catch (error) {
    throw toStoreError(error, file);
  } finally {
    db.close();
  }
}
