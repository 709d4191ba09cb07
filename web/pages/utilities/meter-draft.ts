import type { MeterDraft } from "#contract/meter-edits.ts";
import type { MeterDetailAnswer } from "#contract/meters.ts";
import type { MeterMedium } from "./media.ts";

/** A meter as a form holds it: everything is text, as it was typed. */
export interface MeterForm {
  readonly name: string;
  readonly description: string;
  readonly medium: MeterMedium;
  readonly group: string;
  readonly unit: string;
  readonly kind: MeterDraft["kind"];
  readonly point: string;
  readonly periods: readonly FormPeriod[];
  readonly formula: string;
  readonly installedOn: string;
  readonly removedOn: string;
  readonly pattern: string;
  readonly readEveryDays: string;
  readonly resetsOn: string;
  readonly calibratedUntil: string;
  readonly modulus: string;
  readonly mostPerDay: string;
  readonly serial: string;
}

export interface FormPeriod {
  readonly fromDate: string;
  readonly toDate: string;
  /** Names of meters, with commas between. */
  readonly sources: string;
}

/** Units that are offered for a medium; the first is set. */
export const UNITS: Readonly<Record<MeterMedium, readonly string[]>> = {
  electricity: ["kWh", "MWh"],
  gas: ["m³", "kWh"],
  heat: ["kWh", "MWh", "units"],
  water: ["m³", "L"],
  solar: ["kWh", "MWh"],
  other: ["units", "kWh", "m³"],
};

export const EMPTY_FORM: MeterForm = {
  name: "",
  description: "",
  medium: "electricity",
  group: "",
  unit: "kWh",
  kind: "physical",
  point: "",
  periods: [{ fromDate: "", toDate: "", sources: "" }],
  formula: "",
  installedOn: "",
  removedOn: "",
  pattern: "",
  readEveryDays: "",
  resetsOn: "",
  calibratedUntil: "",
  modulus: "",
  mostPerDay: "",
  serial: "",
};

const OPEN_END = "9999-12-31";

/** What is said about a meter, as a form. What was only found out is not taken for said: a learned pattern stays learned. */
export function formOf(meter: MeterDetailAnswer): MeterForm {
  const number = (value: number | null) => (value === null ? "" : String(value));
  return {
    name: meter.name,
    description: meter.description,
    medium: meter.medium,
    group: meter.group,
    unit: meter.unit,
    kind: meter.kind,
    point: meter.point ?? "",
    periods:
      meter.periods.length === 0
        ? EMPTY_FORM.periods
        : meter.periods.map(({ fromDate, toDate, sources }) => ({
            fromDate,
            toDate: toDate === OPEN_END ? "" : (toDate ?? ""),
            sources: sources.join(", "),
          })),
    formula: meter.formula ?? "",
    installedOn: meter.installedOn ?? "",
    removedOn: meter.removedOn ?? "",
    pattern: meter.patternFrom === "page" ? meter.pattern.map((percent) => (percent === null ? "" : round(percent))).join(" ") : "",
    readEveryDays: number(meter.readEveryDays),
    resetsOn: meter.resetsOn ?? "",
    calibratedUntil: meter.calibratedUntil ?? "",
    modulus: number(meter.modulus),
    mostPerDay: number(meter.mostPerDay),
    serial: meter.serial ?? "",
  };
}

const round = (percent: number): string => String(Math.round(percent * 100) / 100);

/** The draft a form means, or what cannot be read of it, in words. */
export function draftOf(form: MeterForm): { readonly draft: MeterDraft } | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const number = (label: string, text: string): number | null => {
    if (text.trim() === "") return null;
    const value = numberOf(text);
    if (value === undefined) problems.push(`${label}: write a number`);
    return value ?? null;
  };
  const physical = form.kind === "physical";
  const pattern = patternOf(form.pattern);
  if (pattern === undefined) problems.push("Pattern: write twelve numbers, January first");
  const periods =
    form.kind !== "master" ? [] : form.periods.map(periodOf).filter((period) => period.sources.length > 0 || period.fromDate !== "");
  if (form.name.trim() === "") problems.push("Name: write what people call it");
  if (form.unit.trim() === "") problems.push("Unit: write what it counts, such as kWh or m³");
  if (periods.some(({ fromDate, sources }) => fromDate === "" || sources.length === 0))
    problems.push("Periods: each needs a first day and its meters");
  const draft: MeterDraft = {
    name: form.name.trim(),
    description: form.description.trim(),
    medium: form.medium,
    group: form.group.trim(),
    unit: form.unit.trim(),
    kind: form.kind,
    point: physical ? textOrNull(form.point) : null,
    periods,
    formula: form.kind === "virtual" ? textOrNull(form.formula) : null,
    installedOn: textOrNull(form.installedOn),
    removedOn: textOrNull(form.removedOn),
    pattern: pattern ?? null,
    readEveryDays: physical ? number("Read every", form.readEveryDays) : null,
    resetsOn: physical ? textOrNull(form.resetsOn) : null,
    calibratedUntil: physical ? textOrNull(form.calibratedUntil) : null,
    modulus: physical ? number("Rolls over at", form.modulus) : null,
    mostPerDay: physical ? number("At most in a day", form.mostPerDay) : null,
    serial: physical ? textOrNull(form.serial) : null,
  };
  return problems.length > 0 ? { problems } : { draft };
}

function periodOf({ fromDate, toDate, sources }: FormPeriod) {
  const names = sources
    .split(/[,;\s]+/)
    .map((name) => name.trim())
    .filter(Boolean);
  return { fromDate, toDate: textOrNull(toDate), sources: names };
}

const textOrNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** Twelve numbers as people write them; null for nothing, undefined for what is not twelve. */
export function patternOf(text: string): number[] | null | undefined {
  if (text.trim() === "") return null;
  const numbers = text
    .trim()
    .split(/[\s;]+/)
    .map((part) => numberOf(part.replace(/,$/, "")));
  return numbers.length === 12 && numbers.every((value) => value !== undefined && value >= 0) ? (numbers as number[]) : undefined;
}

/** A number as people type it, with a point or a comma. Missing: undefined for what is none. */
export function numberOf(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/[\s\u00a0']/g, "")
    .replace(",", ".");
  return /^-?\d{1,12}(\.\d{1,9})?$/.test(plain) ? Number(plain) : undefined;
}

const SPELLED: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };

/** A name as formulas can say it: "Küche, warm" becomes `kueche_warm`. Never one that is taken. */
export function meterNameOf(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => SPELLED[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 80);
  const first = plain === "" ? "meter" : plain;
  for (let count = 1; ; count++) {
    const next = count === 1 ? first : `${first}_${count}`;
    if (!taken.has(next)) return next;
  }
}
