import { readTime } from "#calendar/time-text.ts";
import type { Component, ComponentOf, Plan, PlanProblem, PlanVersion, Tiers, When } from "./plan.ts";
import { type ScheduleTable, type SeasonTable, scheduleTable, seasonTable } from "./schedule.ts";

/** What does not fit together in a plan whose shape is right: every problem with its path. */
export function planProblems(plan: Plan): PlanProblem[] {
  return [...versionDates(plan), ...plan.versions.flatMap(versionProblems)];
}

function versionDates(plan: Plan): PlanProblem[] {
  const problems: PlanProblem[] = [];
  for (const [i, { validFrom }] of plan.versions.entries()) {
    const path = `versions.${i}.validFrom`;
    if (!isDate(validFrom)) problems.push({ path, problem: `There is no ${validFrom} in the calendar` });
    const before = plan.versions[i - 1]?.validFrom;
    if (before !== undefined && validFrom <= before)
      problems.push({
        path,
        problem: `${validFrom} does not come after ${before}: versions overlap; list them in order, each from its own date`,
      });
  }
  return problems;
}

/** What the components of a version may refer to. */
interface Known {
  readonly seasons: SeasonTable;
  readonly schedules: ReadonlyMap<string, ScheduleTable>;
  readonly demands: ReadonlyMap<string, Extract<Component, { kind: "demand" }>>;
  /** Names of the lines further up. */
  readonly above: Set<string>;
  readonly all: ReadonlySet<string>;
}

/** What does not fit together within version i. */
export function versionProblems(version: PlanVersion, i: number): PlanProblem[] {
  return under(`versions.${i}`, problemsWithin(version));
}

function problemsWithin(version: PlanVersion): PlanProblem[] {
  const seasons = seasonTable(version.seasons);
  const problems = [...seasons.problems];
  const schedules = new Map<string, ScheduleTable>();
  for (const [name, schedule] of Object.entries(version.schedules ?? {})) {
    const judged = scheduleTable(schedule, seasons.table);
    schedules.set(name, judged.table);
    problems.push(...under(`schedules.${name}`, judged.problems));
  }
  for (const [i, date] of (version.holidays ?? []).entries())
    if (!isDate(date)) problems.push({ path: `holidays.${i}`, problem: `There is no ${date} in the calendar` });
  const { components } = version;
  const known: Known = {
    seasons: seasons.table,
    schedules,
    demands: new Map(components.flatMap((c) => (c.kind === "demand" ? [[c.name, c] as const] : []))),
    above: new Set(),
    all: new Set(components.map((c) => c.name)),
  };
  for (const [i, component] of components.entries()) {
    problems.push(...under(`components.${i}`, componentProblems(component, known)));
    known.above.add(component.name);
  }
  return problems;
}

function componentProblems(component: Component, known: Known): PlanProblem[] {
  const problems: PlanProblem[] = known.above.has(component.name)
    ? [{ path: "name", problem: `Another line is named ${component.name} already: each line has a name of its own` }]
    : [];
  if (component.kind === "energy") problems.push(...energyProblems(component, known));
  else if (component.kind === "feed-in") problems.push(...exactlyOne(component, ["rate", "rates"]), ...bandProblems(component, known));
  else if (component.kind === "demand") problems.push(...demandProblems(component, known));
  else if (component.kind === "reactive") problems.push(...reactiveProblems(component, known));
  else if (component.kind === "percent" || component.kind === "minimum") problems.push(...baseProblems(component.of, known));
  else if (component.kind === "fixed" && component.proration !== undefined && component.per !== "month")
    problems.push({ path: "proration", problem: "Only a rate per month is prorated; a rate per day follows the days anyway" });
  return problems;
}

/** What is sold or bought by the time of day. */
function bandProblems({ when, rates }: Pick<ComponentOf<"energy">, "when" | "rates">, known: Known): PlanProblem[] {
  const problems = whenProblems("when", when, known);
  if (rates === undefined) return problems;
  const schedule = known.schedules.get(rates.schedule);
  if (!schedule) problems.push({ path: "rates.schedule", problem: `There is no schedule named ${rates.schedule}` });
  const priced = Object.keys(rates.bands);
  for (const band of schedule?.bands ?? [])
    if (!priced.includes(band)) problems.push({ path: "rates.bands", problem: `The band ${band} of the schedule has no rate` });
  for (const band of priced)
    if (schedule && !schedule.bands.includes(band))
      problems.push({ path: `rates.bands.${band}`, problem: `The schedule has no band named ${band}` });
  if (when !== undefined) problems.push({ path: "when", problem: "A line with rates by band takes its time from their schedule" });
  return problems;
}

function energyProblems(energy: ComponentOf<"energy">, known: Known): PlanProblem[] {
  const problems = [...exactlyOne(energy, ["rate", "rates", "tiers"]), ...bandProblems(energy, known), ...tierProblems(energy.tiers)];
  const perKw = energy.tierBasis === "kwh-per-kw";
  if (energy.tierBasis !== undefined && energy.tiers === undefined) problems.push({ path: "tierBasis", problem: "There are no tiers" });
  if (perKw && energy.demand === undefined) problems.push({ path: "demand", problem: "Tiers per kW need the name of a demand line" });
  if (!perKw && energy.demand !== undefined) problems.push({ path: "demand", problem: "Only tiers per kW refer to a demand line" });
  if (energy.demand !== undefined) problems.push(...demandNameProblems("demand", energy.demand, known));
  return problems;
}

function demandProblems(charge: Extract<Component, { kind: "demand" }>, known: Known): PlanProblem[] {
  const problems = [
    ...exactlyOne(charge, ["rate", "tiers"]),
    ...exactlyOne(charge, ["peak", "demand"]),
    ...whenProblems("peak.when", charge.peak?.when, known),
    ...tierProblems(charge.tiers),
  ];
  for (const [i, season] of (charge.seasons ?? []).entries())
    if (!known.seasons.names.includes(season)) problems.push({ path: `seasons.${i}`, problem: `There is no season named ${season}` });
  if (charge.demand !== undefined) {
    problems.push(...demandNameProblems("demand", charge.demand, known));
    if (known.demands.get(charge.demand)?.peak === undefined && known.demands.has(charge.demand))
      problems.push({ path: "demand", problem: `${charge.demand} has no peak of its own to refer to` });
    for (const key of ["ratchet", "minimumKw"] as const)
      if (charge[key] !== undefined) problems.push({ path: key, problem: `Billing demand is that of ${charge.demand}: state this there` });
  }
  const minutes = charge.peak?.window?.minutes;
  if (minutes !== undefined && charge.peak?.window?.alignment === "block" && 1_440 % minutes !== 0)
    problems.push({ path: "peak.window.minutes", problem: `Blocks of ${minutes} minutes do not divide the day` });
  problems.push(...ratchetProblems(charge, known));
  return problems;
}

function ratchetProblems({ ratchet }: Extract<Component, { kind: "demand" }>, known: Known): PlanProblem[] {
  if (!ratchet) return [];
  const problems = percentProblems(ratchet.percent);
  if (ratchet.demand !== undefined) {
    problems.push(...under("ratchet", demandNameProblems("demand", ratchet.demand, known)));
    if (known.demands.get(ratchet.demand)?.peak === undefined && known.demands.has(ratchet.demand))
      problems.push({ path: "ratchet.demand", problem: `${ratchet.demand} has no peak of its own to look back at` });
  }
  if (ratchet.includeCurrent && ratchet.of === "billed")
    problems.push({
      path: "ratchet.includeCurrent",
      problem: "Billed demand of the period itself is what is asked for: look at metered demand",
    });
  for (const [i, { period }] of (ratchet.seedPeaks ?? []).entries())
    if (!isDate(period)) problems.push({ path: `ratchet.seedPeaks.${i}.period`, problem: `There is no ${period} in the calendar` });
  return problems;
}

/** A share of 1 written where hundredths are meant would be a ratchet of next to nothing. */
function percentProblems(percent: string): PlanProblem[] {
  const path = "ratchet.percent";
  const value = Number(percent);
  if (value > 100) return [{ path, problem: `${percent} % is more than the demand looked back at` }];
  return value > 1 ? [] : [{ path, problem: `${percent} is not a percentage of a ratchet: write 60 for 60 %` }];
}

function reactiveProblems(reactive: Extract<Component, { kind: "reactive" }>, known: Known): PlanProblem[] {
  const problems = exactlyOne(reactive, ["powerFactor", "kvarh"]);
  if (reactive.powerFactor) {
    problems.push(...under("powerFactor", demandNameProblems("demand", reactive.powerFactor.demand, known)));
    const target = Number(reactive.powerFactor.target);
    if (!(target > 0 && target <= 1)) problems.push({ path: "powerFactor.target", problem: "A power factor is above 0 and at most 1" });
  }
  return problems;
}

function baseProblems(base: "above" | readonly string[], known: Known): PlanProblem[] {
  if (base === "above") return known.above.size > 0 ? [] : [{ path: "of", problem: "There is no line above this one" }];
  return base.flatMap((name, i) => {
    const path = `of.${i}`;
    if (known.above.has(name)) return base.indexOf(name) < i ? [{ path, problem: `${name} is counted already` }] : [];
    return [
      { path, problem: known.all.has(name) ? `${name} stands below: a base must stand further up` : `There is no line named ${name}` },
    ];
  });
}

function demandNameProblems(path: string, name: string, known: Known): PlanProblem[] {
  return known.demands.has(name) ? [] : [{ path, problem: `There is no demand line named ${name}` }];
}

function whenProblems(path: string, when: When | undefined, known: Known): PlanProblem[] {
  if (!when) return [];
  const schedule = known.schedules.get(when.schedule);
  if (!schedule) return [{ path: `${path}.schedule`, problem: `There is no schedule named ${when.schedule}` }];
  return when.bands.flatMap((band, i) =>
    schedule.bands.includes(band)
      ? []
      : [{ path: `${path}.bands.${i}`, problem: `The schedule ${when.schedule} has no band named ${band}` }],
  );
}

function tierProblems(tiers: Tiers | undefined): PlanProblem[] {
  return (tiers ?? []).flatMap((tier, i, all) => {
    const path = `tiers.${i}.upTo`;
    const last = i === all.length - 1;
    if (last) return tier.upTo === undefined ? [] : [{ path, problem: "The last tier holds all the rest: leave its limit out" }];
    if (tier.upTo === undefined) return [{ path, problem: "Only the last tier is without a limit" }];
    return tier.upTo > (all[i - 1]?.upTo ?? 0) ? [] : [{ path, problem: "Limits of tiers must rise" }];
  });
}

function exactlyOne<T extends object>(component: T, keys: readonly (keyof T & string)[]): PlanProblem[] {
  const stated = keys.filter((key) => component[key] !== undefined);
  return stated.length === 1 ? [] : [{ path: stated[1] ?? "", problem: `State exactly one of ${keys.join(", ")}` }];
}

function under(path: string, problems: readonly PlanProblem[]): PlanProblem[] {
  return problems.map(({ path: inner, problem }) => ({ path: inner === "" ? path : `${path}.${inner}`, problem }));
}

function isDate(date: string): boolean {
  return readTime(`${date}T00:00`) !== undefined;
}
