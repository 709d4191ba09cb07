import { expect, it } from "vitest";
import { aroundGap, bentPace, type GapBend, gapBend } from "#analytics/gap-bend.ts";
import type { TimeRange } from "#analytics/interval-grid.ts";
import { evenPace } from "#analytics/meter-pace.ts";
import { BERLIN, indexOf } from "#analytics/meter-world.ts";
import { MeterGaps } from "./meter-gaps.ts";
import { rowsOf } from "./meter-skeleton.ts";

const QUARTER_MS = 900_000;
const DAY_ROWS = 96;

it("reads one stretch for many gaps near one another, and fills each as if it were the only one", async () => {
  const startMs = Date.UTC(2024, 0, 1);
  const rows = Array.from({ length: 150 * DAY_ROWS }, (_, i) => i).filter((i) => i % DAY_ROWS < 60 || i % DAY_ROWS > 75);
  let total = 0;
  const index = indexOf(
    rows.map((i) => startMs + i * QUARTER_MS),
    rows.map((i) => (total += 1 + (i % DAY_ROWS) / 50 + (i % 7))),
  );
  const often = { everyMs: QUARTER_MS, zone: BERLIN };
  const read = new Set<string>();
  const fine = async ({ fromMs, toMs }: TimeRange) => {
    read.add(`${fromMs} ${toMs}`);
    const within = [...index.tMs.keys()].filter((row) => (index.tMs[row] as number) >= fromMs && (index.tMs[row] as number) <= toMs);
    return rowsOf(index, within[0] as number, (within.at(-1) as number) + 1);
  };
  const middles = Float64Array.from({ length: 100 }, (_, day) => startMs + ((day + 20) * DAY_ROWS + 66.5) * QUARTER_MS);
  const pace = await new MeterGaps(often, fine).bent(evenPace(), index, middles);
  expect(read.size).toBeLessThan(10);
  const alone = middles.map((at) => {
    const row = index.tMs.findIndex((tMs) => tMs > at);
    const gap = { fromMs: index.tMs[row - 1] as number, toMs: index.tMs[row] as number };
    const around = aroundGap(gap, QUARTER_MS);
    const inside = [...index.tMs.keys()].filter(
      (i) => (index.tMs[i] as number) >= around.fromMs && (index.tMs[i] as number) <= around.toMs,
    );
    const bend = gapBend(rowsOf(index, inside[0] as number, (inside.at(-1) as number) + 1), gap, often) as GapBend;
    return bentPace(evenPace(), [bend]).at(at);
  });
  expect([...middles.map((at) => pace.at(at))]).toEqual([...alone]);
  expect([...alone].some((weight, i) => Math.abs(weight - (middles[i] as number)) > 1_000)).toBe(true);
});
