import type { DemoDevice } from "./device.ts";
import type { WallClock } from "./local-clock.ts";
import { bell, drift, jitter } from "./noise.ts";
import { round } from "./spans.ts";
import type { Tower } from "./tower-boxes.ts";
import { AIR_PAST, type History, LONG_PAST, onChange, polled } from "./tower-station.ts";
import { airRuns, isOpen, outdoorF, seasonOf } from "./tower-weather.ts";

const AIR_HANDLERS = [1, 2, 3, 4] as const;
const TEMPERATURE = { quantity: "temperature", unit: "°F" } as const;
const TAGS = ["ahu", "equip"] as const;

/** Four air handlers, the weather on the roof, and the meters of the tower: all that is no box. */
export function airDevices(seed: number, tower: Tower): DemoDevice[] {
  return [...AIR_HANDLERS.flatMap((number) => airHandler(seed, number, tower)), roof(seed, tower), meters(seed, tower)];
}

/**
 * On two days of eleven, which is no weekday in particular, the outdoor damper of AHU 3 sticks open from two o'clock: warm air comes in,
 * the chiller works for it and the fan runs at full speed. That is what the peaks of those days are made of.
 */
export const isStickDay = ({ day }: WallClock): boolean => day % 11 < 2;
const stick = (wall: WallClock): number => (isStickDay(wall) ? bell(wall.hour, 15, 1.1) : 0);

/** The fan of AHU 2 is held on by hand in the nights of every other week. */
const isHeldOn = (wall: WallClock): boolean => wall.day % 14 < 7 && !airRuns(wall);

/** How much air the boxes of an air handler ask for, 0 to 1. */
function airShare(seed: number, number: number, { tMs, wall }: { tMs: number; wall: WallClock }): number {
  if (!airRuns(wall)) return 0;
  const sun = bell(wall.hour, 12 + number * 0.7, 4.5);
  const share = 0.42 + 0.25 * sun + 0.08 * seasonOf(wall) + 0.05 * drift(seed + number, tMs / 3_600_000);
  return Math.min(1, share + (number === 3 ? 0.5 * stick(wall) : 0));
}

function airHandler(seed: number, number: (typeof AIR_HANDLERS)[number], { clock, offsetMsAt }: Tower): DemoDevice[] {
  const equipment = `AHU ${number}`;
  const own = seed + 400 + 10 * number;
  const history = (what: string, of: Pick<History, "quantity" | "unit">, tags: readonly string[]): History => ({
    name: `${equipment} ${what}`,
    ...of,
    about: { equipment, tags: [...TAGS, ...tags] },
  });
  const of = [
    history("Supply Air Temp", TEMPERATURE, ["discharge", "air", "temp", "sensor"]),
    history("Supply Air Temp Setpoint", { quantity: "temperature-setpoint", unit: "°F" }, ["discharge", "air", "temp", "sp"]),
    history("Return Air Temp", TEMPERATURE, ["return", "air", "temp", "sensor"]),
    history("Mixed Air Temp", TEMPERATURE, ["mixed", "air", "temp", "sensor"]),
    history("Duct Static Pressure", { quantity: "pressure", unit: "inH2O" }, ["discharge", "air", "pressure", "sensor"]),
    history("Supply Fan Speed", { quantity: "value", unit: "%" }, ["discharge", "fan", "speed"]),
    history("Cooling Valve", { quantity: "valve-position", unit: "%" }, ["cool", "valve", "cmd"]),
    history("Heating Valve", { quantity: "valve-position", unit: "%" }, ["heat", "valve", "cmd"]),
  ];
  const offsetMs = 130_000 + 5000 * number;
  const values = (tMs: number, out: Float64Array): void => {
    const wall = clock(tMs);
    const share = airShare(seed, number, { tMs, wall }) || (number === 2 && isHeldOn(wall) ? 0.3 : 0);
    const outside = outdoorF(seed, tMs, wall);
    const running = share > 0;
    const stuck = number === 3 ? stick(wall) : 0;
    const mixed = running ? 0.3 * outside + 0.7 * 73 + 9 * stuck : 71 + 0.4 * drift(own, tMs / 3_600_000);
    const cooling = running ? Math.min(100, Math.max(0, 6 * (mixed - 56)) + 60 * stuck) : 0;
    const heating = running ? Math.min(100, Math.max(0, 5 * (54 - mixed))) : 0;
    out.set([
      round((running ? 55.4 + 3 * stuck : 68) + 0.6 * drift(own + 1, tMs / 1_800_000), 1),
      55,
      round(running ? 73.6 + 0.5 * drift(own + 2, tMs / 3_600_000) : 71, 1),
      round(mixed, 1),
      round(running ? (number === 3 ? 0.62 : 1.2) + 0.03 * jitter(own + 3, tMs / 60_000) : 0, 2),
      round(running ? (number === 3 ? 100 : 100 * share) : 0, 0),
      round(cooling, 0),
      round(heating, 0),
    ]);
  };
  const fan = (what: string, tags: readonly string[], isOn: (wall: WallClock) => boolean) =>
    onChange({ ...history(what, { quantity: "state", unit: "" }, tags), texts: ["Off", "On"] }, (tMs) => (isOn(clock(tMs)) ? 1 : 0), {
      offsetMs,
      offsetMsAt,
      ...(number === 2 ? { status: (tMs: number) => (isHeldOn(clock(tMs)) ? "{overridden}" : "{ok}") } : {}),
    });
  const isOn = (wall: WallClock): boolean => airRuns(wall) || (number === 2 && isHeldOn(wall));
  return [
    polled(of, values, { offsetMs, offsetMsAt, past: AIR_PAST }),
    fan("Supply Fan Command", ["discharge", "fan", "cmd"], isOn),
    fan("Supply Fan Status", ["discharge", "fan", "sensor"], isOn),
    onChange(
      { ...history("Occupancy", { quantity: "state", unit: "" }, ["occupied", "sp"]), texts: ["Unoccupied", "Occupied"] },
      (tMs) => (isOpen(clock(tMs)) ? 1 : 0),
      { offsetMs, offsetMsAt },
    ),
  ];
}

function roof(seed: number, { clock, offsetMsAt }: Tower): DemoDevice {
  // Birds: the probe reports a fault for the small hours of every fifth day.
  const faulty = (tMs: number): boolean => clock(tMs).day % 5 === 0 && clock(tMs).hour < 4;
  return polled(
    [{ name: "Roof Outdoor Air Temp", ...TEMPERATURE }],
    (tMs, out) => {
      out[0] = faulty(tMs) ? -250 : round(outdoorF(seed, tMs, clock(tMs)), 1);
    },
    { offsetMs: 125_000, offsetMsAt, past: LONG_PAST, status: (tMs) => (faulty(tMs) ? "{fault}" : "{ok}") },
  );
}

const POWER = { quantity: "power", unit: "kW" } as const;

/** What the tower draws: everything that is metered by itself, and the whole. */
function meters(seed: number, { clock, offsetMsAt }: Tower): DemoDevice {
  const meter = (name: string): History => ({
    name,
    ...POWER,
    about: { equipment: name.replace(/ (?:Fan )?Power$/, ""), tags: ["elec", "power", "sensor"] },
  });
  const of = [
    meter("Main Electric Power"),
    meter("Chiller 1 Power"),
    meter("Lighting Power"),
    ...AIR_HANDLERS.map((n) => meter(`AHU ${n} Fan Power`)),
  ];
  return polled(
    of,
    (tMs, out) => {
      const wall = clock(tMs);
      const outside = outdoorF(seed, tMs, wall);
      const people = isOpen(wall) ? 0.55 + 0.45 * bell(wall.hour, 14, 5) : 0.12;
      const fans = AIR_HANDLERS.map((n) => (airShare(seed, n, { tMs, wall }) || (n === 2 && isHeldOn(wall) ? 0.3 : 0)) ** 2.2 * 27);
      const chiller = airRuns(wall) ? Math.max(14, 3.1 * (outside - 48)) + 74 * stick(wall) + 3 * drift(seed + 7, tMs / 1_800_000) : 0;
      const lighting = 68 * people;
      const rest = 41 + 84 * people + 4 * drift(seed + 8, tMs / 1_200_000);
      const whole = rest + lighting + chiller + fans.reduce((sum, kw) => sum + kw, 0);
      out.set([whole, chiller, lighting, ...fans].map((kw) => round(kw, 1)));
    },
    { offsetMs: 120_000, offsetMsAt, past: LONG_PAST },
  );
}
