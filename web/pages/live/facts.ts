import type { ColumnAnswer, LiveValue, SeriesInfo } from "#contract/series.ts";
import { numberText, rangeText, styleOf } from "#web/parts/format-number.ts";
import { everyText, momentText } from "#web/parts/format-time.ts";
import { type Freshness, has } from "#web/parts/freshness.ts";
import type { LivePoint } from "./live-point.ts";

/** The foot of a card: one useful thing at the left, and sometimes a small one at the right. */
export interface Facts {
  readonly left: string;
  readonly right?: string;
}

export interface FactParts {
  readonly point: LivePoint;
  readonly state: Freshness;
  readonly live: LiveValue | undefined;
  readonly nowMs: number;
  readonly zone: string;
  readonly window: string;
  /** Newest value of another series of the point. */
  readonly latest: (key: string) => LiveValue | undefined;
  /** Rows of the point's amounts since local midnight. */
  readonly today: ColumnAnswer | null | undefined;
  readonly history: ColumnAnswer | null | undefined;
}

/** What is worth saying about a point right now. A late or absent number explains itself first. */
export function factsOf(parts: FactParts): Facts {
  const { primary } = parts.point;
  if (parts.state === "missing") return { left: lastKnown(parts) };
  if (parts.state === "stale") return { left: spacing(primary) ?? `last ${whenText(parts)}` };
  if (parts.state === "suspect") return { left: doubt(parts.live), ...companion(parts) };
  const used = usedToday(parts);
  if (used) return used;
  return { left: setpoint(parts) ?? companion(parts)?.right ?? extremes(parts) ?? primary.quantityName };
}

/** What a day's use is read from: the point's register, or else its amounts per interval. */
export function amountsOf(point: LivePoint): SeriesInfo | undefined {
  const amounts = [point.primary, ...point.others].filter((one) => /^(energy|gas-volume|water-volume|heat-energy)/.test(one.quantity));
  return amounts.find((one) => one.kind === "counter") ?? amounts.find((one) => one.kind === "interval");
}

/** Amount since the first row of `today`, or undefined where the register was reset or nothing is known. */
export function amountSince(today: ColumnAnswer | null | undefined, now: number | null | undefined): number | undefined {
  const first = today?.min?.find((value) => value !== null) ?? today?.value.find((value) => value !== null);
  if (first === undefined || first === null || now === undefined || now === null || now < first) return undefined;
  return now - first;
}

/** Sum of whole intervals, or undefined where the answer holds aggregates instead of them. */
export function sumOfIntervals(today: ColumnAnswer | null | undefined): number | undefined {
  if (today?.mode !== "raw" || today.value.length === 0) return undefined;
  return today.value.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

function usedToday(parts: FactParts): Facts | undefined {
  const { point } = parts;
  const told = point.others.find((one) => one.quantity === "energy-today");
  const amounts = amountsOf(point);
  const counter = amounts?.kind === "counter" ? amounts : undefined;
  const register = counter && parts.latest(counter.key);
  const read = counter ? amountSince(parts.today, register?.value) : sumOfIntervals(parts.today);
  const amount = (told && parts.latest(told.key)?.value) ?? read;
  if (amount === undefined || amount === null) return undefined;
  const unit = told?.unit ?? amounts?.unit ?? "";
  const right =
    counter && counter.key !== point.primary.key && register
      ? numberText(register.value, { ...styleOf(counter), maxDigits: 7 })
      : undefined;
  return { left: `${numberText(amount, { unit, keepUnit: true })} today`, ...(right ? { right } : {}) };
}

function setpoint({ point, latest }: FactParts): string | undefined {
  const wanted = point.others.find((one) => one.quantity === `${point.primary.quantity}-setpoint`);
  const value = wanted && latest(wanted.key)?.value;
  return wanted && value !== undefined && value !== null ? `setpoint ${numberText(value, styleOf(wanted))}` : undefined;
}

/** Another quantity of the same point in words: "Humidity 45.2 %". */
function companion({ point, latest }: FactParts): { right: string } | undefined {
  for (const one of point.others) {
    const value = latest(one.key)?.value;
    if (one.kind !== "state" && value !== undefined && value !== null)
      return { right: `${one.quantityName} ${numberText(value, styleOf(one))}` };
  }
  return undefined;
}

function extremes({ point, history, window }: FactParts): string | undefined {
  const low = least(history?.min ?? history?.value);
  const high = most(history?.max ?? history?.value);
  if (low === undefined || high === undefined || low === high) return undefined;
  return `${rangeText(low, high, { ...styleOf(point.primary), maxDigits: 5 })} in ${window}`;
}

function least(values: readonly (number | null)[] | undefined): number | undefined {
  return values?.reduce<number | undefined>(
    (low, value) => (value !== null && (low === undefined || value < low) ? value : low),
    undefined,
  );
}

function most(values: readonly (number | null)[] | undefined): number | undefined {
  return values?.reduce<number | undefined>(
    (high, value) => (value !== null && (high === undefined || value > high) ? value : high),
    undefined,
  );
}

function doubt(live: LiveValue | undefined): string {
  const quality = live?.quality ?? 0;
  if (has(quality, "invalidAlarm") || has(quality, "badStatus")) return "kept, but in no total";
  return has(quality, "clockUncertain") ? "the device's clock is unsure" : "not plausible";
}

function spacing(series: SeriesInfo): string | undefined {
  const every = series.everyMs ?? series.intervalMs;
  return every === undefined ? undefined : `usually ${everyText(every)}`;
}

function lastKnown(parts: FactParts): string {
  const { live, point } = parts;
  if (!live) return "never heard";
  if (live.value === null) return `nothing since ${whenText(parts)}`;
  return `last ${numberText(live.value, styleOf(point.primary))}, ${whenText(parts)}`;
}

function whenText({ live, nowMs, zone }: FactParts): string {
  return live ? momentText(live.tMs, nowMs, { zone }) : "unknown";
}
