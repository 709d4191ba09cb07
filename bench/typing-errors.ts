import { judgeReadings } from "#analytics/judged-readings.ts";
import { type Draw, drawing, heatedHouse, ORDINARY } from "#analytics/meter-world.ts";
import { DAY_MS } from "#calendar/civil.ts";
import { markdown } from "./markdown.ts";

// How many typing errors in readings by hand are found, and how often an honest reading is taken for one.
const METERS = 400;
const FIRST_MS = Date.UTC(2018, 0, 1);
/** Days between readings, and how many of them. */
const READ = [
  [1, 120],
  [7, 100],
  [30, 60],
  [91, 20],
  [183, 12],
] as const;
/** Use of a day, each beside a year of 1 to 100 times as much. */
const KINDS: readonly ((draw: Draw) => (day: number) => number)[] = [
  heatedHouse,
  (draw) => (day) => (ORDINARY["gaussian"] as (draw: Draw, day: number) => number)(draw, day),
  (draw) => (day) => 30 * (ORDINARY["zero on four days of ten"] as (draw: Draw, day: number) => number)(draw, day),
];

type Mistake = (shown: string, draw: Draw) => string;

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "ten times too high": (shown) => `${shown}0`,
  "a digit left out": (shown) => shown.slice(0, -1),
  "a digit wrong": (shown, draw) => {
    const at = Math.floor(draw() * shown.length);
    return shown.slice(0, at) + String((Number(shown[at]) + 1 + Math.floor(draw() * 9)) % 10) + shown.slice(at + 1);
  },
  "two digits swapped": (shown, draw) => {
    const at = Math.floor(draw() * (shown.length - 1));
    return shown.slice(0, at) + (shown[at + 1] as string) + (shown[at] as string) + shown.slice(at + 2);
  },
};

interface Readings {
  readonly tMs: Float64Array;
  readonly value: Float64Array;
}

const rows = READ.map(([days, count]) => {
  const found = Object.values(MISTAKES).map((mistake) => share(days, count, { mistake, isLast: false }));
  const last = share(days, count, { mistake: MISTAKES["ten times too high"] as Mistake, isLast: true });
  const shares = [...found, last, asked(days, count)].map((one) => `${(100 * one).toFixed(1)} %`);
  return [days === 1 ? "daily" : `every ${days} days`, `${accused(days, count)} of ${METERS * count}`, ...shares];
});
console.log(`\n${METERS} made-up meters a row, whole numbers, one mistake in each\n`);
console.log(
  markdown(["read", "honest readings accused", ...Object.keys(MISTAKES), "last one ten times too high", "replacement not stated"], rows),
);

function registerOf(seed: number, days: number, count: number): Readings {
  const draw = drawing(seed);
  const amountOf = (KINDS[seed % KINDS.length] as (typeof KINDS)[0])(draw);
  const scale = 10 ** (2 * draw());
  const value = new Float64Array(count);
  const tMs = new Float64Array(count);
  let [day, shown] = [Math.floor(draw() * 365), draw() < 0.3 ? 0 : Math.floor(draw() * 50_000)];
  for (let i = 0; i < count; i += 1) {
    tMs[i] = FIRST_MS + day * DAY_MS;
    value[i] = Math.floor(shown);
    const next = day + Math.max(1, Math.round(days * (0.6 + 0.8 * draw())));
    for (; day < next; day += 1) shown += scale * amountOf(day);
  }
  return { tMs, value };
}

function notCounting({ tMs, value }: Readings): number[] {
  const column = { tMs, value, quality: new Uint16Array(tMs.length) };
  const { events } = judgeReadings(column, { replacements: [], decisions: new Map(), resetsMs: [] });
  return events.filter(({ counts, kind }) => !counts || kind === "fall" || kind === "implausible").map((event) => event.tMs);
}

function accused(days: number, count: number): number {
  let wrong = 0;
  for (let seed = 1; seed <= METERS; seed += 1) wrong += notCounting(registerOf(seed, days, count)).length;
  return wrong;
}

/** Of meters that were replaced by a new one that nobody wrote down, those of which it is asked, and nothing else told. */
function asked(days: number, count: number): number {
  let found = 0;
  for (let seed = 1; seed <= METERS; seed += 1) {
    const readings = registerOf(seed, days, count);
    const at = 3 + Math.floor(drawing(seed + 2_000_000)() * (count - 5));
    const most = readings.value[count - 1] as number;
    // Old enough that the new one stays below it.
    readings.value.set(readings.value.map((value) => value + most));
    const old = readings.value[at - 1] as number;
    for (let i = at; i < count; i += 1) readings.value[i] = (readings.value[i] as number) - old;
    const told = notCounting(readings);
    if (told.length === 1 && told[0] === readings.tMs[at]) found += 1;
  }
  return found / METERS;
}

/** Of mistakes that show at all (the register falls before or after them), those that are left out alone. */
function share(days: number, count: number, { mistake, isLast }: { mistake: Mistake; isLast: boolean }): number {
  let [found, all] = [0, 0];
  for (let seed = 1; seed <= METERS; seed += 1) {
    const readings = registerOf(seed, days, count);
    const draw = drawing(seed + 1_000_000);
    const at = isLast ? count - 1 : 3 + Math.floor(draw() * (count - 6));
    const honest = readings.value[at] as number;
    const wrong = Number(mistake(String(honest), draw));
    const isHidden = wrong >= (readings.value[at - 1] as number) && wrong <= (readings.value[at + 1] ?? 0);
    if (wrong === honest || isHidden) continue;
    readings.value[at] = wrong;
    const told = notCounting(readings);
    all += 1;
    if (told.length === 1 && told[0] === readings.tMs[at]) found += 1;
  }
  return found / all;
}
