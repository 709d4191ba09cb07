import type { MeterDecision, RegisterRules, Replacement } from "./meter-index.ts";

/** An instant that somebody named, beside the readings: a replacement, else a reset. */
export interface Said {
  readonly tMs: number;
  readonly replacement?: Replacement;
}

/** What was decided about the reading of an instant. */
export interface SaidDecision {
  readonly id: string;
  readonly decision: MeterDecision;
}

/** Ascending; a replacement before a reset of the same instant. */
export function saidOf({ replacements, resetsMs }: RegisterRules): Said[] {
  const said: Said[] = [...replacements.map((replacement) => ({ tMs: replacement.tMs, replacement })), ...resetsMs.map((tMs) => ({ tMs }))];
  return said.sort((a, b) => a.tMs - b.tMs);
}

/** By the instant of the reading: what was decided holds, whatever later readings make of it. */
export function decisionsOf({ decisions }: RegisterRules): ReadonlyMap<number, SaidDecision> {
  const byInstant = new Map<number, SaidDecision>();
  for (const [id, decision] of decisions) {
    const tMs = /^[a-z]+-(-?\d+(?:\.\d+)?)$/.exec(id)?.[1];
    if (tMs !== undefined) byInstant.set(Number(tMs), { id, decision });
  }
  return byInstant;
}
