import { type Database, prepare, type Statement } from "./statement.ts";

/** What a decoder has to remember between messages, per source, as JSON. */
export class MemoryTable {
  readonly #save: Statement<never>;
  readonly #all: Statement<{ source: string; json: string }>;

  constructor(db: Database) {
    this.#save = prepare(db, "INSERT INTO memory VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET json = excluded.json");
    this.#all = prepare(db, "SELECT source, json FROM memory ORDER BY source");
  }

  save(memory: Readonly<Record<string, string>>): void {
    for (const [source, json] of Object.entries(memory)) this.#save.run(source, json);
  }

  all(): Record<string, string> {
    return Object.fromEntries(this.#all.all().map((row) => [row.source, row.json]));
  }
}
