import type { SeriesInfo } from "#contract/series.ts";

/** A number and its unit, apart, so that the unit can be set smaller. `number` is "—" for what is not known. */
export interface Shown {
  readonly number: string;
  readonly unit: string;
}

export const NOT_KNOWN = "—";
const NO_BREAK = "\u00a0";

/** What decides how a number is written. `exact` keeps the source's resolution. */
export interface NumberStyle {
  readonly unit: string;
  readonly exact?: boolean;
  /** Decimals the source is known to send; only with `exact`. */
  readonly decimals?: number;
  /** Digits there is room for; decimals are given up before whole digits. */
  readonly maxDigits?: number;
  /** The sender's unit is kept: a day's use beside its register is in the register's unit. */
  readonly keepUnit?: boolean;
  readonly locale?: string;
}

/** Scales that people read more easily, by unit: smallest first, each a thousand times the one before. */
const LADDERS: readonly (readonly string[])[] = [
  ["W", "kW", "MW"],
  ["Wh", "kWh", "MWh"],
  ["VA", "kVA", "MVA"],
  ["var", "kvar", "Mvar"],
];

const UNIT_SPELLING: Readonly<Record<string, string>> = {
  m3: "m³",
  "m3/h": "m³/h",
  ft3: "ft³",
  C: "°C",
  degC: "°C",
  F: "°F",
  degF: "°F",
  percent: "%",
  l: "L",
  "l/h": "L/h",
  "EUR/kWh": "€/kWh",
  "EUR/MWh": "€/MWh",
  "USD/kWh": "$/kWh",
  "USD/MWh": "$/MWh",
  "AUD/MWh": "$/MWh",
  "GBP/kWh": "£/kWh",
  "kg/MWh": "kg/MWh",
  "ug/m3": "µg/m³",
  "1": "",
};

/** A unit as people write it; what nobody described stays as the sender wrote it. */
export function unitText(unit: string): string {
  return Object.hasOwn(UNIT_SPELLING, unit) ? (UNIT_SPELLING[unit] ?? unit) : unit;
}

/**
 * Writes a value down: three significant digits (never cutting whole digits), W/kW/MW by size, a real minus.
 * Missing: null, undefined and NaN are "—" without a unit.
 */
export function shownNumber(value: number | null | undefined, style: NumberStyle): Shown {
  if (value === null || value === undefined || !Number.isFinite(value)) return { number: NOT_KNOWN, unit: "" };
  const scaled = style.exact || style.keepUnit ? { value, unit: style.unit } : scale(value, style.unit);
  const decimals = style.exact ? exactDecimals(scaled.value, style) : threeDigits(scaled.value);
  return { number: digits(scaled.value, decimals, style.locale), unit: unitText(scaled.unit) };
}

/** The same as one text, number and unit joined so that no line breaks between them. */
export function numberText(value: number | null | undefined, style: NumberStyle): string {
  const shown = shownNumber(value, style);
  return shown.unit === "" ? shown.number : `${shown.number}${NO_BREAK}${shown.unit}`;
}

/** "0.1 to 48.2 kW": lowest and highest in one unit and with the same decimals. */
export function rangeText(low: number, high: number, style: NumberStyle): string {
  const largest = Math.abs(low) > Math.abs(high) ? low : high;
  const scaled = style.exact ? { value: largest, unit: style.unit } : scale(largest, style.unit);
  const factor = largest === 0 ? 1 : scaled.value / largest;
  const decimals = style.exact ? Math.max(exactDecimals(low, style), exactDecimals(high, style)) : threeDigits(scaled.value);
  const unit = unitText(scaled.unit);
  const text = `${digits(low * factor, decimals, style.locale)} to ${digits(high * factor, decimals, style.locale)}`;
  return unit === "" ? text : `${text}${NO_BREAK}${unit}`;
}

/** A count, with the thousands of the locale. */
export function countText(count: number, locale?: string): string {
  return digits(count, 0, locale);
}

/** Bytes in the unit that keeps the number short: 412 kB, 1.38 GB. */
export function bytesText(bytes: number, locale?: string): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let step = 0;
  let value = bytes;
  while (Math.abs(value) >= 999.5 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  return `${digits(value, step === 0 ? 0 : threeDigits(value), locale)}${NO_BREAK}${units[step]}`;
}

/** Registers, demand, temperatures and prices show what the source sent; everything else three digits. */
export function styleOf(series: Pick<SeriesInfo, "unit" | "kind" | "quantity">): NumberStyle {
  const exact =
    series.kind === "counter" ||
    series.kind === "price" ||
    /demand|temperature|frequency|price/.test(series.quantity) ||
    ["°C", "°F", "C", "F", "degC", "degF", "K"].includes(series.unit);
  return { unit: series.unit, ...(exact ? { exact } : {}) };
}

/** Decimals that can be told apart in a double somebody rounded: 57.8 has one, and so has 20.299999237 (a float of 32 bits). */
export function decimalsOf(value: number, most = 3): number {
  const noise = Math.max(1e-9, Math.min(5e-5, 6e-8 * Math.abs(value)));
  for (let decimals = 0; decimals < most; decimals += 1) {
    if (Math.abs(value - Number(value.toFixed(decimals))) <= noise) return decimals;
  }
  return most;
}

function exactDecimals(value: number, style: NumberStyle): number {
  const size = Math.abs(value);
  const most = size < 1 ? 5 : size < 100 ? 4 : 3;
  const whole = size < 1 ? 1 : Math.floor(Math.log10(size)) + 1;
  const room = style.maxDigits === undefined ? most : Math.max(0, style.maxDigits - whole);
  return Math.min(most, room, Math.max(style.decimals ?? 0, decimalsOf(value, most)));
}

function threeDigits(value: number): number {
  const size = Math.abs(value);
  if (size === 0) return 0;
  const whole = Math.floor(Math.log10(Number(size.toPrecision(3)))) + 1;
  return Math.min(6, Math.max(0, 3 - whole));
}

function scale(value: number, unit: string): { value: number; unit: string } {
  const ladder = LADDERS.find((steps) => steps.includes(unit));
  if (!ladder || value === 0) return { value, unit };
  const base = value * 1000 ** ladder.indexOf(unit);
  const size = Math.abs(base);
  const step = size >= 999_500 ? 2 : size >= 999.5 ? 1 : 0;
  return { value: base / 1000 ** step, unit: ladder[step] ?? unit };
}

const formats = new Map<string, Intl.NumberFormat>();

function digits(value: number, decimals: number, locale: string | undefined): string {
  const name = `${locale ?? ""}:${decimals}`;
  const format =
    formats.get(name) ??
    new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay: "negative" });
  formats.set(name, format);
  return format.format(value).replace("-", "−");
}
