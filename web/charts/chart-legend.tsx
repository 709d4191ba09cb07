import { type ReactElement, useSyncExternalStore } from "react";
import { firstAt } from "./chart-column.ts";
import type { ChartLine, Ink } from "./chart-line.ts";
import type { CursorStore } from "./cursor-store.ts";
import { MOST_BANDS } from "./draw-panel-back.ts";
import { lineNumber } from "./line-number.ts";
import type { PanelScene } from "./panel-scene.ts";
import type { TimeSpan } from "./time-ticks.ts";
import { instantWords } from "./time-words.ts";
import { rowAt } from "./value-at.ts";

/** From here on names are cut short: the chart must stay in sight. */
const MANY = 4;
const SUSPECT_BIT = 1;
const FILLED_BIT = 2;

export interface ChartLegendProps {
  readonly scene: PanelScene;
  readonly span: TimeSpan;
  readonly cursor: CursorStore;
  /** Only the topmost legend says the time and explains the marks. */
  readonly first: boolean;
  /** Brings one line to the fore while its name is pointed at. */
  readonly onEmphasis: (key: string | undefined) => void;
}

/** Names and values above a chart; the values are those under the cursor, else the last in the window. */
export function ChartLegend({ scene, span, cursor, first, onEmphasis }: ChartLegendProps): ReactElement {
  const at = useSyncExternalStore(cursor.subscribe, cursor.get);
  const seconds = span.toMs - span.fromMs < 2 * 3_600_000;
  return (
    <div className="chart-legend" data-many={scene.panel.lines.length > MANY}>
      {scene.panel.lines.map((line, index) => (
        <button
          key={`${line.key}${line.compare === true ? " before" : ""}`}
          type="button"
          className="chart-legend-line"
          title={line.label}
          onPointerEnter={() => onEmphasis(line.key)}
          onPointerLeave={() => onEmphasis(undefined)}
          onFocus={() => onEmphasis(line.key)}
          onBlur={() => onEmphasis(undefined)}
        >
          <InkMark ink={scene.inks[index]} />
          <span className="chart-legend-name">{line.label}</span>
          <b>{wordsAt(line, scene, at ?? lastIn(line, span))}</b>
        </button>
      ))}
      {first && <Marks scene={scene} span={span} />}
      {first && (
        <span className="chart-legend-time">{at !== undefined && instantWords(scene.clock, at, { seconds, nowMs: scene.nowMs })}</span>
      )}
    </div>
  );
}

function wordsAt(line: ChartLine, scene: PanelScene, tMs: number | undefined): string {
  const row = tMs === undefined ? undefined : rowAt(line, tMs);
  if (row === undefined) return "—";
  return `${lineNumber(line, scene.unit, line.column.value[row] ?? Number.NaN)}\u00a0${scene.unit.unit}`;
}

function lastIn(line: ChartLine, span: TimeSpan): number | undefined {
  return line.column.tMs[firstAt(line.column, span.toMs) - 1];
}

/** The line as it is drawn, with its dash: names are not told apart by colour alone. */
export function InkMark({ ink }: { readonly ink: Ink | undefined }): ReactElement {
  return (
    <svg className="chart-ink" viewBox="0 0 16 8" aria-hidden="true">
      <line
        x1="0"
        x2="16"
        y1="4"
        y2="4"
        stroke={ink?.stroke ?? "currentColor"}
        strokeWidth="2"
        strokeDasharray={ink?.dash.join(" ") ?? ""}
      />
    </svg>
  );
}

function Marks({ scene, span }: { readonly scene: PanelScene; readonly span: TimeSpan }): ReactElement {
  const seen = marksIn(scene, span);
  const style = { "--c": scene.inks[0]?.stroke } as React.CSSProperties;
  return (
    <>
      {seen.band && scene.panel.lines.length <= MOST_BANDS && (
        <span>
          <i className="chart-mark band" style={style} />
          Minimum to maximum
        </span>
      )}
      {seen.filled && (
        <span>
          <i className="chart-mark hatch" style={style} />
          Estimated
        </span>
      )}
      {seen.suspect && (
        <span>
          <i className="chart-mark suspect" />
          Suspect
        </span>
      )}
    </>
  );
}

function marksIn(scene: PanelScene, span: TimeSpan): { band: boolean; filled: boolean; suspect: boolean } {
  const seen = { band: false, filled: false, suspect: false };
  for (const { column } of scene.panel.lines) {
    for (let row = firstAt(column, span.fromMs); row < column.tMs.length && (column.tMs[row] ?? 0) <= span.toMs; row++) {
      const quality = column.quality[row] ?? 0;
      if (column.max[row] !== column.min[row] && !Number.isNaN(column.max[row] ?? Number.NaN)) seen.band = true;
      if ((quality & FILLED_BIT) !== 0) seen.filled = true;
      if ((quality & SUSPECT_BIT) !== 0) seen.suspect = true;
    }
  }
  return seen;
}
