import { type ReactElement, useMemo, useRef, useState } from "react";
import type { SeriesInfo, SiteInfo } from "#contract/series.ts";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import { groupPanels, type Ink, panelInks } from "#web/charts/chart-line.ts";
import { useColors } from "#web/charts/use-colors.ts";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { Skeleton } from "#web/parts/states.tsx";
import { eventsOf } from "./events.ts";
import { EventsCard } from "./events-card.tsx";
import { ExplorerChart } from "./explorer-chart.tsx";
import { ExplorerHead } from "./explorer-head.tsx";
import { linesOf } from "./explorer-lines.ts";
import { SelectionCard } from "./selection-card.tsx";
import { SeriesCard } from "./series-card.tsx";
import { statisticsOf } from "./statistics.ts";
import { useExplorerKeys } from "./use-explorer-keys.ts";
import { usePicture } from "./use-picture.ts";
import { useView } from "./use-view.ts";

export interface ExplorerViewProps {
  readonly all: readonly SeriesInfo[];
  readonly chosen: readonly SeriesInfo[];
  readonly sites: readonly SiteInfo[];
  readonly zone: string;
}

/** The page with at least one series chosen. The first series is the one sentences and numbers speak of. */
export function ExplorerView({ all, chosen, sites, zone }: ExplorerViewProps): ReactElement | null {
  const view = useView(zone);
  const clock = useMemo(() => zoneClock(zone), [zone]);
  const [widthPx, setWidthPx] = useState(800);
  const chart = useRef<ChartHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const { span, nowMs, selection } = view;
  const state = usePicture({ series: chosen, window: span, widthPx, nowMs, follow: view.follow });
  const lines = useMemo(() => linesOf(chosen, state.picture), [chosen, state.picture]);
  const colors = useColors();
  const inks = useMemo(
    () =>
      new Map(
        groupPanels(lines).flatMap((panel) =>
          panelInks(panel, colors).map((ink, row): [string, Ink] => [panel.lines[row]?.key ?? "", ink]),
        ),
      ),
    [lines, colors],
  );
  const first = chosen[0];
  const line = lines[0];
  const known = first === undefined ? undefined : state.picture.columns.get(first.key);
  const rules = useMemo(
    () => ({
      kind: first?.kind ?? "gauge",
      unit: line?.unit ?? "",
      gapMs: known?.gapMs ?? Number.POSITIVE_INFINITY,
      nowMs,
      ...(first?.everyMs === undefined ? {} : { everyMs: first.everyMs }),
    }),
    [first, line?.unit, known?.gapMs, nowMs],
  );
  const column = known?.column;
  const whole = useMemo(() => (column === undefined ? undefined : statisticsOf(column, span, rules)), [column, span, rules]);
  const part = useMemo(
    () => (column === undefined || selection === undefined ? undefined : statisticsOf(column, selection, rules)),
    [column, selection, rules],
  );
  const events = useMemo(() => (known === undefined ? [] : eventsOf({ known, window: span, nowMs, clock })), [known, span, nowMs, clock]);
  useExplorerKeys({ view, chart, search, retry: state.retry });
  if (first === undefined || line === undefined) return null;
  const shown = part ?? whole;
  return (
    <>
      <ExplorerHead
        view={view}
        info={first}
        line={line}
        known={known}
        statistics={whole}
        clock={clock}
        chosen={chosen}
        chart={chart}
        loading={state.loading}
      />
      <div className="grid explorer-columns">
        <ExplorerChart
          view={view}
          first={first}
          lines={lines}
          zone={zone}
          state={state}
          chart={chart}
          statistics={whole}
          onWidth={setWidthPx}
        />
        <div className="grid explorer-side">
          {shown === undefined || whole === undefined ? (
            <Waiting height={254} />
          ) : (
            <SelectionCard
              info={first}
              name={line.label}
              digits={line.digits}
              statistics={shown}
              whole={whole}
              span={selection ?? span}
              chosen={selection !== undefined}
              clock={clock}
              nowMs={nowMs}
              onZoom={() => selection !== undefined && view.setSpan(selection)}
              onClear={() => view.setSelection(undefined)}
            />
          )}
          <SeriesCard chosen={chosen} all={all} sites={sites} inks={inks} search={search} onKeys={view.setKeys} />
          {known === undefined ? (
            <Waiting height={96} />
          ) : (
            <EventsCard name={chosen.length > 1 ? line.label : undefined} events={events} onSelect={view.setSelection} />
          )}
        </div>
      </div>
    </>
  );
}

/** The box of a card whose numbers are on their way. */
function Waiting({ height }: { readonly height: number }): ReactElement {
  return (
    <div className="card explorer-skeleton-card">
      <Skeleton height={height} />
    </div>
  );
}
