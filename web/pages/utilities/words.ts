import type { MeterFigureAnswer, MeterInfo } from "#contract/meters.ts";
import { durationWords } from "#web/charts/time-words.ts";
import { NOT_KNOWN, numberText, shownNumber, unitText } from "#web/parts/format-number.ts";

const NO_BREAK = "\u00a0";

/** "212 kWh": what was used, in the meter's own unit, three digits. Missing: "—". */
export function amountText(amount: number | null | undefined, unit: string): string {
  return numberText(amount, { unit, keepUnit: true });
}

/** The same without its unit, for a column whose head names it. */
export function amountNumber(amount: number | null | undefined, unit: string): string {
  return shownNumber(amount, { unit, keepUnit: true }).number;
}

/** "12,345.6 kWh": what a dial showed, with the digits it has. */
export function registerText(value: number | null | undefined, unit: string): string {
  return numberText(value, { unit, exact: true });
}

type Measured = Pick<MeterFigureAnswer, "amount" | "measured">;

/** Share of an amount that lies between two readings, 0 to 1. Missing: undefined where nothing is known or nothing was used. */
export function measuredShare({ amount, measured }: Measured): number | undefined {
  if (amount === null || measured === null || amount === 0) return undefined;
  return Math.min(1, Math.max(0, measured / amount));
}

/** "84 % measured", "all measured", "all filled"; never rounded up to all. Missing: undefined. */
export function shareText(figure: Measured): string | undefined {
  const share = measuredShare(figure);
  if (share === undefined) return undefined;
  if (share > 0.9995) return "all measured";
  if (share < 0.0005) return "all filled";
  const percent = Math.min(99, Math.max(1, Math.round(share * 100)));
  return `${percent}${NO_BREAK}% measured`;
}

/** Change against another amount as a share: −0.06 is 6 % less. Missing: undefined without a true amount to compare with. */
export function changeOf(now: number | null, before: number | null): number | undefined {
  if (now === null || before === null || !(before > 0) || now < 0) return undefined;
  return now / before - 1;
}

/** "6 % less than", "as much as", "2.1 times as much as". Missing: undefined. */
export function changeWords(now: number | null, before: number | null): string | undefined {
  const change = changeOf(now, before);
  if (change === undefined) return undefined;
  const percent = Math.round(Math.abs(change) * 100);
  if (percent === 0) return "as much as";
  if (change >= 1.5) return `${numberText(change + 1, { unit: "" })} times as much as`;
  return `${percent}${NO_BREAK}% ${change < 0 ? "less" : "more"} than`;
}

/** "−6 %", "+12 %", "0 %"; above tenfold "× 12". Missing: "—". */
export function changeText(now: number | null, before: number | null): string {
  const change = changeOf(now, before);
  if (change === undefined) return NOT_KNOWN;
  if (change >= 9) return `×${NO_BREAK}${numberText(change + 1, { unit: "" })}`;
  const percent = Math.round(Math.abs(change) * 100);
  return `${percent === 0 ? "" : change < 0 ? "−" : "+"}${percent}${NO_BREAK}%`;
}

type Flag = MeterFigureAnswer["flags"][number];

const FLAG_WORDS: Readonly<Record<Flag, string>> = {
  filled: "filled between readings",
  extended: "beyond the readings",
  incomplete: "a part is missing",
  belowZero: "below zero: one of the meters is wrong",
  replaced: "meter replaced",
  reset: "register set back",
  leftOut: "an implausible reading left out",
  corrected: "corrected by hand",
};

/** What is remarkable about a stretch, in words. */
export const flagWords = (flags: readonly Flag[]): string[] => flags.map((flag) => FLAG_WORDS[flag]);

type Known = Pick<MeterFigureAnswer, "amount" | "missingMs" | "fromMs" | "toMs">;

/** A minute of a year changes no digit that is shown. */
const SAID_SHARE = 0.001;

/** "2 d 4 h unknown"; undefined where all that matters is known, and where nothing is: that shows by itself. */
export function missingText(figure: Known): string | undefined {
  return figure.amount !== null && figure.missingMs > SAID_SHARE * (figure.toMs - figure.fromMs)
    ? `${durationWords(figure.missingMs)} unknown`
    : undefined;
}

/** "per kWh", and plainly "per unit" for a meter without one. */
export function perUnitText(unit: string): string {
  const text = unitText(unit);
  return text === "" || text === "units" ? "per unit" : `per ${text}`;
}

const KIND_WORDS: Readonly<Record<MeterInfo["kind"], string>> = { physical: "Meter", master: "Master", virtual: "Formula" };
export const kindText = (kind: MeterInfo["kind"]): string => KIND_WORDS[kind];

/** "Electricity, first floor": meters of several flats may share a name. */
export function placedName({ name, group }: Pick<MeterInfo, "name" | "group">): string {
  return group === "" || name.toLowerCase().includes(group.toLowerCase()) ? name : `${name}, ${group}`;
}

/** "1 event", "3 events". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count}${NO_BREAK}${count === 1 ? one : many}`;
}
