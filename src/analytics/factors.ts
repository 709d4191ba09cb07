/** One dated fact of a point, as the configuration or the registry holds it: `pulsesPerKwh`, `kwhPerPulse`, `form` or `multiplier`. */
export interface PulseFact {
  readonly name: string;
  readonly value: string | number;
  readonly fromMs: number;
  readonly undoneMs?: number;
}

/**
 * What a counted pulse is worth over time.
 * Shape:   `kwhPerPulse[i]` holds from `fromMs[i]` up to the next row; the first row is from -Infinity.
 * Missing: no row, and `missing` says why.
 */
export interface Factors {
  readonly fromMs: Float64Array;
  readonly kwhPerPulse: Float64Array;
  readonly missing?: MissingFactor;
}

/** Why pulses cannot be told in kWh. */
export interface MissingFactor {
  readonly code: "pulse-value-not-set";
  readonly sentence: string;
}

const NOT_SET: MissingFactor = {
  code: "pulse-value-not-set",
  sentence:
    "Nobody has said yet what a pulse is worth: set pulsesPerKwh (or kwhPerPulse) of the point, and energy appears right backwards.",
};

/** Form A counts closures, of which the pulse value speaks; Form C counts every change of the contact, two to each closure. */
const COUNTS_PER_CLOSURE: Readonly<Record<string, number>> = { A: 1, C: 2 };

/**
 * kWh of one counted pulse: pulse value, divided by two for Form C, times the multiplier (CT × PT). The first value of a fact
 * holds right backwards; of two with one date the later in the list wins.
 * Missing: without a pulse value there is no row; unusable values are passed over.
 */
export function factorsOf(facts: readonly PulseFact[]): Factors {
  const used = facts.filter((fact) => fact.undoneMs === undefined && Number.isFinite(partOf(fact)));
  const value = used.filter(({ name }) => name === "pulsesPerKwh" || name === "kwhPerPulse");
  if (value.length === 0) return { fromMs: new Float64Array(0), kwhPerPulse: new Float64Array(0), missing: NOT_SET };
  const form = used.filter(({ name }) => name === "form");
  const multiplier = used.filter(({ name }) => name === "multiplier");
  const dates = [...new Set(used.map(({ fromMs }) => fromMs))].sort((a, b) => a - b);
  const product = (tMs: number): number => partAt(value, tMs) * partAt(form, tMs) * partAt(multiplier, tMs);
  return {
    fromMs: Float64Array.from(dates, (date, i) => (i === 0 ? -Infinity : date)),
    kwhPerPulse: Float64Array.from(dates, product),
  };
}

/** What this fact multiplies a pulse with. Missing: NaN for a fact of another kind or a value that cannot be one. */
function partOf({ name, value }: PulseFact): number {
  if (name === "form") return 1 / (COUNTS_PER_CLOSURE[String(value).trim().toUpperCase()] ?? Number.NaN);
  const number = Number(value);
  if (!(number > 0) || number === Infinity) return Number.NaN;
  if (name === "pulsesPerKwh") return 1 / number;
  return name === "kwhPerPulse" || name === "multiplier" ? number : Number.NaN;
}

/** The newest of these facts at an instant, else the earliest of all: what is said first also holds for what was before. */
function partAt(facts: readonly PulseFact[], tMs: number): number {
  let best: PulseFact | undefined;
  for (const fact of facts) {
    if (best === undefined || isBetter(fact, best, tMs)) best = fact;
  }
  return best === undefined ? 1 : partOf(best);
}

function isBetter(fact: PulseFact, best: PulseFact, tMs: number): boolean {
  if (best.fromMs > tMs) return fact.fromMs <= best.fromMs;
  return fact.fromMs <= tMs && fact.fromMs >= best.fromMs;
}

/** kWh of one pulse counted at an instant. Missing: NaN while nobody has said what a pulse is worth. */
export function kwhPerPulseAt(factors: Factors, tMs: number): number {
  const { fromMs, kwhPerPulse } = factors;
  let row = fromMs.length - 1;
  while (row > 0 && (fromMs[row] as number) > tMs) row -= 1;
  return row < 0 ? Number.NaN : (kwhPerPulse[row] as number);
}
