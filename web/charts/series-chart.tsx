import "uplot/dist/uPlot.min.css";
import "./series-chart.css";
import { type ReactElement, type Ref, useId, useMemo, useRef } from "react";
import { axisWidth } from "./axis-width.ts";
import type { ChartHandle } from "./chart-handle.ts";
import { type ChartLine, groupPanels, type Threshold } from "./chart-line.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { type Overview, OverviewStrip } from "./overview-strip.tsx";
import { panelHeights } from "./panel-heights.ts";
import type { TimeSpan } from "./time-ticks.ts";
import { useChartWindow } from "./use-chart-window.ts";
import { useColors } from "./use-colors.ts";
import { zoneClock } from "./zone-clock.ts";

export interface SeriesChartProps {
  readonly lines: readonly ChartLine[];
  readonly span: TimeSpan;
  /** IANA zone of the site: days, hours and the cursor's time are its own. */
  readonly zone: string;
  readonly nowMs: number;
  readonly thresholds?: readonly Threshold[];
  readonly selection?: TimeSpan | undefined;
  /** One paragraph that says what the picture shows, for those who cannot see it. */
  readonly summary: string;
  /** How to move about, in a line below. */
  readonly hint: string;
  /** Whole history of one line below the charts, with the window as a brush. */
  readonly overview?: Overview | undefined;
  /** The last picture stands in for one that cannot be had: it is drawn faded. */
  readonly faded?: boolean;
  /** Asked a moment after the last move of a pan, wheel or pinch, and at once after a drag. */
  readonly onSpan: (span: TimeSpan) => void;
  readonly onSelect: (span: TimeSpan | undefined) => void;
  readonly onBack: () => void;
  readonly handle?: Ref<ChartHandle>;
}

const NO_THRESHOLDS: readonly Threshold[] = [];

/** History as charts, one per unit, stacked under one time axis with one cursor and one selection. */
export function SeriesChart(props: SeriesChartProps): ReactElement {
  const { lines, span, zone, nowMs, thresholds = NO_THRESHOLDS } = props;
  const colors = useColors();
  const clock = useMemo(() => zoneClock(zone), [zone]);
  const panels = useMemo(() => groupPanels(lines), [lines]);
  const syncKey = useId();
  const newest = useRef(props);
  newest.current = props;
  const { stack, cursor, box } = useChartWindow(props);

  const gestures = useMemo(
    () => ({
      onZoom: (to: TimeSpan) => newest.current.onSpan(to),
      onSelect: (to: TimeSpan) => newest.current.onSelect(to),
      onBack: () => newest.current.onBack(),
    }),
    [],
  );
  const heights = panelHeights(panels.length);
  const axisPx = useMemo(() => axisWidth(panels), [panels]);
  return (
    <figure ref={box} className="series-chart" data-faded={props.faded === true}>
      <figcaption className="read-aloud">{props.summary}</figcaption>
      {panels.map((panel, index) => (
        <ChartPanel
          key={panel.lines.map((line) => line.key).join("|")}
          panel={panel}
          span={span}
          stack={stack}
          cursor={cursor}
          clock={clock}
          colors={colors}
          nowMs={nowMs}
          thresholds={thresholds}
          height={heights[index] ?? 128}
          axisPx={axisPx}
          syncKey={syncKey}
          first={index === 0}
          timeLabels={index === 0 || index === panels.length - 1}
          gestures={gestures}
        />
      ))}
      {props.overview !== undefined && (
        <OverviewStrip overview={props.overview} stack={stack} clock={clock} colors={colors} axisPx={axisPx} />
      )}
      <p className="chart-hint">{props.hint}</p>
    </figure>
  );
}
