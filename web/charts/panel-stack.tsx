import "uplot/dist/uPlot.min.css";
import "./series-chart.css";
import { type ReactElement, type Ref, useId, useMemo, useRef } from "react";
import { axisWidth } from "./axis-width.ts";
import type { ChartHandle } from "./chart-handle.ts";
import type { Panel, Threshold } from "./chart-line.ts";
import { ChartPanel } from "./chart-panel.tsx";
import type { GroundSpan } from "./ground-span.ts";
import type { TargetBand } from "./target-band.ts";
import type { TimeSpan } from "./time-ticks.ts";
import { useChartWindow } from "./use-chart-window.ts";
import { useColors } from "./use-colors.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** One chart of a stack as a page wants it, not as units would group it. */
export interface StackedPanel {
  readonly panel: Panel;
  /** Where its lines are meant to be. */
  readonly target?: TargetBand | undefined;
  /** CSS pixels. */
  readonly height: number;
}

export interface PanelStackProps {
  readonly panels: readonly StackedPanel[];
  readonly span: TimeSpan;
  readonly clock: ZoneClock;
  readonly nowMs: number;
  /** Stretches behind all charts instead of nights and weekends. */
  readonly ground?: readonly GroundSpan[] | undefined;
  readonly selection?: TimeSpan | undefined;
  /** One paragraph that says what the picture shows, for those who cannot see it. */
  readonly summary: string;
  /** How to move about, in a line below. */
  readonly hint: string;
  /** The last picture stands in for one that cannot be had: it is drawn faded. */
  readonly faded?: boolean;
  /** Every drag selects, and Shift and drag zooms. */
  readonly dragSelects?: boolean;
  readonly onSpan: (span: TimeSpan) => void;
  readonly onSelect: (span: TimeSpan | undefined) => void;
  readonly onBack: () => void;
  readonly handle?: Ref<ChartHandle>;
}

const NO_THRESHOLDS: readonly Threshold[] = [];

/** Charts that a page chose, stacked under one time axis with one cursor and one selection. */
export function PanelStack(props: PanelStackProps): ReactElement {
  const { panels, span, clock, nowMs, ground, dragSelects = false } = props;
  const colors = useColors();
  const syncKey = useId();
  const newest = useRef(props);
  newest.current = props;
  const { stack, cursor, box } = useChartWindow(props);
  const gestures = useMemo(
    () => ({
      dragSelects,
      onZoom: (to: TimeSpan) => newest.current.onSpan(to),
      onSelect: (to: TimeSpan) => newest.current.onSelect(to),
      onBack: () => newest.current.onBack(),
    }),
    [dragSelects],
  );
  const axisPx = useMemo(() => axisWidth(panels.map(({ panel }) => panel)), [panels]);
  return (
    <figure ref={box} className="series-chart" data-faded={props.faded === true}>
      <figcaption className="read-aloud">{props.summary}</figcaption>
      {panels.map(({ panel, target, height }, index) => (
        <ChartPanel
          key={panel.lines.map((line) => line.key).join("|")}
          panel={panel}
          target={target}
          ground={ground}
          span={span}
          stack={stack}
          cursor={cursor}
          clock={clock}
          colors={colors}
          nowMs={nowMs}
          thresholds={NO_THRESHOLDS}
          height={height}
          axisPx={axisPx}
          syncKey={syncKey}
          first={index === 0}
          timeLabels={index === 0 || index === panels.length - 1}
          gestures={gestures}
        />
      ))}
      <p className="chart-hint">{props.hint}</p>
    </figure>
  );
}
