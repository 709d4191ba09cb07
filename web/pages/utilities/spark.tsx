import { useId } from "react";
import { type SparkBar, sparkPaths } from "./spark-scene.ts";

interface SparkProps {
  readonly bars: readonly SparkBar[];
  /** A token of the theme. */
  readonly color: string;
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}

/** A row of small bars: measured in full ink, filled hatched, a tick where nothing is known. */
export function Spark({ bars, color, label, width = 132, height = 30 }: SparkProps) {
  const hatch = useId();
  const paths = sparkPaths(bars, { width, height });
  return (
    <svg
      className="util-spark"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
      style={{ color: `var(${color})` }}
    >
      <defs>
        <pattern id={hatch} width="3.4" height="3.4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0.7 0V3.400" stroke="currentColor" strokeWidth="1.2" />
        </pattern>
      </defs>
      <path d={paths.base} className="util-spark-base" />
      <path d={paths.filled} fill={`url(#${hatch})`} stroke="currentColor" strokeWidth="0.6" />
      <path d={paths.measured} fill="currentColor" />
      <path d={paths.missing} className="util-spark-missing" />
    </svg>
  );
}
