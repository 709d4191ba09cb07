import type { Task } from "#cli/task.ts";
import type { VerifyReport } from "#store/records.ts";

/** Reads every stored block back and compares it with its checksum. */
export const verifyTask: Task<Record<string, never>, VerifyReport> = {
  name: "verify",
  run: ({ house, progress }) => house.store.verify(progress),
};
