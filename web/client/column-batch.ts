import type { ColumnAnswer, ColumnsAnswer } from "#contract/series.ts";

/** One wish for a short history; wishes with the same window that come close together travel in one request. */
export interface Wish {
  readonly key: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly points: number;
}

export interface BatchParts {
  readonly fetch: (choice: { series: readonly string[]; fromMs: number; toMs: number; points: number }) => Promise<ColumnsAnswer>;
  readonly later: (run: () => void) => void;
}

/** Short enough that forty long keys still fit into an address. */
const MOST_PER_REQUEST = 40;

interface Waiting {
  readonly wish: Wish;
  readonly resolve: (column: ColumnAnswer | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Loads many small columns with few requests. Null: the server has no such series.
 * Errors: what the request failed with, for every wish of that request.
 */
export function createColumnBatch(parts: BatchParts): (wish: Wish) => Promise<ColumnAnswer | null> {
  let waiting: Waiting[] = [];
  const flush = () => {
    const due = waiting;
    waiting = [];
    for (const group of groupsOf(due)) void send(group, parts.fetch);
  };
  return (wish) =>
    new Promise((resolve, reject) => {
      waiting.push({ wish, resolve, reject });
      if (waiting.length === 1) parts.later(flush);
    });
}

async function send(group: readonly Waiting[], fetch: BatchParts["fetch"]): Promise<void> {
  const first = group[0];
  if (!first) return;
  const series = [...new Set(group.map((one) => one.wish.key))];
  try {
    const answer = await fetch({ series, fromMs: first.wish.fromMs, toMs: first.wish.toMs, points: first.wish.points });
    const columns = new Map(answer.columns.map((column) => [column.key, column]));
    for (const one of group) one.resolve(columns.get(one.wish.key) ?? null);
  } catch (error) {
    for (const one of group) one.reject(error);
  }
}

function groupsOf(due: readonly Waiting[]): Waiting[][] {
  const groups = new Map<string, Waiting[]>();
  for (const one of due) {
    const name = `${one.wish.fromMs} ${one.wish.toMs} ${one.wish.points}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => chunks(group));
}

function chunks(group: readonly Waiting[]): Waiting[][] {
  const parts: Waiting[][] = [];
  for (let start = 0; start < group.length; start += MOST_PER_REQUEST) parts.push(group.slice(start, start + MOST_PER_REQUEST));
  return parts;
}
