import { kebab } from "#dialects/kebab.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import { sameDimension, unitOf } from "#units/unit.ts";
import type { StatisticMeta } from "./statistics-file.ts";
import type { Mapping, StatisticsWish } from "./wish.ts";

/** Point and quantity a statistic goes to. */
export interface StatisticPlace {
  readonly point: string;
  readonly quantity: string;
}

type Kind = "counter" | "interval";

/** What a register or the mean of an hour is by its unit. Energy has no direction: a name is no proof of it, so a person says it. */
const BY_DIMENSION: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  counter: { energy: "energy" },
  interval: {
    power: "power",
    "apparent power": "apparent-power",
    "reactive power": "reactive-power",
    voltage: "voltage",
    current: "current",
    frequency: "frequency",
    temperature: "temperature",
    pressure: "pressure",
    "signal strength": "signal-strength",
  },
};

/** What the unit leaves open and a word of the name does not. */
const BY_WORD: readonly { kind: Kind; dimension: string; word: RegExp; quantity: string }[] = [
  { kind: "counter", dimension: "volume", word: /\bgas\b/, quantity: "gas-volume" },
  { kind: "counter", dimension: "volume", word: /\b(?:water|wasser)\b/, quantity: "water-volume" },
  { kind: "interval", dimension: "ratio", word: /\b(?:humidity|luftfeuchte|luftfeuchtigkeit)\b/, quantity: "humidity" },
  { kind: "interval", dimension: "concentration", word: /\bco2\b/, quantity: "co2" },
];

const OTHERWISE = "value";

/** Where each statistic goes, no two of them to one place. Errors: ImportProblem `no-statistic`, `same-place`. */
export function placesOf(statistics: readonly StatisticMeta[], wish: StatisticsWish): ReadonlyMap<StatisticMeta, StatisticPlace> {
  const chosen = chosenOf(statistics, wish);
  const mapped = new Map(wish.mappings.map((mapping) => [mapping.statistic, mapping]));
  const taken = new Map<string, string>();
  const places = new Map<StatisticMeta, StatisticPlace>();
  const isMapped = ({ statistic }: StatisticMeta): boolean => mapped.has(statistic);
  // What a person said has the first choice.
  for (const meta of [...chosen.filter(isMapped), ...chosen.filter((one) => !isMapped(one))]) {
    const place = mapped.get(meta.statistic) ?? ownPlace(meta, taken);
    const key = `${place.point}/${place.quantity}`;
    const other = taken.get(key);
    if (other !== undefined)
      throw new ImportProblem(
        "same-place",
        `${other} and ${meta.statistic} would both go to ${key}; two registers are not one. Map one of them elsewhere, or choose with --only.`,
      );
    taken.set(key, meta.statistic);
    places.set(meta, { point: place.point, quantity: place.quantity });
  }
  return new Map(chosen.map((meta) => [meta, places.get(meta) as StatisticPlace]));
}

/** A counter is one where the file says that it has a sum; a mean beside it is not taken. */
export function kindOf({ hasSum, hasMean }: StatisticMeta): Kind {
  return hasSum || !hasMean ? "counter" : "interval";
}

function chosenOf(statistics: readonly StatisticMeta[], { only, mappings, sums }: StatisticsWish): readonly StatisticMeta[] {
  const names = new Set(statistics.map(({ statistic }) => statistic));
  const asked = [...(only ?? []), ...mappings.map(({ statistic }) => statistic), ...sums];
  const missing = asked.find((name) => !names.has(name));
  if (missing !== undefined) throw new ImportProblem("no-statistic", `The file has no statistic ${missing}.${likeIt(missing, [...names])}`);
  return only === undefined ? statistics : statistics.filter(({ statistic }) => only.includes(statistic));
}

const MOST_LIKE = 5;

function likeIt(asked: string, names: readonly string[]): string {
  const words = asked.split(/[^a-z0-9]+/i).filter((word) => word.length > 2 && word !== "sensor");
  const like = names.filter((name) => words.some((word) => name.includes(word))).slice(0, MOST_LIKE);
  return ` It has ${like.length === 0 ? `${names.length} others; --dry-run lists them` : `${like.join(", ")}`}.`;
}

function ownPlace(meta: StatisticMeta, taken: ReadonlyMap<string, string>): StatisticPlace {
  const whole = kebab(meta.statistic);
  const [domain = "", name] = meta.statistic.split(/\.(.*)/s);
  const short = name === undefined ? whole : kebab(name) || kebab(domain);
  const quantity = ownQuantity(meta);
  const point = taken.has(`${short}/${quantity}`) ? whole : short;
  return { point, quantity };
}

function ownQuantity(meta: StatisticMeta): string {
  const kind = kindOf(meta);
  const dimension = unitOf(meta.unit)?.dimension ?? "";
  const words = kebab(meta.statistic);
  const named = BY_WORD.find((row) => row.kind === kind && row.dimension === dimension && row.word.test(words));
  return named?.quantity ?? BY_DIMENSION[kind][dimension] ?? OTHERWISE;
}

/** Quantities that are an amount per interval, or a register: the mean of an hour is neither. */
const AMOUNT = /^(?:energy|demand|pulses|interval-pulses|gas-volume|water-volume|heat-energy)/;

/** Why a statistic cannot be what a person said it is. Missing: undefined where it can. */
export function unlike(meta: StatisticMeta, { quantity }: Pick<Mapping, "quantity">): string | undefined {
  const kind = kindOf(meta);
  if (kind === "interval") return AMOUNT.test(quantity) ? `its means of hours are no ${quantity}` : undefined;
  const unit = quantity.startsWith("energy") || quantity === "heat-energy" ? "kWh" : quantity.endsWith("-volume") ? "m³" : meta.unit;
  return sameDimension(meta.unit, unit)
    ? undefined
    : `${quantity} is counted in ${unit} and the like, and it is in ${meta.unit || "no unit"}`;
}
