import { BAD_QUALITY } from "#series/quality.ts";

/** More than any grid on earth gives: such a number is none. */
const MOST_KWH = 1e12;

/** Whether a value is a reading that can count at all. */
export function isReading(value: number, quality: number): boolean {
  return value >= 0 && value <= MOST_KWH && (quality & BAD_QUALITY) === 0;
}
