import { METER_DECISIONS, type MeterDecision } from "#analytics/meter-index.ts";
import type { Fact } from "#sites/registry.ts";
import { DECISION_FACT, DISMISSED_FACT, saidIn, textOf } from "./meter-facts.ts";
import type { MeterSettings } from "./meter-settings.ts";

/** Facts about a meter: of its name, and of its point where that has another. */
export function factsAbout(facts: readonly Fact[], { meter, what }: Pick<MeterSettings, "meter" | "what">): Fact[] {
  return facts.filter(({ point }) => point === meter || (what.kind === "physical" && point === what.point));
}

/** What people said events were, by event; the newest word counts. `facts` oldest first. */
export function meterDecisions(facts: readonly Fact[]): Map<string, { readonly what: MeterDecision; readonly factId: number }> {
  const decisions = new Map<string, { what: MeterDecision; factId: number }>();
  for (const { name, value, id } of facts) {
    if (name !== DECISION_FACT) continue;
    const [, event = "", word = ""] = /^(.*) (\S+)$/.exec(String(value)) ?? [];
    const what = METER_DECISIONS.find((one) => one === word);
    if (what !== undefined) decisions.set(event, { what, factId: id ?? 0 });
  }
  return decisions;
}

/** An anomaly somebody looked at and called usual. */
export interface Dismissal {
  readonly why: string;
  readonly who: string;
  readonly madeMs: number;
  readonly factId: number;
}

/** Anomalies of a meter that were dismissed, by id. */
export function dismissalsOf(facts: readonly Fact[]): Map<string, Dismissal> {
  const dismissals = new Map<string, Dismissal>();
  for (const fact of facts) {
    if (fact.name !== DISMISSED_FACT) continue;
    const said = saidIn(fact);
    const id = textOf(said?.["id"]);
    const { who, madeMs, id: factId = 0 } = fact;
    if (id !== undefined) dismissals.set(id, { why: textOf(said?.["why"]) ?? "", who, madeMs, factId });
  }
  return dismissals;
}
