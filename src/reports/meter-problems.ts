import { parseFormula } from "#analytics/meter-formula.ts";
import { meterOrder } from "#analytics/meter-order.ts";
import { dateStart } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { sameDimension } from "#units/unit.ts";
import type { MeterBook } from "./meter-book.ts";
import { turnOf } from "./meter-part.ts";
import { partsOf } from "./meter-parts.ts";
import type { MasterPeriod, MeterSettings, SiteMeters } from "./meter-settings.ts";

/** The meters of a site with what is wrong with them, told by the id of the meter. */
export function withProblems(book: MeterBook): SiteMeters {
  const problems = new Map<string, string>();
  const byName = new Map(book.meters.map((settings) => [settings.meter, settings]));
  const { order, cycles, missing } = meterOrder(new Map(book.meters.map((settings) => [settings.meter, partsOf(settings)])));
  for (const name of order) {
    const settings = byName.get(name);
    if (settings === undefined) continue;
    const said = problemOf(settings, { book, byName, cycle: cycles.get(name), missing: missing.get(name), problems });
    if (said !== undefined) problems.set(settings.id, said);
  }
  // What is made of a broken meter is broken too, also where the order of a circle asked it first.
  for (let before = -1; before < problems.size; ) {
    before = problems.size;
    for (const settings of book.meters) {
      const broken = problems.has(settings.id) ? undefined : brokenPart(settings, byName, problems);
      if (broken !== undefined) problems.set(settings.id, broken);
    }
  }
  return { ...book, problems };
}

interface Known {
  readonly book: MeterBook;
  readonly byName: ReadonlyMap<string, MeterSettings>;
  readonly cycle: readonly string[] | undefined;
  readonly missing: readonly string[] | undefined;
  readonly problems: ReadonlyMap<string, string>;
}

function problemOf(settings: MeterSettings, known: Known): string | undefined {
  const { meter, what, unit } = settings;
  if (what.kind === "physical") return registerProblem(settings);
  const unread = what.kind === "virtual" ? formulaProblem(what.formula) : periodProblem(what.periods, known.book.zone);
  if (unread !== undefined) return unread;
  if (known.cycle !== undefined) {
    const way = known.cycle[0] === meter ? known.cycle : [meter, ...known.cycle];
    return `It is made of itself: ${way.join(" → ")}. Take one of them out.`;
  }
  if (known.missing !== undefined)
    return `It is made of ${known.missing.at(-1)}, and there is no such meter at this site. Name one there is, or add it.`;
  if (unit === "") return "It has no unit: say one, such as kWh or m³.";
  const parts = partsOf(settings).map((name) => known.byName.get(name) as MeterSettings);
  return brokenPart(settings, known.byName, known.problems) ?? parts.map((part) => unitProblem(part, settings, known.book)).find(Boolean);
}

function registerProblem({ unit, what }: MeterSettings): string | undefined {
  if (what.kind !== "physical") return undefined;
  const other = what.series.find((series) => !sameDimension(series.unit, unit));
  if (other === undefined) return undefined;
  const gas = "A meter of a formula can tell gas in kWh.";
  return `Its readings are ${other.unit} and cannot be told in ${unit}: change the unit to ${other.unit}. ${gas}`;
}

function formulaProblem(formula: string): string | undefined {
  const read = parseFormula(formula);
  return "problem" in read ? `The formula cannot be read. ${read.problem}` : undefined;
}

function periodProblem(periods: readonly MasterPeriod[], zoneId: string): string | undefined {
  const zone = zoneNamed(zoneId);
  if (periods.length === 0) return "It has no period: say from which date on it is which meter.";
  for (const [i, { fromDate, toDate, sources }] of periods.entries()) {
    const wrong = [fromDate, toDate].find((date) => date !== undefined && dateStart(date, zone) === undefined);
    if (wrong !== undefined) return `${wrong} is no date: write it as 2024-11-27.`;
    if (sources.length === 0) return `Its period from ${fromDate} names no meter.`;
    if (toDate !== undefined && toDate < fromDate) return `Its period from ${fromDate} ends before, on ${toDate}.`;
    const next = periods[i + 1];
    if (next !== undefined && (toDate === undefined || toDate >= next.fromDate))
      return `Its periods overlap: the one from ${fromDate} ${toDate === undefined ? "has no end" : `ends on ${toDate}`}, the next begins on ${next.fromDate}. Let it end the day before.`;
  }
  return undefined;
}

function unitProblem(part: MeterSettings, whole: MeterSettings, book: MeterBook): string | undefined {
  const turn = turnOf(part, whole);
  if (turn === undefined)
    return `${part.meter} counts ${part.unit === "" ? "nothing yet" : part.unit}, and that cannot be told in ${whole.unit}: only units of one kind convert, and gas with energy.`;
  if (turn.kind === "gas" && book.gas.length === 0)
    return `${part.meter} counts ${part.unit}, and how much energy is in a cubic metre of gas is not set: say calorific value and z-factor.`;
  return undefined;
}

function brokenPart(
  settings: MeterSettings,
  byName: ReadonlyMap<string, MeterSettings>,
  problems: ReadonlyMap<string, string>,
): string | undefined {
  for (const name of partsOf(settings)) {
    const said = problems.get(byName.get(name)?.id ?? "");
    if (said !== undefined) return `It is made of ${name}, which is broken: ${said}`;
  }
  return undefined;
}
