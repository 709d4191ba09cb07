import { dateText } from "#calendar/local-text.ts";
import type { HeatAnswer } from "#contract/plant-intervals.ts";
import type { Range } from "#store/store.ts";
import type { PlantDesk } from "./desk.ts";
import { peakIn } from "./spell.ts";
import { figure } from "./wire.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Days by the time of day: a row per local day, a column per interval of the clock. */
export async function heatAnswer(desk: PlantDesk, range: Range): Promise<HeatAnswer> {
  const { reports, zone, lengthMs } = desk;
  const starts = zone.starts("day", range.fromMs, range.toMs);
  const whole = { fromMs: starts[0] ?? range.fromMs, toMs: zone.nextStart("day", range.toMs - 1) };
  const intervals = await reports.intervals(whole);
  const columns = Math.round(DAY_MS / lengthMs);
  const rowOf = new Map(starts.map((startMs, i) => [startMs, i]));
  const blank = <T>(value: T): T[][] => starts.map(() => new Array<T>(columns).fill(value));
  const kw = blank<number | null>(null);
  const quality = blank(0);
  const endMs = blank<number | null>(null);
  const repeated: HeatAnswer["repeated"] = [];
  for (let i = 0; i < intervals.tMs.length; i++) {
    const end = intervals.tMs[i] as number;
    if (end > reports.finishedMs()) break;
    const startMs = end - lengthMs;
    const localMs = zone.localOf(startMs);
    const row = rowOf.get(zone.dayStart(startMs));
    const slot = Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / lengthMs);
    if (row === undefined) continue;
    const cell = { kw: figure(intervals.powerKw[i] as number), quality: intervals.quality[i] as number, endMs: end };
    if ((endMs[row] as (number | null)[])[slot] !== null) {
      repeated.push({ date: dateText(startMs, zone), slot, ...cell });
      continue;
    }
    (kw[row] as (number | null)[])[slot] = cell.kw;
    (quality[row] as number[])[slot] = cell.quality;
    (endMs[row] as (number | null)[])[slot] = end;
  }
  return {
    ...whole,
    zone: reports.settings.zone,
    intervalMinutes: reports.settings.intervalMinutes,
    slots: Array.from({ length: columns }, (_, i) => clockText(i * lengthMs)),
    days: starts.map((startMs) => ({ date: dateText(startMs, zone), startMs })),
    kw,
    quality,
    endMs,
    repeated,
    maxKw: figure(peakIn(intervals, intervals.powerKw)?.kw ?? Number.NaN),
  };
}

function clockText(sinceMidnightMs: number): string {
  const minutes = Math.round(sinceMidnightMs / MINUTE_MS);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
