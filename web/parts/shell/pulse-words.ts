import type { HealthAnswer } from "#contract/health.ts";
import { countText, numberText } from "#web/parts/format-number.ts";

/** The three phrases of the pulse. "None lost" is said only while the ledger adds up. */
export function pulseWords(health: Pick<HealthAnswer, "messagesPerSecond" | "ledgerBalanced" | "rejectsOpen">) {
  return {
    rate: `${rateText(health.messagesPerSecond)} messages/s`,
    loss: health.ledgerBalanced ? "none lost" : "see the ledger",
    ledger: `Ledger ${health.ledgerBalanced ? "balanced" : "does not add up"}, ${countText(health.rejectsOpen)} rejected`,
  };
}

/** Messages a second: whole from ten on, a tenth below. */
export function rateText(perSecond: number): string {
  if (perSecond > 0 && perSecond < 0.05) return "under 0.1";
  return perSecond >= 10 ? countText(Math.round(perSecond)) : numberText(Math.round(perSecond * 10) / 10, { unit: "", exact: true });
}
