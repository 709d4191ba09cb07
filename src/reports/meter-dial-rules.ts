import type { RegisterRules } from "#analytics/meter-index.ts";
import { civilOf } from "#calendar/civil.ts";
import { dateStart } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Fact } from "#sites/registry.ts";
import { factsAbout, meterDecisions } from "./meter-decisions.ts";
import { dialOf } from "./meter-dial.ts";
import type { DialRules } from "./meter-dial-history.ts";
import type { MeterSettings, PhysicalMeter } from "./meter-settings.ts";

/** Raised whenever the same readings would be judged otherwise. */
const RULES_VERSION = 1;
/** Older resets than of this year are nobody's. */
const FIRST_RESET_YEAR = 1990;

interface Known {
  readonly zone: Zone;
  /** Of the site, oldest first. */
  readonly facts: readonly Fact[];
  readonly nowMs: number;
}

/** By what a physical meter's readings are judged. */
export function dialRules(settings: MeterSettings, what: PhysicalMeter, { zone, facts, nowMs }: Known): DialRules {
  const decisions = new Map([...meterDecisions(factsAbout(facts, settings))].map(([event, { what: word }]) => [event, word]));
  const register: RegisterRules = {
    replacements: what.replacements,
    decisions,
    resetsMs: resetsOf(what.resetsOn, zone, nowMs),
    dayEndMs: (tMs) => zone.nextStart("day", tMs),
    ...(what.modulus === undefined ? {} : { modulus: what.modulus }),
    ...(what.mostPerDay === undefined ? {} : { mostPerDay: what.mostPerDay }),
  };
  const dial = dialOf(what.series, settings.unit);
  // A house that heats takes gas for days on end: flow without rest is news of water alone.
  const watchesLeaks = settings.medium === "water";
  const said = [...what.replacements.map(({ tMs, lastReading, firstReading }) => [tMs, lastReading, firstReading])];
  const series = what.series.map(({ id, kind, unit }) => [id, kind, unit]);
  const print = JSON.stringify([
    RULES_VERSION,
    zone.id,
    settings.unit,
    series,
    said,
    [...decisions],
    [what.resetsOn, register.resetsMs.length, what.modulus, what.mostPerDay, watchesLeaks],
  ]);
  return { zone, unit: settings.unit, watchesLeaks, dial, register, print };
}

/** The end of that day in every year. */
function resetsOf(monthDay: string | undefined, zone: Zone, nowMs: number): number[] {
  if (monthDay === undefined) return [];
  const lastYear = civilOf(zone.localOf(nowMs)).year + 1;
  const years = Array.from({ length: lastYear - FIRST_RESET_YEAR + 1 }, (_, i) => FIRST_RESET_YEAR + i);
  return years.flatMap((year) => {
    // There is a 29 February only in some years.
    const startMs = dateStart(`${year}-${monthDay}`, zone) ?? dateStart(`${year}-02-28`, zone);
    return startMs === undefined ? [] : [zone.nextStart("day", startMs)];
  });
}
