import type { MeterDetailAnswer } from "#contract/meters.ts";
import { lastYear } from "./compare.ts";
import { dateText } from "./date-text.ts";
import { amountText, changeWords, missingText, placedName, shareText } from "./words.ts";

type Asked = Pick<
  MeterDetailAnswer,
  "name" | "group" | "unit" | "standing" | "because" | "thisMonth" | "yearBefore" | "readings" | "removedOn" | "kind"
>;

/** "Electricity, Flat 2: 212 kWh in November so far, 84 % measured; 6 % less than the same days last year". */
export function meterAnswer(meter: Asked): string {
  const { unit, thisMonth, yearBefore } = meter;
  const name = placedName(meter);
  if (meter.standing === "broken") return `${name} cannot be worked out: ${lower(meter.because)}`;
  if (meter.standing === "waiting") return `${name} has no reading yet`;
  if (meter.standing === "ended") return `${name} ended${meter.removedOn === null ? "" : ` on ${dateText(meter.removedOn)}`}`;
  if (thisMonth.amount === null) return `${name}: nobody knows what it used in ${monthOf(thisMonth.fromLocal)}`;
  const less = changeWords(thisMonth.amount, lastYear(thisMonth, yearBefore));
  const parts = [shareText(thisMonth), missingText(thisMonth)].filter((part) => part !== undefined);
  const used = `${amountText(thisMonth.amount, unit)} in ${monthOf(thisMonth.fromLocal)} so far`;
  const said = [used, ...parts].join(", ");
  if (thisMonth.flags.includes("belowZero")) return `${name}: ${said}. Below zero cannot be: one of its meters is wrong`;
  return `${name}: ${said}${less === undefined ? "" : `; ${less} the same days last year`}`;
}

const lower = (text: string): string => (text === "" ? "its definition does not work" : text.charAt(0).toLowerCase() + text.slice(1));

/** "November" of a local time. */
export function monthOf(local: string): string {
  return new Intl.DateTimeFormat(undefined, { month: "long", timeZone: "UTC" }).format(new Date(`${local.slice(0, 7)}-15T00:00:00Z`));
}
