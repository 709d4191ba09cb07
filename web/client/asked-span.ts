import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { AskedSpan } from "./building-queries.ts";
import { useNow } from "./live.tsx";
import { spanOf, startOfDay, type ViewSearch } from "./range.ts";

/** A stretch that is asked for, and whether it is the local day so far, which the server knows itself. */
export interface Asked {
  readonly span: AskedSpan;
  /** The same as instants, for a picture: epoch ms. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly today: boolean;
}

const STEP_MS = 5 * 60_000;

/** What an address asks of a building; without a time in it, the local day so far. Rolling times move in steps of five minutes. */
export function askedOf(view: ViewSearch, nowMs: number, zone: string): Asked {
  const today = view.from === undefined && (view.range ?? "today") === "today";
  if (today) return { span: {}, fromMs: startOfDay(nowMs, zone), toMs: nowMs, today };
  const stepped = Math.ceil(nowMs / STEP_MS) * STEP_MS;
  const { fromMs, toMs } = spanOf(view, stepped, zone);
  return { span: { from: fromMs, to: toMs }, fromMs, toMs, today };
}

/** The same of the page that is open. */
export function useAsked(zone: string): Asked {
  const { range, from, to } = useSearch({ strict: false });
  const nowMs = useNow(60_000);
  return useMemo(() => askedOf({ range, from, to }, nowMs, zone), [range, from, to, nowMs, zone]);
}
