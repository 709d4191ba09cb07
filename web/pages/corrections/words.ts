import type { CorrectionInfo, CorrectionMadeAnswer } from "#contract/corrections.ts";
import type { MeterConsumptionAnswer } from "#contract/meter-history.ts";
import { countText, NOT_KNOWN, numberText, unitText } from "#web/parts/format-number.ts";

type Action = CorrectionInfo["action"];

/** What can be done to a reading, as a person says it. */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  set: "changed",
  delete: "left out",
  add: "added",
  offset: "moved",
};

/** The first line: how much of the past was changed, and by whom last. */
export function correctionsSentence(corrections: readonly CorrectionInfo[]): string {
  const inForce = corrections.filter((one) => one.undoneMs === null);
  const undone = corrections.length - inForce.length;
  if (corrections.length === 0) return "Every number rests on readings as they came";
  const back = undone === 0 ? "" : `, ${countText(undone)} taken back`;
  if (inForce.length === 0) return `Every number rests on readings as they came${back}`;
  return `${countText(inForce.length)} ${inForce.length === 1 ? "correction counts" : "corrections count"}${back}`;
}

/** "4,711.3 → 471.13 kWh": what was stored and what counts instead. */
export function changeWords({ action, value, was, unit }: CorrectionInfo): { readonly was: string; readonly now: string } {
  const style = { unit, exact: true };
  if (action === "offset") {
    const sign = (value ?? 0) < 0 ? "" : "+";
    return { was: "each reading", now: `${sign}${numberText(value, style)}` };
  }
  return {
    was: action === "add" ? "no reading" : was === null ? "several" : numberText(was, style),
    now: action === "delete" ? "left out" : numberText(value, style),
  };
}

/** One month as it was known then and as it is known now. Missing: null where nobody knew, or knows. */
export interface KnownRow {
  readonly fromMs: number;
  readonly before: number | null;
  readonly today: number | null;
  readonly difference: number | null;
}

/** Months known then beside the same months known now, newest first; months neither knows are left out. */
export function knownRows(then: MeterConsumptionAnswer, now: MeterConsumptionAnswer): KnownRow[] {
  const before = new Map(then.fromMs.map((fromMs, row) => [fromMs, then.amount[row] ?? null]));
  const rows = now.fromMs.map((fromMs, row) => {
    const [old, fresh] = [before.get(fromMs) ?? null, now.amount[row] ?? null];
    return { fromMs, before: old, today: fresh, difference: old === null || fresh === null ? null : fresh - old };
  });
  return rows.filter((row) => row.before !== null || row.today !== null).reverse();
}

const TINY = 1e-9;
/** Whether a month that was known is another one now; one that was not known yet is new. */
export const isOther = ({ before, today, difference }: KnownRow): boolean =>
  before !== null && (today === null || Math.abs(difference ?? 0) > TINY * Math.abs(today));
export const isNew = ({ before, today }: KnownRow): boolean => before === null && today !== null;

/** What the comparison comes to, in one sentence. */
export function knownSentence(rows: readonly KnownRow[], unit: string, asOf: string): string {
  const other = rows.filter(isOther);
  const fresh = rows.filter(isNew).length;
  if (rows.length === 0) return `Nothing of this meter was known on ${asOf}, nor is now.`;
  const since = fresh === 0 ? "" : `; ${monthsText(fresh)} new since`;
  if (fresh === rows.length) return `Nothing of this meter was known on ${asOf}.`;
  if (other.length === 0) return `Every month known on ${asOf} is as it was then${since}.`;
  const sum = other.reduce((total, row) => total + (row.difference ?? -(row.before ?? 0)), 0);
  return `${monthsText(other.length)} other than known on ${asOf}, ${signed(sum, unit)} together${since}.`;
}

const monthsText = (count: number): string => `${countText(count)} ${count === 1 ? "month is" : "months are"}`;

/** "+12.3 kWh", "−4 m³"; nothing is "no change". */
export function signed(value: number | null, unit: string): string {
  if (value === null) return NOT_KNOWN;
  if (value === 0) return "no change";
  return `${value > 0 ? "+" : ""}${numberText(value, { unit, keepUnit: true })}`;
}

/** What a correction would change, newest month first, at most so many. */
export function previewRows({ changes }: CorrectionMadeAnswer, most: number) {
  const newest = [...changes].sort((a, b) => b.before.fromMs - a.before.fromMs || a.name.localeCompare(b.name));
  return { rows: newest.slice(0, most), more: Math.max(0, newest.length - most) };
}

export const monthText = (tMs: number, zone: string | undefined): string =>
  new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric", ...(zone === undefined ? {} : { timeZone: zone }) }).format(tMs);

/** Label of a field for a number of a meter. */
export const inUnit = (what: string, unit: string): string => (unitText(unit) === "" ? what : `${what}, ${unitText(unit)}`);
