import type { Column } from "#series/column.ts";
import type { DemoDevice } from "./device.ts";

/** The instants a device spoke at within [fromMs, toMs), by the density of its past as seen from nowMs. */
export function* instants(device: DemoDevice, window: { fromMs: number; toMs: number; nowMs: number }): Generator<number> {
  const offsetMs = device.offsetMs ?? 0;
  for (const [index, span] of device.past.entries()) {
    const next = device.past[index + 1];
    const startMs = Math.max(window.fromMs, dayStart(window.nowMs - span.agoMs));
    const endMs = Math.min(window.toMs, next === undefined ? Number.POSITIVE_INFINITY : dayStart(window.nowMs - next.agoMs));
    for (let tMs = Math.ceil((startMs - offsetMs) / span.everyMs) * span.everyMs + offsetMs; tMs < endMs; tMs += span.everyMs) yield tMs;
  }
}

/** Spans begin at whole UTC days, so that a restart within a day continues the same past. */
const dayStart = (tMs: number): number => Math.floor(tMs / 86_400_000) * 86_400_000;

/** One column per saying of the device, holding what it said in the window. */
export function pastColumns(device: DemoDevice, window: { fromMs: number; toMs: number; nowMs: number }): Column[] {
  const times: number[] = [...instants(device, window)];
  const said = new Float64Array(device.sayings.length);
  const tMs = new Float64Array(times.length);
  const quality = new Uint16Array(times.length);
  const values = device.sayings.map(() => new Float64Array(times.length));
  let rows = 0;
  for (const instant of times) {
    const bits = device.say(instant, said);
    if (bits === undefined) continue;
    tMs[rows] = instant;
    quality[rows] = bits;
    for (let index = 0; index < said.length; index++) (values[index] as Float64Array)[rows] = said[index] as number;
    rows++;
  }
  return values.map((value) => ({ tMs: tMs.subarray(0, rows), value: value.subarray(0, rows), quality: quality.subarray(0, rows) }));
}

/** How many samples the whole past of these devices has, at the most. */
export function pastSize(devices: readonly DemoDevice[], nowMs: number): number {
  let samples = 0;
  for (const device of devices) {
    for (const [index, span] of device.past.entries()) {
      const next = device.past[index + 1];
      samples += ((span.agoMs - (next?.agoMs ?? 0)) / span.everyMs) * device.sayings.length;
    }
  }
  return nowMs > 0 ? Math.round(samples) : 0;
}
