import { Decimal } from "decimal.js";
import type { LocalDays } from "#analytics/local-days.ts";
import { type TypicalEnergy, typicalEnergy } from "#analytics/typical.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";
import type { Costing } from "#tariffs/costing.ts";
import type { HomeFigures } from "./home-answers.ts";
import type { HomeStanding } from "./home-books.ts";

const UNITS = ["day", "week", "month", "year"] as const;
type Unit = (typeof UNITS)[number];
const UNKNOWN: TypicalEnergy = { wholeKwh: Number.NaN, soFarKwh: Number.NaN };
const NOTHING = new Decimal(0);
const HOUR_MS = 3_600_000;
/** Longer than this nobody chose by hand what to compare with. */
const MOST_TYPICAL_MS = 62 * 24 * HOUR_MS;

/** A stretch that figures are told of. */
export interface Asked {
  readonly range: Range;
  /** What kind of stretch it is: what is typical of it. Left out, that is found out. */
  readonly unit?: Unit | "none";

  /** Fees by its very time, also where it runs. */
  readonly exact?: boolean;
  /** What its two ends take more than their share of the intervals they lie in. */
  readonly edges?: readonly Edge[];
}

/** The interval an end of a stretch lies in, and what the stretch takes of it more than its share by time. */
export interface Edge extends Range {
  readonly boughtKwh: number;
  readonly soldKwh: number;
}

/** Money and energy of a stretch that is over, or runs. Fees are by the days it touches, where it runs until now. */
export function figuresOf(at: HomeStanding, { range, unit, edges = [], exact = false }: Asked): HomeFigures {
  const { nowMs, bought, sold, endMs } = at;
  const runs = !exact && range.toMs >= nowMs;
  const toMs = runs ? Math.max(range.fromMs, nowMs) : range.toMs;
  const meteredMs = runs ? endMs : toMs;
  const energy = bought.sums.between(range.fromMs, meteredMs);
  const boughtKwh = edges.reduce((kwh, edge) => kwh + edge.boughtKwh, energy.kwh);
  const soldSum = sold?.sums.between(range.fromMs, meteredMs).kwh ?? Number.NaN;
  const soldKwh = edges.reduce((kwh, edge) => kwh + edge.soldKwh, soldSum);
  const typical = typicalOf(at, { range, unit });
  return {
    fromMs: range.fromMs,
    toMs,
    boughtKwh,
    soldKwh,
    ...moneyOf(at, { fromMs: range.fromMs, toMs: runs ? endOfDay(at, range) : toMs }, edges),
    coverage: toMs > range.fromMs ? Math.min(1, energy.seenMs / (toMs - range.fromMs)) : 0,
    typicalKwh: typical.wholeKwh,
    typicalSoFarKwh: typical.soFarKwh,
  };
}

/** Nobody is billed for the days to come. */
function endOfDay({ bought, nowMs }: HomeStanding, { toMs }: Range): number {
  return Math.min(toMs, bought.days.zone.nextStart("day", nowMs));
}

/** What a stretch costs; what its ends take more or less than their share of an interval is priced as that interval. */
export function moneyOf(at: HomeStanding, asked: Range, edges: readonly Edge[] = []): Pick<HomeFigures, "cost" | "baseFee" | "earned"> {
  const { costing, first, money } = at;
  if (costing === undefined || first === undefined) return {};
  // Before the first reading there is no home.
  const range = { fromMs: Math.max(asked.fromMs, at.bought.days.zone.dayStart(first)), toMs: asked.toMs };
  const cost = costing.of(range);
  if (cost === undefined) return {};
  const pays = money.prices.some(({ feedIn }) => feedIn !== undefined) && at.sold !== undefined;
  const ends = edges.map((edge) => edgeMoney(costing, edge));
  return {
    cost: ends.reduce((sum, { cost }) => sum.plus(cost), cost.cost),
    baseFee: cost.baseFee,
    ...(pays ? { earned: ends.reduce((sum, { earned }) => sum.plus(earned), cost.earned) } : {}),
  };
}

/** Energy at the end of a stretch, at what a kWh of its interval costs and earns. */
function edgeMoney(costing: Costing, edge: Edge): { readonly cost: Decimal; readonly earned: Decimal } {
  const whole = costing.of(edge);
  const part = (money: Decimal | undefined, kwh: number, edgeKwh: number): Decimal =>
    money === undefined || kwh <= 0 ? NOTHING : money.div(kwh).times(finite(edgeKwh));
  return {
    cost: part(whole?.energy, whole?.boughtKwh ?? 0, edge.boughtKwh),
    earned: part(whole?.earned, whole?.soldKwh ?? 0, edge.soldKwh),
  };
}

function finite(kwh: number): string {
  return Number.isFinite(kwh) ? kwh.toFixed(9) : "0";
}

function typicalOf(at: HomeStanding, { range, unit: said }: Pick<Asked, "range"> & { readonly unit: Asked["unit"] }): TypicalEnergy {
  const { bought, nowMs, isHoliday } = at;
  const { days } = bought;
  const unit = said ?? unitOf(range, days.zone);
  if (unit === "none") return UNKNOWN;
  const atMs = Math.min(nowMs, range.toMs - 1);
  if (unit !== undefined) return typicalEnergy(days, { unit, atMs, fromMs: range.fromMs }, { isHoliday });
  if (range.toMs - range.fromMs > MOST_TYPICAL_MS) return UNKNOWN;
  return { wholeKwh: kwhOf(days, range, isHoliday), soFarKwh: kwhOf(days, { ...range, toMs: Math.min(range.toMs, nowMs) }, isHoliday) };
}

/** The local unit a stretch is exactly one of. Missing: undefined where it is none. */
function unitOf({ fromMs, toMs }: Range, zone: Zone): Unit | undefined {
  return UNITS.find((unit) => zone.startOf(unit, fromMs) === fromMs && zone.nextStart(unit, fromMs) === toMs);
}

/** What the days of a stretch usually take, of those it only touches by the clock. Missing: NaN where any of it is not known. */
function kwhOf(days: LocalDays, range: Range, isHoliday: (dayMs: number) => boolean): number {
  const { zone } = days;
  let kwh = range.toMs > range.fromMs ? 0 : Number.NaN;
  for (const dayMs of zone.starts("day", range.fromMs, range.toMs)) {
    const endMs = zone.nextStart("day", dayMs);
    const until = (atMs: number): number => typicalEnergy(days, { unit: "day", atMs }, { isHoliday }).soFarKwh;
    const whole = typicalEnergy(days, { unit: "day", atMs: dayMs }, { isHoliday }).wholeKwh;
    kwh += (range.toMs >= endMs ? whole : until(range.toMs)) - (range.fromMs <= dayMs ? 0 : until(range.fromMs));
  }
  return kwh;
}
