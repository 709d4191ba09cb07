import type { Progress } from "#store/store.ts";
import { backUp } from "./backup.ts";
import { markOf } from "./change-mark.ts";
import type { Job } from "./protocol.ts";
import { verifyFile } from "./verify-file.ts";

/** Long work on a connection of its own, which only reads, beside the writer. */
export async function runJob(job: Job, file: string, progress?: Progress): Promise<unknown> {
  if (job.kind === "backup") return backUp(file, job.file, progress);
  return job.kind === "mark" ? markOf(file) : verifyFile(file, progress);
}
