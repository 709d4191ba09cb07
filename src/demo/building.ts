import { QUALITY } from "#series/quality.ts";
import type { DemoDevice, Saying, Span } from "./device.ts";
import type { WallClock } from "./local-clock.ts";
import { bell, chance, drift, jitter } from "./noise.ts";
import { DAY_MS, localStamp, round, YEAR_MS } from "./spans.ts";

const STATION = "NorthTower";
const EVERY_MS = 300_000;
const PAST: readonly Span[] = [
  { agoMs: YEAR_MS, everyMs: 900_000 },
  { agoMs: 30 * DAY_MS, everyMs: EVERY_MS },
];

/** What a history is called in the station, and the series it becomes. */
interface History {
  readonly name: string;
  readonly point: string;
  readonly pointName: string;
  readonly quantity: string;
  readonly unit: string;
  readonly value: (tMs: number) => number;
  readonly status?: (tMs: number) => string;
}

/** Six boxes on two air handlers, and the weather on the roof: a station that publishes its histories. */
export function buildingDevices(
  seed: number,
  site: { clock: (tMs: number) => WallClock; offsetMsAt: (tMs: number) => number },
): DemoDevice[] {
  const boxes = ["1-01", "1-02", "2-04", "2-05", "3-07", "3-08"].flatMap((box, index) => boxHistories(box, seed + 10 * index, site.clock));
  return [...boxes, ...airHandler(seed + 100, site.clock), roof(seed + 200, site.clock)].map((history) => device(history, site.offsetMsAt));
}

const occupied = (wall: WallClock): boolean => wall.weekday > 0 && wall.weekday < 6 && wall.hour >= 6 && wall.hour < 19;

/** The damper of box 3-07 does not move in four weeks of every ten: its room drifts away from the setpoint. */
export function isStuckStory(box: string, wall: WallClock): boolean {
  return box === "3-07" && wall.day % 70 >= 42;
}

function boxHistories(box: string, seed: number, clock: (tMs: number) => WallClock): History[] {
  const size = 520 + Math.round(260 * chance(seed, 1));
  const setpoint = (tMs: number): number => (occupied(clock(tMs)) ? 72 : 66);
  const demandShare = (tMs: number): number => {
    const wall = clock(tMs);
    if (!occupied(wall)) return 0.12;
    const load = 0.45 + 0.4 * bell(wall.hour, 14.5, 3) + 0.12 * drift(seed, tMs / 3_600_000);
    return Math.min(1, Math.max(0.2, load));
  };
  const stuck = (tMs: number): boolean => isStuckStory(box, clock(tMs));
  const flow = (tMs: number): number => size * (stuck(tMs) ? 0.41 : demandShare(tMs)) + 9 * jitter(seed + 1, tMs / 60_000);
  const excess = (tMs: number): number => (stuck(tMs) ? 9 * Math.max(0, demandShare(tMs) - 0.41) : 0);
  const label = `VAV ${box}`;
  const point = (what: string): string => `vav-${box}-${what}`;
  const history = (what: { label: string; slug: string; quantity: string; unit: string }, value: (tMs: number) => number): History => ({
    name: `${label} ${what.label}`,
    point: point(what.slug),
    pointName: `${label} ${what.label}`,
    quantity: what.quantity,
    unit: what.unit,
    value,
  });
  return [
    history({ label: "Space Temp", slug: "space-temp", quantity: "temperature", unit: "°F" }, (tMs) =>
      round(setpoint(tMs) + excess(tMs) + 0.7 * drift(seed + 2, tMs / 2_400_000), 1),
    ),
    history({ label: "Effective Setpoint", slug: "effective-setpoint", quantity: "temperature-setpoint", unit: "°F" }, setpoint),
    history({ label: "Air Flow", slug: "air-flow", quantity: "airflow", unit: "cfm" }, (tMs) => round(Math.max(0, flow(tMs)), 0)),
    history({ label: "Air Flow Setpoint", slug: "air-flow-setpoint", quantity: "airflow-setpoint", unit: "cfm" }, (tMs) =>
      round(size * demandShare(tMs), 0),
    ),
    history({ label: "Damper", slug: "damper", quantity: "damper-position", unit: "%" }, (tMs) =>
      stuck(tMs) ? 41 : round(100 * demandShare(tMs) + 2 * jitter(seed + 3, tMs / 60_000), 0),
    ),
  ];
}

function airHandler(seed: number, clock: (tMs: number) => WallClock): History[] {
  const running = (tMs: number): boolean => occupied(clock(tMs + 1_800_000));
  return [
    {
      name: "AHU 3 Supply Air Temp",
      point: "ahu-3-supply-air-temp",
      pointName: "AHU 3 Supply Air Temp",
      quantity: "temperature",
      unit: "°F",
      value: (tMs) => round((running(tMs) ? 55.4 : 68) + 1.1 * drift(seed, tMs / 1_800_000), 1),
    },
  ];
}

function roof(seed: number, clock: (tMs: number) => WallClock): History {
  const temperature = (tMs: number): number => {
    const wall = clock(tMs);
    const season = -Math.cos(((wall.yearDay - 20) / 365) * 2 * Math.PI);
    return 52 + 22 * season + 11 * Math.sin(((wall.hour - 9) / 24) * 2 * Math.PI) + 5 * drift(seed, tMs / DAY_MS);
  };
  // Birds: the probe reports a fault for the small hours of every fifth day.
  const faulty = (tMs: number): boolean => clock(tMs).day % 5 === 0 && clock(tMs).hour < 4;
  return {
    name: "Roof Outdoor Air Temp",
    point: "roof-outdoor-air-temp",
    pointName: "Roof Outdoor Air Temp",
    quantity: "temperature",
    unit: "°F",
    value: (tMs) => (faulty(tMs) ? -250 : round(temperature(tMs), 1)),
    status: (tMs) => (faulty(tMs) ? "{fault}" : "{ok}"),
  };
}

/** Niagara writes what is not a letter or digit as $ and its hex code. */
function escaped(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, (character) => `$${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

function device(history: History, offsetMsAt: (tMs: number) => number): DemoDevice {
  const status = (tMs: number): string => history.status?.(tMs) ?? "{ok}";
  return {
    source: "niagara",
    topic: "niagara/histories",
    device: STATION,
    everyMs: EVERY_MS,
    past: PAST,
    sayings: [saying(history)],
    say(tMs, out) {
      out[0] = history.value(tMs);
      return status(tMs) === "{ok}" ? 0 : QUALITY.badStatus;
    },
    payload: (tMs) =>
      JSON.stringify({
        messageType: "history",
        stationName: STATION,
        historyId: `/${STATION}/${escaped(history.name)}`,
        historyData: [{ timestamp: withOffset(tMs, offsetMsAt(tMs)), value: history.value(tMs), status: status(tMs) }],
      }),
  };
}

function saying(history: History): Saying {
  const { point, pointName, quantity, unit } = history;
  return { point, pointName, quantity, unit, kind: "gauge" };
}

/** `2026-03-10 14:40:00.000-0600`, as the station writes it. */
function withOffset(tMs: number, offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${localStamp(tMs + offsetMs)}.000${offsetMs < 0 ? "-" : "+"}${two(minutes / 60)}${two(minutes % 60)}`;
}
