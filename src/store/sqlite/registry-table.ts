import type { Registry, RegistryChange, Series } from "#sites/registry.ts";
import { DeviceTable } from "./device-table.ts";
import { FactTable } from "./fact-table.ts";
import { SeriesTable } from "./series-table.ts";
import { SiteTable } from "./site-table.ts";
import type { Database } from "./statement.ts";

/** The registry's rows as one value in, one value out. */
export class RegistryTable {
  readonly #sites: SiteTable;
  readonly #series: SeriesTable;
  readonly #devices: DeviceTable;
  readonly #facts: FactTable;

  constructor(db: Database) {
    this.#sites = new SiteTable(db);
    this.#series = new SeriesTable(db);
    this.#devices = new DeviceTable(db);
    this.#facts = new FactTable(db);
  }

  all(): Registry {
    return {
      ...this.#sites.all(),
      series: this.#series.all(),
      codes: this.#series.codes(),
      ...this.#devices.all(),
      facts: this.#facts.all(),
    };
  }

  /** Adds what is new inside the caller's transaction. Throws when an id is already something else. */
  add(change: RegistryChange): void {
    for (const site of change.sites ?? []) this.#sites.saveSite(site);
    for (const point of change.points ?? []) this.#sites.savePoint(point);
    for (const series of change.series ?? []) this.#series.save(series);
    for (const code of change.codes ?? []) this.#series.saveCode(code);
    for (const device of change.devices ?? []) this.#devices.save(device);
    for (const assignment of change.assignments ?? []) this.#devices.assign(assignment);
    for (const fact of change.facts ?? []) this.#facts.save(fact);
  }

  /** A series that exists; asking for another is a bug of the caller. */
  series(id: number): Series {
    return this.#series.get(id);
  }

  /** After a rollback: nothing remembered may be newer than the file. */
  rolledBack(): void {
    this.#series.forget();
  }
}
