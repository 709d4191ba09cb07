import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { useLive, useNow } from "#web/client/live.tsx";
import type { ViewSearch } from "#web/client/range.ts";
import { extended, FOLLOW_MS, isDay, selectionOf, selectionText, type ViewName, viewNamed, viewSpan, wholeSeconds } from "./view-span.ts";
import { weekStart } from "./week-start.ts";

/** What of the address this page reads. */
export interface HomeSearch extends ViewSearch {
  /** Id of the home; left out, the first of the site. */
  readonly home?: string | undefined;
  /** `hour`, `day`, `week`, `month` or `year`; a day where it is left out. */
  readonly view?: string | undefined;
  /** A stretch chosen on the chart, "fromMs-toMs". */
  readonly select?: string | undefined;
  /** `table` where the rows are shown instead of the picture. */
  readonly show?: string | undefined;
  /** `on`: without the frame and in large type, to be read from across the room. */
  readonly wall?: string | undefined;
  /** How many days the bars of days reach back. */
  readonly days?: string | undefined;
}

/** Time on the page, as the address says it. */
export interface HomeView {
  readonly span: TimeSpan;
  /** The button the window came from, a day also where it is another one; undefined for two instants. */
  readonly view: ViewName | undefined;
  readonly selection: TimeSpan | undefined;
  /** The newest reading is in sight, and stays there. */
  readonly follow: boolean;
  readonly nowMs: number;
  readonly table: boolean;
  setSpan(span: TimeSpan): void;
  setView(view: ViewName): void;
  setSelection(span: TimeSpan | undefined): void;
  setTable(table: boolean): void;
  /** To the last button, without a selection. */
  reset(): void;
}

/** How often a window that follows moves. */
const STEP_MS = 5_000;

/** Reads the view from the address and writes it there. */
export function useHomeView(clock: ZoneClock): HomeView {
  const search = useSearch({ strict: false }) as HomeSearch;
  const navigate = useNavigate();
  const nowMs = useNow(STEP_MS);
  const named = viewNamed(search.view);
  const anchored = useAnchored(search);
  const { from, to } = search;
  const chosen = useMemo(() => {
    if (from === undefined || to === undefined) return undefined;
    return { fromMs: from, toMs: to };
  }, [from, to]);
  const span = useMemo(() => {
    if (chosen === undefined) return viewSpan(named, { clock, nowMs, weekStart: weekStart() });
    return anchored ? extended(chosen, nowMs) : chosen;
  }, [chosen, named, anchored, clock, nowMs]);
  const selection = useMemo(() => selectionOf(search.select), [search.select]);
  const actions = useMemo(() => {
    const go = (change: Partial<HomeSearch>, replace = false) =>
      void navigate({ to: ".", search: (before: object) => ({ ...before, ...change }), replace, resetScroll: false });
    const bare = { from: undefined, to: undefined, select: undefined };
    return {
      setSpan: (next: TimeSpan) => {
        const { fromMs, toMs } = wholeSeconds(next);
        go({ from: fromMs, to: toMs, select: undefined });
      },
      setView: (view: ViewName) => go({ ...bare, view: view === "day" ? undefined : view }),
      setSelection: (next: TimeSpan | undefined) => go({ select: next === undefined ? undefined : selectionText(next) }, true),
      setTable: (table: boolean) => go({ show: table ? "table" : undefined }, true),
      reset: () => go(bare),
    };
  }, [navigate]);
  return {
    span,
    view: chosen === undefined ? named : isDay(chosen, clock) ? "day" : undefined,
    selection,
    follow: span.toMs >= nowMs - FOLLOW_MS && span.fromMs < nowMs,
    nowMs,
    table: search.show === "table",
    ...actions,
  };
}

/** Whether two instants in the address reached up to now when they were written there. */
function useAnchored(search: HomeSearch): boolean {
  const { ticker } = useLive();
  const name = `${search.from} ${search.to}`;
  const [held, setHeld] = useState({ name: "", follow: false });
  if (held.name === name) return held.follow;
  const follow = search.to !== undefined && search.to >= ticker.nowMs() - FOLLOW_MS;
  setHeld({ name, follow });
  return follow;
}
