import type { RejectItem } from "#readings/reading.ts";
import { quoted } from "./text.ts";

/** Texts by which senders say that they have no value. */
const ABSENT = new Set(["", "null", "none", "nan", "unavailable", "unknown", "n/a", "na", "not available", "---"]);
const LONGEST_ABSENT = 13;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const LONGEST_NUMBER = 400;

export interface NumberRule {
  /** The sender writes `1.234,5` or `1234,5`. */
  readonly decimalComma?: boolean;
}

/**
 * A sender's number: a JSON number or a numeric text.
 * Missing: NaN for null and for the texts that state an absence.
 * Errors:  `not-a-number`, `not-finite`; `where` names the field in the sentence.
 */
export function numberOf(raw: unknown, where: string, rule?: NumberRule): number | RejectItem {
  if (typeof raw === "number")
    return Number.isFinite(raw) ? raw : { code: "not-finite", sentence: `${where} is too large to be a number.` };
  if (raw === null) return Number.NaN;
  if (typeof raw !== "string") return { code: "not-a-number", sentence: `${where} is ${quoted(raw)}, not a number.` };
  return numberOfText(raw, where, rule);
}

function numberOfText(raw: string, where: string, rule: NumberRule | undefined): number | RejectItem {
  const text = raw.trim();
  if (isAbsence(text)) return Number.NaN;
  const plain = rule?.decimalComma ? text.replace(/\.(?=\d{3}(?:\D|$))/g, "").replace(",", ".") : text;
  if (plain.length > LONGEST_NUMBER || !NUMBER.test(plain))
    return { code: "not-a-number", sentence: `${where} is ${quoted(raw)}, not a number.` };
  const value = Number(plain);
  return Number.isFinite(value) ? value : { code: "not-finite", sentence: `${where} is too large to be a number.` };
}

/** Whether a text states that there is no value. */
export function isAbsence(text: string): boolean {
  return text.length <= LONGEST_ABSENT && ABSENT.has(text.trim().toLowerCase());
}
