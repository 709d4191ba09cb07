import { type ReactElement, useCallback, useEffect, useMemo, useRef } from "react";
import type { ChartLine } from "./chart-line.ts";
import type { ChartStack } from "./chart-stack.ts";
import type { Colors } from "./colors.ts";
import { drawOverview, OVERVIEW_RIGHT } from "./draw-overview.ts";
import type { TimeSpan } from "./time-ticks.ts";
import { type CanvasSize, useCanvas } from "./use-canvas.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** The whole history of one line, to find one's way in. */
export interface Overview {
  readonly line: ChartLine;
  readonly extent: TimeSpan;
}

export interface OverviewStripProps {
  readonly overview: Overview;
  readonly stack: ChartStack;
  readonly clock: ZoneClock;
  readonly colors: Colors;
  /** Where the charts above begin. */
  readonly axisPx: number;
}

const EDGE_PX = 7;
const EDGE_TOUCH_PX = 20;
const LEAST_PX = 6;

/** Whole history below the charts with the window as a brush: drag it, drag its edges, or press beside it to go there. */
export function OverviewStrip({ overview, stack, clock, colors, axisPx }: OverviewStripProps): ReactElement {
  const { line, extent } = overview;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: CanvasSize) => drawOverview(context, size, { line, extent, clock, colors, leftPx: axisPx }),
    [line, extent, clock, colors, axisPx],
  );
  const canvas = useCanvas(draw);
  const brush = useRef<HTMLDivElement>(null);
  const place = useMemo(
    () => (span: TimeSpan) => {
      const element = brush.current;
      if (element === null) return;
      const length = extent.toMs - extent.fromMs;
      const from = Math.min(1, Math.max(0, (span.fromMs - extent.fromMs) / length));
      const to = Math.min(1, Math.max(0, (span.toMs - extent.fromMs) / length));
      element.style.left = `${from * 100}%`;
      element.style.width = `max(${LEAST_PX}px, ${(to - from) * 100}%)`;
      element.style.transform = to > 0.99 ? `translateX(min(0px, ${(to - from) * 100}% - ${LEAST_PX}px))` : "";
    },
    [extent],
  );
  useEffect(() => stack.watch(place), [stack, place]);
  const press = (down: React.PointerEvent<HTMLDivElement>) => {
    if (down.button !== 0) return;
    down.preventDefault();
    drag(down, { stack, extent });
  };
  return (
    <div className="chart-overview">
      <canvas ref={canvas} />
      <div className="chart-overview-track" style={{ left: axisPx, right: OVERVIEW_RIGHT }} onPointerDown={press}>
        <div ref={brush} className="chart-overview-brush" />
      </div>
    </div>
  );
}

/** Follows one press until it is let go: moves the window, or the edge that was caught. */
function drag(down: React.PointerEvent<HTMLDivElement>, { stack, extent }: { stack: ChartStack; extent: TimeSpan }): void {
  const track = down.currentTarget;
  const box = track.getBoundingClientRect();
  const perPx = (extent.toMs - extent.fromMs) / box.width;
  const at = (clientX: number) => extent.fromMs + (clientX - box.left) * perPx;
  const reach = (down.pointerType === "touch" ? EDGE_TOUCH_PX : EDGE_PX) * perPx;
  const pressed = at(down.clientX);
  const start = stack.span();
  const length = start.toMs - start.fromMs;
  const small = length < 3 * reach;
  const edge = small
    ? undefined
    : Math.abs(pressed - start.fromMs) < reach
      ? "from"
      : Math.abs(pressed - start.toMs) < reach
        ? "to"
        : undefined;
  const inside = pressed > start.fromMs - reach && pressed < start.toMs + reach;
  const hold = inside ? pressed - start.fromMs : length / 2;
  const go = (clientX: number) => {
    const t = at(clientX);
    if (edge === "from") return stack.move({ fromMs: Math.min(t, start.toMs - perPx), toMs: start.toMs });
    if (edge === "to") return stack.move({ fromMs: start.fromMs, toMs: Math.max(t, start.fromMs + perPx) });
    const fromMs = Math.min(Math.max(t - hold, extent.fromMs - length / 2), extent.toMs - length / 2);
    stack.move({ fromMs, toMs: fromMs + length });
  };
  if (!inside) go(down.clientX);
  const end = new AbortController();
  addEventListener("pointermove", (event) => go(event.clientX), { signal: end.signal });
  for (const name of ["pointerup", "pointercancel"]) addEventListener(name, () => end.abort(), { signal: end.signal });
}
