import type { ZoneDetailAnswer } from "#contract/building.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { stretchWords } from "./when-words.ts";
import { factsOf } from "./zone-columns.ts";
import type { ZonePicture } from "./zone-picture.ts";
import { percentText, tempText } from "./zone-words.ts";

interface SummaryParts {
  readonly clock: ZoneClock;
  readonly span: TimeSpan;
  readonly picture: ZonePicture;
}

/** What the pictures of a zone show, for those who cannot see them. */
export function zoneSummary(detail: ZoneDetailAnswer, { clock, span, picture }: SummaryParts): string {
  const { comfort, airflow, unit, zone } = detail;
  const space = detail.columns.find(({ role }) => role === "space-temp");
  const facts = space === undefined ? undefined : factsOf(space, detail.range);
  const names = picture.lines.map(({ label }) => label.toLowerCase()).join(", ");
  return [
    `${zone.name} from ${stretchWords(clock, span)}: ${names}.`,
    ...(facts === undefined ? [] : [`Its temperature lay between ${tempText(facts.low, unit)} and ${tempText(facts.high, unit)}.`]),
    comfort.withinTimePct === null
      ? "Comfort was not judged."
      : `It was comfortable for ${percentText(comfort.withinTimePct, 1)} of the judged time.`,
    ...(airflow.withinPct === null ? [] : [`Airflow was within its tolerance for ${percentText(airflow.withinPct, 1)} of samples.`]),
  ].join(" ");
}
