import { figure, money, span } from "#api/plants/wire.ts";
import type { Zone } from "#calendar/zone.ts";
import type { HomeFigures as FiguresAnswer } from "#contract/home.ts";
import type { HomeFigures } from "#reports/home-answers.ts";

/** Exact decimals of any maker: what is sent of them is text. */
interface Amount {
  toDecimalPlaces(places: number): { toFixed(places?: number): string; decimalPlaces(): number };
}

/** Hundredths of a cent: what is smaller comes from the meter's own digits. */
const AMOUNT_PLACES = 4;
const RATE_PLACES = 9;

/** What something costs. */
export function amount(value: Amount): string {
  return money(value.toDecimalPlaces(AMOUNT_PLACES));
}

/** Missing: null. */
export function amountOrNull(value: Amount | undefined): string | null {
  return value === undefined ? null : amount(value);
}

/** The price of one kWh or one month. */
export function rate(value: Amount): string {
  return money(value.toDecimalPlaces(RATE_PLACES));
}

/** Missing: null. */
export function rateOrNull(value: Amount | undefined): string | null {
  return value === undefined ? null : rate(value);
}

/** Energy and money of a stretch as they are sent. */
export function figuresAnswer(figures: HomeFigures, zone: Zone): FiguresAnswer {
  return {
    ...span(figures, zone),
    boughtKwh: figure(figures.boughtKwh),
    soldKwh: figure(figures.soldKwh),
    cost: amountOrNull(figures.cost),
    baseFee: amountOrNull(figures.baseFee),
    earned: amountOrNull(figures.earned),
    coverage: share(figures.coverage),
    typicalKwh: figure(figures.typicalKwh),
    typicalSoFarKwh: figure(figures.typicalSoFarKwh),
  };
}

/** A share that is told as a number: what nobody observed is 0. */
export function share(value: number): number {
  return figure(value) ?? 0;
}
