import { figure, orNull, span } from "#api/plants/wire.ts";
import { offsetText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { HomeSummaryAnswer } from "#contract/home.ts";
import type { HomePower, Instalments } from "#reports/home-answers.ts";
import type { HomeDesk } from "./desk.ts";
import { amount, figuresAnswer } from "./wire.ts";

/** Where a home stands: power now, and energy and money of the usual stretches. */
export async function homeSummaryAnswer(desk: HomeDesk, weekStart: number): Promise<HomeSummaryAnswer> {
  const { reports, zone } = desk;
  const summary = await reports.summary({ weekStart });
  return {
    home: desk.id,
    zone: zone.id,
    currency: reports.settings.currency,
    nowMs: summary.nowMs,
    nowLocal: offsetText(summary.nowMs, zone),
    power: powerAnswer(summary.power),
    today: figuresAnswer(summary.today, zone),
    week: figuresAnswer(summary.week, zone),
    month: figuresAnswer(summary.month, zone),
    year: figuresAnswer(summary.year, zone),
    total: figuresAnswer(summary.total, zone),
    instalments: summary.instalments === undefined ? null : instalmentsAnswer(summary.instalments, zone),
    readings: summary.readings,
  };
}

function powerAnswer({ powerW, tMs, ageMs, derived, phasesW, source }: HomePower): HomeSummaryAnswer["power"] {
  const phases = phasesW?.every((watts) => !Number.isNaN(watts)) ? [...phasesW] : null;
  return {
    powerW: figure(powerW),
    atMs: orNull(tMs),
    ageMs: ageMs === undefined ? null : figure(ageMs),
    derived,
    phasesW: phases,
    source: orNull(source),
  };
}

function instalmentsAnswer(said: Instalments, zone: Zone): NonNullable<HomeSummaryAnswer["instalments"]> {
  const { yearEnd } = said;
  return {
    year: span(said, zone),
    paid: amount(said.paid),
    paidCount: said.paidCount,
    yearPaid: amount(said.yearPaid),
    yearCount: said.yearCount,
    each: amount(said.each),
    costSoFar: amount(said.costSoFar),
    costFromMs: said.costFromMs,
    costBefore: said.costBefore === undefined ? null : amount(said.costBefore),
    balanceSoFar: amount(said.balanceSoFar),
    yearEnd:
      yearEnd === undefined
        ? null
        : {
            cost: amount(yearEnd.cost),
            balance: amount(yearEnd.balance),
            plusMinus: amount(yearEnd.plusMinus),
            method: yearEnd.method,
          },
  };
}
