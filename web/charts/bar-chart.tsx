import "./bar-chart.css";
import { type KeyboardEvent, type PointerEvent, type ReactElement, useCallback, useMemo, useState } from "react";
import { type BarScene, type BarStyle, barAt, barFrame, DESK_STYLE } from "./bar-scene.ts";
import { drawBarChart } from "./draw-bar-chart.ts";
import { useBarBand } from "./use-bar-band.ts";
import { type CanvasSize, useCanvas } from "./use-canvas.ts";
import { useColors } from "./use-colors.ts";

export interface BarChartProps {
  readonly scene: BarScene;
  /** CSS pixels, or `fill` for all the box has. */
  readonly height: number | "fill";
  readonly label: string;
  /** One paragraph that says what the picture shows, for those who cannot see it. */
  readonly summary: string;
  /** A bar in words: when, how much, from where. */
  readonly words?: (index: number) => string;
  /** Enter or a press on the chosen bar. */
  readonly onOpen?: ((index: number) => void) | undefined;
  /** A stretch that was drawn with the mouse, or with a finger held still first. */
  readonly onZoom?: ((fromX: number, toX: number) => void) | undefined;
  /** Two presses: back to where the picture was before. */
  readonly onBack?: (() => void) | undefined;
  readonly style?: BarStyle;
  readonly ground?: string;
}

/** Amounts side by side that mouse, finger and keyboard can read. The words of the bar under the cursor stand above it. */
export function BarChart(props: BarChartProps): ReactElement {
  const { scene, height, label, summary, words, onOpen, onZoom, onBack, style = DESK_STYLE, ground = "--surface-1" } = props;
  const [chosen, setChosen] = useState<number>();
  const colors = useColors();
  const [size, setSize] = useState<CanvasSize>({ width: 600, height: 150 });
  const draw = useCallback(
    (context: CanvasRenderingContext2D, box: CanvasSize) => {
      setSize((before) => (before.width === box.width && before.height === box.height ? before : box));
      drawBarChart(context, { scene, frame: barFrame(scene, box, style), style, colors, ground });
    },
    [scene, style, colors, ground],
  );
  const canvas = useCanvas(draw);
  const frame = useMemo(() => barFrame(scene, size, style), [scene, size, style]);
  const shown = chosen === undefined ? undefined : scene.bars[chosen];
  const under = (event: PointerEvent<HTMLElement>) => barAt(scene, frame, event.clientX - event.currentTarget.getBoundingClientRect().left);
  const band = useBarBand(scene, frame, onZoom);
  const press = (event: PointerEvent<HTMLElement>) => {
    if (band.end(event)) return;
    const hit = under(event);
    // A mouse has read the bar on its way; a finger reads with the first touch and opens with the second.
    if (hit !== undefined && (hit === chosen || event.pointerType === "mouse")) onOpen?.(hit);
    else setChosen(hit);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape" && onBack !== undefined) return onBack();
    if (event.key === "Enter" && chosen !== undefined) return onOpen?.(chosen);
    const next = stepped(chosen, event.key, scene.bars.length);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(next);
  };
  const box = { className: "bar-box", style: { height: height === "fill" ? "100%" : height } };
  if (words === undefined) {
    return (
      <figure className="bar-chart">
        <figcaption className="read-aloud">{summary}</figcaption>
        <div {...box}>
          <canvas ref={canvas} />
        </div>
      </figure>
    );
  }
  const said = chosen === undefined || shown === undefined ? undefined : words(chosen);
  return (
    <figure className="bar-chart">
      <figcaption className="read-aloud">{summary}</figcaption>
      <div
        {...box}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, scene.bars.length - 1)}
        aria-valuenow={chosen ?? Math.max(0, scene.bars.length - 1)}
        aria-valuetext={said ?? `${summary} Arrow keys go from bar to bar${onOpen ? ", Enter opens one" : ""}.`}
        onPointerDown={band.begin}
        onPointerMove={(event) => {
          band.move(event);
          if (event.pointerType === "mouse") setChosen(under(event));
        }}
        onPointerLeave={(event) => event.pointerType === "mouse" && setChosen(undefined)}
        onPointerUp={press}
        onPointerCancel={band.cancel}
        onDoubleClick={onBack}
        onKeyDown={key}
      >
        <canvas ref={canvas} />
        {shown !== undefined && (
          <i
            className="bar-cursor"
            style={{
              left: frame.x(shown.x0),
              width: Math.max(1, frame.x(shown.x1) - frame.x(shown.x0)),
              top: frame.top,
              bottom: style.bottom,
            }}
          />
        )}
        {band.shown !== undefined && (
          <i className="bar-band" style={{ left: band.shown.left, width: band.shown.width, top: frame.top, bottom: style.bottom }} />
        )}
        <span className="bar-said">{said}</span>
      </div>
    </figure>
  );
}

function stepped(chosen: number | undefined, key: string, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const by = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : undefined;
  if (by === undefined) return undefined;
  return chosen === undefined ? count - 1 : Math.min(count - 1, Math.max(0, chosen + by));
}
