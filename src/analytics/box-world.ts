import type { EquipmentRows, FaultInput } from "./equipment-rows.ts";
import { type Draw, drawing, normal } from "./meter-world.ts";

/** A box and its room, as somebody would design them. Temperatures in °F, airflow in cfm. */
export interface BoxDesign {
  readonly seed: number;
  readonly pollMinutes: number;
  readonly days: number;
  readonly maxFlow: number;
  /** Of the largest airflow. */
  readonly minShare: number;
  readonly heating: number;
  readonly cooling: number;
  readonly outdoorMean: number;
  readonly outdoorSwing: number;
  /** Heat of people and machines, of what the box can carry off. */
  readonly gains: number;
  /** True for boxes that heat with more air than their minimum. */
  readonly dualMaximum: boolean;
}

/** What breaks, from an instant on. Each says how the world differs then. */
export interface BoxFault {
  readonly fromMs: number;
  /** Position the damper stands at. */
  readonly damper?: (wanted: number) => number;
  /** Of the pressure the duct should have. */
  readonly pressure?: number;
  /** Air through the damper when closed, of the largest airflow. */
  readonly leak?: number;
  /** The valve's position, whatever the control wants. */
  readonly reheat?: number;
  /** Of the heat hot water should bring. */
  readonly hotWater?: number;
  /** Warmth the coil adds with its valve closed. */
  readonly coilLeak?: number;
  /** Of the airflow the damper lets through, wear that the control cannot make good. */
  readonly reads?: number;
}

/** A Monday. */
export const WORLD_START_MS = Date.UTC(2026, 0, 5);
const SUPPLY = 55;
const HOT_AIR = 95;
/** Btu per hour, cubic foot per minute and degree. */
const AIR = 1.08;
const STEP_MS = 60_000;

interface BoxState {
  temp: number;
  damper: number;
  discharge: number;
  heat: number;
  cool: number;
  stuckAt: number;
}

/** Days of a box minute by minute under its own control, as a station that asks now and then would have them. */
export function boxRows(design: BoxDesign, fault?: BoxFault): EquipmentRows {
  const draw = drawing(design.seed);
  const steps = design.days * 1440;
  const rows = new Map<FaultInput, number[]>();
  const tMs: number[] = [];
  const state: BoxState = {
    temp: (design.heating + design.cooling) / 2,
    damper: 0,
    discharge: SUPPLY,
    heat: 0,
    cool: 0,
    stuckAt: Number.NaN,
  };
  for (let step = 0; step < steps; step += 1) {
    const atMs = WORLD_START_MS + step * STEP_MS;
    const said = minute(design, state, { hour: (step % 1440) / 60, draw, fault: fault !== undefined && atMs >= fault.fromMs ? fault : {} });
    if (step % design.pollMinutes !== 0) continue;
    tMs.push(atMs);
    for (const [input, value] of Object.entries(said)) {
      const column = rows.get(input as FaultInput) ?? [];
      rows.set(input as FaultInput, column);
      column.push(value);
    }
  }
  const weightMs = new Float64Array(tMs.length).fill(design.pollMinutes * STEP_MS);
  const columns = new Map([...rows].map(([input, values]) => [input, Float64Array.from(values)] as const));
  return { tMs: Float64Array.from(tMs), weightMs, columns, temperatureUnit: "°F", flowUnit: "cfm" };
}

interface Minute {
  readonly hour: number;
  readonly draw: Draw;
  readonly fault: Partial<BoxFault>;
}

function minute(design: BoxDesign, state: BoxState, { hour, draw, fault }: Minute): Partial<Record<FaultInput, number>> {
  const { maxFlow, minShare } = design;
  const running = hour >= 5 && hour < 19;
  const occupied = hour >= 7 && hour < 18;
  // The evening's setpoints are those of an empty building; the morning brings the room to temperature before people come.
  const setBack = hour < 5 || hour >= 18 ? 6 : 0;
  const [heating, cooling] = [design.heating - setBack, design.cooling + setBack];
  const minFlow = minShare * maxFlow;
  control({ heating, cooling }, state, running);
  const most = design.dualMaximum ? Math.max(minFlow, 0.5 * maxFlow) : minFlow;
  const setpoint = !running
    ? 0
    : state.cool > 0
      ? minFlow + (state.cool / 100) * (maxFlow - minFlow)
      : minFlow + (Math.max(0, state.heat - 50) / 50) * (most - minFlow);
  const reheat = fault.reheat ?? (running ? Math.min(100, 2 * state.heat) : 0);
  const pressure = (1.15 + 0.1 * Math.sin(hour / 3)) * (fault.pressure ?? 1);
  const leak = (fault.leak ?? 0) * maxFlow;
  const wanted = running ? Math.max(0, Math.min(100, (100 * (setpoint - leak)) / (maxFlow * pressure))) : 0;
  if (fault.damper !== undefined && Number.isNaN(state.stuckAt)) state.stuckAt = fault.damper(wanted);
  state.damper = Number.isNaN(state.stuckAt) ? state.damper + Math.max(-40, Math.min(40, wanted - state.damper)) : state.stuckAt;
  const air = running ? (maxFlow * pressure * state.damper) / 100 + leak : 0;
  const flow = Math.max(0, air * (fault.reads ?? 1) * (1 + 0.01 * normal(draw)));
  const supply = running ? SUPPLY + 0.5 * normal(draw) : 68;
  const gives = (reheat / 100) * (fault.hotWater ?? 1) * (HOT_AIR - SUPPLY) * Math.min(1, most / Math.max(1, air));
  const coil = running ? supply + gives + (fault.coilLeak ?? 0) : state.temp;
  state.discharge += 0.3 * (coil - state.discharge);
  warm(design, state, { hour, occupied, air });
  return {
    "space-temp": Math.round((state.temp + 0.05 * normal(draw)) * 10) / 10,
    "heating-setpoint": heating,
    "cooling-setpoint": cooling,
    flow: Math.round(flow),
    "flow-setpoint": Math.round(setpoint),
    "min-flow-setpoint": minFlow,
    "max-flow-setpoint": maxFlow,
    "damper-position": Math.round(state.damper * 10) / 10,
    "damper-command": Math.round(wanted * 10) / 10,
    reheat: Math.round(reheat),
    "discharge-air-temp": state.discharge,
    "air-handler-running": Number(running),
    "air-handler-supply-temp": supply,
    occupied: Number(occupied),
  };
}

/** Two loops, one for heating and one for cooling, that do not wind up. */
function control({ heating, cooling }: Pick<BoxDesign, "heating" | "cooling">, state: BoxState, running: boolean): void {
  if (!running) {
    state.heat = 0;
    state.cool = 0;
    return;
  }
  state.heat = loop(state.heat, heating - state.temp);
  state.cool = loop(state.cool, state.temp - cooling);
}

/** An output that follows its error, at 40 % per degree and with a memory of a quarter of an hour. */
function loop(output: number, error: number): number {
  const aim = Math.max(0, Math.min(100, 40 * error + 50 * Number(error > -0.5) + 20 * error));
  return output + (aim - output) / 15;
}

/** The room's balance over one minute. */
function warm(design: BoxDesign, state: BoxState, { hour, occupied, air }: { hour: number; occupied: boolean; air: number }): void {
  const outdoor = design.outdoorMean + design.outdoorSwing * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
  const carriesOff = AIR * design.maxFlow * (design.cooling - SUPPLY);
  const heats = AIR * design.minShare * design.maxFlow * (HOT_AIR - design.heating);
  const loss = heats / (3 * (design.heating - 15));
  const people = occupied ? design.gains * 0.7 * carriesOff : 0.05 * design.gains * carriesOff;
  const balance = loss * (outdoor - state.temp) + people + AIR * air * (state.discharge - state.temp);
  const capacity = Math.max(150 * loss, carriesOff / 8);
  state.temp += balance / capacity / 60;
}
