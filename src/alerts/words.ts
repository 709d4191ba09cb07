const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** What a notice says. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

/** A length of time as people say it: "25 minutes", "2 h 5 min", "3 days". */
export function durationText(ms: number): string {
  const rounded = Math.max(0, Math.round(ms / SECOND_MS) * SECOND_MS);
  if (rounded < 2 * MINUTE_MS) return count(Math.round(rounded / SECOND_MS), "second");
  if (rounded < 2 * HOUR_MS) return count(Math.round(rounded / MINUTE_MS), "minute");
  if (rounded >= 2 * DAY_MS) return count(Math.round(rounded / DAY_MS), "day");
  const minutes = Math.round(rounded / MINUTE_MS);
  const rest = minutes % 60;
  return rest === 0 ? count(minutes / 60, "hour") : `${Math.floor(minutes / 60)} h ${rest} min`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

/** A value with its unit: "1,234.5 kW". Missing: "unknown". */
export function valueText(value: number, unit: string): string {
  if (Number.isNaN(value)) return "unknown";
  const size = Math.abs(value);
  const maximumFractionDigits = size >= 1_000 ? 1 : size >= 1 ? 2 : 4;
  return `${value.toLocaleString("en", { maximumFractionDigits })}${unit === "" ? "" : ` ${unit}`}`;
}
