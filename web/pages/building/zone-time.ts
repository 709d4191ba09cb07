import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { DAY_MS } from "#web/charts/zone-clock.ts";

/** The server answers no longer stretches. */
const LONGEST_MS = 399 * DAY_MS;

/** A window as it can be asked for: whole seconds, begun before now, not longer than the server answers. */
export function askable({ fromMs, toMs }: TimeSpan, nowMs: number): TimeSpan {
  const to = Math.round(Math.min(toMs, nowMs + DAY_MS) / 1000) * 1000;
  const from = Math.round(Math.min(Math.max(fromMs, to - LONGEST_MS), nowMs - 60_000) / 1000) * 1000;
  return { fromMs: from, toMs: Math.max(to, from + 60_000) };
}

/** "1772697600000-1772724600000" as a stretch; anything else is none. */
export function selectionOf(text: string | undefined): TimeSpan | undefined {
  const match = /^(\d{9,16})-(\d{9,16})$/.exec(text ?? "");
  const [fromMs, toMs] = [Number(match?.[1]), Number(match?.[2])];
  return match !== null && fromMs < toMs ? { fromMs, toMs } : undefined;
}

/** The same the other way, in whole seconds. */
export const selectionText = ({ fromMs, toMs }: TimeSpan): string =>
  `${Math.floor(fromMs / 1000) * 1000}-${Math.max(Math.floor(fromMs / 1000) + 1, Math.ceil(toMs / 1000)) * 1000}`;
