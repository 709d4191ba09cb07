import type { RoundAnswer } from "#contract/round.ts";
import { numberText } from "#web/parts/format-number.ts";
import { dialText } from "./number-entry.ts";

export type RoundStop = RoundAnswer["stops"][number];

const DAY_MS = 86_400_000;

/** What a dial should show at an instant. Missing: null where nothing is known of it. */
export interface Expected {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What the server expected when it was asked, moved on by the days since: a phone may be away for long. */
export function expectedAt(stop: RoundStop, times: { readonly askedMs: number; readonly tMs: number }): Expected {
  const moved = Math.max(0, (times.tMs - times.askedMs) / DAY_MS) * (stop.perDay ?? 0);
  const later = (value: number | null): number | null => (value === null ? null : value + moved);
  return { value: later(stop.expected), low: later(stop.low), high: later(stop.high) };
}

/** What is thought of a number while it is typed; the server judges again. */
export interface Verdict {
  readonly kind: "plausible" | "first" | "unusual" | "falls";
  readonly sentence: string;
}

/** Judges a number against the last reading and what is expected, in one sentence that says what to do. */
export function verdictOf(value: number, stop: RoundStop, expected: Expected): Verdict {
  const { lastValue } = stop;
  if (lastValue === null) return { kind: "first", sentence: "The first reading of this meter." };
  const last = dialText(lastValue, stop.decimals);
  if (value < lastValue) {
    return { kind: "falls", sentence: `Below the last reading of ${last}: check the digits. A new meter is told on its own page.` };
  }
  const used = value - lastValue;
  const amount = numberText(used, { unit: stop.unit, keepUnit: true });
  if (expected.low === null || expected.high === null || (value >= expected.low && value <= expected.high)) {
    return {
      kind: "plausible",
      sentence: `${used === 0 ? "Nothing" : amount} since the last reading${expected.low === null ? "." : ", as expected."}`,
    };
  }
  if (digitsOf(value) > Math.max(digitsOf(lastValue), digitsOf(expected.high))) {
    return { kind: "unusual", sentence: "That is a digit more than the dial should show: check the digits." };
  }
  const usual = (expected.value ?? (expected.low + expected.high) / 2) - lastValue;
  return { kind: "unusual", sentence: `${timesWords(used, usual, amount)}: check the digits.` };
}

/** "480 kWh, 4 times the usual". */
function timesWords(used: number, usual: number, amount: string): string {
  if (used === 0) return "Nothing used since the last reading, which is unusual";
  if (!(usual > 0)) return `${amount}, more than expected`;
  const times = used / usual;
  if (times >= 1.5)
    return `${amount}, ${times < 9.5 && times % 1 >= 0.25 && times % 1 < 0.75 ? times.toFixed(1) : countWords(times)} times the usual`;
  if (times > 1) return `${amount}, more than expected`;
  if (times >= 0.75) return `${amount}, less than expected`;
  return `${amount}, ${shareWords(times)} of the usual`;
}

const countWords = (times: number): string => new Intl.NumberFormat(undefined, { maximumSignificantDigits: 2 }).format(Math.round(times));

function shareWords(times: number): string {
  if (times >= 0.6) return "two thirds";
  if (times >= 0.42) return "half";
  if (times >= 0.29) return "a third";
  if (times >= 0.2) return "a quarter";
  if (times >= 0.08) return "a tenth";
  return "a small part";
}

const digitsOf = (value: number): number => Math.floor(Math.max(1, value)).toString().length;
