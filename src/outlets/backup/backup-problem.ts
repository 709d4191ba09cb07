/** What an operator can mend, as a sentence without paths or passwords: people without a sign-in may read it. */
export class BackupProblem extends Error {
  readonly code: BackupProblemCode;
  constructor(code: BackupProblemCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = "BackupProblem";
    this.code = code;
  }
}

export type BackupProblemCode =
  | "no-space"
  | "folder-missing"
  | "drive-missing"
  | "not-writable"
  | "not-the-same"
  | "program-missing"
  | "timed-out"
  | "refused"
  | "others-branch"
  | "cancelled";

/** Errors of the file system as what to do about them; everything else comes back unchanged. */
export function folderProblem(error: unknown, what: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const because = { cause: error };
  if (code === "ENOSPC" || code === "EDQUOT") return noSpace(what, because);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS")
    return new BackupProblem(
      "not-writable",
      `${what} cannot be written to (${code}). Let the user that Wattkeep runs as write there.`,
      because,
    );
  if (code === "ENOENT" || code === "ENOTDIR" || code === "EIO" || code === "ENXIO")
    return new BackupProblem("folder-missing", `${what} is not there (${code}). Make it, or connect the drive it lies on.`, because);
  return error;
}

/** The name of a folder within a sentence. */
export function lowered(what: string): string {
  return `${what.charAt(0).toLowerCase()}${what.slice(1)}`;
}

/** A full disk; `what` lies on it. */
export function noSpace(what: string, options?: ErrorOptions): BackupProblem {
  return new BackupProblem(
    "no-space",
    `The disk of ${lowered(what)} is full. Make room or keep fewer copies; the older ones stay, and readings go on being stored.`,
    options,
  );
}
