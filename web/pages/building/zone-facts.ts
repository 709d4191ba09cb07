import type { ZoneDetailAnswer } from "#contract/building.ts";
import type { AirflowInfo, ComfortInfo } from "#contract/building-parts.ts";
import { durationWords } from "#web/charts/time-words.ts";
import { countText, NOT_KNOWN, unitText } from "#web/parts/format-number.ts";
import { roleWords } from "#web/parts/role-words.ts";
import { factsOf } from "./zone-columns.ts";
import { REHEAT_ROLES } from "./zone-figures.ts";
import { degreeHoursText, flowNumber, percentText } from "./zone-words.ts";

/** One line of what a stretch came to. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

const NO_BREAK = "\u00a0";

const NOT_JUDGED: Readonly<Record<ComfortInfo["notJudged"][number]["why"], string>> = {
  "warm-up": "warm-up",
  "air-handler-off": "air handler off",
  "no-value": "no value",
  "no-setpoint": "no setpoint",
};

/** Comfort and airflow as the server judged them. */
export function zoneFacts({ comfort, airflow }: Pick<ZoneDetailAnswer, "comfort" | "airflow">): Fact[] {
  return [...comfortFacts(comfort), ...airflowFacts(airflow)];
}

function comfortFacts(comfort: ComfortInfo): Fact[] {
  const left = comfort.notJudged.filter(({ ms }) => ms > 0).map(({ why, ms }) => `${NOT_JUDGED[why]} ${durationWords(ms)}`);
  const notJudged: Fact[] =
    left.length === 0 ? [] : [{ label: "Not judged", value: durationWords(sum(comfort.notJudged)), note: left.join(", ") }];
  if (comfort.withinTimePct === null) return [{ label: "Comfort", value: "not judged", note: "" }, ...notJudged];
  return [
    {
      label: "Comfort",
      value: `${percentText(comfort.withinTimePct, 1)} of time`,
      note: `${percentText(comfort.withinPct, 1)} of ${countText(comfort.samples)} samples, ${durationWords(comfort.judgedMs)} judged`,
    },
    ...(comfort.tooWarmMs > 0 ? [{ label: "Too warm", value: durationWords(comfort.tooWarmMs), note: "" }] : []),
    ...(comfort.tooColdMs > 0 ? [{ label: "Too cold", value: durationWords(comfort.tooColdMs), note: "" }] : []),
    { label: "Discomfort", value: degreeHoursText(comfort.discomfortDegreeHours, comfort.unit), note: "" },
    {
      label: "Mean error",
      value: signed(comfort.meanError, comfort.unit),
      note: comfort.by === "two-setpoints" ? "from the middle of both setpoints" : "from the setpoint",
    },
    ...notJudged,
  ];
}

function airflowFacts({ withinPct, samples, meanError, meanErrorPct, unit }: AirflowInfo): Fact[] {
  if (withinPct === null) return [{ label: "Airflow", value: "not judged", note: "" }];
  return [
    {
      label: "Airflow",
      value: `${percentText(withinPct, 1)} right`,
      note: `of ${countText(samples)} samples; ${offBy(meanErrorPct, meanError, unit)}`,
    },
  ];
}

/** "off by 50 % on average, 261 cfm too little": how far either way, and to which side on the whole. */
function offBy(meanErrorPct: number | null, meanError: number | null, unit: string): string {
  const far = meanErrorPct === null ? [] : [`off by ${percentText(meanErrorPct)} on average`];
  if (meanError === null) return far.join("");
  const size = flowNumber(Math.abs(meanError), unitText(unit));
  const side = `${size}${NO_BREAK}${unitText(unit)} too ${meanError < 0 ? "little" : "much"}`;
  return [...far, Number(size) === 0 ? "neither too much nor too little" : side].join(", ");
}

const BOX_ROLES = [["damper-position", "damper-command"], REHEAT_ROLES] as const;

/** What the box did on average, from the columns of the same answer; nothing for states in words. */
export function boxFacts({ columns, range }: Pick<ZoneDetailAnswer, "columns" | "range">): Fact[] {
  return BOX_ROLES.flatMap((roles) => {
    const column = roles.map((role) => columns.find((one) => one.role === role)).find((one) => one !== undefined);
    const facts = column === undefined || column.unit === "" ? undefined : factsOf(column, range);
    if (column === undefined || facts === undefined) return [];
    const unit = `${NO_BREAK}${unitText(column.unit)}`;
    const whole = (value: number) => String(Math.round(value)).replace("-", "−");
    return [
      {
        label: roleWords(column.role),
        value: `${whole(facts.mean)}${unit} mean`,
        note: `${whole(facts.low)} to ${whole(facts.high)}${unit}`,
      },
    ];
  });
}

function signed(value: number | null, unit: string): string {
  if (value === null) return NOT_KNOWN;
  const size = Math.abs(value);
  const shown = /^°?[CFK]$/.test(unit) || unit === "%" ? size.toFixed(1) : flowNumber(size, unit);
  const sign = Number(shown) === 0 ? "" : value < 0 ? "−" : "+";
  return `${sign}${shown}${NO_BREAK}${unitText(unit)}`;
}

const sum = (parts: ComfortInfo["notJudged"]): number => parts.reduce((total, { ms }) => total + ms, 0);
