import "uplot/dist/uPlot.min.css";
import "./series-chart.css";
import "./power-chart.css";
import { type ReactElement, type Ref, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { ChartHandle } from "./chart-handle.ts";
import type { ChartStack } from "./chart-stack.ts";
import type { CursorStore } from "./cursor-store.ts";
import { listenGestures } from "./gestures.ts";
import { PowerLegend } from "./power-legend.tsx";
import { type PowerPlot, powerPlot } from "./power-plot.ts";
import type { PowerRows, PowerScene, PowerTrace, TypicalCurve } from "./power-scene.ts";
import type { TimeSpan } from "./time-ticks.ts";
import { useChartWindow } from "./use-chart-window.ts";
import { useColors } from "./use-colors.ts";
import type { ZoneClock } from "./zone-clock.ts";

export interface PowerChartProps {
  readonly rows: PowerRows;
  readonly typical: TypicalCurve;
  readonly typicalName: string;
  readonly traces: readonly PowerTrace[];
  readonly shown: ReadonlySet<PowerTrace>;
  readonly onToggle: (trace: PowerTrace) => void;
  readonly fixedW: number | undefined;
  readonly wholeKwh: boolean;
  readonly span: TimeSpan;
  readonly clock: ZoneClock;
  readonly nowMs: number;
  readonly selection: TimeSpan | undefined;
  /** One paragraph that says what the picture shows, for those who cannot see it. */
  readonly summary: string;
  readonly hint: string;
  /** The last picture stands in for one that cannot be had. */
  readonly faded: boolean;
  /** A finer picture is under way: the former one stays, scaled, below a bar that says so. */
  readonly loading: boolean;
  readonly onSpan: (span: TimeSpan) => void;
  readonly onSelect: (span: TimeSpan | undefined) => void;
  /** Double tap and double click. */
  readonly onBack: () => void;
  readonly handle?: Ref<ChartHandle>;
}

/** Power with the energy it came to, in one picture that selects, zooms and moves under mouse, finger and keyboard. */
export function PowerChart(props: PowerChartProps): ReactElement {
  const { rows, typical, shown, fixedW, wholeKwh, clock, nowMs, span } = props;
  const colors = useColors();
  const newest = useRef(props);
  newest.current = props;
  const { stack, cursor, box } = useChartWindow(props);
  const scene = useMemo<PowerScene>(
    () => ({ rows, typical, shown, fixedW, wholeKwh, clock, colors, nowMs }),
    [rows, typical, shown, fixedW, wholeKwh, clock, colors, nowMs],
  );
  const plot = usePlot({ scene, stack, cursor, newest });
  return (
    <figure ref={box} className="series-chart power-chart" data-faded={props.faded} aria-busy={props.loading}>
      <figcaption className="read-aloud">{props.summary}</figcaption>
      <div className="chart-panel">
        <PowerLegend
          scene={scene}
          span={span}
          cursor={cursor}
          traces={props.traces}
          typicalName={props.typicalName}
          onToggle={props.onToggle}
        />
        <div className="power-frame">
          <div ref={plot} className="chart-plot power-plot" />
          {props.loading && <output className="power-loading">Loading this range</output>}
        </div>
      </div>
      <p className="chart-hint">{props.hint}</p>
    </figure>
  );
}

interface PlotParts {
  readonly scene: PowerScene;
  readonly stack: ChartStack;
  readonly cursor: CursorStore;
  readonly newest: { readonly current: PowerChartProps };
}

function usePlot({ scene, stack, cursor, newest }: PlotParts): React.RefObject<HTMLDivElement | null> {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<PowerPlot>(undefined);
  const latest = useRef(scene);
  latest.current = scene;
  const lines = `${[...scene.shown].sort().join(" ")} ${scene.rows.phasesW.length} ${scene.rows.derived}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: other traces or another theme need another plot
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = powerPlot({ host: element, scene: latest.current, span: stack.span(), onCursor: cursor.set });
    plot.current = made;
    const leave = stack.add(made);
    const deaf = listenGestures({
      area: made.area,
      stack,
      dragSelects: true,
      onZoom: (span) => newest.current.onSpan(span),
      onSelect: (span) => newest.current.onSelect(span),
      onBack: () => newest.current.onBack(),
    });
    const observer = new ResizeObserver(() => {
      made.resize(element.clientWidth, element.clientHeight);
      stack.select(stack.selection());
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      deaf();
      leave();
      made.destroy();
      plot.current = undefined;
    };
  }, [lines, scene.colors, stack, cursor]);

  useEffect(() => plot.current?.show(scene), [scene]);
  return host;
}
