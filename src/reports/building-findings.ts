import type { FindingSeverity } from "#analytics/fault-rule.ts";
import type { Equipment } from "#buildings/model.ts";
import type { Finding } from "./building-answers.ts";
import type { PointFault } from "./building-sensors.ts";

const ORDER: readonly FindingSeverity[] = ["critical", "warning", "note"];

/** Faults of equipment as findings, the gravest first, then those that take the largest share. */
export function findingsOf({ id }: Equipment, faults: readonly PointFault[]): Finding[] {
  return faults
    .map(({ fault, point }) => ({
      rule: fault.rule,
      severity: fault.severity,
      equipment: id,
      ...(point === undefined ? {} : { point }),
      sinceMs: fault.sinceMs,
      sinceOrBefore: fault.sinceOrBefore === true,
      sharePct: fault.sharePct,
      sentence: fault.sentence,
      source: fault.source,
    }))
    .sort(byGravity);
}

/** The gravest first. */
export function byGravity(a: Finding, b: Finding): number {
  const share = ({ sharePct }: Finding): number => (Number.isNaN(sharePct) ? -1 : sharePct);
  return ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || share(b) - share(a);
}
