import type { Zone } from "#calendar/zone.ts";
import { BackupFolder, type FolderMemory, megabytes } from "./backup-folder.ts";
import type { Destination, Shipment } from "./destination.ts";
import type { KeepRule } from "./keepers.ts";

interface FolderParts {
  readonly path: string;
  readonly memory: FolderMemory;
  readonly keep: KeepRule;
  readonly zone: Zone;
}

/** A folder of another disk or machine that is mounted here. It keeps copies by the same rule. */
export class FolderDestination implements Destination {
  readonly kind = "folder";
  readonly target: string;
  readonly #parts: FolderParts;
  readonly #folder: BackupFolder;

  constructor(parts: FolderParts) {
    this.#parts = parts;
    this.target = parts.path;
    this.#folder = new BackupFolder(parts.path, "The second folder");
  }

  async send({ from, newest }: Shipment): Promise<string> {
    const { memory, keep, zone } = this.#parts;
    await this.#folder.demand(memory);
    await this.#folder.clean();
    await this.#folder.take(from, newest);
    await this.#folder.thin(keep, zone);
    const near = await this.#folder.sharesDisk(from.path);
    return `${megabytes(newest.bytes)} copied and compared.${near ? " It lies on the same disk as the first: a second disk would outlive it." : ""}`;
  }
}
