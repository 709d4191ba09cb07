import type { PlanProblem, Schedule, Seasons } from "./plan.ts";

/** Monday to Sunday, then holidays. */
const DAY_KINDS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "holidays"] as const;
export const HOLIDAY = 7;
const KINDS_OF = { weekday: [0, 1, 2, 3, 4], weekend: [5, 6], saturday: [5], sunday: [6], holiday: [HOLIDAY] } as const;

export const DAY_MINUTES = 1_440;
const NONE = 255;
const YEAR_DAYS = 12 * 31;
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Which season each day of a year is in, by month and day. */
export interface SeasonTable {
  readonly names: readonly string[];
  /** Row `(month - 1) * 31 + day - 1`. */
  readonly ofDay: Uint8Array;
}

/** A schedule as a table that answers the band of any minute. */
export interface ScheduleTable {
  readonly bands: readonly string[];
  readonly seasons: SeasonTable;
  /** Whether holidays are days of their own; where they are not, they are the day of the week they fall on. */
  readonly holidays: boolean;
  /** Row `(season * 8 + day kind) * 1440 + minute`. */
  readonly band: Uint8Array;
}

interface Judged<T> {
  readonly table: T;
  readonly problems: readonly PlanProblem[];
}

/** The days of the year by season; without seasons it is one all year. */
export function seasonTable(seasons: Seasons | undefined): Judged<SeasonTable> {
  const ofDay = new Uint8Array(YEAR_DAYS).fill(seasons ? NONE : 0);
  const problems: PlanProblem[] = [];
  const names = Object.keys(seasons ?? { "": [] });
  for (const [index, name] of names.entries()) {
    for (const [i, span] of (seasons?.[name] ?? []).entries()) {
      const twice = daysOfSpan(span).find((day) => ofDay[day] !== NONE);
      if (twice !== undefined) {
        const other = names[ofDay[twice] as number] as string;
        problems.push({ path: `seasons.${name}.${i}`, problem: `${dayText(twice)} lies in ${other} already: seasons must not overlap` });
      }
      for (const day of daysOfSpan(span)) ofDay[day] = index;
    }
  }
  const missing = realDays().find((day) => ofDay[day] === NONE);
  if (missing !== undefined)
    problems.push({ path: "seasons", problem: `${dayText(missing)} lies in no season: seasons must cover the year` });
  return { table: { names, ofDay }, problems };
}

/** The schedule as a table, and where it says nothing or says two things. */
export function scheduleTable(schedule: Schedule, seasons: SeasonTable): Judged<ScheduleTable> {
  const bands = [
    ...new Set([...schedule.rules.map((rule) => rule.band), ...(schedule.otherwise === undefined ? [] : [schedule.otherwise])]),
  ];
  const band = new Uint8Array(seasons.names.length * DAY_KINDS.length * DAY_MINUTES).fill(NONE);
  const holidays = schedule.rules.some((rule) => rule.days?.includes("holiday"));
  const problems: PlanProblem[] = [];
  for (const [i, rule] of schedule.rules.entries()) {
    const at = `rules.${i}`;
    for (const [j, name] of (rule.seasons ?? []).entries()) {
      if (!seasons.names.includes(name)) problems.push({ path: `${at}.seasons.${j}`, problem: `There is no season named ${name}` });
    }
    const rows = rowsOf(rule, seasons, holidays);
    const twice = rows.find((row) => band[row] !== NONE);
    if (twice !== undefined)
      problems.push({ path: at, problem: `${rowText(twice, seasons)} is ${bands[band[twice] as number]} already: rules must not overlap` });
    for (const row of rows) if (band[row] === NONE) band[row] = bands.indexOf(rule.band);
  }
  if (schedule.otherwise !== undefined) fill(band, bands.indexOf(schedule.otherwise));
  else problems.push(...holes(band, seasons, holidays));
  return { table: { bands, seasons, holidays, band }, problems };
}

function rowsOf(rule: Schedule["rules"][number], seasons: SeasonTable, holidays: boolean): number[] {
  const inSeason = seasons.names.flatMap((name, i) => (rule.seasons === undefined || rule.seasons.includes(name) ? [i] : []));
  const everyDay = holidays ? [0, 1, 2, 3, 4, 5, 6, HOLIDAY] : [0, 1, 2, 3, 4, 5, 6];
  const kinds = rule.days === undefined ? everyDay : [...new Set<number>(rule.days.flatMap((day): readonly number[] => KINDS_OF[day]))];
  const minutes = minutesOf(rule.from ?? "00:00", rule.to ?? "24:00");
  return inSeason.flatMap((season) => kinds.flatMap((kind) => minutes.map((minute) => (season * 8 + kind) * DAY_MINUTES + minute)));
}

function minutesOf(from: string, to: string): number[] {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  const every = Array.from({ length: DAY_MINUTES }, (_, minute) => minute);
  return every.filter((minute) => (start < end ? minute >= start && minute < end : minute >= start || minute < end));
}

function fill(band: Uint8Array, otherwise: number): void {
  for (let i = 0; i < band.length; i += 1) if (band[i] === NONE) band[i] = otherwise;
}

function holes(band: Uint8Array, seasons: SeasonTable, holidays: boolean): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const kinds = holidays ? 8 : 7;
  for (let season = 0; season < seasons.names.length; season += 1) {
    for (let kind = 0; kind < kinds; kind += 1) {
      const start = (season * 8 + kind) * DAY_MINUTES;
      const day = band.subarray(start, start + DAY_MINUTES);
      const hole = day.indexOf(NONE);
      if (hole < 0) continue;
      const end = day.findIndex((value, minute) => minute > hole && value !== NONE);
      const until = clockText(end < 0 ? DAY_MINUTES : end);
      problems.push({
        path: "rules",
        problem: `${rowText(start + hole, seasons)} to ${until} lies in no rule: add one, or say \`otherwise\``,
      });
    }
  }
  return problems;
}

function daysOfSpan({ from, to }: { readonly from: string; readonly to: string }): number[] {
  const [start, end] = [dayRow(from), dayRow(to)];
  return realDays().filter((day) => (start <= end ? day >= start && day <= end : day >= start || day <= end));
}

function realDays(): number[] {
  return MONTH_DAYS.flatMap((days, month) => Array.from({ length: days }, (_, day) => month * 31 + day));
}

function dayRow(monthDay: string): number {
  const [month = 1, day = 1] = monthDay.split("-").map(Number);
  return (month - 1) * 31 + day - 1;
}

function dayText(row: number): string {
  return `${pad(Math.floor(row / 31) + 1)}-${pad((row % 31) + 1)}`;
}

function rowText(row: number, seasons: SeasonTable): string {
  const day = Math.floor(row / DAY_MINUTES);
  const season = seasons.names[Math.floor(day / 8)] as string;
  return `${season === "" ? "" : `${season}, `}${DAY_KINDS[day % 8]} ${clockText(row % DAY_MINUTES)}`;
}

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

function clockText(minute: number): string {
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

function pad(n: number): string {
  return String(n).padStart(2, "0");
}
