import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type ReactElement, type RefObject, useEffect, useMemo, useRef } from "react";
import type { SeriesInfo } from "#contract/series.ts";
import { chartColumn } from "#web/charts/chart-column.ts";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import { type ChartLine, groupPanels } from "#web/charts/chart-line.ts";
import { ChartTable } from "#web/charts/chart-table.tsx";
import type { Overview } from "#web/charts/overview-strip.tsx";
import { stackHeight } from "#web/charts/panel-heights.ts";
import { SeriesChart } from "#web/charts/series-chart.tsx";
import { fetchColumns } from "#web/client/queries.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import { chartSummary } from "./chart-summary.ts";
import { hasTouch } from "./has-touch.ts";
import type { Statistics } from "./statistics.ts";
import type { PictureState } from "./use-picture.ts";
import type { View } from "./use-view.ts";

export interface ExplorerChartProps {
  readonly view: View;
  readonly first: SeriesInfo;
  readonly lines: readonly ChartLine[];
  readonly zone: string;
  readonly state: PictureState;
  readonly chart: RefObject<ChartHandle | null>;
  readonly statistics: Statistics | undefined;
  readonly onWidth: (widthPx: number) => void;
}

const MOUSE_HINT = "Drag to zoom, Shift and drag to select, double-click to go back";
const TOUCH_HINT = "Pinch to zoom, hold and drag to select, double tap to go back";
const BESIDE_PX = 64;

/** The card with the picture, or its table; an error keeps the last picture, faded. */
export function ExplorerChart({ view, first, lines, zone, state, chart, statistics, onWidth }: ExplorerChartProps): ReactElement {
  const table = useSearch({ strict: false }).show === "table";
  const box = useWidth(onWidth);
  const overview = useOverview(first, lines[0], view.nowMs);
  const hint = hasTouch() ? TOUCH_HINT : MOUSE_HINT;
  return (
    <div className="card explorer-chart" ref={box} aria-busy={state.loading}>
      {state.error !== null && !state.empty && <Failed state={state} />}
      {state.empty && <Nothing state={state} height={stackHeight(groupPanels(lines).length)} />}
      {!state.empty && table && <ChartTable lines={lines} span={view.span} zone={zone} nowMs={view.nowMs} />}
      {!state.empty && !table && (
        <SeriesChart
          handle={chart}
          lines={lines}
          span={view.span}
          zone={zone}
          nowMs={view.nowMs}
          selection={view.selection}
          summary={chartSummary(lines, view.span, { zone, statistics })}
          hint={hint}
          faded={state.error !== null}
          overview={overview}
          onSpan={view.setSpan}
          onSelect={view.setSelection}
          onBack={view.back}
        />
      )}
    </div>
  );
}

function Nothing({ state, height }: { readonly state: PictureState; readonly height: number }): ReactElement {
  if (state.error !== null) return <ErrorState error={state.error} retry={state.retry} />;
  return (
    <div className="explorer-skeleton-chart" style={{ height }}>
      <span className="skeleton" />
      <Skeleton height={44} />
    </div>
  );
}

function Failed({ state }: { readonly state: PictureState }): ReactElement {
  return (
    <div className="explorer-failed">
      <ErrorState error={state.error} retry={state.retry} />
    </div>
  );
}

/** Tells how many CSS pixels the picture has; the server sends what they can show. */
function useWidth(onWidth: (widthPx: number) => void): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => onWidth(Math.max(200, element.clientWidth - BESIDE_PX)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [onWidth]);
  return box;
}

const OVERVIEW_POINTS = 600;
const HOUR_MS = 3_600_000;

/** The whole history of the first series; it grows by an hour at most once an hour. */
function useOverview(first: SeriesInfo, line: ChartLine | undefined, nowMs: number): Overview | undefined {
  const fromMs = first.firstMs;
  const toMs = Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  const query = useQuery({
    queryKey: ["columns", "overview", first.key, fromMs, toMs],
    queryFn: ({ signal }) => fetchColumns({ series: [first.key], fromMs: fromMs ?? toMs, toMs, points: OVERVIEW_POINTS }, signal),
    enabled: fromMs !== undefined && toMs > fromMs,
    staleTime: HOUR_MS,
  });
  const answer = query.data?.columns[0];
  // Of the line only what its silhouette needs: it must not be drawn again with every live sample.
  const { key, unit, color, fromZero } = line ?? NO_LINE;
  const { intervalMs = 0 } = first;
  return useMemo(() => {
    if (answer === undefined || fromMs === undefined) return undefined;
    const column = chartColumn(answer, intervalMs);
    const silhouette: ChartLine = { key, label: "", unit, color, shape: "line", fromZero, column, gapMs: answer.gapMs ?? HOUR_MS };
    return { line: silhouette, extent: { fromMs, toMs } };
  }, [answer, key, unit, color, fromZero, fromMs, toMs, intervalMs]);
}

const NO_LINE = { key: "", unit: "", color: "--neutral", fromZero: false };
