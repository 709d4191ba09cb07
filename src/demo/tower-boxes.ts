import type { DemoDevice } from "./device.ts";
import type { WallClock } from "./local-clock.ts";
import { bell, chance, drift, jitter } from "./noise.ts";
import { round } from "./spans.ts";
import { BOX_PAST, type History, onChange, polled } from "./tower-station.ts";
import { airRuns, conditioned, outdoorF, seasonOf } from "./tower-weather.ts";

export interface Tower {
  readonly clock: (tMs: number) => WallClock;
  readonly offsetMsAt: (tMs: number) => number;
}

/** What is wrong with a box; most have nothing. */
type Story =
  | "starved"
  | "no-hot-water"
  | "damper-stuck"
  | "fights-itself"
  | "west-sun"
  | "flat"
  | "silent"
  | "dead-sensor"
  | "held-by-hand";

const STORIES: Readonly<Record<string, Story>> = {
  "3-07": "starved",
  "3-11": "starved",
  "1-02": "no-hot-water",
  "2-14": "damper-stuck",
  "2-03": "fights-itself",
  "4-09": "west-sun",
  "1-10": "flat",
  "4-02": "silent",
  "2-07": "dead-sensor",
  "4-05": "held-by-hand",
};

const FLOORS = [1, 2, 3, 4];
const BOXES_OF = (floor: number): number[] =>
  floor === 2 ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

interface Box {
  readonly id: string;
  readonly seed: number;
  readonly story: Story | undefined;
  readonly minCfm: number;
  readonly maxCfm: number;
  /** Hour at which the sun stands in its windows; none in the core. */
  readonly sunHour: number | undefined;
}

const HEATING = { open: 71.5, closed: 64 };
const COOLING = { open: 75.5, closed: 82 };

/** What a box measures and does at an instant. */
interface BoxState {
  readonly tempF: number;
  readonly flowCfm: number;
  readonly flowSetpointCfm: number;
  readonly damperPct: number;
  readonly reheatPct: number;
  readonly dischargeF: number;
}

/** Twelve boxes on each of four floors, with the histories a station keeps of them. */
export function boxDevices(seed: number, tower: Tower): DemoDevice[] {
  const boxes = boxPlaces().map(({ id }) => boxOf(id, seed));
  return boxes.flatMap((box, index) => histories(box, 1000 * (index % 120), { ...tower, weatherSeed: seed }));
}

/** Every box with the floor it is on. */
export function boxPlaces(): { readonly id: string; readonly floor: string }[] {
  return FLOORS.flatMap((floor) =>
    BOXES_OF(floor).map((number) => ({ id: `${floor}-${String(number).padStart(2, "0")}`, floor: String(floor) })),
  );
}

function boxOf(id: string, seed: number): Box {
  const own = seed + 37 * [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
  const maxCfm = 10 * Math.round(42 + 30 * chance(own, 1));
  const story = STORIES[id];
  const sides = [9, 12.5, 15.5, undefined];
  const sunHour = story === "west-sun" || story === "starved" ? 15.5 : sides[Math.floor(4 * chance(own, 2))];
  return { id, seed: own, story, maxCfm, minCfm: 10 * Math.round(maxCfm * 0.03), sunHour };
}

function histories(box: Box, offsetMs: number, tower: Tower & { readonly weatherSeed: number }): DemoDevice[] {
  const { clock, offsetMsAt } = tower;
  const name = (what: string, quantity: string, unit: string): History => ({ name: `VAV ${box.id} ${what}`, quantity, unit });
  const of = [
    name("Space Temp", "temperature", "°F"),
    name("Air Flow", "airflow", "cfm"),
    name("Air Flow Setpoint", "airflow-setpoint", "cfm"),
    name("Reheat Valve", "valve-position", "%"),
    name("Discharge Air Temp", "temperature", "°F"),
    // Few stations record what never changes.
    ...(box.story === "fights-itself" ? [name("Minimum Air Flow Setpoint", "airflow-setpoint", "cfm")] : []),
  ];
  const state = (tMs: number): BoxState => stateOf(box, tMs, { wall: clock(tMs), weatherSeed: tower.weatherSeed });
  const silent = box.story === "silent" ? { silent: (tMs: number) => isAway(clock(tMs)) } : {};
  const manner = { offsetMs, offsetMsAt, past: BOX_PAST, ...silent };
  const main = polled(
    of,
    (tMs, out) => {
      const now = state(tMs);
      out.set([now.tempF, now.flowCfm, now.flowSetpointCfm, now.reheatPct, now.dischargeF, box.minCfm].slice(0, of.length));
    },
    { ...manner, ...(box.story === "dead-sensor" ? { status: () => "" } : {}) },
  );
  const held = box.story === "held-by-hand" ? { status: (tMs: number) => (isHeld(clock(tMs)) ? "{overridden}" : "{ok}") } : {};
  const damper = polled([name("Damper", "damper-position", "%")], (tMs, out) => void out.fill(state(tMs).damperPct), {
    ...manner,
    ...held,
  });
  const setpoint = (what: string, of: { open: number; closed: number }): DemoDevice =>
    onChange(name(what, "temperature-setpoint", "°F"), (tMs) => (airRuns(clock(tMs)) ? of.open : of.closed), { offsetMs, offsetMsAt });
  return [main, damper, setpoint("Effective Heating Setpoint", HEATING), setpoint("Effective Cooling Setpoint", COOLING)];
}

/** The radio of box 4-02 is lost from early afternoon on, on two days of three. */
const isAway = ({ day, hour }: WallClock): boolean => day % 3 !== 0 && hour >= 13.7 && hour < 19;
/** Somebody holds the damper of box 4-05 open from a Monday until the Friday after. */
const isHeld = ({ day, weekday, hour }: WallClock): boolean => hour + 24 * ((weekday + 6) % 7) >= 16 && weekday !== 0 && day >= 0;
/** The damper of box 2-14 stands still from a Monday afternoon on, until somebody comes after ten days. */
const isStuck = ({ day }: WallClock): boolean => (day + 3) % 14 < 10;
/** The sensor of box 1-10 freezes for three days of every ten. */
const isFrozen = ({ day }: WallClock): boolean => day % 10 >= 5;

function stateOf(box: Box, tMs: number, { wall, weatherSeed }: { wall: WallClock; weatherSeed: number }): BoxState {
  const outdoor = outdoorF(weatherSeed, tMs, wall);
  const night = 69.5 + 2.5 * seasonOf(wall) + 0.03 * (outdoor - 55) + 0.4 * drift(box.seed + 5, tMs / 7_200_000);
  const sun = box.sunHour === undefined ? 0.15 : bell(wall.hour, box.sunHour, 2.6);
  const load = 0.12 + 0.62 * sun + 0.012 * (outdoor - 58) + 0.16 * drift(box.seed, tMs / 9_000_000);
  if (!airRuns(wall)) return rest(night, conditioned(wall), { box, wall, tMs, load });
  // As a controller does it: air above what floats freely, heat below it, and neither in between.
  const cool = Math.min(1, Math.max(0, load - FLOATS) / (1 - FLOATS));
  const reheat = Math.min(1, 1.4 * Math.max(0, -load - FLOATS));
  const flowSetpoint = box.minCfm + (box.maxCfm - box.minCfm) * cool;
  const share = conditioned(wall);
  const day = dayF(load, { cool, reheat }) + 0.12 * drift(box.seed + 2, tMs / 1_500_000);
  const healthy: BoxState = {
    tempF: night * (1 - share) + day * share,
    flowCfm: flowSetpoint * (1 + 0.015 * jitter(box.seed + 1, tMs / 60_000)),
    flowSetpointCfm: flowSetpoint,
    damperPct: 9 + 82 * (flowSetpoint / box.maxCfm) ** 0.85,
    reheatPct: 100 * reheat,
    dischargeF: 56.5 + 38 * reheat + 0.5 * drift(box.seed + 4, tMs / 2_000_000),
  };
  return shown(told(box, healthy, { wall, tMs }));
}

/** Loads this small are left to themselves. */
const FLOATS = 0.2;

/** Where a room stands that is under control: near one of its setpoints where air or heat is asked for, else in between. */
function dayF(load: number, { cool, reheat }: { cool: number; reheat: number }): number {
  const between = Math.min(1, Math.max(-1, load / FLOATS));
  return 73.5 + 1.7 * between + 0.5 * cool - 0.6 * reheat;
}

/** Without air a room drifts towards its night. */
function rest(night: number, share: number, { box, tMs, load, wall }: { box: Box; tMs: number; load: number; wall: WallClock }): BoxState {
  const tempF = night * (1 - share) + dayF(load, { cool: 0, reheat: 0 }) * share;
  const still = {
    flowCfm: 0,
    flowSetpointCfm: 0,
    damperPct: 0,
    reheatPct: 0,
    dischargeF: tempF - 1 + 0.3 * drift(box.seed + 4, tMs / 2_000_000),
  };
  return shown(told(box, { tempF, ...still }, { wall, tMs, resting: true }));
}

/** The story of the box laid over what a healthy one would do. */
function told(box: Box, of: BoxState, { wall, resting = false }: { wall: WallClock; tMs: number; resting?: boolean }): BoxState {
  const since = (hour: number, over: number): number => Math.min(1, Math.max(0, (wall.hour - hour) / over)) * (wall.hour > 20 ? 0.6 : 1);
  switch (box.story) {
    case "flat":
      return isFrozen(wall) ? { ...of, tempF: 72 } : of;
    case "dead-sensor":
      return { ...of, dischargeF: -250 };
    case "held-by-hand":
      return isHeld(wall) ? { ...of, damperPct: 100 } : of;
    default:
  }
  if (resting) return of;
  switch (box.story) {
    case "starved": {
      const wanted = Math.max(of.flowSetpointCfm, box.maxCfm * (0.55 + 0.35 * since(8, 3)));
      const worst = box.id === "3-07" ? 1 : 0.66;
      return {
        ...of,
        flowSetpointCfm: wanted,
        flowCfm: wanted * 0.49 + 0.01 * of.flowCfm,
        damperPct: 100,
        reheatPct: 0,
        dischargeF: 57,
        tempF: of.tempF + worst * 5.2 * since(8.6, 7),
      };
    }
    case "no-hot-water":
      return {
        ...of,
        reheatPct: 100,
        dischargeF: 58,
        tempF: Math.min(of.tempF, 71.4) - 4.6 * since(7.5, 8),
        flowCfm: box.minCfm + 2,
        flowSetpointCfm: box.minCfm,
      };
    case "damper-stuck":
      return isStuck(wall)
        ? {
            ...of,
            damperPct: 22,
            reheatPct: 0,
            dischargeF: 57,
            flowCfm: 0.2 * box.maxCfm,
            tempF: of.tempF + 3 * since(9, 6),
            flowSetpointCfm: Math.max(of.flowSetpointCfm, 0.6 * box.maxCfm),
          }
        : of;
    case "fights-itself":
      return {
        ...of,
        reheatPct: 64,
        flowCfm: 0.78 * box.maxCfm,
        flowSetpointCfm: 0.78 * box.maxCfm,
        damperPct: 77,
        dischargeF: 68,
        tempF: Math.min(of.tempF, 71) - 2.6 * since(9, 7),
      };
    case "west-sun":
      return { ...of, tempF: of.tempF + 2.9 * since(12.5, 3) };
    default:
      return of;
  }
}

/** As a controller shows it. */
function shown({ tempF, flowCfm, flowSetpointCfm, damperPct, reheatPct, dischargeF }: BoxState): BoxState {
  return {
    tempF: round(tempF, 1),
    flowCfm: round(Math.max(0, flowCfm), 0),
    flowSetpointCfm: round(flowSetpointCfm, 0),
    damperPct: round(Math.min(100, damperPct), 0),
    reheatPct: round(reheatPct, 0),
    dischargeF: round(dischargeF, 1),
  };
}
