import type { Column } from "#series/column.ts";
import { Judging } from "./judging.ts";
import type { JudgedReadings, RegisterRules } from "./meter-index.ts";

/**
 * Readings of a register, from quarter-hours to half-years, as they count: typos are left out, replacements, resets and rollovers
 * are no consumption, and a fall nobody explained is unknown, neither 0 nor negative. What is strange is told as an event with what
 * to do.
 * Units:   of the register.
 * Missing: NaN and readings of bad quality are left out.
 */
export function judgeReadings(readings: Column, rules: RegisterRules): JudgedReadings {
  return new Judging(readings, rules).judged();
}
