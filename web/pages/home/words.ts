import { numberWords } from "#web/charts/numbers.ts";
import { energyDigits } from "#web/charts/power-scene.ts";
import { NOT_KNOWN, numberText } from "#web/parts/format-number.ts";

const NO_BREAK = "\u00a0";

/** "4.862 kWh"; "—" for what is not known. */
export function energyText(kwh: number | null | undefined, whole = false): string {
  if (kwh === null || kwh === undefined || !Number.isFinite(kwh)) return NOT_KNOWN;
  return `${numberWords(kwh, energyDigits(kwh, whole))}${NO_BREAK}kWh`;
}

/** "4.86 kWh", as a sentence says it. */
export function energySaid(kwh: number, whole = false): string {
  return whole ? energyText(kwh, true) : numberText(kwh, { unit: "kWh", keepUnit: true });
}

const FRACTIONS: readonly (readonly [number, string])[] = [
  [1 / 10, "a tenth"],
  [1 / 5, "a fifth"],
  [1 / 4, "a quarter"],
  [1 / 3, "a third"],
  [2 / 3, "two thirds"],
  [3 / 4, "three quarters"],
];
const SAME = 0.04;
const NEAR = 0.025;

/**
 * An amount beside another one, up to the word before its name: "a third less than", "as much as", "twice as much as".
 * Missing: undefined where there is nothing to compare with.
 */
export function comparedWords(now: number | null, usual: number | null): string | undefined {
  if (now === null || usual === null || !(usual > 0) || now < 0) return undefined;
  const change = now / usual - 1;
  if (Math.abs(change) < SAME) return "as much as";
  if (change >= 0.95) return `${timesWords(now / usual)} as much as`;
  if (Math.abs(change - 0.5) < NEAR) return "half as much again as";
  if (Math.abs(change + 0.5) < NEAR) return "half of";
  const than = change < 0 ? "less than" : "more than";
  const fraction = FRACTIONS.find(([share]) => Math.abs(Math.abs(change) - share) < NEAR)?.[1];
  return `${fraction ?? `${numberWords(Math.abs(change) * 100, 0)}${NO_BREAK}%`} ${than}`;
}

function timesWords(ratio: number): string {
  if (ratio < 2.15) return "twice";
  return ratio < 10 && Math.abs(ratio - Math.round(ratio)) > 0.15 ? `${numberWords(ratio, 1)} times` : `${numberWords(ratio, 0)} times`;
}

/** "39 % of today". Missing: undefined where either is not known, or nothing was bought. */
export function shareWords(part: number | null, whole: number | null): string | undefined {
  if (part === null || whole === null || !(whole > 0) || part < 0) return undefined;
  const percent = (part / whole) * 100;
  return `${percent > 0 && percent < 1 ? "<1" : numberWords(Math.min(100, percent), 0)}${NO_BREAK}%`;
}

/** "100 % measured", never rounded up to it. */
export function coverageWords(coverage: number): string {
  const percent = coverage * 100;
  const shown = percent > 99 && percent < 99.95 ? 1 : 0;
  return `${numberWords(Math.min(percent >= 99.95 ? 100 : Math.floor(percent * 10) / 10, 100), shown)}${NO_BREAK}% measured`;
}

/** Readings of today that did not come. One more or less is the clock's doing. */
export function missingWords({ today, expectedToday }: { readonly today: number; readonly expectedToday: number }): string {
  const missing = Math.round(expectedToday - today);
  const said = `${numberWords(today, 0)}${NO_BREAK}reading${today === 1 ? "" : "s"} today`;
  if (!(expectedToday > 0)) return said;
  return `${said}, ${missing <= 1 ? "none" : numberWords(missing, 0)} missing`;
}

/** An exact decimal as people type it, with a point or a comma, as the wire wants it. Missing: undefined for what is no number. */
export function decimalOf(text: string): string | undefined {
  const plain = text
    .trim()
    .replace(/[\s\u00a0]/g, "")
    .replace(",", ".");
  return /^-?\d{1,9}(\.\d{1,9})?$/.test(plain) ? plain : undefined;
}

/** "Tuesday" of an instant in a zone. */
export function weekdayName(tMs: number, zone: string): string {
  return new Intl.DateTimeFormat(undefined, { weekday: "long", timeZone: zone }).format(tMs);
}

/** "March" of an instant in a zone. */
export function monthName(tMs: number, zone: string): string {
  return new Intl.DateTimeFormat(undefined, { month: "long", timeZone: zone }).format(tMs);
}

/** "1 Jan" of a date like 2026-01-01. */
export function dateWords(date: string, withYear = true): string {
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return date;
  const year = withYear ? ({ year: "numeric" } as const) : {};
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", ...year, timeZone: "UTC" }).format(at);
}
