import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { useLive, useNow } from "#web/client/live.tsx";
import { type RangeName, spanOf, type ViewSearch } from "#web/client/range.ts";
import { FOLLOW_MS, followedSpan, followStepMs } from "./follow.ts";

/** Time on the page, as the address says it. */
export interface View {
  readonly keys: readonly string[];
  readonly span: TimeSpan;
  readonly range: RangeName | undefined;
  readonly selection: TimeSpan | undefined;
  /** The right edge moves with the clock. */
  readonly follow: boolean;
  readonly nowMs: number;
  setSpan(span: TimeSpan): void;
  setRange(range: RangeName): void;
  setKeys(keys: readonly string[]): void;
  setSelection(span: TimeSpan | undefined): void;
  /** To the window before this one; without one, to a window twice as long. */
  back(): void;
  /** To the last preset. */
  reset(): void;
}

type Time = Pick<ViewSearch, "range" | "from" | "to">;

/** Reads the view from the address and writes it there. `zoneOf` names the zone calendar ranges are meant in. */
export function useView(zone: string): View {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const { ticker } = useLive();
  const past = useRef<Time[]>([]);
  const preset = useRef<RangeName>("24h");
  if (search.from === undefined) preset.current = search.range ?? "24h";

  const anchored = useFollow(search);
  const step = followStepMs(search.from !== undefined && search.to !== undefined ? search.to - search.from : undefined, search.range);
  const nowMs = useNow(step);
  const span = useMemo(() => {
    const said = spanOf(search, nowMs, zone);
    return anchored && !said.rolling ? followedSpan(said, nowMs) : { fromMs: said.fromMs, toMs: said.toMs };
  }, [search, nowMs, zone, anchored]);

  return useMemo(() => {
    const go = (time: Time, remember = true) => {
      if (remember) past.current.push(timeOf(search));
      void navigate({ to: ".", search: (before) => ({ ...before, range: time.range, from: time.from, to: time.to, select: undefined }) });
    };
    const setSpan = (next: TimeSpan) => go({ from: Math.round(next.fromMs), to: Math.round(next.toMs) });
    return {
      keys: search.series ?? [],
      span,
      range: search.from === undefined ? (search.range ?? "24h") : undefined,
      selection: selectionOf(search.select),
      follow: anchored || span.toMs >= ticker.nowMs() - FOLLOW_MS,
      nowMs,
      setSpan,
      setRange: (range) => go({ range }),
      setKeys: (keys) => void navigate({ to: ".", search: (before) => ({ ...before, series: [...keys] }) }),
      setSelection: (next) =>
        void navigate({
          to: ".",
          search: (before) => ({ ...before, select: next === undefined ? undefined : `${next.fromMs}-${next.toMs}` }),
          replace: true,
        }),
      back() {
        const former = past.current.pop();
        if (former !== undefined) return go(former, false);
        const length = span.toMs - span.fromMs;
        go(
          { from: Math.round(span.fromMs - length / 2), to: Math.round(Math.min(span.toMs + length / 2, Math.max(span.toMs, nowMs))) },
          false,
        );
      },
      reset() {
        past.current = [];
        go({ range: preset.current }, false);
      },
    };
  }, [search, span, nowMs, anchored, navigate, ticker]);
}

function timeOf(search: ViewSearch): Time {
  if (search.from !== undefined && search.to !== undefined) return { from: search.from, to: search.to };
  return search.range === undefined ? {} : { range: search.range };
}

/** Whether two instants in the address meant "up to now" when they were written there. */
function useFollow(search: ViewSearch): boolean {
  const { ticker } = useLive();
  const name = `${search.from} ${search.to}`;
  const [held, setHeld] = useState({ name: "", follow: false });
  if (held.name === name) return held.follow;
  const follow = search.to !== undefined && Math.abs(search.to - ticker.nowMs()) <= FOLLOW_MS;
  setHeld({ name, follow });
  return follow;
}

/** "1772697600000-1772724600000" as a span; anything else is no selection. */
export function selectionOf(text: string | undefined): TimeSpan | undefined {
  const match = /^(\d{9,16})-(\d{9,16})$/.exec(text ?? "");
  const fromMs = Number(match?.[1]);
  const toMs = Number(match?.[2]);
  return match !== null && fromMs < toMs ? { fromMs, toMs } : undefined;
}
