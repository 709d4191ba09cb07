import { COUNTER_DECISIONS, type CounterDecision } from "#analytics/counter-events.ts";
import type { Registry } from "#sites/registry.ts";

/** Name of the fact a decision is kept as; its value is `<event id> <what>`. */
export const DECISION_FACT = "counter-decision";

/** What a person said an event of a register was. */
export interface Decision {
  readonly quantity: string;
  readonly source: string;
  /** Of the event. */
  readonly tMs: number;
  readonly what: CounterDecision;
  readonly who: string;
  readonly madeMs: number;
  readonly factId: number;
}

/** Stable name of an event: `energy-import@meter:1773165600000`. */
export function eventId({ quantity, source, tMs }: Pick<Decision, "quantity" | "source" | "tMs">): string {
  return `${quantity}@${source}:${tMs}`;
}

const VALUE = /^(.+?)@(.+):(-?\d{1,16}) (\S+)$/;

/** Decisions about a point's registers by the id of their event, the newest of each; what was taken back or nobody can read is left out. */
export function decisionsOf(registry: Registry, { site, point }: { readonly site: string; readonly point: string }): Map<string, Decision> {
  const made = new Map<string, Decision>();
  const facts = registry.facts.filter((fact) => fact.name === DECISION_FACT && fact.site === site && fact.point === point);
  for (const { id, value, who, madeMs, undoneMs } of facts.toSorted((a, b) => a.madeMs - b.madeMs)) {
    const [, quantity = "", source = "", tMs = "", what = ""] = VALUE.exec(String(value)) ?? [];
    if (undoneMs !== undefined || id === undefined || !isDecision(what)) continue;
    const decision = { quantity, source, tMs: Number(tMs), what, who, madeMs, factId: id };
    made.set(eventId(decision), decision);
  }
  return made;
}

function isDecision(text: string): text is CounterDecision {
  return (COUNTER_DECISIONS as readonly string[]).includes(text);
}
