import { Decimal } from "decimal.js";
import { expectedRest } from "#analytics/expected-rest.ts";
import { dateText } from "#calendar/local-text.ts";
import type { Range } from "#store/store.ts";
import { type PaidInAdvance, paidInAdvance } from "#tariffs/instalments.ts";
import { expectedByMonth, yearEnd } from "#tariffs/year-end.ts";
import type { Instalments } from "./home-answers.ts";
import type { Flow, HomeStanding } from "./home-books.ts";
import type { HomeSettings } from "./home-settings.ts";

type YearEnd = NonNullable<Instalments["yearEnd"]>;

/** What was paid in advance against what energy costs. The year's end is told anew with every interval that is over. */
export class InstalmentDesk {
  readonly #settings: HomeSettings;
  #kept: { readonly name: string; readonly end: YearEnd | undefined } | undefined;

  constructor(settings: HomeSettings) {
    this.#settings = settings;
  }

  /** Missing: undefined where nothing is paid in advance, or nothing is known of cost. */
  of(at: HomeStanding): Instalments | undefined {
    const { zone } = at.bought.days;
    const rows = at.money.instalments.map(({ fromDate, amount }) => ({ fromDate, amount: amount.toFixed() }));
    const paid = paidInAdvance(rows, { settlement: this.#settings.settlement, zone, nowMs: at.nowMs });
    const soFar = paid && at.costing?.of({ fromMs: paid.year.fromMs, toMs: Math.min(paid.year.toMs, zone.nextStart("day", at.nowMs)) });
    if (paid === undefined || soFar === undefined) return undefined;
    const costSoFar = soFar.cost.minus(soFar.earned);
    const end = this.#yearEnd(at, paid);
    return {
      fromMs: paid.year.fromMs,
      toMs: paid.year.toMs,
      paid: paid.paid,
      paidCount: paid.paidCount,
      yearPaid: paid.yearPaid,
      yearCount: paid.yearCount,
      each: paid.each,
      costSoFar,
      balanceSoFar: paid.paid.minus(costSoFar),
      ...(end === undefined ? {} : { yearEnd: end }),
    };
  }

  #yearEnd(at: HomeStanding, paid: PaidInAdvance): YearEnd | undefined {
    // Of the interval that runs nothing changes the end of a year.
    const name = `${at.endMs} ${JSON.stringify([at.money.prices, at.money.instalments])}`;
    if (this.#kept?.name !== name) this.#kept = { name, end: endOf(at, paid) };
    return this.#kept.end;
  }
}

/** Missing: undefined with too little history. */
function endOf({ bought, sold, demand, nowMs, first }: HomeStanding, { year, yearPaid }: PaidInAdvance): YearEnd | undefined {
  const usual = restOf(bought, { fromMs: nowMs, toMs: year.toMs });
  if (usual === undefined || demand === undefined) return undefined;
  const kwhOf = (flow: Flow | undefined, toMs: number): number => (flow && expectedRest(flow.days, { nowMs, toMs })?.restKwh) ?? 0;
  const rest = expectedByMonth({ fromMs: nowMs, toMs: year.toMs }, bought.days.zone, (toMs) => ({
    boughtKwh: kwhOf(bought, toMs),
    soldKwh: kwhOf(sold, toMs),
  }));
  const plusMinusKwh = usual.plusMinusKwh;
  const end = yearEnd(demand, { year, nowMs, yearPaid, rest, plusMinusKwh });
  return (
    end && {
      cost: end.cost,
      balance: end.balance,
      plusMinus: new Decimal(end.plusMinus),
      method: `${usual.words}${lateWords(bought, { first, year })}`,
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

function lateWords({ days }: Flow, { first, year }: { readonly first: number | undefined; readonly year: Range }): string {
  if (first === undefined || first <= days.zone.nextStart("day", year.fromMs)) return "";
  return ` What was used before the first reading on ${dateText(first, days.zone)} is not in it.`;
}
