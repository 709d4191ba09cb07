import type { Assignment, Device } from "#sites/registry.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

interface DeviceRow {
  readonly source: string;
  readonly id: string;
  readonly serial: string | null;
  readonly first_seen_ms: number;
}

interface AssignmentRow {
  readonly source: string;
  readonly device: string;
  readonly site: string;
  readonly point: string;
  readonly from_ms: number;
}

/** Hardware, and since when it serves which point. */
export class DeviceTable {
  readonly #save: Statement<never>;
  readonly #assign: Statement<never>;
  readonly #devices: Statement<DeviceRow>;
  readonly #assignments: Statement<AssignmentRow>;

  constructor(db: Database) {
    this.#save = prepare(
      db,
      `INSERT INTO device VALUES (?, ?, ?, ?) ON CONFLICT (source, id) DO UPDATE SET
       serial = coalesce(excluded.serial, serial), first_seen_ms = min(first_seen_ms, excluded.first_seen_ms)`,
    );
    this.#assign = prepare(db, "INSERT INTO assignment VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    this.#devices = prepare(db, "SELECT * FROM device ORDER BY source, id");
    this.#assignments = prepare(db, "SELECT * FROM assignment ORDER BY site, point, from_ms, source, device");
  }

  all(): { devices: Device[]; assignments: Assignment[] } {
    return {
      devices: this.#devices.all().map(toDevice),
      assignments: this.#assignments
        .all()
        .map(({ source, device, site, point, from_ms }) => ({ source, device, site, point, fromMs: from_ms })),
    };
  }

  /** A serial that is heard later is added; the earliest sighting stays. */
  save(device: Device): void {
    this.#save.run(device.source, device.id, device.serial ?? null, device.firstSeenMs);
  }

  assign(row: Assignment): void {
    this.#assign.run(row.source, row.device, row.site, row.point, row.fromMs);
  }
}

function toDevice(row: DeviceRow): Device {
  const { source, id } = row;
  return { source, id, ...(row.serial === null ? {} : { serial: row.serial }), firstSeenMs: row.first_seen_ms };
}
