import type { BackupFolder } from "./backup-folder.ts";
import type { Manifest } from "./manifest.ts";

/** What a second place is given. */
export interface Shipment {
  readonly from: BackupFolder;
  readonly newest: Manifest;
  /** Copies the rule has taken out since the last shipment that arrived. */
  readonly gone: readonly string[];
  readonly signal: AbortSignal;
}

/** A second place for copies: one file each. */
export interface Destination {
  readonly kind: "folder" | "rsync" | "git";
  /** Where it is, without any password. */
  readonly target: string;
  /** Brings the newest copy there and answers one sentence. Errors: BackupProblem. */
  send(shipment: Shipment): Promise<string>;
}
