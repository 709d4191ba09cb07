import "./heat-map.css";
import { type ReactElement, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { drawHeatMap, type HeatCells, rampColors } from "./draw-heat-map.ts";
import { type HeatGrid, heatStep } from "./heat-grid.ts";
import { heatBox, heatHeight, heatHit, heatLayout } from "./heat-layout.ts";
import { type CanvasSize, useCanvas } from "./use-canvas.ts";
import { useColors } from "./use-colors.ts";
import type { ZoneClock } from "./zone-clock.ts";

export interface HeatMapProps {
  readonly grid: HeatGrid;
  readonly cells: HeatCells;
  readonly clock: ZoneClock;
  readonly label: string;
  /** One paragraph that says what the picture shows, for those who cannot see it. */
  readonly summary: string;
  /** An interval in words: when, how much, from where. */
  readonly words: (index: number) => string;
  /** The line below the picture, about the interval that is pointed at; undefined where none is. */
  readonly readout: (index: number | undefined) => ReactNode;
  /** Enter or a second press on the chosen interval. */
  readonly onOpen: (index: number) => void;
}

/**
 * Days by time of day as a picture that mouse, finger and keyboard can read: a press or the arrow keys choose an interval,
 * the line below says what is known of it, Enter opens it.
 */
export function HeatMap({ grid, cells, clock, label, summary, words, readout, onOpen }: HeatMapProps): ReactElement {
  const [chosen, setChosen] = useState<number>();
  const [passing, setPassing] = useState<number>();
  const [width, box] = useWidth();
  const layout = useMemo(() => heatLayout(width, grid), [width, grid]);
  const colors = useColors();
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: CanvasSize) =>
      drawHeatMap(context, size, { grid, cells, layout: heatLayout(size.width, grid), clock, colors }),
    [grid, cells, clock, colors],
  );
  const canvas = useCanvas(draw);
  const shown = passing ?? (chosen !== undefined && chosen < grid.count ? chosen : undefined);
  const under = (event: React.PointerEvent<HTMLDivElement>) => {
    const edge = event.currentTarget.getBoundingClientRect();
    return heatHit(grid, layout, { x: event.clientX - edge.left, y: event.clientY - edge.top });
  };
  const press = (event: React.PointerEvent<HTMLDivElement>) => {
    const hit = under(event);
    if (hit !== undefined && hit === chosen && event.pointerType === "mouse") onOpen(hit);
    else setChosen(hit);
  };
  const key = (event: React.KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && chosen !== undefined) return onOpen(chosen);
    if (event.key === "Escape") return setChosen(undefined);
    if (!KEYS.has(event.key)) return;
    event.preventDefault();
    setPassing(undefined);
    setChosen(chosen === undefined ? grid.count - 1 : (heatStep(grid, chosen, event.key) ?? chosen));
  };
  return (
    <figure className="heat">
      <figcaption className="read-aloud">{summary}</figcaption>
      <div
        ref={box}
        className="heat-box"
        style={{ height: heatHeight(grid.days.length) }}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, grid.count - 1)}
        aria-valuenow={chosen ?? grid.count - 1}
        aria-valuetext={chosen === undefined ? `${summary} Arrow keys go from interval to interval, Enter opens one.` : words(chosen)}
        onPointerMove={(event) => event.pointerType === "mouse" && setPassing(under(event))}
        onPointerLeave={() => setPassing(undefined)}
        onPointerUp={press}
        onKeyDown={key}
      >
        <canvas ref={canvas} />
        {passing !== undefined && passing !== chosen && <Cursor grid={grid} layout={layout} index={passing} passing />}
        {chosen !== undefined && chosen < grid.count && <Cursor grid={grid} layout={layout} index={chosen} />}
      </div>
      <div className="heat-read">{readout(shown)}</div>
    </figure>
  );
}

const KEYS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"]);

interface CursorProps {
  readonly grid: HeatGrid;
  readonly layout: ReturnType<typeof heatLayout>;
  readonly index: number;
  readonly passing?: boolean;
}

function Cursor({ grid, layout, index, passing = false }: CursorProps): ReactElement {
  return <div className={passing ? "heat-cursor passing" : "heat-cursor"} style={heatBox(layout, grid.placeOf(index))} />;
}

/** The ramp of a map as a strip, for its legend. */
export function HeatRamp({ low, high, color }: { readonly low: string; readonly high: string; readonly color?: string }): ReactElement {
  const colors = useColors();
  const strip = useMemo(() => `linear-gradient(90deg, ${rampColors(colors, color).join(", ")})`, [colors, color]);
  return (
    <span>
      {low}
      <i className="heat-ramp" aria-hidden="true" style={{ background: strip }} />
      {high}
    </span>
  );
}

/** Width of a box, followed as it changes. */
function useWidth(): [number, React.RefObject<HTMLDivElement | null>] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, box];
}
