import { isAbsence } from "#dialects/number.ts";
import { quoted } from "#dialects/text.ts";
import type { RejectItem } from "#readings/reading.ts";
import { unitOf, unitSymbol } from "#units/unit.ts";

/** What a cell holds: a number with the unit beside it, a word, or the statement that there is nothing. */
export type CellValue =
  | { readonly kind: "number"; readonly value: number; readonly unit: string }
  | { readonly kind: "word"; readonly value: string }
  | { readonly kind: "absent" };

export interface CellRule {
  /** What the head of the column says. */
  readonly unit: string;
  /** The file parts its cells by semicolons or tabs, so that a comma in a number is a decimal one. */
  readonly decimalComma: boolean;
}

const NUMBER = /^([+-]?(?:\d[\d., ']*|[.,]\d+)(?:[eE][+-]?\d+)?)\s*(.*)$/;
const LONGEST = 400;
/** A text history may say more than a word, but no page of it. */
const LONGEST_WORD = 200;
const WORD = /\p{L}/u;

/** Errors: `ambiguous-number` where a comma may part thousands or decimals, `not-finite`, `not-a-number`. */
export function readCell(written: string, rule: CellRule): CellValue | RejectItem {
  const text = written.trim();
  if (isAbsence(text) || /^[+-]?nan$/i.test(text) || text === "-") return { kind: "absent" };
  const match = text.length <= LONGEST ? NUMBER.exec(text) : null;
  if (match) {
    const [, digits = "", rest = ""] = match;
    if (isUnit(rest, rule.unit)) return numbered(digits.trim(), { rest, written, rule });
  }
  if (/^[+-]?inf(?:inity)?$/i.test(text))
    return { code: "not-finite", sentence: `the value ${quoted(written)} is larger than a number can be.` };
  if (text.length <= LONGEST_WORD && WORD.test(text)) return { kind: "word", value: text };
  return { code: "not-a-number", sentence: `the value is ${quoted(written)}, neither a number nor a word.` };
}

/** `72.00 °F` has a unit behind its number, `2 Stage` has none. */
function isUnit(rest: string, unit: string): boolean {
  return rest === "" || rest === unit || unitOf(rest) !== undefined || /^[^\p{L}\d]{1,3}[FCK]?$/u.test(rest);
}

function numbered(digits: string, of: { rest: string; written: string; rule: CellRule }): CellValue | RejectItem {
  const plain = plainNumber(digits.replace(/[ ']/g, ""), of.rule.decimalComma);
  if (plain === undefined)
    return {
      code: "ambiguous-number",
      sentence: `the value ${quoted(of.written)} may be thousands or decimals; export it without a comma.`,
    };
  const value = Number(plain);
  if (Number.isNaN(value)) return { code: "not-a-number", sentence: `the value is ${quoted(of.written)}, not a number.` };
  if (!Number.isFinite(value)) return { code: "not-finite", sentence: `the value ${quoted(of.written)} is larger than a number can be.` };
  return { kind: "number", value, unit: of.rest === "" ? of.rule.unit : unitSymbol(of.rest) || of.rest.slice(0, 40) };
}

/** With a point for the decimals. Missing: undefined where nobody can tell. */
function plainNumber(digits: string, decimalComma: boolean): string | undefined {
  const commas = digits.split(",").length - 1;
  const points = digits.split(".").length - 1;
  if (commas === 0) return points > 1 && /^[+-]?\d{1,3}(\.\d{3})+$/.test(digits) ? digits.replaceAll(".", "") : digits;
  if (points > 0) {
    const isDecimal = digits.lastIndexOf(",") > digits.lastIndexOf(".");
    if (isDecimal) return commas === 1 ? digits.replaceAll(".", "").replace(",", ".") : "x";
    return points === 1 ? digits.replaceAll(",", "") : "x";
  }
  if (decimalComma) return commas === 1 ? digits.replace(",", ".") : "x";
  if (commas > 1) return /^[+-]?\d{1,3}(,\d{3})+$/.test(digits) ? digits.replaceAll(",", "") : "x";
  const isThousands = /^[+-]?[1-9]\d{0,2},\d{3}$/.test(digits);
  return isThousands ? undefined : digits.replace(",", ".");
}
