import { powerSinceLastStep } from "#analytics/derived-power.ts";
import { usualGapMs } from "#analytics/spacing.ts";
import type { Column } from "#series/column.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, ReadOptions, Store } from "#store/store.ts";
import { conversion } from "#units/unit.ts";
import { counterSource, freshMs, newestPower, truthOver } from "./counter-views.ts";
import type { HomePower } from "./home-answers.ts";
import type { Flow, HomeStanding } from "./home-books.ts";

type Reader = Pick<Store, "read">;

/** Messages of one reading may be stamped a little apart. */
const SAME_READING_MS = 5_000;
const STEPS_MS = 86_400_000;
const STALE_MS = 300_000;

/** Readings of a power gauge in W. */
export async function powerColumn(
  store: Reader,
  series: Series,
  { range, ...options }: ReadOptions & { readonly range: Range },
): Promise<Column> {
  const column = await store.read(series.id, range, options);
  const toW = toWatts(series);
  return series.unit === "W" ? column : { ...column, value: column.value.map(toW) };
}

/** How values of a gauge become W. */
export function toWatts({ unit }: Series): (value: number) => number {
  return conversion(unit, "W") as (value: number) => number;
}

/** What flows through the grid meter now: its gauge, else what its registers did last. */
export async function powerNow(store: Reader, at: HomeStanding): Promise<HomePower> {
  const { series, nowMs } = at;
  if (series.power !== undefined) {
    const column = await newestPower(store, series.power, nowMs);
    const [tMs, watts] = [column.tMs.at(-1), column.value.at(-1)];
    const isNewest = tMs !== undefined && tMs >= (at.last ?? 0) - freshMs(column);
    if (tMs !== undefined && watts !== undefined && !Number.isNaN(watts) && isNewest) {
      const ageMs = nowMs - tMs;
      const powerW = ageMs > freshMs(column) ? Number.NaN : watts;
      return { powerW, tMs, ageMs, derived: false, ...(await phasesAt(store, at, tMs)), source: series.power.source };
    }
  }
  return fromRegisters(store, at);
}

async function phasesAt(store: Reader, { series }: HomeStanding, tMs: number): Promise<Pick<HomePower, "phasesW">> {
  const found = await Promise.all(
    series.phases.map(async (one) => {
      const near = { fromMs: tMs - SAME_READING_MS, toMs: tMs + SAME_READING_MS };
      return (await powerColumn(store, one, { range: near, limit: -1 })).value[0];
    }),
  );
  const [a, b, c] = found;
  return a === undefined || b === undefined || c === undefined ? {} : { phasesW: [a, b, c] };
}

async function fromRegisters(store: Reader, { bought, sold, nowMs }: HomeStanding): Promise<HomePower> {
  const [taken, given] = await Promise.all([bought, sold].map((flow) => flow && lastSteps(store, flow, nowMs)));
  const tMs = Math.max(taken?.tMs ?? Number.NEGATIVE_INFINITY, given?.tMs ?? Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(tMs)) return { powerW: Number.NaN, derived: true };
  const source = counterSource(bought.standing)?.source.name;
  const powerW = (taken?.powerW ?? 0) - (given?.powerW || 0);
  return { powerW, tMs, ageMs: nowMs - tMs, derived: true, ...(source === undefined ? {} : { source }) };
}

async function lastSteps(store: Reader, { standing }: Flow, nowMs: number): Promise<{ tMs: number; powerW: number } | undefined> {
  const truth = await truthOver(store, standing, { range: { fromMs: nowMs - STEPS_MS, toMs: nowMs + 1 } });
  const tMs = truth?.tMs[truth.length - 1];
  if (truth === undefined || tMs === undefined) return undefined;
  const freshForMs = Math.max(STALE_MS, 3 * (usualGapMs(truth.tMs, truth.length, truth.length) || 0));
  return { tMs, powerW: nowMs - tMs > freshForMs ? Number.NaN : powerSinceLastStep(truth, nowMs) };
}
