import type { MessageCount } from "#store/batch.ts";
import { OUTCOME } from "#store/batch.ts";
import type { LedgerRow } from "#store/records.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

interface Row {
  readonly source: string;
  readonly messages: number;
  readonly with_items: number;
  readonly items: number;
  readonly stored: number;
  readonly replaced: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly rejected: number;
  readonly spooled: number;
}

/** Amounts to add to the items of one source; negative ones move. */
export interface ItemCount {
  readonly items?: number;
  readonly stored?: number;
  readonly replaced?: number;
  readonly duplicate?: number;
  readonly refused?: number;
  readonly rejected?: number;
}

/** Two sums per source, both zero always: what came in is counted apart from what became of it. */
export class LedgerTable {
  readonly #messages: Statement<never>;
  readonly #without: Statement<never>;
  readonly #items: Statement<never>;
  readonly #all: Statement<Row>;
  readonly #reasons: Statement<{ source: string; reason: string; n: number }>;

  constructor(db: Database) {
    this.#messages = prepare(
      db,
      `INSERT INTO ledger (source, messages, with_items) VALUES (?, ?, ?)
       ON CONFLICT (source) DO UPDATE SET messages = messages + excluded.messages, with_items = with_items + excluded.with_items`,
    );
    this.#without = prepare(
      db,
      "INSERT INTO ledger_without VALUES (?, ?, ?) ON CONFLICT (source, reason) DO UPDATE SET n = n + excluded.n",
    );
    this.#items = prepare(
      db,
      `INSERT INTO ledger (source, items, stored, replaced, duplicate, refused, rejected) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (source) DO UPDATE SET items = items + excluded.items, stored = stored + excluded.stored,
       replaced = replaced + excluded.replaced, duplicate = duplicate + excluded.duplicate, refused = refused + excluded.refused,
       rejected = rejected + excluded.rejected`,
    );
    this.#all = prepare(db, "SELECT * FROM ledger ORDER BY source");
    this.#reasons = prepare(db, "SELECT * FROM ledger_without ORDER BY source, reason");
  }

  countMessages(count: MessageCount): void {
    const without = Object.entries(count.without).filter(([, n]) => n !== 0);
    const messages = without.reduce((sum, [, n]) => sum + n, count.withItems);
    this.#messages.run(count.source, messages, count.withItems);
    for (const [reason, n] of without) this.#without.run(count.source, reason, n);
  }

  countItems(source: string, count: ItemCount): void {
    const { items = 0, stored = 0, replaced = 0, duplicate = 0, refused = 0, rejected = 0 } = count;
    this.#items.run(source, items, stored, replaced, duplicate, refused, rejected);
  }

  all(): LedgerRow[] {
    const reasons = this.#reasons.all();
    return this.#all.all().map(({ with_items, ...row }) => {
      const own = reasons.filter((one) => one.source === row.source).map((one) => [one.reason, one.n] as const);
      return { ...row, withItems: with_items, without: Object.fromEntries(own) };
    });
  }
}

/** Outcomes of samples, counted by the source of their series. */
export function countOutcomes(
  seriesId: Int32Array,
  outcome: Uint8Array,
  sourceOf: (seriesId: number) => string,
): Map<string, Required<ItemCount>> {
  const bySource = new Map<string, { -readonly [K in keyof ItemCount]-?: number }>();
  const bySeries = new Map<number, { -readonly [K in keyof ItemCount]-?: number }>();
  for (let i = 0; i < seriesId.length; i++) {
    const id = seriesId[i] as number;
    let count = bySeries.get(id);
    if (count === undefined) {
      const source = sourceOf(id);
      count = bySource.get(source) ?? { items: 0, stored: 0, replaced: 0, duplicate: 0, refused: 0, rejected: 0 };
      bySource.set(source, count);
      bySeries.set(id, count);
    }
    count.items++;
    if (outcome[i] === OUTCOME.stored) count.stored++;
    else if (outcome[i] === OUTCOME.replaced) count.replaced++;
    else if (outcome[i] === OUTCOME.duplicate) count.duplicate++;
    else count.refused++;
  }
  return bySource;
}
