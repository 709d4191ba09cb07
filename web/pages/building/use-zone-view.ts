import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { HOUR_MS } from "#web/charts/zone-clock.ts";
import type { Asked } from "#web/client/asked-span.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { useNow } from "#web/client/live.tsx";
import { useAsked } from "#web/client/use-asked.ts";
import { askable, selectionOf, selectionText } from "./zone-time.ts";

/** Time on the page of a zone, as the address says it. */
export interface ZoneView {
  readonly asked: Asked;
  /** What the charts show: of the day so far at least half a day, so that a morning is no sliver. */
  readonly span: TimeSpan;
  readonly selection: TimeSpan | undefined;
  readonly table: boolean;
  readonly nowMs: number;
  setSpan(span: TimeSpan): void;
  setSelection(span: TimeSpan | undefined): void;
  setTable(table: boolean): void;
  setZone(zone: string): void;
  /** Back to the time that was chosen by its name, without a selection. */
  reset(): void;
}

/** A day back from now: a morning has its night beside it. */
export const USUAL_ZONE_RANGE = "24h";
const LEAST_DAY_MS = 12 * HOUR_MS;

/** Reads the view from the address and writes it there. */
export function useZoneView(zone: string): ZoneView {
  const { select, show, range } = useSearch({ strict: false }) as BuildingSearch;
  const navigate = useNavigate();
  const asked = useAsked(zone, USUAL_ZONE_RANGE);
  const nowMs = useNow(60_000);
  const named = useRef(range);
  if (range !== undefined) named.current = range;
  const { fromMs, toMs, today } = asked;
  const span = useMemo(() => ({ fromMs, toMs: today ? Math.max(toMs, fromMs + LEAST_DAY_MS) : toMs }), [fromMs, toMs, today]);
  const selection = useMemo(() => selectionOf(select), [select]);
  const actions = useMemo(() => {
    const go = (change: Partial<BuildingSearch>, replace = false) =>
      void navigate({ to: ".", search: (before: object) => ({ ...before, ...change }), replace, resetScroll: false });
    return {
      setSpan: (next: TimeSpan) => {
        const shown = askable(next, Date.now());
        go({ from: shown.fromMs, to: shown.toMs, range: undefined, select: undefined });
      },
      setSelection: (next: TimeSpan | undefined) => go({ select: next === undefined ? undefined : selectionText(next) }, true),
      setTable: (table: boolean) => go({ show: table ? "table" : undefined }, true),
      setZone: (id: string) => go({ zone: id, select: undefined }),
      reset: () => go({ from: undefined, to: undefined, select: undefined, range: named.current }),
    };
  }, [navigate]);
  return { asked, span, selection, table: show === "table", nowMs, ...actions };
}
