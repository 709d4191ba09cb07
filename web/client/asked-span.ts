import type { AskedSpan } from "./building-queries.ts";
import { type RangeName, spanOf, startOfDay, type ViewSearch } from "./range.ts";

/** A stretch that is asked for, and whether it is the local day so far, which the server knows itself. */
export interface Asked {
  readonly span: AskedSpan;
  /** The same as instants, for a picture: epoch ms. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly today: boolean;
}

interface AskedRules {
  /** IANA zone of the building. */
  readonly zone: string;
  /** The time where nobody chose one. */
  readonly usual?: RangeName;
}

const STEP_MS = 5 * 60_000;

/** What an address asks of a building; without a time in it, what is `usual`. Rolling times move in steps of five minutes. */
export function askedOf(view: ViewSearch, nowMs: number, { zone, usual = "today" }: AskedRules): Asked {
  const range = view.range ?? usual;
  const today = view.from === undefined && range === "today";
  if (today) return { span: {}, fromMs: startOfDay(nowMs, zone), toMs: nowMs, today };
  const stepped = Math.ceil(nowMs / STEP_MS) * STEP_MS;
  const { fromMs, toMs } = spanOf({ ...view, range }, stepped, zone);
  return { span: { from: fromMs, to: toMs }, fromMs, toMs, today };
}
