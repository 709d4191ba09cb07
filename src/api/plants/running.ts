import { offsetText } from "#calendar/local-text.ts";
import type { PlantLevel, RunningAnswer } from "#contract/plant.ts";
import type { PlantCost } from "#contract/plant-parts.ts";
import type { CrossingCost, Level, LivePower, RunningInterval } from "#reports/plant-answers.ts";
import type { PlantDesk } from "./desk.ts";
import { tracedOrNull } from "./peaks.ts";
import { cents, figure, orNull, span } from "./wire.ts";

/** Pulses older than this say nothing about now. */
const STALE_MS = 300_000;
const HOUR_MS = 3_600_000;
/** In the last seconds of an interval no power can change where it ends. */
const LEAST_REST_MS = 5_000;

/** The running interval as it is sent. */
export async function runningAnswer(desk: PlantDesk): Promise<RunningAnswer> {
  const running = await desk.reports.running();
  const { currency, zone } = desk.reports.settings;
  const { startMs, endMs, nowMs } = running;
  return {
    plant: desk.id,
    zone,
    currency,
    nowMs,
    nowLocal: offsetText(nowMs, desk.zone),
    interval: {
      ...span({ fromMs: startMs, toMs: endMs }, desk.zone),
      goneMs: nowMs - startMs,
      leftMs: endMs - nowMs,
      energyKwh: figure(running.energyKwh),
      pulses: figure(running.pulses ?? Number.NaN),
      coverage: running.coverage,
    },
    live: liveAnswer(running.live),
    projection: {
      kw: figure(running.projectedKw),
      plusMinusKw: figure(running.plusMinusKw),
      past: running.pastError.map(({ minute, intervals, medianKw, p90Kw }) => ({
        minute,
        intervals,
        usualErrorKw: figure(medianKw),
        worstErrorKw: figure(p90Kw),
      })),
      cost: running.cost === undefined || Number.isNaN(running.projectedKw) ? null : costAnswer(running.cost, running.projectedKw),
    },
    levels: await Promise.all(running.levels.map((level) => levelAnswer(level, running, desk))),
    billedKw: figure(running.demand?.billedKw ?? Number.NaN),
    ratchetKw: figure(running.demand?.ratchetKw ?? Number.NaN),
    minimumKw: figure(running.demand?.minimumKw ?? Number.NaN),
    remarks: remarksOf(running),
  };
}

function liveAnswer(live: LivePower): RunningAnswer["live"] {
  return {
    kw: figure(live.kw),
    plusMinusKw: figure(live.plusMinusKw),
    overMs: Number.isNaN(live.kw) ? null : figure(live.windowMs),
    atMs: orNull(live.tMs),
    ageMs: orNull(live.ageMs),
    source: orNull(live.source),
    stale: live.ageMs === undefined || live.ageMs > STALE_MS,
  };
}

async function levelAnswer(level: Level, running: RunningInterval, desk: PlantDesk): Promise<PlantLevel> {
  const peaks = running.demand?.peaks ?? [];
  const leftMs = running.endMs - running.nowMs;
  return {
    level: level.kind === "billing" ? "raises-bill" : "new-highest",
    kw: level.kw,
    against: await tracedOrNull(level.kind === "billing" ? peaks.at(-1) : peaks[0], desk),
    leftKwh: level.kwhLeft,
    restKw: leftMs < LEAST_REST_MS ? null : figure(Math.max(0, level.kwhLeft) / (leftMs / HOUR_MS)),
    passed: level.kwhLeft < 0,
    over: level.over === undefined ? null : costAnswer(level.over, level.overKw ?? level.kw),
  };
}

function costAnswer(cost: CrossingCost, atKw: number): PlantCost {
  return {
    atKw,
    riseKw: cost.billingKw,
    now: cents(cost.now),
    laterLow: "0.00",
    laterHigh: cents(cost.laterMost),
    laterExpected: cost.laterExpected === undefined ? null : cents(cost.laterExpected),
    laterPeriods: cost.laterPeriods,
  };
}

function remarksOf(running: RunningInterval): string[] {
  const uncertain = running.demand?.uncertain;
  return [
    ...(Number.isNaN(running.energyKwh) ? ["The energy of this interval is not known yet."] : []),
    ...(uncertain === undefined
      ? []
      : [`Metered demand is not certain: it lies between ${uncertain.lowKw.toFixed(1)} and ${uncertain.highKw.toFixed(1)} kW.`]),
  ];
}
