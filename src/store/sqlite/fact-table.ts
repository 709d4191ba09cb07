import type { Fact } from "#sites/registry.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

interface FactRow {
  readonly id: number;
  readonly site: string;
  readonly point: string;
  readonly name: string;
  readonly value: string | number;
  readonly from_ms: number;
  readonly who: string;
  readonly made_ms: number;
  readonly undone_ms: number | null;
}

/** Dated facts. A row never changes except that it is undone; a new value is a new row. */
export class FactTable {
  readonly #add: Statement<never>;
  readonly #undo: Statement<never>;
  readonly #byId: Statement<FactRow>;
  readonly #newest: Statement<FactRow>;
  readonly #all: Statement<FactRow>;

  constructor(db: Database) {
    this.#add = prepare(
      db,
      "INSERT INTO fact (site, point, name, value, from_ms, who, made_ms, undone_ms, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    );
    this.#undo = prepare(db, "UPDATE fact SET undone_ms = ? WHERE id = ?");
    this.#byId = prepare(db, "SELECT * FROM fact WHERE id = ?");
    this.#newest = prepare(
      db,
      "SELECT * FROM fact WHERE site = ? AND point = ? AND name = ? AND from_ms = ? AND undone_ms IS NULL ORDER BY id DESC LIMIT 1",
    );
    this.#all = prepare(db, "SELECT * FROM fact ORDER BY id");
  }

  all(): Fact[] {
    return this.#all.all().map(toFact);
  }

  /** With the id of a row that exists: undoes it. Saying again what already holds adds nothing, so a restart is quiet. */
  save(fact: Fact): void {
    const known = fact.id === undefined ? undefined : this.#byId.get(fact.id);
    if (known === undefined) this.#addNew(fact);
    else if (what(known) !== what(fact)) throw new Error(`Fact ${known.id} is ${what(known)}, not ${what(fact)}.`);
    else this.#undo.run(fact.undoneMs ?? null, known.id);
  }

  #addNew(fact: Fact): void {
    const newest = this.#newest.get(fact.site, fact.point, fact.name, fact.fromMs);
    if (fact.id === undefined && newest?.value === fact.value && newest.who === fact.who) return;
    const { site, point, name, value, fromMs, who, madeMs } = fact;
    this.#add.run(site, point, name, value, fromMs, who, madeMs, fact.undoneMs ?? null, fact.id ?? null);
  }
}

function what(fact: Fact | FactRow): string {
  return `${fact.site}/${fact.point} ${fact.name} = ${fact.value}`;
}

function toFact(row: FactRow): Fact {
  const { id, site, point, name, value, who } = row;
  const undone = row.undone_ms === null ? {} : { undoneMs: row.undone_ms };
  return { id, site, point, name, value, fromMs: row.from_ms, who, madeMs: row.made_ms, ...undone };
}
