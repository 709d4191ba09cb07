import { civilMs, daysInMonth, MINUTE_MS } from "#calendar/civil.ts";
import { readTime } from "#calendar/time-text.ts";

/** A time as an export writes it. */
export interface CellTime {
  /** The clock reading as if in UTC. */
  readonly localMs: number;
  /** Where the text tells it. */
  readonly offsetMs?: number;
  /** `MST`, in capitals. */
  readonly abbreviation?: string;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([AaPp])\.?[Mm]\.?)?(?:\s+([A-Za-z]{2,5}))?$`;
/** `05-Nov-25 2:19:58 PM MST` */
const NAMED = new RegExp(String.raw`^(\d{1,2})-([A-Za-z]{3})-(\d{2}|\d{4})\s+${CLOCK}`);
/** `5/7/2022 13:15`, month first; `07.05.2022 13:15`, day first. */
const NUMBERED = new RegExp(String.raw`^(\d{1,2})([/.])(\d{1,2})\2(\d{2}|\d{4}),?\s+${CLOCK}`);
const ISO_ZONE = /\s*\[[\w/+-]{1,40}\]$|\s+([A-Za-z]{2,5})$/;
const LONGEST = 60;

/** Missing: undefined where the text is no such time or names a day that no calendar has. */
export function readCellTime(written: string): CellTime | undefined {
  const text = written.trim();
  if (text.length > LONGEST) return undefined;
  const named = NAMED.exec(text);
  if (named) return at([named[3], MONTHS.indexOf((named[2] ?? "").toLowerCase()) + 1, named[1]], named.slice(4));
  const numbered = NUMBERED.exec(text);
  if (!numbered) return iso(text);
  const [, first = "", mark, second = "", year, ...clock] = numbered;
  return mark === "." ? at([year, Number(second), first], clock) : at([year, Number(first), second], clock);
}

function iso(text: string): CellTime | undefined {
  const zone = ISO_ZONE.exec(text);
  const time = readTime(text) ?? readTime(text.replace(ISO_ZONE, ""));
  if (time === undefined) return undefined;
  const { localMs, offsetMinutes } = time;
  if (offsetMinutes !== undefined) return { localMs, offsetMs: offsetMinutes * MINUTE_MS };
  return zone?.[1] === undefined ? { localMs } : { localMs, abbreviation: zone[1].toUpperCase() };
}

type Day = readonly [year: string | undefined, month: number, day: string | undefined];

function at([yearText = "", month, dayText]: Day, clock: readonly (string | undefined)[]): CellTime | undefined {
  const [hourText, minuteText, secondText = "0", fraction = "", half, zone] = clock;
  const short = Number(yearText);
  const year = yearText.length === 2 ? short + (short < 70 ? 2000 : 1900) : short;
  const day = Number(dayText);
  const [written, minute, second] = [Number(hourText), Number(minuteText), Number(secondText)];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (half !== undefined && (written < 1 || written > 12)) return undefined;
  const hour = half === undefined ? written : (written % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const millisecond = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const localMs = civilMs({ year, month, day, hour, minute, second, millisecond });
  return zone === undefined ? { localMs } : { localMs, abbreviation: zone.toUpperCase() };
}
