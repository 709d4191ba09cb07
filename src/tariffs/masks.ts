import type { Intervals } from "#analytics/intervals.ts";
import { civilOf, DAY_MS, MINUTE_MS } from "#calendar/civil.ts";
import { dateStart } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { PlanVersion, When } from "./plan.ts";
import { DAY_MINUTES, HOLIDAY, type ScheduleTable, type SeasonTable, scheduleTable, seasonTable } from "./schedule.ts";

/** One byte per interval: 1 where it is meant. */
export type Mask = Uint8Array;

interface Place {
  readonly zone: Zone;
  readonly holidays: readonly string[];
}

/** Which intervals a version's seasons and schedules mean. An interval belongs where it begins, by the clock of the place. */
export class Masks {
  private readonly version: PlanVersion;
  private readonly intervals: Intervals;
  private readonly zone: Zone;
  private readonly holidays: ReadonlySet<number>;
  private readonly seasons: SeasonTable;
  private readonly columns = new Map<string, Mask>();
  private readonly tables = new Map<string, ScheduleTable>();
  private readonly bandsOf = new Map<string, { readonly table: ScheduleTable; readonly column: Uint8Array }>();

  constructor(version: PlanVersion, intervals: Intervals, { zone, holidays }: Place) {
    this.version = version;
    this.intervals = intervals;
    this.zone = zone;
    this.seasons = seasonTable(version.seasons).table;
    const dates = [...holidays, ...(version.holidays ?? [])].flatMap((date) => dateStart(date, zone) ?? []);
    this.holidays = new Set(dates.map((tMs) => dayOf(zone.localOf(tMs))));
  }

  /** Missing: undefined where every interval is meant. */
  of(when: When | undefined, seasons: readonly string[] | undefined): Mask | undefined {
    if (when === undefined && seasons === undefined) return undefined;
    const key = JSON.stringify([when, seasons]);
    const known = this.columns.get(key);
    if (known) return known;
    const column = this.make(when, seasons);
    this.columns.set(key, column);
    return column;
  }

  /** Whether an interval that begins at that instant is meant. */
  holds(startMs: number, when: When | undefined, seasons: readonly string[] | undefined): boolean {
    const localMs = this.zone.localOf(startMs);
    const season = this.seasons.ofDay[seasonRow(localMs)] as number;
    if (seasons !== undefined && !seasons.includes(this.seasons.names[season] ?? "")) return false;
    if (when === undefined) return true;
    const table = this.table(when.schedule);
    return when.bands.includes(table.bands[table.band[bandRow(localMs, season, this.dayKind(localMs, table))] as number] ?? "");
  }

  /** Local days of [fromMs, toMs) that lie in these seasons. */
  daysIn(seasons: readonly string[], fromMs: number, toMs: number): number {
    return this.zone.starts("day", fromMs, toMs).filter((start) => start >= fromMs && this.holds(start, undefined, seasons)).length;
  }

  private make(when: When | undefined, seasons: readonly string[] | undefined): Mask {
    const mask = new Uint8Array(this.intervals.tMs.length).fill(1);
    if (when !== undefined) {
      const { table, column } = this.bands(when.schedule);
      const meant = table.bands.map((band) => (when.bands.includes(band) ? 1 : 0));
      for (let i = 0; i < mask.length; i += 1) mask[i] = meant[column[i] as number] as number;
    }
    if (seasons !== undefined) {
      const meant = this.seasons.names.map((name) => (seasons.includes(name) ? 1 : 0));
      this.eachDay((row, localMs) => {
        mask[row] = (mask[row] as number) & (meant[this.seasons.ofDay[seasonRow(localMs)] as number] ?? 0);
      });
    }
    return mask;
  }

  private bands(name: string): { readonly table: ScheduleTable; readonly column: Uint8Array } {
    const known = this.bandsOf.get(name);
    if (known) return known;
    const table = this.table(name);
    const column = new Uint8Array(this.intervals.tMs.length);
    let day = Number.NaN;
    let start = 0;
    this.eachDay((row, localMs) => {
      if (dayOf(localMs) !== day) {
        day = dayOf(localMs);
        start = bandRow(day * DAY_MS, this.seasons.ofDay[seasonRow(localMs)] as number, this.dayKind(localMs, table));
      }
      column[row] = table.band[start + Math.floor((localMs - day * DAY_MS) / MINUTE_MS)] as number;
    });
    const made = { table, column };
    this.bandsOf.set(name, made);
    return made;
  }

  private eachDay(visit: (row: number, localMs: number) => void): void {
    const { tMs, lengthMs } = this.intervals;
    for (let row = 0; row < tMs.length; row += 1) visit(row, this.zone.localOf((tMs[row] as number) - lengthMs));
  }

  private table(name: string): ScheduleTable {
    const known = this.tables.get(name);
    if (known) return known;
    const schedule = this.version.schedules?.[name];
    if (!schedule) throw new Error(`The plan was not checked: it has no schedule named ${name}`);
    const { table } = scheduleTable(schedule, this.seasons);
    this.tables.set(name, table);
    return table;
  }

  private dayKind(localMs: number, table: ScheduleTable): number {
    const day = dayOf(localMs);
    // Day 0 of the epoch was a Thursday.
    return table.holidays && this.holidays.has(day) ? HOLIDAY : (((day + 3) % 7) + 7) % 7;
  }
}

function dayOf(localMs: number): number {
  return Math.floor(localMs / DAY_MS);
}

function seasonRow(localMs: number): number {
  const { month, day } = civilOf(localMs);
  return (month - 1) * 31 + day - 1;
}

function bandRow(localMs: number, season: number, dayKind: number): number {
  const minute = Math.floor((localMs - dayOf(localMs) * DAY_MS) / MINUTE_MS);
  return (season * 8 + dayKind) * DAY_MINUTES + minute;
}
