import { type ReactElement, useSyncExternalStore } from "react";
import { firstAt } from "./chart-column.ts";
import type { CursorStore } from "./cursor-store.ts";
import { numberWords } from "./numbers.ts";
import { powerInk } from "./power-ink.ts";
import { energyAt, energyDigits, lastMs, type PowerScene, type PowerTrace, powerLine } from "./power-scene.ts";
import type { TimeSpan } from "./time-ticks.ts";
import { instantWords } from "./time-words.ts";
import { rowAt } from "./value-at.ts";

const FILLED_BIT = 2;
const NO_BREAK = "\u00a0";

export interface PowerLegendProps {
  readonly scene: PowerScene;
  readonly span: TimeSpan;
  readonly cursor: CursorStore;
  /** What there is to show: a meter without phases has no phases to hide. */
  readonly traces: readonly PowerTrace[];
  /** "Typical Tuesday". */
  readonly typicalName: string;
  readonly onToggle: (trace: PowerTrace) => void;
}

/** Names and values above the chart, those under the cursor, else the newest; a press hides a trace or brings it back. */
export function PowerLegend(props: PowerLegendProps): ReactElement {
  const { scene, span, cursor, traces, onToggle } = props;
  const at = useSyncExternalStore(cursor.subscribe, cursor.get);
  const newest = Math.min(span.toMs, lastMs(scene.rows));
  const seconds = span.toMs - span.fromMs < 2 * 86_400_000;
  return (
    <div className="chart-legend power-legend">
      {traces.map((trace) => (
        <button
          key={trace}
          type="button"
          className="power-legend-trace"
          aria-pressed={scene.shown.has(trace)}
          title={scene.shown.has(trace) ? "Hide" : "Show"}
          onClick={() => onToggle(trace)}
        >
          <Mark scene={scene} trace={trace} />
          <span className="chart-legend-name">{nameOf(trace, props)}</span>
          {scene.shown.has(trace) && <b>{shownValue(trace, scene, { at: at ?? newest, span })}</b>}
        </button>
      ))}
      <Signs scene={scene} span={span} />
      <span className="power-legend-time">{at !== undefined && instantWords(scene.clock, at, { seconds, nowMs: scene.nowMs })}</span>
    </div>
  );
}

function nameOf(trace: PowerTrace, { scene, typicalName }: PowerLegendProps): string {
  if (trace === "bought") return scene.rows.derived ? "Bought, from the register" : "Bought";
  if (trace === "sold") return "Sold";
  if (trace === "energy") return "Energy bought";
  return trace === "typical" ? typicalName : "Phases";
}

function shownValue(trace: PowerTrace, scene: PowerScene, { at, span }: { readonly at: number; readonly span: TimeSpan }): string {
  if (trace === "typical") return wattWords(typicalAt(scene, at));
  if (trace === "energy") {
    const kwh = at < span.fromMs || at > lastMs(scene.rows) ? undefined : energyAt(scene.rows, at);
    const base = energyAt(scene.rows, span.fromMs) ?? 0;
    return kwh === undefined ? "—" : `${numberWords(Math.max(0, kwh - base), energyDigits(kwh - base, scene.wholeKwh))}${NO_BREAK}kWh`;
  }
  const row = rowAt(powerLine(scene.rows), at);
  if (row === undefined) return "—";
  if (trace === "phases") return phaseWords(scene, row);
  const value = scene.rows.power.value[row] ?? Number.NaN;
  return wattWords(trace === "bought" ? Math.max(0, value) : Math.max(0, -value));
}

function phaseWords({ rows }: PowerScene, row: number): string {
  return `${rows.phasesW.map((phase) => numberWords(phase[row] ?? Number.NaN, 0)).join(" / ")}${NO_BREAK}W`;
}

const wattWords = (value: number): string => (Number.isFinite(value) ? `${numberWords(value, 0)}${NO_BREAK}W` : "—");

const TYPICAL_REACH_MS = 30 * 60_000;

function typicalAt({ typical }: PowerScene, at: number): number {
  let low = 0;
  let high = typical.tMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((typical.tMs[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const near = [low - 1, low].filter((index) => Math.abs((typical.tMs[index] ?? Number.NEGATIVE_INFINITY) - at) <= TYPICAL_REACH_MS);
  return typical.powerW[near[0] ?? -1] ?? Number.NaN;
}

function Mark({ scene, trace }: { readonly scene: PowerScene; readonly trace: PowerTrace }): ReactElement {
  const inks = trace === "phases" ? ["L1", "L2", "L3"] : [trace];
  return (
    <svg className="chart-ink" viewBox="0 0 16 8" aria-hidden="true">
      {inks.map((ink, index) => (
        <line
          key={ink}
          x1="0"
          x2="16"
          y1={inks.length === 1 ? 4 : 1 + 3 * index}
          y2={inks.length === 1 ? 4 : 1 + 3 * index}
          stroke={ink === "sold" ? scene.colors.of("--export") : powerInk(scene, ink)}
          strokeWidth={inks.length === 1 ? 2 : 1.4}
          strokeDasharray={ink === "typical" ? "4 3" : ink === "L2" ? "6 3" : ink === "L3" ? "2 2" : ""}
        />
      ))}
    </svg>
  );
}

/** Words for what is drawn besides lines, where it is in sight. */
function Signs({ scene, span }: { readonly scene: PowerScene; readonly span: TimeSpan }): ReactElement {
  const { power } = scene.rows;
  let band = false;
  let filled = false;
  for (let row = firstAt(power, span.fromMs); row < power.tMs.length && (power.tMs[row] ?? 0) <= span.toMs; row++) {
    if ((power.max[row] ?? 0) > (power.min[row] ?? 0)) band = true;
    if (((power.quality[row] ?? 0) & FILLED_BIT) !== 0) filled = true;
  }
  const style = { "--c": "var(--import)" } as React.CSSProperties;
  return (
    <>
      {band && (
        <span className="power-legend-sign">
          <i className="chart-mark band" style={style} />
          Lowest to highest
        </span>
      )}
      {filled && (
        <span className="power-legend-sign">
          <i className="chart-mark hatch" style={style} />
          Estimated
        </span>
      )}
    </>
  );
}
