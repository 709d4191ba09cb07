import type { BuildingPoint, PointGuess } from "#buildings/model.ts";
import type { Series } from "#sites/registry.ts";
import { conversion, unitOf } from "#units/unit.ts";
import type { Texts } from "./building-book.ts";
import { kindOfRole } from "./building-role-kinds.ts";
import { switchOf } from "./building-switches.ts";
import { saysPower } from "./peak-loads.ts";

/** The unit of what is on or off. */
export const SHARE_ON = "% of the time on";

/** A series that may have moved, with what it is. */
export interface Candidate {
  readonly series: Series;
  readonly point: BuildingPoint;
  readonly guess: PointGuess;
  /** A state or a setpoint stands until another one is said; a register tells power by what it counted. */
  readonly how: "holds" | "polled" | "counted";
  /** Power in kW: a part of the whole. */
  readonly isPower: boolean;
  readonly read: (value: number) => number;
  readonly unit: string;
}

export interface CandidateParts {
  readonly ranked: readonly string[];
  readonly textsOf: (seriesId: number) => Texts;
  /** Series of the whole itself. */
  readonly without: ReadonlySet<number>;
}

const same = (value: number): number => value;

/** Every series of a building that says how much, or on and off: the best of each point and quantity. */
export function candidatesOf(guesses: readonly PointGuess[], { ranked, textsOf, without }: CandidateParts): Candidate[] {
  return guesses.flatMap((guess) => {
    const own = bestOf(guess.point.series, ranked)
      .filter(({ id }) => !without.has(id))
      .flatMap((series) => candidate(series, guess, textsOf));
    // A meter that says power and counts energy is one part of the whole, not two.
    const measured = own.some(({ isPower, how }) => isPower && how === "polled");
    let counted = 0;
    return own.filter(({ how }) => how !== "counted" || (!measured && ++counted === 1));
  });
}

function candidate(series: Series, guess: PointGuess, textsOf: (seriesId: number) => Texts): Candidate[] {
  const { point, role } = guess;
  const about = { series, point, guess };
  if (series.kind === "state" || (role !== undefined && kindOfRole(role) === "switch")) {
    const isOn = switchOf(series.unit, textsOf(series.id));
    return [{ ...about, how: "holds", isPower: false, read: (value) => 100 * isOn(value), unit: SHARE_ON }];
  }
  if (series.kind !== "gauge") return saysPower(series) ? [{ ...about, how: "counted", isPower: true, read: same, unit: "kW" }] : [];
  const isPower = unitOf(series.unit)?.dimension === "power";
  const holds = series.quantity.includes("setpoint") || (role?.endsWith("setpoint") ?? false);
  const toKw = isPower ? conversion(series.unit, "kW") : undefined;
  return [{ ...about, how: holds ? "holds" : "polled", isPower, read: toKw ?? same, unit: isPower ? "kW" : series.unit }];
}

/** Of several sources of one quantity the one of the best rank. */
function bestOf(series: readonly Series[], ranked: readonly string[]): Series[] {
  const rankOf = ({ source }: Series): number => (ranked.indexOf(source) + ranked.length + 1) % (ranked.length + 1);
  const best = new Map<string, Series>();
  for (const one of series) {
    const known = best.get(one.quantity);
    if (known === undefined || rankOf(one) < rankOf(known)) best.set(one.quantity, one);
  }
  return [...best.values()];
}
