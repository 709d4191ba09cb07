import { expect } from "vitest";
import type { ColumnsAnswer } from "#contract/series.ts";
import type { LedgerAnswer, RejectsAnswer } from "#contract/sources.ts";
import type { Server } from "#test/server.ts";
import type { NumberedPublisher } from "./numbered-publisher.ts";

/** Numbers stored of a series, in the order of their instants. */
async function storedNumbers(server: Server, point: string): Promise<number[]> {
  const numbers: number[] = [];
  const series = encodeURIComponent(`test/${point}/value@${point}`);
  let from = Date.now() - 7_200_000;
  for (;;) {
    const answer = await server.get<ColumnsAnswer>(
      `/api/v1/columns?series=${series}&from=${from}&to=${Date.now() + 3_600_000}&points=50000&raw=true`,
    );
    const column = answer.columns[0];
    if (column === undefined) throw new Error(`there is no series of ${point}`);
    numbers.push(...column.value.map(Number));
    if (column.tMs.length < 50_000) return numbers;
    from = (column.tMs.at(-1) as number) + 1;
  }
}

/** Asserts the promise: every acknowledged number is stored, none twice, both sums of the ledger zero. Answers how many came again. */
export async function expectExactlyOnce(server: Server, publisher: NumberedPublisher): Promise<number> {
  const { rejects } = await server.get<RejectsAnswer>("/api/v1/rejects");
  expect(rejects.map(({ code, sentence, topic }) => ({ code, sentence, topic }))).toEqual([]);
  for (const point of ["timed", "untimed"] as const) {
    const stored = await storedNumbers(server, point);
    const kept = new Set(stored);
    const lost = [...publisher.acknowledged[point]].filter((n) => !kept.has(n));
    expect({ point, lost: lost.length, twice: stored.length - kept.size }).toEqual({ point, lost: 0, twice: 0 });
  }
  const ledger = await server.get<LedgerAnswer>("/api/v1/ledger");
  expect(ledger.balanced).toBe(true);
  expect(ledger.sources.flatMap((row) => [row.messagesBalance, row.itemsBalance, row.rejected])).toEqual(
    ledger.sources.flatMap(() => [0, 0, 0]),
  );
  expect(ledger.sources.length).toBe(2);
  return ledger.sources.reduce((sum, row) => sum + (row.without["redelivered"] ?? 0), 0);
}
