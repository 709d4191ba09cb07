import type { ZoneDetailAnswer } from "#contract/building.ts";
import type { RoleColumn } from "#contract/building-parts.ts";
import { type ChartLine, groupPanels } from "#web/charts/chart-line.ts";
import type { StackedPanel } from "#web/charts/panel-stack.tsx";
import { bandAround, bandBetween, type TargetBand } from "#web/charts/target-band.ts";
import { unitText } from "#web/parts/format-number.ts";
import { roleWords } from "#web/parts/role-words.ts";
import { drawnColumn, gapOf } from "./zone-columns.ts";

/** The charts of a zone, from its temperature down to what its box does, and what nobody found a history for. */
export interface ZonePicture {
  readonly panels: readonly StackedPanel[];
  readonly lines: readonly ChartLine[];
  /** "damper", "reheat": to be said below the picture. */
  readonly missing: readonly string[];
}

const TEMPERATURE_PX = 250;
const FLOW_PX = 150;
const SMALL_PX = 96;

/** Charts in their order: what is asked for, and the word where there is none. */
const CHARTS = [
  { roles: ["flow", "flow-setpoint"], missing: "airflow", height: FLOW_PX },
  { roles: ["damper-position", "damper-command"], missing: "damper", height: SMALL_PX },
  { roles: ["reheat", "reheat-command", "reheat-stage", "heating-command", "heating-valve"], missing: "reheat", height: SMALL_PX },
  { roles: ["discharge-air-temp", "discharge-air-setpoint"], missing: "discharge air", height: SMALL_PX },
  { roles: ["space-co2"], missing: undefined, height: SMALL_PX },
  { roles: ["space-humidity"], missing: undefined, height: SMALL_PX },
] as const;

/** Setpoints of the temperature, by what a zone is sure to have first. */
const SETPOINTS = [
  ["effective-heating-setpoint", "effective-cooling-setpoint"],
  ["effective-setpoint"],
  ["occupied-heating-setpoint", "occupied-cooling-setpoint", "unoccupied-heating-setpoint", "unoccupied-cooling-setpoint"],
] as const;

/** How far beyond the setpoints is comfortable still. */
interface ComfortBand {
  readonly band: number;
  readonly bandUnit: string;
}

type Detail = Pick<ZoneDetailAnswer, "columns" | "airflow" | "range" | "nowMs" | "now" | "zone">;

/** Builds the charts. Values that hold until they change are drawn up to now, never beyond. */
export function zonePicture(detail: Detail, comfort: ComfortBand): ZonePicture {
  const untilMs = Math.min(detail.nowMs, detail.range.toMs);
  const found = new Map(detail.columns.map((column) => [column.role, column]));
  const lineOf = (role: string) => {
    const column = found.get(role);
    return column === undefined || column.tMs.length === 0 ? [] : [chartLine(column, untilMs)];
  };
  const setpoints = SETPOINTS.find((roles) => roles.some((role) => found.has(role))) ?? [];
  const temperature = [...lineOf("space-temp"), ...setpoints.flatMap(lineOf)];
  // A history that said nothing within the range is there all the same.
  const isThere = (roles: readonly string[]): boolean =>
    roles.some((role) => found.has(role) || detail.now.some((one) => one.role === role));
  const panels: StackedPanel[] = [];
  const missing: string[] = [];
  if (temperature.length > 0)
    panels.push({ ...panelOf(temperature), target: setpointBand(temperature, comfort, untilMs), height: TEMPERATURE_PX });
  else if (!isThere(["space-temp"])) missing.push("space temperature");
  for (const { roles, missing: word, height } of CHARTS) {
    const lines = roles.flatMap(lineOf);
    if (lines.length === 0 && word !== undefined && !isThere(roles)) missing.push(word);
    // A stage and a percentage are not alike: a chart each.
    for (const panel of groupPanels(lines)) {
      const target = panel.lines.some(({ key }) => key.endsWith(" flow-setpoint"))
        ? toleranceBand(panel.lines, detail, untilMs)
        : undefined;
      panels.push({ ...panelOf(panel.lines), target, height });
    }
  }
  return { panels, lines: panels.flatMap(({ panel }) => panel.lines), missing };
}

function panelOf(lines: readonly ChartLine[]): Pick<StackedPanel, "panel"> {
  const [panel] = groupPanels(lines);
  const percent = lines.every(({ unit }) => unit === "%");
  return { panel: { base: panel?.base ?? "", register: false, lines, ...(percent ? { always: [0, 100] } : {}) } };
}

function chartLine(column: RoleColumn, untilMs: number): ChartLine {
  const unit = unitText(column.unit);
  const temperature = /°[CF]/.test(unit);
  return {
    key: `${column.series} ${column.role}`,
    label: roleWords(column.role),
    unit,
    color: column.role.includes("setpoint") ? "--chart-target" : "--neutral",
    shape: column.changeOfValue ? "hold" : "line",
    fromZero: !temperature && column.role !== "space-co2",
    ...(temperature ? { digits: 1 } : unit === "%" || unit === "cfm" ? { digits: 0 } : {}),
    column: drawnColumn(column, untilMs),
    gapMs: gapOf(column),
    leftOut: "not believed",
  };
}

const withRole = (lines: readonly ChartLine[], word: string): ChartLine["column"] | undefined =>
  lines.find(({ key }) => key.endsWith(word))?.column;

function setpointBand(lines: readonly ChartLine[], { band, bandUnit }: ComfortBand, untilMs: number): TargetBand | undefined {
  const of = (which: string) => withRole(lines, `effective-${which}-setpoint`) ?? withRole(lines, ` occupied-${which}-setpoint`);
  const setpoints = bandBetween(of("heating"), of("cooling"), untilMs);
  return setpoints && { ...setpoints, beyond: degreesIn(lines[0]?.unit ?? "", { band, bandUnit }) };
}

/** A difference of temperature in another unit: two degrees Fahrenheit are 10/9 Celsius. */
function degreesIn(unit: string, { band, bandUnit }: ComfortBand): number {
  if (unit === bandUnit || !/°[CF]/.test(unit)) return band;
  return unit === "°C" ? (band * 5) / 9 : (band * 9) / 5;
}

function toleranceBand(lines: readonly ChartLine[], { airflow }: Pick<Detail, "airflow">, untilMs: number): TargetBand | undefined {
  const setpoint = withRole(lines, " flow-setpoint");
  const { percent, absolute } = airflow.tolerance;
  if (setpoint === undefined) return undefined;
  return bandAround(setpoint, (value) => Math.max(absolute ?? 0, (Math.abs(value) * percent) / 100), untilMs);
}
