import { jsonNumber } from "#api/json-text.ts";
import { dateText, offsetText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { PlantSpan } from "#contract/plant-parts.ts";
import { type QualityName, qualityNames } from "#series/quality.ts";

/** Exact decimals of any maker: what is sent of them is text. */
interface Exact {
  toFixed(places?: number): string;
  decimalPlaces(): number;
}

const CENTS = 2;

/** A number as it is sent: null where it is not known. */
export const figure = jsonNumber;

/** Null where there is no value. */
export function orNull<T>(value: T | undefined): T | null {
  return value ?? null;
}

/** An amount of money as text, every digit of it and two decimals at least. */
export function money(amount: Exact): string {
  return amount.decimalPlaces() < CENTS ? amount.toFixed(CENTS) : amount.toFixed();
}

/** A cost as people pay it: two decimals, half up. */
export function cents(amount: Exact): string {
  return amount.toFixed(CENTS);
}

/** An exact number as text, no digit added. */
export function exact(value: Exact): string {
  return value.toFixed();
}

/** A share as percent. Missing: null. */
export function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : figure((part / whole) * 100);
}

/** How much more a value is than another, in percent of the other. Missing: null. */
export function changePercent(now: number, before: number): number | null {
  return percent(now - before, before);
}

/** A stretch of time with its clock readings. */
export function span(range: { readonly fromMs: number; readonly toMs: number }, zone: Zone): PlantSpan {
  return {
    fromMs: range.fromMs,
    toMs: range.toMs,
    fromLocal: offsetText(range.fromMs, zone),
    toLocal: offsetText(range.toMs, zone),
  };
}

/** The local date of an instant that may be absent. */
export function dateOrNull(tMs: number | undefined, zone: Zone): string | null {
  return tMs === undefined ? null : dateText(tMs, zone);
}

/** Bits by name. */
export function marks(bits: number): QualityName[] {
  return qualityNames(bits);
}
