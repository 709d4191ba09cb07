import { limitText } from "./limit-words.ts";
import type { MeterRule, Rule } from "./rule.ts";
import { durationText, valueText } from "./words.ts";

/** What people call a source, series, plant or job, and the unit of a series. */
export type Naming = (key: string) => { readonly title: string; readonly unit: string };

/** When a rule tells, in words: "when Electricity meter says nothing for 10 minutes". */
export function ruleSentence(rule: Rule, naming: Naming): string {
  switch (rule.kind) {
    case "stale": {
      const after = rule.afterMs === undefined ? "six times what is usual for it, 10 minutes at least" : durationText(rule.afterMs);
      return `when ${rule.source === "*" ? "any source" : naming(rule.source).title} says nothing for ${after}`;
    }
    case "thinning": {
      const what = rule.of === "*" ? "a home" : naming(rule.of).title;
      const usual = rule.of === "*" ? "; in proportion where a reader usually sends less often than every 10 seconds" : "";
      return `when fewer than ${valueText(rule.fewerThan, "")} readings of ${what} come in ${durationText(rule.overMs)}${usual}`;
    }
    case "threshold": {
      const { title, unit } = naming(rule.series);
      const lasting = rule.forMs > 0 ? ` for ${durationText(rule.forMs)}` : "";
      return `when ${title} is ${limitText(rule, unit)}${lasting}`;
    }
    case "demand": {
      const target = rule.targetKw === undefined ? "the level that raises the bill" : valueText(rule.targetKw, "kW");
      return `when ${naming(rule.plant).title} heads for more than ${target}, with at least ${durationText(rule.leadMs)} left to act`;
    }
    case "price": {
      const { title, unit } = naming(rule.series);
      return `when ${title} is ${limitText(rule, unit)}`;
    }
    case "job":
      return rule.job === "*" ? "when any job fails" : `when the job "${naming(rule.job).title}" fails`;
    case "meter":
      return meterSentence(rule, rule.meter === "*" ? "a meter" : naming(rule.meter).title);
  }
}

function meterSentence({ watch, withinDays }: MeterRule, meter: string): string {
  switch (watch) {
    case "leak":
      return `when ${meter} of water or gas does not rest for an hour in a day`;
    case "implausible":
      return `when a reading of ${meter} cannot be right`;
    case "due":
      return `when ${meter} should be read`;
    case "calibration":
      return `when the calibration of ${meter} ends within ${valueText(withinDays, "")} days`;
  }
}
