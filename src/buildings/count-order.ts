const LONGEST_NUMBER = 12;

/** A text whose plain order is that in which people count: "VAV 2" before "VAV 10", whatever the case. */
export function countKey(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(LONGEST_NUMBER, "0"));
}

/** Plain order of texts, the same on every machine. */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
