import { civilMs, civilOf, HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { quoted } from "#dialects/text.ts";
import type { RejectItem } from "#readings/reading.ts";
import { QUALITY } from "#series/quality.ts";
import type { CellTime } from "./time-cell.ts";

/** Hours east of UTC that an abbreviation may mean; several places share some. */
const ABBREVIATIONS: Readonly<Record<string, readonly number[]>> = {
  ...{ UTC: [0], GMT: [0], WET: [0], WEST: [1], BST: [1], IST: [5.5, 1, 2], CET: [1], MEZ: [1], CEST: [2], MESZ: [2], EET: [2], EEST: [3] },
  ...{ NST: [-3.5], NDT: [-2.5], AST: [-4, 3], ADT: [-3], EST: [-5, 10], EDT: [-4, 11], CST: [-6, 8, -5], CDT: [-5, -4], MST: [-7] },
  ...{ MDT: [-6], PST: [-8], PDT: [-7], AKST: [-9], AKDT: [-8], HST: [-10], HDT: [-9], MSK: [3], GST: [4], SGT: [8], HKT: [8], JST: [9] },
  ...{ KST: [9], AWST: [8], ACST: [9.5], ACDT: [10.5], AEST: [10], AEDT: [11], NZST: [12], NZDT: [13], SAST: [2], BRT: [-3] },
};

/** Rows further apart say nothing about each other's hour. */
const NEAR_MS = 3 * HOUR_MS;

export interface ClockInstant {
  readonly tMs: number;
  readonly quality: number;
}

/**
 * The clock of the station that wrote a file, row after row. The zone decides; an abbreviation only tells the two hours of an autumn
 * night apart, and where it can never be right, that is said once.
 */
export class ExportClock {
  readonly #zone: Zone | undefined;
  #lastMs = Number.NaN;
  readonly #judged = new Set<string>();
  /** Of the first abbreviation that does not fit. */
  contradiction: string | undefined;

  constructor(zone: Zone | undefined) {
    this.#zone = zone;
  }

  /** Errors: `no-zone`, `no-such-time`. */
  instantOf(time: CellTime, written: string): ClockInstant | RejectItem {
    const instant = this.#instant(time, written);
    if ("tMs" in instant) this.#lastMs = instant.tMs;
    return instant;
  }

  #instant({ localMs, offsetMs, abbreviation }: CellTime, written: string): ClockInstant | RejectItem {
    if (offsetMs !== undefined) return { tMs: localMs - offsetMs, quality: 0 };
    const zone = this.#zone;
    if (zone === undefined)
      return {
        code: "no-zone",
        sentence: `the time ${quoted(written)} has no offset; set \`zone\` in the source's options or at its site.`,
      };
    const meant = offsetsOf(abbreviation);
    if (abbreviation !== undefined && meant !== undefined) this.#judge(abbreviation, { meant, localMs, zone });
    const [first, second] = zone.instantsOf(localMs);
    if (first === undefined)
      return { code: "no-such-time", sentence: `the time ${quoted(written)} is one that the clock of ${zone.id} never shows.` };
    return second === undefined ? { tMs: first, quality: 0 } : this.#repeated({ first, second, localMs }, meant);
  }

  #repeated(hour: { first: number; second: number; localMs: number }, meant: readonly number[] | undefined): ClockInstant {
    const { first, second, localMs } = hour;
    const isFirst = meant?.includes(localMs - first) === true;
    const isSecond = meant?.includes(localMs - second) === true;
    if (isFirst !== isSecond) return { tMs: isFirst ? first : second, quality: 0 };
    if (this.#lastMs >= first && this.#lastMs - first <= NEAR_MS) return { tMs: second, quality: 0 };
    return { tMs: first, quality: QUALITY.clockUncertain };
  }

  #judge(abbreviation: string, { meant, localMs, zone }: { meant: readonly number[]; localMs: number; zone: Zone }): void {
    if (this.contradiction !== undefined) return;
    const { year } = civilOf(localMs);
    const key = `${abbreviation} ${year}`;
    if (this.#judged.has(key)) return;
    this.#judged.add(key);
    const shown = [1, 4, 7, 10].map((month) =>
      zone.offsetAt(civilMs({ year, month, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 })),
    );
    if (meant.some((offset) => shown.includes(offset))) return;
    this.contradiction = `The times say ${abbreviation} (${offsetText(meant[0] ?? 0)}), which the clock of ${zone.id} never shows. They are read on the clock of ${zone.id}; set the zone of the source if the station's clock is another.`;
  }
}

function offsetsOf(abbreviation: string | undefined): readonly number[] | undefined {
  if (abbreviation === undefined || !Object.hasOwn(ABBREVIATIONS, abbreviation)) return undefined;
  return ABBREVIATIONS[abbreviation]?.map((hours) => hours * HOUR_MS);
}

/** `UTC-07:00` */
function offsetText(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  const two = (n: number): string => String(n).padStart(2, "0");
  return `UTC${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
