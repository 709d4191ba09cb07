import { findGaps, findQuality, totalMs } from "#web/charts/gaps.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { durationWords, instantWords } from "#web/charts/time-words.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import type { PictureColumn } from "./picture.ts";
import { plural } from "./words.ts";

/** Something in the window a person may want to look at; `span` is where. */
export interface RangeEvent {
  readonly state: "missing" | "estimated" | "suspect";
  readonly words: string;
  readonly detail: string;
  readonly span: TimeSpan;
}

const SUSPECT = 1;
const FILLED = 2;
const RECOVERED = 8;
const BAD = 32 | 64;
const CLOCK = 128;
const GAPS_ONE_BY_ONE = 3;

export interface EventParts {
  readonly known: PictureColumn;
  readonly window: TimeSpan;
  readonly nowMs: number;
  readonly clock: ZoneClock;
}

/** Gaps, suspect, filled and bad readings of one series in a window, the longest gaps first. */
export function eventsOf(parts: EventParts): RangeEvent[] {
  return [...gapEvents(parts), ...MARKS.flatMap((mark) => markEvent(parts, mark))];
}

function gapEvents({ known, window, nowMs, clock }: EventParts): RangeEvent[] {
  const gaps = findGaps(known.column, window, { gapMs: known.gapMs, nowMs }).sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs));
  const events = gaps.slice(0, GAPS_ONE_BY_ONE).map<RangeEvent>((gap) => ({
    state: "missing",
    words: `${durationWords(gap.toMs - gap.fromMs)} without readings`,
    detail: instantWords(clock, gap.fromMs, { nowMs }),
    span: gap,
  }));
  const rest = gaps.slice(GAPS_ONE_BY_ONE);
  const last = rest.at(-1);
  if (last !== undefined) {
    const first = rest.reduce((earliest, gap) => Math.min(earliest, gap.fromMs), last.fromMs);
    const end = rest.reduce((latest, gap) => Math.max(latest, gap.toMs), last.toMs);
    events.push({
      state: "missing",
      words: `${plural(rest.length, "shorter gap")}, ${durationWords(totalMs(rest))} in all`,
      detail: `first ${instantWords(clock, first, { nowMs })}`,
      span: { fromMs: first, toMs: end },
    });
  }
  return events;
}

interface Mark {
  readonly bits: number;
  readonly state: RangeEvent["state"];
  readonly word: string;
  /** Say how long rather than how many. */
  readonly asTime?: true;
}

const MARKS: readonly Mark[] = [
  { bits: FILLED, state: "estimated", word: "estimated", asTime: true },
  { bits: SUSPECT, state: "suspect", word: "suspect" },
  { bits: BAD, state: "suspect", word: "with a bad status" },
  { bits: CLOCK, state: "suspect", word: "with an unsure clock" },
  { bits: RECOVERED, state: "estimated", word: "recovered after a gap" },
];

function markEvent({ known, window, nowMs, clock }: EventParts, mark: Mark): RangeEvent[] {
  const found = findQuality(known.column, window, mark.bits);
  const first = found[0];
  const last = found.at(-1);
  if (first === undefined || last === undefined) return [];
  const rows = found.reduce((sum, one) => sum + one.rows, 0);
  const many = known.mode === "raw" ? plural(rows, "reading") : plural(rows, "point");
  const long = totalMs(found);
  const where =
    found.length === 1
      ? instantWords(clock, first.fromMs, { nowMs })
      : `${found.length} places, first ${instantWords(clock, first.fromMs, { nowMs })}`;
  return [
    {
      state: mark.state,
      words: mark.asTime === true && long > 0 ? `${durationWords(long)} ${mark.word}` : `${many} ${mark.word}`,
      detail: where,
      span: { fromMs: first.fromMs, toMs: last.toMs },
    },
  ];
}
