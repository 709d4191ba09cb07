import { kwhPerPulseAt } from "#analytics/factors.ts";
import type { Intervals } from "#analytics/intervals.ts";
import { powerNow } from "#analytics/live-power.ts";
import type { Tiles } from "#analytics/live-tiles.ts";
import { live15s } from "#analytics/live-tiles.ts";
import { powerEvery, projectionErrors } from "#analytics/past-projections.ts";
import type { Spans } from "#analytics/pulse-spans.ts";
import { registerDelta, unplacedPulses } from "#analytics/register-delta.ts";
import { lateUntilMs, publisherOf } from "#analytics/spacing.ts";
import type { Range, Store } from "#store/store.ts";
import { counterRise } from "./counter-rise.ts";
import { counterPowerNow, counterPowerOver, counterSource } from "./counter-views.ts";
import { spansIn } from "./derive.ts";
import type { Standing } from "./history.ts";
import type { LivePower, PowerColumns, QualityReport, RunningInterval } from "./plant-answers.ts";
import type { SourceSeries } from "./plant-series.ts";
import { readSpan, type SourceColumns } from "./source-columns.ts";

type Reader = Pick<Store, "read" | "readBuckets">;
type Grace = QualityReport["grace"][number];

const MINUTE_MS = 60_000;
/** Messages this far back tell the power of now, and what is usual. */
const LIVE_MS = 15 * MINUTE_MS;
const EVER: Range = { fromMs: -8.64e15, toMs: 8.64e15 };
const none = (): Float64Array => new Float64Array(0);

/** The source whose pulses are shown as they come: of those that count, the one that counts most. Missing: undefined. */
export function pulseSource(standing: Pick<Standing, "sources">): SourceSeries | undefined {
  return standing.sources.findLast((source) => source.pulses !== undefined || source.pulsesTotal !== undefined);
}

/** Tiles of 15 s that a message came in. */
export async function tilesOf(store: Reader, standing: Standing, range: Range): Promise<Tiles> {
  const read = await pulsesIn(store, standing, range);
  if (read === undefined)
    return { tMs: none(), pulses: none(), energyKwh: none(), powerKw: none(), totalKwh: none(), quality: new Uint16Array(0) };
  const { columns, spans } = read;
  const totals = columns.pulsesTotal === undefined ? {} : { totals: columns.pulsesTotal };
  return live15s(spans, range, { factors: standing.factors, ...totals });
}

/** Power of a range, a value every so often, a minute at least. */
export async function powerOf(
  store: Reader,
  standing: Standing,
  { range, everyMs }: { range: Range; everyMs: number },
): Promise<PowerColumns> {
  if (pulseSource(standing) === undefined && counterSource(standing) !== undefined)
    return counterPowerOver(store, standing, { range, everyMs: Math.max(MINUTE_MS, everyMs) });
  const read = await pulsesIn(store, standing, range);
  if (read === undefined) return { tMs: none(), kw: none(), plusMinusKw: none() };
  return powerEvery(read.spans, range, { everyMs: Math.max(MINUTE_MS, everyMs), factors: standing.factors });
}

/** Power of now. */
export async function livePowerOf(store: Reader, standing: Standing, nowMs: number): Promise<LivePower> {
  const read = await pulsesIn(store, standing, { fromMs: nowMs - LIVE_MS, toMs: nowMs + 1 });
  if (read === undefined && counterSource(standing) !== undefined) return counterPowerNow(store, standing, nowMs);
  if (read === undefined) return { kw: Number.NaN, plusMinusKw: Number.NaN, windowMs: 0 };
  const power = powerNow(read.spans, nowMs, standing.factors);
  const age = power.tMs === undefined ? {} : { ageMs: Math.max(0, nowMs - power.tMs) };
  return { ...power, ...age, source: read.columns.source.name };
}

/** How far off the projection was in intervals that are over. */
export async function pastErrorsOf(store: Reader, standing: Standing, intervals: Intervals): Promise<RunningInterval["pastError"]> {
  const [first, last] = [intervals.tMs[0], intervals.tMs.at(-1)];
  if (first === undefined || last === undefined) return [];
  const read = await pulsesIn(store, standing, { fromMs: first - intervals.lengthMs - LIVE_MS, toMs: last + 1 });
  if (read === undefined) return [];
  const minutes = [5, 10].filter((minute) => minute * MINUTE_MS < intervals.lengthMs);
  return projectionErrors(read.spans, intervals, { factors: standing.factors, minutes }).filter((error) => error.intervals > 0);
}

/** Grace of every source that counts pulses, as set or as found out from how often they came lately. */
export async function graceOf(store: Reader, { sources, rules }: Standing): Promise<Grace[]> {
  const counting = sources.filter((source) => source.pulses !== undefined || source.pulsesTotal !== undefined);
  return Promise.all(
    counting.map(async ({ source, pulses, pulsesTotal }) => {
      if (source.graceSeconds !== undefined) return { source: source.name, seconds: source.graceSeconds, detected: false };
      const { tMs } = await store.read((pulses ?? pulsesTotal)?.id as number, EVER, { limit: -64 });
      return { source: source.name, seconds: publisherOf(tMs, rules.lengthMs).graceMs / 1000, detected: true };
    }),
  );
}

/** What the lifetime register rose by, and how fine it is. Missing: NaN where no register reaches over the whole range. */
export async function registerRise(store: Reader, standing: Standing, range: Range): Promise<{ kwh: number; toleranceKwh: number }> {
  const source = standing.sources.findLast((one) => one.pulsesTotal !== undefined);
  if (source !== undefined) {
    const [grace] = (await graceOf(store, { ...standing, sources: [source] })) as [Grace];
    const lateMs = lateUntilMs(grace.seconds * 1000, standing.rules.lengthMs) - 1;
    const late = { fromMs: range.fromMs + lateMs, toMs: range.toMs + lateMs };
    const read = await pulsesIn(store, standing, late, source);
    const totals = read?.columns.pulsesTotal;
    const kwhPerPulse = kwhPerPulseAt(standing.factors, range.toMs);
    if (read !== undefined && totals !== undefined) {
      const unplaced = unplacedPulses(totals, read.spans, late.fromMs) + unplacedPulses(totals, read.spans, late.toMs);
      return {
        kwh: registerDelta(totals, late, { events: read.spans.events }) * kwhPerPulse,
        toleranceKwh: (3 + unplaced) * kwhPerPulse,
      };
    }
  }
  const counted = counterSource(standing);
  if (source === undefined && counted !== undefined) return counterRise(store, standing, { range, source: counted });
  const register = standing.sources.findLast((one) => one.energyTotal !== undefined)?.energyTotal;
  if (register === undefined) return { kwh: Number.NaN, toleranceKwh: 0 };
  const [first, last] = await Promise.all(
    [range.fromMs, range.toMs].map((tMs) => store.read(register.id, { fromMs: EVER.fromMs, toMs: tMs + 1 }, { limit: -1 })),
  );
  const rise = (last?.value[0] ?? Number.NaN) - (first?.value[0] ?? Number.NaN);
  return { kwh: rise >= 0 ? rise : Number.NaN, toleranceKwh: 1 + 2 * (kwhPerPulseAt(standing.factors, range.toMs) || 0) };
}

interface Pulses {
  readonly columns: SourceColumns;
  readonly spans: Spans;
}

async function pulsesIn(store: Reader, standing: Standing, range: Range, source = pulseSource(standing)): Promise<Pulses | undefined> {
  if (source === undefined || range.toMs <= range.fromMs) return undefined;
  const { columns } = await readSpan(store, [justPulses(source)], { span: range, options: {} });
  const [only] = columns;
  return only === undefined ? undefined : { columns: only, spans: spansIn(only, standing.rules) };
}

function justPulses({ source, pulses, pulsesTotal }: SourceSeries): SourceSeries {
  return { source, ...(pulses === undefined ? {} : { pulses }), ...(pulsesTotal === undefined ? {} : { pulsesTotal }) };
}
