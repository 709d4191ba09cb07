import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { CombinedNode } from "./meter-combined.ts";
import type { MeterNode } from "./meter-part.ts";
import { PhysicalNode } from "./meter-physical.ts";

/** When and how often a meter is read. */
export interface MeterLife {
  readonly firstMs?: number;
  /** The newest reading that counts; of a whole, that of the part that was read longest ago. */
  readonly lastMs?: number;
  readonly lastValue?: number;
  /** Usual distance of its readings; NaN where nothing can be said. */
  readonly everyMs: number;
  readonly readings: number;
  /** A person reads it. */
  readonly byHand: boolean;
  /** It is told in amounts that come late. */
  readonly comesLate: boolean;
  readonly dueMs?: number;
  readonly openEvents: number;
}

/** Readings further apart are nobody's but a person's. */
const BY_HAND_MS = 20 * HOUR_MS;
/** Due after so much more than usual, where nobody said how often. */
const OVERDUE = 1.25;

/** Of a meter, or of the parts it is made of now. */
export function lifeOf(node: MeterNode, { nowMs, zone }: { readonly nowMs: number; readonly zone: Zone }): MeterLife {
  if (node instanceof PhysicalNode) return physicalLife(node, zone);
  const parts = node instanceof CombinedNode ? partsNow(node, nowMs) : [];
  const lives = parts.map((part) => lifeOf(part, { nowMs, zone }));
  const firsts = lives.flatMap(({ firstMs }) => firstMs ?? []);
  const lasts = lives.flatMap(({ lastMs }) => lastMs ?? []);
  const dues = lives.flatMap(({ dueMs }) => dueMs ?? []);
  return {
    ...(firsts.length < lives.length || firsts.length === 0 ? {} : { firstMs: Math.max(...firsts) }),
    ...(lasts.length < lives.length || lasts.length === 0 ? {} : { lastMs: Math.min(...lasts) }),
    everyMs: lives.reduce((most, { everyMs }) => (everyMs > most || Number.isNaN(most) ? everyMs : most), Number.NaN),
    readings: lives.reduce((sum, { readings }) => sum + readings, 0),
    byHand: lives.some(({ byHand }) => byHand),
    comesLate: lives.some(({ comesLate }) => comesLate),
    ...(dues.length === 0 ? {} : { dueMs: Math.min(...dues) }),
    openEvents: 0,
  };
}

/** The parts that count now; of a master that ended, its last ones. */
function partsNow({ stretches }: CombinedNode, nowMs: number): MeterNode[] {
  const now = stretches.find(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs) ?? stretches.at(-1);
  return now?.parts.map(({ node }) => node) ?? [];
}

/** A day's beginning. Missing: undefined where nobody said how often, and too few readings tell. */
function dueAfter(
  lastMs: number,
  { everyMs, everyDays, zone }: { readonly everyMs: number; readonly everyDays: number | undefined; readonly zone: Zone },
): number | undefined {
  if (everyDays !== undefined) return zone.addDays(lastMs, everyDays);
  return Number.isNaN(everyMs) ? undefined : zone.nextStart("day", lastMs + OVERDUE * Math.max(everyMs, DAY_MS));
}

function physicalLife({ skeleton, settings, rules }: PhysicalNode, zone: Zone): MeterLife {
  const { index, days, events, everyMs } = skeleton;
  const what = settings.what.kind === "physical" ? settings.what : undefined;
  const [firstMs, lastMs, lastValue] = [index.tMs[0], index.tMs.at(-1), index.register.at(-1)];
  const speaks = everyMs < BY_HAND_MS;
  const everyDays = what?.readEveryDays;
  const byHand = everyDays !== undefined || !speaks;
  const dueMs = byHand && lastMs !== undefined ? dueAfter(lastMs, { everyMs, everyDays, zone }) : undefined;
  return {
    ...(firstMs === undefined ? {} : { firstMs }),
    ...(lastMs === undefined ? {} : { lastMs }),
    ...(lastValue === undefined || Number.isNaN(lastValue) ? {} : { lastValue }),
    everyMs,
    readings: days.readings.reduce((sum, n) => sum + n, 0),
    byHand,
    comesLate: rules.dial.amounts.length > 0,
    ...(dueMs === undefined ? {} : { dueMs }),
    openEvents: events.filter(({ open }) => open).length,
  };
}
