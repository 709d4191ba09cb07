import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { useNow } from "#web/client/live.tsx";
import type { MeterLook } from "./meter-look.ts";
import type { Grid, Stretch } from "./meter-page-queries.ts";
import { finer, fits, gridFor, gridNamed, gridWindow, snapped, stepped } from "./meter-window.ts";
import { type MeterSearch, stretchOf } from "./utility-search.ts";

/** Time on the page of a meter, as the address says it. */
export interface MeterView {
  readonly by: Grid;
  readonly stretch: Stretch;
  /** Whether somebody chose two instants. */
  readonly zoomed: boolean;
  readonly nowMs: number;
  readonly table: boolean;
  readonly register: boolean;
  /** The stretch whose making is shown. */
  readonly made: TimeSpan | undefined;
  setGrid(by: Grid): void;
  setSpan(span: TimeSpan): void;
  /** Looks into one row with the next finer grid. */
  openRow(span: TimeSpan): void;
  step(steps: -1 | 1): void;
  reset(): void;
  setTable(table: boolean): void;
  setRegister(register: boolean): void;
  setAsOf(date: string | undefined): void;
  setMade(span: TimeSpan | undefined): void;
}

/** Reads the view from the address and writes it there. */
export function useMeterView({ meter, clock }: MeterLook): MeterView {
  const search = useSearch({ strict: false }) as MeterSearch;
  const navigate = useNavigate();
  const nowMs = useNow(60_000);
  const { from, to, asOf } = search;
  const named = gridNamed(search.by);
  const firstMs = meter.coverage.firstMs ?? undefined;
  // The picture of a meter that ended ends with it.
  const endMs = meter.standing === "ended" && meter.lastMs !== null ? meter.lastMs : nowMs;
  const { by, stretch } = useMemo(() => {
    if (from === undefined || to === undefined) {
      const grid = named ?? "month";
      return { by: grid, stretch: { ...gridWindow(grid, { clock, nowMs: endMs, firstMs }), asOf } };
    }
    const span = { fromMs: from, toMs: to };
    const grid = named !== undefined && fits(named, span) ? named : gridFor(span);
    return { by: grid, stretch: { ...snapped(span, grid, clock), asOf } };
  }, [from, to, asOf, named, clock, endMs, firstMs]);
  const go = (change: Partial<MeterSearch>, replace = false) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...change }), replace, resetScroll: false });
  const whole = ({ fromMs, toMs }: TimeSpan) => ({ from: Math.round(fromMs), to: Math.round(toMs) });
  const openRow = (span: TimeSpan) => {
    const next = finer(by);
    if (next !== undefined) go({ ...whole(span), by: next });
  };
  return {
    by,
    stretch,
    zoomed: from !== undefined && to !== undefined,
    nowMs,
    table: search.show === "table",
    register: search.register === "on",
    made: stretchOf(search.made),
    setGrid: (next) => {
      // A window that would have thousands of rows, or less than one, is left for the grid's own.
      const keeps = from !== undefined && to !== undefined && fits(next, stretch) && rowsOf(next, stretch) >= 2;
      go({ by: next === "month" && !keeps ? undefined : next, ...(keeps ? {} : { from: undefined, to: undefined }) });
    },
    setSpan: (span) => go({ ...whole(span), by: gridFor(span) }),
    openRow,
    step: (steps) => go({ ...whole(stepped(stretch, steps, clock)), by }),
    reset: () => go({ from: undefined, to: undefined, by: undefined }),
    setTable: (table) => go({ show: table ? "table" : undefined }, true),
    setRegister: (register) => go({ register: register ? "on" : undefined }, true),
    setAsOf: (date) => go({ asOf: date }),
    setMade: (span) => go({ made: span === undefined ? undefined : `${Math.round(span.fromMs)}-${Math.round(span.toMs)}` }, true),
  };
}

const LEAST_MS: Readonly<Record<Grid, number>> = {
  interval: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  month: 28 * 86_400_000,
  year: 365 * 86_400_000,
};
const rowsOf = (grid: Grid, { fromMs, toMs }: TimeSpan): number => (toMs - fromMs) / LEAST_MS[grid];
