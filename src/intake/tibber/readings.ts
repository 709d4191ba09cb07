import { quoted } from "#dialects/text.ts";
import type { PulledItem } from "#intake/pull/pulled.ts";
import type { Reading, RejectItem } from "#readings/reading.ts";
import type { Kind } from "#series/kind.ts";
import { QUALITY } from "#series/quality.ts";
import type { TibberHome, TibberHour, TibberPrice } from "./answer.ts";

export const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;
/** A node of more hours than this is no hour that was told together with its neighbour. */
const MOST_HOURS = 24;

/** What is known of a home: nothing of an hour nobody knows yet. Every amount and price stands at the end of its hour. */
export function readingsOf(home: TibberHome, prices: "hourly" | "quarter-hourly" | "none"): PulledItem[] {
  const hours = home.hours.flatMap((hour) => hourItems(home, hour));
  return prices === "none" ? hours : [...hours, ...priceItems(home, prices)];
}

interface Said {
  readonly quantity: string;
  readonly value: unknown;
  readonly unit: string;
  readonly kind: Kind;
  /** Shared out where several hours were told as one. */
  readonly isAmount?: boolean;
}

function hourItems(home: TibberHome, hour: TibberHour): PulledItem[] {
  const said = (): string => JSON.stringify(hour);
  const { fromMs, toMs, currency, unit } = hour;
  const count = (toMs - fromMs) / HOUR_MS;
  if (Number.isNaN(count))
    return [
      rejected("time-unreadable", `Tibber tells of an hour from ${quoted(hour.from)} to ${quoted(hour.to)}; that is no instant.`, said),
    ];
  if (!Number.isInteger(count) || count < 1 || count > MOST_HOURS)
    return [rejected("interval-unusual", `Tibber tells of an hour from ${quoted(hour.from)} to ${quoted(hour.to)}; that is none.`, said)];
  const money = currency || "XXX";
  const all: Said[] = [
    { quantity: "energy-import", value: hour.consumption, unit, kind: "interval", isAmount: true },
    { quantity: "cost", value: hour.cost, unit: money, kind: "interval", isAmount: true },
    { quantity: "unit-price", value: hour.unitPrice, unit: `${money}/${unit}`, kind: "price" },
    { quantity: "unit-price-vat", value: hour.unitPriceVat, unit: `${money}/${unit}`, kind: "price" },
  ];
  return all.flatMap((one) => spread(home, one, { toMs, count, said }));
}

/** A node of several hours is shared out evenly, and each hour marked as filled: the sum stays what was told. */
function spread(home: TibberHome, one: Said, { toMs, count, said }: { toMs: number; count: number; said: () => string }): PulledItem[] {
  const { value, quantity, isAmount = false } = one;
  if (value === null) return [];
  if (typeof value !== "number" || !Number.isFinite(value))
    return [
      rejected(
        "not-a-number",
        `Tibber says ${quoted(value)} for ${quantity} of the hour until ${new Date(toMs).toISOString()}; that is no number.`,
        said,
      ),
    ];
  const share = isAmount ? value / count : value;
  const quality = count > 1 ? { quality: QUALITY.filled } : {};
  return Array.from({ length: count }, (_, back) => ({
    item: { reading: { ...readingOf(home, one, HOUR_MS), value: share, tMs: toMs - back * HOUR_MS, ...quality } },
    said,
  }));
}

function readingOf(home: TibberHome, { quantity, unit, kind }: Said, intervalMs: number): Omit<Reading, "value" | "tMs"> {
  return { device: home.id, point: home.id, pointName: home.name || `Home ${home.id.slice(0, 8)}`, quantity, unit, kind, intervalMs };
}

function priceItems(home: TibberHome, resolution: "hourly" | "quarter-hourly"): PulledItem[] {
  const lengthMs = resolution === "hourly" ? HOUR_MS : QUARTER_MS;
  // A series has one length of interval: quarters stand beside the hours somebody asked for before.
  const name = (quantity: string): string => (resolution === "hourly" ? quantity : `${quantity}-quarter-hour`);
  return home.prices.flatMap((price) => {
    const said = (): string => JSON.stringify(price);
    if (Number.isNaN(price.startMs))
      return [rejected("time-unreadable", `Tibber tells of a price from ${quoted(price.startsAt)}; that is no instant.`, said)];
    return saidOf(price).flatMap((one): PulledItem[] => {
      if (one.value === null) return [];
      const fits = one.quantity === "price-level" ? typeof one.value === "string" && one.value !== "" : Number.isFinite(one.value);
      if (!fits)
        return [rejected("not-a-number", `Tibber says ${quoted(one.value)} for ${one.quantity} from ${quoted(price.startsAt)}.`, said)];
      const reading = readingOf(home, { ...one, quantity: name(one.quantity) }, lengthMs);
      return [{ item: { reading: { ...reading, value: one.value as number | string, tMs: price.startMs + lengthMs } }, said }];
    });
  });
}

function saidOf({ total, energy, tax, level, currency }: TibberPrice): Said[] {
  const unit = `${currency || "XXX"}/kWh`;
  return [
    { quantity: "price-total", value: total, unit, kind: "price" },
    { quantity: "price-energy", value: energy, unit, kind: "price" },
    { quantity: "price-tax", value: tax, unit, kind: "price" },
    { quantity: "price-level", value: level, unit: "", kind: "state" },
  ];
}

function rejected(code: string, sentence: string, said: () => string): PulledItem {
  const reject: RejectItem = { code, sentence };
  return { item: { reject }, said };
}
