import type { KeepRule } from "./keepers.ts";

/** A second place that copies go to. */
export type DestinationSettings =
  | { readonly kind: "folder" /** Absolute. */; readonly path: string }
  | {
      readonly kind: "rsync" /** As rsync takes it: `user@host:folder`, `rsync://user:password@host/module`, a path. */;
      readonly target: string;
    }
  | {
      readonly kind: "git";
      /** With the password, where it has one. */
      readonly remote: string;
      readonly branch: string;
    };

/** How copies of the store are made and kept. */
export interface BackupSettings {
  /** Absolute. */
  readonly folder: string;
  /** A folder of ours is made; one that somebody named has to be there, or a drive that is not connected would fill the disk below it. */
  readonly ours: boolean;
  readonly keep: KeepRule;
  /** IANA zone whose hours, days and months are counted. */
  readonly zone: string;
  readonly to?: DestinationSettings;
}
