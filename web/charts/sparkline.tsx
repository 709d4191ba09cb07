import { type ReactElement, useCallback } from "react";
import { drawSparkline, type Freshness } from "./draw-sparkline.ts";
import { type CanvasSize, useCanvas } from "./use-canvas.ts";
import { useColors } from "./use-colors.ts";

export interface SparklineProps {
  readonly tMs: readonly number[];
  /** null is a gap. */
  readonly value: readonly (number | null)[];
  /** A token of the theme, such as `--import`. */
  readonly color: string;
  readonly fromZero: boolean;
  readonly state: Freshness;
  readonly step?: boolean;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The recent past of one number as a line without axes. It fills the box it stands in.
 * It says nothing the words beside it do not say, so screen readers pass over it.
 */
export function Sparkline({ tMs, value, color, fromZero, state, step = false, fromMs, toMs }: SparklineProps): ReactElement {
  const colors = useColors();
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: CanvasSize) =>
      drawSparkline(context, size, { data: { tMs, value, fromMs, toMs, fromZero, step, state }, color: colors.of(color), colors }),
    [tMs, value, color, fromZero, state, step, fromMs, toMs, colors],
  );
  const canvas = useCanvas(draw);
  return (
    <div aria-hidden="true" style={{ width: "100%", height: "100%" }}>
      <canvas ref={canvas} style={{ display: "block", width: "100%", height: "100%" }} />
    </div>
  );
}
