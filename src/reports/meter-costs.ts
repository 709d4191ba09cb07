import type { Decimal } from "decimal.js";
import { splitEdges } from "#analytics/master-periods.ts";
import type { MeterConsumption } from "#analytics/meter-consumption.ts";
import { dateStart } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
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

/**
 * What a meter cost per row: billed hours where there are some, else its price of the day, and the base fee by time.
 * Missing: undefined for a row of which nothing is known, and for one with consumption that nobody said a price of.
 */
export async function costRows(node: MeterNode, edgesMs: Float64Array, { zone, hours }: Costing): Promise<(Decimal | undefined)[]> {
  const rows = Math.max(0, edgesMs.length - 1);
  const prices = datedPrices(node.settings.prices, zone);
  if (prices.length === 0 && hours === undefined) return new Array<undefined>(rows).fill(undefined);
  const cut = splitEdges(edgesMs, [...prices.map(({ fromMs }) => fromMs), ...(hours?.boundsMs ?? [])]);
  const used = await node.consumption(cut);
  const costs: (Decimal | undefined)[] = [];
  let piece = 0;
  for (let row = 0; row < rows; row += 1) {
    const first = piece;
    while (piece < used.amount.length && (cut[piece + 1] as number) <= (edgesMs[row + 1] as number)) piece += 1;
    costs.push(costOf(used, { from: first, to: piece }, { zone, hours, prices }));
  }
  return costs;
}

interface Priced extends Costing {
  readonly prices: readonly DatedPrice[];
}

function costOf(used: MeterConsumption, { from, to }: { from: number; to: number }, { zone, hours, prices }: Priced): Decimal | undefined {
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
    if (price !== undefined && !price.perMonth.isZero()) cost = cost.plus(price.perMonth.times(monthsOf(fromMs, toMs, zone)));
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

/** Whole months are 1; of others the share of their time. */
function monthsOf(fromMs: number, toMs: number, zone: Zone): Decimal {
  let months = ZERO;
  for (const startMs of zone.starts("month", fromMs, toMs)) {
    const endMs = zone.nextStart("month", startMs);
    const insideMs = Math.min(endMs, toMs) - Math.max(startMs, fromMs);
    months = months.plus(insideMs === endMs - startMs ? 1 : ratio(insideMs, endMs - startMs));
  }
  return months;
}
