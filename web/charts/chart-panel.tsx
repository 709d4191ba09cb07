import { type ReactElement, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { ChartLegend } from "./chart-legend.tsx";
import { type Panel, panelInks, panelUnit, type Threshold } from "./chart-line.ts";
import type { ChartStack } from "./chart-stack.ts";
import type { Colors } from "./colors.ts";
import type { CursorStore } from "./cursor-store.ts";
import { type GestureParts, listenGestures } from "./gestures.ts";
import type { GroundSpan } from "./ground-span.ts";
import { type PanelPlot, panelPlot } from "./panel-plot.ts";
import type { PanelScene } from "./panel-scene.ts";
import type { TargetBand } from "./target-band.ts";
import type { TimeSpan } from "./time-ticks.ts";
import type { ZoneClock } from "./zone-clock.ts";

export interface ChartPanelProps {
  readonly panel: Panel;
  readonly span: TimeSpan;
  readonly stack: ChartStack;
  readonly cursor: CursorStore;
  readonly clock: ZoneClock;
  readonly colors: Colors;
  readonly nowMs: number;
  readonly thresholds: readonly Threshold[];
  readonly height: number;
  readonly axisPx: number;
  readonly syncKey: string;
  readonly first: boolean;
  readonly timeLabels: boolean;
  readonly gestures: Pick<GestureParts, "onZoom" | "onSelect" | "onBack" | "dragSelects">;
  readonly target?: TargetBand | undefined;
  readonly ground?: readonly GroundSpan[] | undefined;
}

/** One chart of a stack: legend and picture of the lines of one unit. */
export function ChartPanel(props: ChartPanelProps): ReactElement {
  const { panel, clock, colors, nowMs, thresholds, first, timeLabels, target, ground } = props;
  const [emphasis, setEmphasis] = useState<string>();
  const scene = useMemo<PanelScene>(
    () => ({
      panel,
      inks: panelInks(panel, colors),
      unit: panelUnit(panel),
      thresholds,
      clock,
      colors,
      nowMs,
      first,
      timeLabels,
      emphasis,
      target,
      ground,
    }),
    [panel, clock, colors, nowMs, thresholds, first, timeLabels, emphasis, target, ground],
  );
  const host = usePlot(props, scene);
  return (
    <div className="chart-panel">
      <ChartLegend
        scene={scene}
        span={props.span}
        cursor={props.cursor}
        first={props.first}
        onEmphasis={panel.lines.length > 1 ? setEmphasis : ignore}
      />
      <div ref={host} className="chart-plot" style={{ height: props.height }} />
    </div>
  );
}

const ignore = (): void => {};

function usePlot(props: ChartPanelProps, scene: PanelScene): React.RefObject<HTMLDivElement | null> {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<PanelPlot>(undefined);
  const newest = useRef({ props, scene });
  newest.current = { props, scene };
  const lines = props.panel.lines.map((line) => `${line.key} ${line.shape} ${line.compare === true}`).join("|");
  const { stack, height, axisPx, timeLabels, syncKey, cursor } = props;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another set of lines or another theme needs another plot
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = panelPlot({
      host: element,
      scene: newest.current.scene,
      span: stack.span(),
      width: Math.max(120, element.clientWidth),
      height,
      axisPx,
      syncKey,
      onCursor: cursor.set,
    });
    plot.current = made;
    const leave = stack.add(made);
    const deaf = listenGestures({
      area: made.area,
      stack,
      dragSelects: newest.current.props.gestures.dragSelects ?? false,
      onZoom: (span) => newest.current.props.gestures.onZoom(span),
      onSelect: (span) => newest.current.props.gestures.onSelect(span),
      onBack: () => newest.current.props.gestures.onBack(),
    });
    const observer = new ResizeObserver(() => {
      made.resize(Math.max(120, element.clientWidth), height);
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
  }, [lines, scene.colors, stack, height, axisPx, timeLabels, syncKey, cursor]);

  useEffect(() => plot.current?.show(scene), [scene]);
  return host;
}
