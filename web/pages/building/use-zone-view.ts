import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { DAY_MS, HOUR_MS } from "#web/charts/zone-clock.ts";
import { type Asked, useAsked } from "#web/client/asked-span.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { useNow } from "#web/client/live.tsx";

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
/** The server answers no longer stretches. */
const LONGEST_MS = 399 * DAY_MS;

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

/** A window as it can be asked for: whole seconds, begun before now, not longer than the server answers. */
export function askable({ fromMs, toMs }: TimeSpan, nowMs: number): TimeSpan {
  const to = Math.round(Math.min(toMs, nowMs + DAY_MS) / 1000) * 1000;
  const from = Math.round(Math.min(Math.max(fromMs, to - LONGEST_MS), nowMs - 60_000) / 1000) * 1000;
  return { fromMs: from, toMs: Math.max(to, from + 60_000) };
}

/** "1772697600000-1772724600000" as a stretch; anything else is none. */
export function selectionOf(text: string | undefined): TimeSpan | undefined {
  const match = /^(\d{9,16})-(\d{9,16})$/.exec(text ?? "");
  const [fromMs, toMs] = [Number(match?.[1]), Number(match?.[2])];
  return match !== null && fromMs < toMs ? { fromMs, toMs } : undefined;
}

/** The same the other way, in whole seconds. */
export const selectionText = ({ fromMs, toMs }: TimeSpan): string =>
  `${Math.floor(fromMs / 1000) * 1000}-${Math.max(Math.floor(fromMs / 1000) + 1, Math.ceil(toMs / 1000)) * 1000}`;
