import { instantOf, readTime } from "#calendar/time-text.ts";

/** What an account of Tibber says, as far as it is used. Missing: null where nobody knows yet. */
export interface TibberHome {
  readonly id: string;
  readonly name: string;
  readonly hours: readonly TibberHour[];
  readonly prices: readonly TibberPrice[];
}

/** An hour, or what was told as one. */
export interface TibberHour {
  readonly from: string;
  readonly to: string;
  /** NaN where it cannot be read. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly consumption: unknown;
  readonly unit: string;
  readonly cost: unknown;
  readonly unitPrice: unknown;
  readonly unitPriceVat: unknown;
  readonly currency: string;
}

export interface TibberPrice {
  readonly startsAt: string;
  readonly startMs: number;
  readonly total: unknown;
  readonly energy: unknown;
  readonly tax: unknown;
  readonly level: unknown;
  readonly currency: string;
}

/** The homes of an answer. Missing: undefined where it holds none of what was asked. */
export function homesOf(data: unknown): readonly TibberHome[] | undefined {
  const homes = at(data, "viewer", "homes");
  return Array.isArray(homes) ? homes.map(homeOf) : undefined;
}

function homeOf(home: unknown): TibberHome {
  const nodes = list(at(home, "consumption", "nodes"));
  const info = at(home, "currentSubscription", "priceInfo");
  const id = text(at(home, "id"));
  return {
    id,
    name: text(at(home, "appNickname")) || text(at(home, "address", "address1")),
    hours: nodes.map(hourOf),
    prices: [...list(at(info, "today")), ...list(at(info, "tomorrow"))].map(priceOf),
  };
}

function hourOf(node: unknown): TibberHour {
  const [from, to] = [text(at(node, "from")), text(at(node, "to"))];
  return {
    from,
    to,
    fromMs: msOf(from),
    toMs: msOf(to),
    consumption: at(node, "consumption") ?? null,
    unit: text(at(node, "consumptionUnit")) || "kWh",
    cost: at(node, "cost") ?? null,
    unitPrice: at(node, "unitPrice") ?? null,
    unitPriceVat: at(node, "unitPriceVAT") ?? null,
    currency: text(at(node, "currency")),
  };
}

function priceOf(node: unknown): TibberPrice {
  const startsAt = text(at(node, "startsAt"));
  return {
    startsAt,
    startMs: msOf(startsAt),
    total: at(node, "total") ?? null,
    energy: at(node, "energy") ?? null,
    tax: at(node, "tax") ?? null,
    level: at(node, "level") ?? null,
    currency: text(at(node, "currency")),
  };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path)
    found = typeof found === "object" && found !== null && Object.hasOwn(found, key) ? (found as Record<string, unknown>)[key] : undefined;
  return found;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Times carry the offset of the home; one without it says no instant. */
function msOf(written: string): number {
  const time = readTime(written);
  return (time && instantOf(time)) ?? Number.NaN;
}
