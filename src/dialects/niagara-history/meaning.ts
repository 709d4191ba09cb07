import { unitOf, unitSymbol } from "#units/unit.ts";

/** What a history's numbers are, as far as its name and unit say it beyond doubt. */
export interface Meaning {
  readonly quantity: string;
  readonly unit: string;
  /** Whether a word can be a value of it. */
  readonly numeric: boolean;
}

/** Units a station uses without saying so, by quantity; a setpoint has the unit of what it sets. */
export type HouseUnits = Readonly<Record<string, string>>;

const SETPOINT = /\b(?:set ?(?:point|pt)|sp|stpt|setpt)\b/i;
const LIMIT = /\b(?:min|max|minimum|maximum)\b/i;

interface Rule {
  readonly name: RegExp;
  readonly not?: RegExp;
  readonly quantity: string;
  readonly setpoint?: string;
  /** A stated unit must be of this dimension. */
  readonly dimension?: string;
  readonly numeric: boolean;
}

/** The first rule that fits; words are those of a decoded name. */
const RULES: readonly Rule[] = [
  {
    name: /\b(?:effective|zone|space|room|zn|heating|cooling|htg|clg|sat|rat|mat) ?set ?(?:point|pt)\b|\bzn sp\b/i,
    quantity: "temperature-setpoint",
    dimension: "temperature",
    numeric: true,
  },
  {
    name: /\b(?:temp|temperature)\b|\bzn t\b/i,
    not: /\b(?:alarm|status|enable|mode|fault)\b/i,
    quantity: "temperature",
    setpoint: "temperature-setpoint",
    dimension: "temperature",
    numeric: true,
  },
  { name: /\b(?:humidity|humid)\b/i, quantity: "humidity", dimension: "ratio", numeric: true },
  { name: /\bco ?2\b/i, quantity: "co2", dimension: "concentration", numeric: true },
  { name: /\bdamper\b/i, quantity: "damper-position", dimension: "ratio", numeric: false },
  { name: /\b(?:valve|reheat)\b/i, quantity: "valve-position", dimension: "ratio", numeric: false },
  {
    name: /\b(?:box|air|supply|return|exhaust|discharge) ?flow\b|\bairflow\b|\bcfm\b/i,
    not: /\bwater\b/i,
    quantity: "airflow",
    setpoint: "airflow-setpoint",
    dimension: "flow",
    numeric: true,
  },
];

/** Units that name their quantity whatever the point is called. */
const BY_DIMENSION: Readonly<Record<string, string>> = {
  temperature: "temperature",
  power: "power",
  voltage: "voltage",
  concentration: "co2",
  pressure: "pressure",
};

/**
 * Quantity and unit of a history's numbers. A guess that is not certain is not made: then it is `value` in the sender's unit.
 * `words` is the decoded name and, in later frames, its tags.
 */
export function meaningOf(words: string, statedUnit: string, house: HouseUnits): Meaning {
  const unit = unitOf(statedUnit);
  for (const rule of RULES) {
    if (!rule.name.test(words) || rule.not?.test(words)) continue;
    if (unit !== undefined && rule.dimension !== undefined && unit.dimension !== rule.dimension) continue;
    const quantity = quantityOf(rule, words);
    return { quantity, unit: unitSymbol(statedUnit) || houseUnit(house, quantity), numeric: rule.numeric };
  }
  const quantity = unit && !SETPOINT.test(words) && Object.hasOwn(BY_DIMENSION, unit.dimension) ? BY_DIMENSION[unit.dimension] : undefined;
  return { quantity: quantity ?? "value", unit: unitSymbol(statedUnit), numeric: false };
}

function quantityOf(rule: Rule, words: string): string {
  if (rule.setpoint === undefined) return rule.quantity;
  if (SETPOINT.test(words)) return rule.setpoint;
  return rule.quantity === "airflow" && LIMIT.test(words) ? rule.setpoint : rule.quantity;
}

function houseUnit(house: HouseUnits, quantity: string): string {
  const name = Object.hasOwn(house, quantity) ? quantity : quantity.replace(/-setpoint$/, "");
  return Object.hasOwn(house, name) ? (house[name] ?? "") : "";
}
