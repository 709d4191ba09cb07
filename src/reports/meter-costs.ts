import type { Decimal } from "decimal.js";
import { splitEdges } from "#analytics/master-periods.ts";
import type { MeterConsumption } from "#analytics/meter-consumption.ts";
import { dateStart } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import { lowerBound } from "#series/column.ts";
import { decimal, ratio, ZERO } from "#tariffs/money.ts";
import type { CostHours } from "./meter-cost-hours.ts";
import type { MeterNode } from "./meter-part.ts";
import type { MeterPrice } from "./meter-settings.ts";

/** A price and the instant from which it holds. */
interface DatedPrice {
  readonly fromMs: number;
  readonly perUnit: Decimal;
  readonly perMonth: Decimal;
}

interface Costing {
  readonly zone: Zone;
  /** What a supplier billed for hours; they go before prices. */
  readonly hours?: CostHours | undefined;
}

/** Costs that are worked out when somebody looks at them: most rows are only drawn. */
export type Costs = () => readonly (Decimal | undefined)[];

/**
 * What a meter cost per row: billed hours where there are some, else its price of the day, and the base fee by time.
 * Missing: undefined for a row of which nothing is known, and for one with consumption that nobody said a price of.
 */
export async function costRows(node: MeterNode, rows: MeterConsumption, { zone, hours }: Costing): Promise<Costs> {
  const { edgesMs } = rows;
  const prices = datedPrices(node.settings.prices, zone);
  if (prices.length === 0 && hours === undefined) return () => new Array<undefined>(rows.amount.length).fill(undefined);
  const changes = [...prices.map(({ fromMs }) => fromMs), ...(hours?.boundsMs ?? [])].filter((tMs) => isWithinRow(edgesMs, tMs));
  const used = changes.length === 0 ? rows : await node.consumption(splitEdges(edgesMs, changes));
  let known: readonly (Decimal | undefined)[] | undefined;
  return () => {
    known ??= costsOf(edgesMs, used, { zone, hours, prices, fees: new Fees(zone) });
    return known;
  };
}

function isWithinRow(edgesMs: Float64Array, tMs: number): boolean {
  return tMs > (edgesMs[0] ?? Infinity) && tMs < (edgesMs.at(-1) ?? -Infinity) && edgesMs[lowerBound(edgesMs, tMs)] !== tMs;
}

function costsOf(edgesMs: Float64Array, used: MeterConsumption, priced: Priced): (Decimal | undefined)[] {
  const costs: (Decimal | undefined)[] = [];
  let piece = 0;
  for (let row = 0; row < edgesMs.length - 1; row += 1) {
    const first = piece;
    while (piece < used.amount.length && (used.edgesMs[piece + 1] as number) <= (edgesMs[row + 1] as number)) piece += 1;
    costs.push(costOf(used, { from: first, to: piece }, priced));
  }
  return costs;
}

interface Priced extends Costing {
  readonly prices: readonly DatedPrice[];
  readonly fees: Fees;
}

function costOf(used: MeterConsumption, { from, to }: { from: number; to: number }, { hours, prices, fees }: Priced): Decimal | undefined {
  let cost = ZERO;
  let isKnown = false;
  for (let i = from; i < to; i += 1) {
    const [fromMs, toMs] = [used.edgesMs[i] as number, used.edgesMs[i + 1] as number];
    const amount = used.amount[i] as number;
    const billed = hours?.between(fromMs, toMs);
    if (billed === undefined && Number.isNaN(amount)) continue;
    const price = prices[lastAtOrBefore(prices, fromMs)];
    const isYetToCome = hours !== undefined && fromMs >= hours.lastMs;
    if (billed === undefined && price === undefined && amount !== 0 && !isYetToCome) return undefined;
    isKnown ||= billed !== undefined || price !== undefined;
    cost = cost.plus(billed ?? price?.perUnit.times(decimal(amount)) ?? ZERO);
    if (price !== undefined && !price.perMonth.isZero()) cost = cost.plus(fees.between(price.perMonth, fromMs, toMs));
  }
  return isKnown ? cost : undefined;
}

function datedPrices(prices: readonly MeterPrice[], zone: Zone): DatedPrice[] {
  return prices.flatMap(({ fromDate, perUnit, baseFeePerMonth }) => {
    const fromMs = dateStart(fromDate, zone);
    return fromMs === undefined ? [] : [{ fromMs, perUnit: decimal(perUnit), perMonth: decimal(baseFeePerMonth) }];
  });
}

function lastAtOrBefore(prices: readonly DatedPrice[], tMs: number): number {
  return prices.findLastIndex(({ fromMs }) => fromMs <= tMs);
}

/** Base fees by time: a whole month is the fee, of others the share of their time. */
class Fees {
  readonly #zone: Zone;
  /** Days of a month are alike. */
  readonly #known = new Map<string, Decimal>();
  #month = { fromMs: 0, toMs: 0 };

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  between(perMonth: Decimal, fromMs: number, toMs: number): Decimal {
    let fee = ZERO;
    for (let atMs = fromMs; atMs < toMs; atMs = this.#month.toMs) {
      if (atMs < this.#month.fromMs || atMs >= this.#month.toMs)
        this.#month = { fromMs: this.#zone.startOf("month", atMs), toMs: this.#zone.nextStart("month", atMs) };
      const share = this.#share(perMonth, Math.min(this.#month.toMs, toMs) - atMs);
      fee = fee.isZero() ? share : fee.plus(share);
    }
    return fee;
  }

  #share(perMonth: Decimal, insideMs: number): Decimal {
    const monthMs = this.#month.toMs - this.#month.fromMs;
    if (insideMs === monthMs) return perMonth;
    const name = `${perMonth} ${insideMs} ${monthMs}`;
    const known = this.#known.get(name) ?? perMonth.times(ratio(insideMs, monthMs));
    this.#known.set(name, known);
    return known;
  }
}
