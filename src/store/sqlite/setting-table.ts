import { type Database, prepare, type Statement } from "./statement.ts";

/** Settings of the product, text to text. */
export class SettingTable {
  readonly #save: Statement<never>;
  readonly #get: Statement<{ value: string }>;

  constructor(db: Database) {
    this.#save = prepare(db, "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    this.#get = prepare(db, "SELECT value FROM setting WHERE name = ?");
  }

  get(name: string): string | undefined {
    return this.#get.get(name)?.value;
  }

  save(name: string, value: string): void {
    this.#save.run(name, value);
  }
}
