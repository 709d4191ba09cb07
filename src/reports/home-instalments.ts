import { Decimal } from "decimal.js";
import { expectedRest, usualEnergy } from "#analytics/expected-rest.ts";
import { dateStart, dateText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";
import { type PaidInAdvance, paidInAdvance } from "#tariffs/instalments.ts";
import { type ExpectedEnergy, expectedByMonth, expectedCost, yearEnd } from "#tariffs/year-end.ts";
import type { Instalments } from "./home-answers.ts";
import type { Flow, HomeStanding } from "./home-books.ts";
import type { HomeSettings } from "./home-settings.ts";

type YearEnd = NonNullable<Instalments["yearEnd"]>;

/** What readings do not say of a year. */
interface Expected {
  readonly costBefore?: Decimal;
  readonly end?: YearEnd;
}

/** The part of a year before the first reading, and what is taken for its energy. */
interface Unmetered extends ExpectedEnergy {
  readonly plusMinusKwh: number;
}

const NOTHING = new Decimal(0);
const NOTHING_BEFORE: Unmetered = { fromMs: 0, toMs: 0, boughtKwh: 0, soldKwh: 0, plusMinusKwh: 0 };

/** What was paid in advance against what energy costs. The year's end is told anew with every interval that is over. */
export class InstalmentDesk {
  readonly #settings: HomeSettings;
  #kept: { readonly name: string; readonly expected: Expected } | undefined;

  constructor(settings: HomeSettings) {
    this.#settings = settings;
  }

  /** Missing: undefined where nothing is paid in advance, or nothing is known of cost. */
  of(at: HomeStanding): Instalments | undefined {
    const { zone } = at.bought.days;
    const rows = at.money.instalments.map(({ fromDate, amount }) => ({ fromDate, amount: amount.toFixed() }));
    const paid = paidInAdvance(rows, { settlement: this.#settings.settlement, zone, nowMs: at.nowMs });
    if (paid === undefined || at.first === undefined) return undefined;
    const costFromMs = Math.max(paid.year.fromMs, zone.dayStart(at.first));
    const soFar = at.costing?.of({ fromMs: costFromMs, toMs: Math.min(paid.year.toMs, zone.nextStart("day", at.nowMs)) });
    if (soFar === undefined) return undefined;
    const costSoFar = soFar.cost.minus(soFar.earned);
    const { end, costBefore } = this.#expected(at, paid, { fromMs: this.#customerMs(at, paid), toMs: costFromMs });
    return {
      fromMs: paid.year.fromMs,
      toMs: paid.year.toMs,
      paid: paid.paid,
      paidCount: paid.paidCount,
      yearPaid: paid.yearPaid,
      yearCount: paid.yearCount,
      each: paid.each,
      costSoFar,
      costFromMs,
      ...(costBefore === undefined ? {} : { costBefore }),
      balanceSoFar: paid.paid.minus(costSoFar).minus(costBefore ?? 0),
      ...(end === undefined ? {} : { yearEnd: end }),
    };
  }

  /** Whoever pays in advance is a customer, also before the first reading came. */
  #customerMs({ bought, money }: HomeStanding, { year }: PaidInAdvance): number {
    const dates = money.instalments.flatMap(({ fromDate }) => dateStart(fromDate, bought.days.zone) ?? []);
    return Math.max(year.fromMs, Math.min(...dates));
  }

  #expected(at: HomeStanding, paid: PaidInAdvance, unmetered: Range): Expected {
    // Of the interval that runs nothing changes the end of a year; what changes the days before does.
    const { sums, days } = at.bought;
    const past = sums.between(paid.year.fromMs, days.zone.dayStart(at.nowMs));
    const name = JSON.stringify([at.endMs, past, at.first, paid.year, at.money.prices, at.money.instalments]);
    if (this.#kept?.name !== name) this.#kept = { name, expected: expectedOf(at, paid, unmetered) };
    return this.#kept.expected;
  }
}

/** Missing: nothing of it with too little history. */
function expectedOf(at: HomeStanding, paid: PaidInAdvance, unmetered: Range): Expected {
  const before = unmetered.fromMs < unmetered.toMs ? beforeOf(at, unmetered) : NOTHING_BEFORE;
  if (before === undefined || at.demand === undefined) return {};
  const costBefore = before === NOTHING_BEFORE ? NOTHING : expectedCost(at.demand, before);
  const metered = endOf(at, { ...paid, year: { fromMs: unmetered.toMs, toMs: paid.year.toMs } }, before);
  const end = metered && { ...metered, cost: metered.cost.plus(costBefore), balance: metered.balance.minus(costBefore) };
  return { costBefore, ...(end === undefined ? {} : { end }) };
}

/** Missing: undefined with too little history. */
function beforeOf({ bought, sold }: HomeStanding, unmetered: Range): Unmetered | undefined {
  const usual = usualEnergy(bought.days, unmetered);
  const soldKwh = (sold && usualEnergy(sold.days, unmetered)?.kwh) ?? 0;
  return usual && { ...unmetered, boughtKwh: usual.kwh, soldKwh, plusMinusKwh: usual.plusMinusKwh };
}

/** Missing: undefined with too little history. */
function endOf({ bought, sold, demand, nowMs }: HomeStanding, { year, yearPaid }: PaidInAdvance, before: Unmetered): YearEnd | undefined {
  const usual = restOf(bought, { fromMs: nowMs, toMs: year.toMs });
  if (usual === undefined || demand === undefined) return undefined;
  const kwhOf = (flow: Flow | undefined, toMs: number): number => (flow && expectedRest(flow.days, { nowMs, toMs })?.restKwh) ?? 0;
  const rest = expectedByMonth({ fromMs: nowMs, toMs: year.toMs }, bought.days.zone, (toMs) => ({
    boughtKwh: kwhOf(bought, toMs),
    soldKwh: kwhOf(sold, toMs),
  }));
  const plusMinusKwh = Math.hypot(usual.plusMinusKwh, before.plusMinusKwh);
  const end = yearEnd(demand, { year, nowMs, yearPaid, rest, plusMinusKwh });
  return (
    end && {
      cost: end.cost,
      balance: end.balance,
      plusMinus: new Decimal(end.plusMinus),
      method: `${usual.words}${before === NOTHING_BEFORE ? "" : beforeWords(before, bought.days.zone)}`,
    }
  );
}

interface Rest {
  readonly restKwh: number;
  readonly plusMinusKwh: number;
  readonly words: string;
}

function restOf({ days }: Flow, { fromMs, toMs }: Range): Rest | undefined {
  const rest = expectedRest(days, { nowMs: fromMs, toMs });
  if (rest === undefined) return undefined;
  const percent = Math.round((rest.ratio - 1) * 100);
  const against = percent === 0 ? "as much as" : `${Math.abs(percent)} % ${percent > 0 ? "more" : "less"} than`;
  const words =
    rest.method === "last-year"
      ? `The rest of the year as the same days of last year: you use ${against} then.`
      : `The rest of the year at the mean of the last ${rest.days} whole days.`;
  return { restKwh: rest.restKwh, plusMinusKwh: rest.plusMinusKwh, words };
}

function beforeWords({ toMs }: Range, zone: Zone): string {
  return ` The time before the first reading on ${dateText(toMs, zone)} is taken as so many usual days, its fees included.`;
}
