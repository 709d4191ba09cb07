import type { ZoneDetail } from "#reports/building-answers.ts";
import type { BuildingSettings } from "#reports/building-settings.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const HOUR_MINUTES = 60;

/** How a zone was judged, a sentence each. */
export function methodSentences(
  detail: Pick<ZoneDetail, "comfort" | "airflow" | "airHandlerRan" | "health">,
  settings: BuildingSettings,
): string[] {
  return [
    comfortSentence(detail, settings),
    occupiedSentence(settings),
    ranSentence(detail),
    airflowSentence(detail),
    healthSentence(detail),
  ];
}

function comfortSentence({ comfort }: Pick<ZoneDetail, "comfort">, { band, bandUnit }: BuildingSettings): string {
  const width = `${plain(band)} ${bandUnit}`;
  if (comfort.by === "two-setpoints")
    return `Comfortable is from ${width} below the heating setpoint to ${width} above the cooling setpoint, in the sender's unit.`;
  if (comfort.by === "one-setpoint") return `Comfortable is within ${width} of the setpoint, in the sender's unit.`;
  return "Comfort is not judged: no setpoint was found by name or tag.";
}

function occupiedSentence({ occupancy, zone, holidays }: BuildingSettings): string {
  const { fromMinute, toMinute, weekdays, warmUpMinutes } = occupancy;
  const days = weekdays.length === WEEKDAYS.length ? "every day" : weekdays.map((day) => WEEKDAYS[day - 1] ?? day).join(", ");
  const without = holidays.length > 0 ? " but holidays" : "";
  const warmUp = warmUpMinutes > 0 ? `; the ${warmUpMinutes} minutes before are warm-up and told apart` : "";
  return (
    `Where no point says whether the zone is occupied, it is from ${clock(fromMinute)} to ${clock(toMinute)} by the clock of ${zone}, ` +
    `${days}${without}${warmUp}.`
  );
}

function ranSentence({ airHandlerRan }: Pick<ZoneDetail, "airHandlerRan">): string {
  return airHandlerRan === undefined
    ? "Whether its air handler ran is not known: all occupied time is judged."
    : "Judged only while its air handler ran.";
}

function airflowSentence({ airflow }: Pick<ZoneDetail, "airflow">): string {
  const { percent, absolute } = airflow.tolerance;
  const least = Number.isNaN(absolute) ? "" : ` or ${plain(absolute)} ${airflow.unit}, whichever is more`;
  return `Airflow is right within ${plain(percent)} % of its setpoint${least}.`;
}

function healthSentence({ health }: Pick<ZoneDetail, "health">): string {
  const known = health.parts.filter(({ value }) => !Number.isNaN(value)).map(({ name, weight }) => `${name} × ${weight}`);
  return known.length === 0 ? "Health is not known: none of its parts is." : `Health is the weighted mean of ${known.join(", ")}.`;
}

const plain = (value: number): string => String(Math.round(value * 100) / 100);

function clock(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${two(Math.floor(minutes / HOUR_MINUTES))}:${two(minutes % HOUR_MINUTES)}`;
}
