import type { CSSProperties, ReactElement } from "react";

export interface LegendItem {
  readonly label: string;
  /** A token of the theme. */
  readonly color: string;
  readonly mark: "bar" | "hatch" | "hollow" | "line" | "dash" | "sign";
  /** With the mark `sign`: what stands above the bars. */
  readonly sign?: string;
}

/** What the inks of a chart mean; the mark has the form of what it stands for. */
export function BarLegend({ items }: { readonly items: readonly LegendItem[] }): ReactElement {
  return (
    <div className="bar-legend">
      {items.map(({ label, color, mark, sign }) => (
        <span key={label}>
          <i data-mark={mark} style={{ "--c": `var(${color})` } as CSSProperties} aria-hidden="true">
            {sign}
          </i>
          {label}
        </span>
      ))}
    </div>
  );
}
