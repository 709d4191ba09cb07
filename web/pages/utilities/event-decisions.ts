import type { MeterEventAnswer } from "#contract/meters.ts";

/** What a person can say an event was: on its button, and afterwards. */
export const DECISIONS = {
  real: { label: "It was used", said: "consumption" },
  typo: { label: "The reading is wrong", said: "a wrong reading" },
  replacement: { label: "The meter was replaced", said: "a replacement" },
  reset: { label: "The register was set back", said: "a register set back" },
  rollover: { label: "The register rolled over", said: "a register that rolled over" },
} as const;

type Decision = keyof typeof DECISIONS;

const AFTER_FALL: readonly Decision[] = ["replacement", "typo", "rollover", "reset"];
const AFTER_RISE: readonly Decision[] = ["real", "typo", "replacement"];

/** The answers that can be true: a register that fell used nothing, one that rose did not roll over. Likely ones first. */
export function decisionsFor({ kind, before, value }: Pick<MeterEventAnswer, "kind" | "before" | "value">): readonly Decision[] {
  const fell = before !== null && value !== null ? value < before : kind === "fall" || kind === "reset" || kind === "rollover";
  const fitting = fell ? AFTER_FALL : AFTER_RISE;
  return kind === "typo" ? ["typo", ...fitting.filter((what) => what !== "typo")] : fitting;
}
