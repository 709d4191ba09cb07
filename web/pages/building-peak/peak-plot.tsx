import type { CSSProperties, ReactNode } from "react";
import { numberText } from "#web/parts/format-number.ts";
import type { PlotScale } from "./peak-day-scene.ts";

interface PlotProps {
  /** One sentence that says what the picture shows, for those who cannot see it. */
  readonly summary: string;
  readonly y: PlotScale;
  /** What stands below, at percent of the width. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly children: ReactNode;
}

/** Room for a small picture: lines and words of its axes, which keep their size however wide it is. */
export function PeakPlot({ summary, y, ticks, children }: PlotProps) {
  return (
    <div className="peak-plot" role="img" aria-label={summary}>
      <div className="peak-plot-y">
        {y.marks.map((kw) => (
          <span key={kw} style={{ bottom: `${y.at(kw)}%` }}>
            {numberText(kw, { unit: "kW", keepUnit: true })}
          </span>
        ))}
      </div>
      <div className="peak-plot-area">
        {y.marks.map((kw) => (
          <hr key={kw} style={{ bottom: `${y.at(kw)}%` }} />
        ))}
        {children}
      </div>
      <div className="peak-plot-x">
        {ticks.map(({ at, text }) => (
          <span key={at} style={{ "--at": `${at}%` } as CSSProperties} data-end={at < 8 ? "first" : at > 92 ? "last" : undefined}>
            {text}
          </span>
        ))}
      </div>
    </div>
  );
}
