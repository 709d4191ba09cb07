import { isAbsence } from "#dialects/number.ts";
import { quoted } from "#dialects/text.ts";
import type { ColumnMapping, Evidence } from "./mapping.ts";

export interface NumberWriting {
  readonly decimal: NonNullable<ColumnMapping["decimal"]>;
  readonly thousands: NonNullable<ColumnMapping["thousands"]>;
}

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const LONGEST = 60;
/** Blanks that people and spreadsheets put between thousands. */
const BLANKS = /[\s\u00a0\u202f]/g;

/** A cell as a number. Missing: NaN where it is empty or says that there is none. Errors: a sentence. */
export function numberInCell(cell: string, { decimal, thousands }: NumberWriting): number | string {
  const text = cell.trim();
  if (isAbsence(text) || text === "-") return Number.NaN;
  if (text.length > LONGEST) return `${quoted(text)} is no number`;
  let plain = text.replace(BLANKS, "").replace(/^'/, "");
  if (thousands !== "" && thousands !== " ") plain = withoutThousands(plain, thousands, decimal) ?? plain;
  if (decimal === ",") plain = plain.includes(".") ? "no" : plain.replace(",", ".");
  if (!PLAIN.test(plain)) return `${quoted(cell)} is no number with a decimal ${decimal === "," ? "comma" : "point"}`;
  const value = Number(plain);
  return Number.isFinite(value) ? value : `${quoted(cell)} is too large to be a number`;
}

/** Missing: undefined where the marks do not stand between groups of three. */
function withoutThousands(text: string, mark: string, decimal: string): string | undefined {
  const [whole = "", ...rest] = text.split(decimal);
  const [first = "", ...groups] = whole.split(mark);
  const isGrouped = groups.every((group) => /^\d{3}$/.test(group)) && /^[+-]?\d{1,3}$/.test(first);
  return groups.length === 0 || !isGrouped ? undefined : [first + groups.join(""), ...rest].join(decimal);
}

/** How numbers are written in these cells. */
export function writingOf(cells: readonly string[]): NumberWriting & { readonly evidence: Evidence } {
  const texts = cells.map((cell) => cell.trim().replace(BLANKS, " "));
  const count = (form: RegExp): number => texts.filter((text) => form.test(text)).length;
  const commaForm = /^[+-]?\d{1,3}(?:[.' ]\d{3})*,\d+$|^[+-]?\d+,\d+$/;
  const pointForm = /^[+-]?\d{1,3}(?:[,' ]\d{3})*\.\d+$|^[+-]?\d+\.\d+$/;
  const [commas, points] = [count(commaForm), count(pointForm)];
  // 1,234 may be a thousand or one and a bit: only a third form tells.
  const decided = { commas: count(/,\d{1,2}$|,\d{4,}$|\.\d{3},/), points: count(/\.\d{1,2}$|\.\d{4,}$|,\d{3}\./) };
  const decimal = decided.commas !== decided.points ? (decided.commas > decided.points ? "," : ".") : commas > points ? "," : ".";
  const grouped = decimal === "," ? ([".", "'", " "] as const) : ([",", "'", " "] as const);
  const thousands =
    grouped.find((mark) => texts.some((text) => new RegExp(`^[+-]?\\d{1,3}(?:[${mark}]\\d{3})+(?:[${decimal}]\\d+)?$`).test(text))) ?? "";
  const shown = texts.find((text) => (decimal === "," ? commaForm : pointForm).test(text));
  const words = decimal === "," ? "a decimal comma" : "a decimal point";
  const sure = decided.commas + decided.points > 0 ? decided.commas === 0 || decided.points === 0 : commas + points === 0;
  return {
    decimal,
    thousands,
    evidence: { what: "decimal", sentence: `Numbers have ${words}${shown === undefined ? "" : `, as in ${quoted(shown)}`}.`, sure },
  };
}
