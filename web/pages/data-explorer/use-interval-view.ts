import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { IntervalFlag, IntervalSort } from "#contract/plant-intervals.ts";
import { useNow } from "#web/client/live.tsx";
import { type RangeName, type Span, spanOf } from "#web/client/range.ts";
import type { IntervalSearch } from "./explorer-search.ts";

/** The page's address as a thing to read and to change. */
export interface IntervalView {
  readonly search: IntervalSearch;
  readonly span: Span;
  /** A preset, or undefined where the address names two instants. */
  readonly range: RangeName | undefined;
  readonly nowMs: number;
  setRange(range: RangeName): void;
  setSpan(fromMs: number, toMs: number): void;
  setFlag(flag: IntervalFlag | undefined): void;
  toggleWithout(flags: readonly IntervalFlag[]): void;
  setLevels(minKw: number | undefined, maxKw: number | undefined): void;
  setSort(sort: IntervalSort): void;
  setPage(page: number): void;
  /** Opens the details of a row, or closes them. */
  open(endMs: number | undefined): void;
  /** Takes every filter off. */
  clear(): void;
}

/** Reads the view from the address and writes it there; a change of what is asked for goes back to the first page. */
export function useIntervalView(zone: string): IntervalView {
  const search: IntervalSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const nowMs = useNow(60_000);
  const span = useMemo(() => spanOf(search, nowMs, zone), [search, nowMs, zone]);
  return useMemo(() => {
    const go = (change: Partial<IntervalSearch>, replace = false) =>
      void navigate({ to: "/data-explorer", search: (before) => ({ ...before, page: undefined, wrong: undefined, ...change }), replace });
    const without = search.without ?? [];
    return {
      search,
      span,
      range: search.from === undefined ? (search.range ?? "24h") : undefined,
      nowMs,
      setRange: (range) => go({ range, from: undefined, to: undefined, row: undefined }),
      setSpan: (from, to) => go({ range: undefined, from, to, row: undefined }),
      setFlag: (flag) => go({ flag }),
      toggleWithout(flags) {
        const on = flags.every((flag) => without.includes(flag));
        const next = on ? without.filter((flag) => !flags.includes(flag)) : [...new Set([...without, ...flags])];
        go({ without: next.length > 0 ? next : undefined });
      },
      setLevels: (minKw, maxKw) => go({ minKw, maxKw }),
      setSort: (sort) => go({ sort: sort === "-time" ? undefined : sort }, true),
      setPage: (page) => go({ page: page > 1 ? page : undefined }),
      open: (row) => go({ row, page: search.page }, true),
      clear: () => go({ flag: undefined, without: undefined, minKw: undefined, maxKw: undefined }),
    };
  }, [search, span, nowMs, navigate]);
}

/** Whether some filter hides rows. */
export function isFiltered({ flag, without, minKw, maxKw }: IntervalSearch): boolean {
  return flag !== undefined || without !== undefined || minKw !== undefined || maxKw !== undefined;
}
