import type { ZoneRowAnswer } from "#contract/building.ts";
import type { Freshness } from "#web/parts/freshness.ts";

export type Standing = ZoneRowAnswer["standing"];

/** How a standing is said: by its filter, and beside the number of a zone. */
interface StandingLook {
  /** On the chip of the filter and in counts: "above". */
  readonly word: string;
  /** Whether its temperature is compared with its setpoints. */
  readonly compared: boolean;
}

/** Standings in the order people look at them. */
export const STANDING_ORDER = ["above", "below", "bad", "silent", "flat", "no-setpoint", "inside"] as const satisfies readonly Standing[];

export const STANDINGS: Readonly<Record<Standing, StandingLook>> = {
  above: { word: "above", compared: true },
  below: { word: "below", compared: true },
  bad: { word: "bad value", compared: false },
  silent: { word: "silent", compared: true },
  flat: { word: "sensor flat", compared: false },
  "no-setpoint": { word: "no setpoint", compared: false },
  inside: { word: "inside", compared: true },
};

/** The mark at the head of a zone: its age where the sensor can be believed, else what is wrong with it. */
export function zoneMark(standing: Standing, ageWords: string | undefined): { readonly state: Freshness; readonly words: string } {
  if (ageWords === undefined) return { state: "missing", words: "no data" };
  if (standing === "flat") return { state: "suspect", words: "flat" };
  if (standing === "bad") return { state: "suspect", words: "bad value" };
  if (standing === "silent") return { state: "stale", words: ageWords };
  return { state: "fresh", words: ageWords };
}

/** "6 outside, 1 sensor flat, 1 silent": everything that is not inside; "none outside" where all are. */
export function countsText(counts: Readonly<Partial<Record<Standing, number>>>): string {
  const outside = (counts.above ?? 0) + (counts.below ?? 0);
  const others = (["bad", "silent", "flat", "no-setpoint"] as const).flatMap((standing) => {
    const count = counts[standing] ?? 0;
    if (count === 0) return [];
    if (standing === "flat") return `${count} ${count === 1 ? "sensor" : "sensors"} flat`;
    if (standing === "no-setpoint") return `${count} without a setpoint`;
    if (standing === "bad") return `${count} with a bad value`;
    return `${count} silent`;
  });
  return [outside === 0 ? "none outside" : `${outside} outside`, ...others].join(", ");
}

/** Whether somebody should look at a zone: it is not inside its band, or something grave was found. */
export function needsAttention(row: Pick<ZoneRowAnswer, "standing" | "findings">): boolean {
  return row.standing !== "inside" || row.findings.some(({ severity }) => severity !== "note");
}
