import type { SeriesInfo } from "#contract/series.ts";
import { quantityOf } from "#units/quantity.ts";
import { EMPTY_COLUMN } from "#web/charts/chart-column.ts";
import type { ChartLine } from "#web/charts/chart-line.ts";
import { decimalsOf, styleOf, unitText } from "#web/parts/format-number.ts";
import { MEDIUM_LOOK } from "#web/parts/medium.ts";
import type { Picture, PictureColumn } from "./picture.ts";

/** The chosen series as lines of a chart. */
export function linesOf(series: readonly SeriesInfo[], picture: Picture): ChartLine[] {
  return series.map((info) => {
    const known = picture.columns.get(info.key);
    const digits = digitsOf(info, known);
    return {
      key: info.key,
      label: seriesLabel(info, series),
      unit: unitText(info.unit),
      color: MEDIUM_LOOK[info.medium].color,
      shape: shapeOf(info, known),
      fromZero: quantityOf(info.quantity).fromZero === true && info.kind !== "counter",
      ...(info.kind === "counter" ? { register: true as const } : {}),
      ...(digits === undefined ? {} : { digits }),
      column: known?.column ?? EMPTY_COLUMN,
      gapMs: known?.gapMs ?? Number.POSITIVE_INFINITY,
    };
  });
}

/** The point's name; the quantity and the source only where the name alone would not tell two chosen series apart. */
export function seriesLabel(info: SeriesInfo, among: readonly SeriesInfo[]): string {
  const twins = among.filter((one) => one.pointName === info.pointName && one.site === info.site);
  const name = info.primary && twins.length < 2 ? info.pointName : `${info.pointName}, ${info.quantityName.toLowerCase()}`;
  const same = twins.filter((one) => one.quantity === info.quantity);
  return same.length < 2 ? name : `${name}, ${info.source}`;
}

function shapeOf(info: SeriesInfo, known: PictureColumn | undefined): ChartLine["shape"] {
  // What is set holds until it is set again: a slope between two setpoints was never so.
  if (info.kind === "state" || info.kind === "price" || /-setpoint$/.test(info.quantity)) return "hold";
  if (info.kind === "counter") return wholeNumbers(known) ? "hold" : "line";
  return info.kind === "interval" && known?.mode === "raw" ? "back" : "line";
}

function wholeNumbers(known: PictureColumn | undefined): boolean {
  if (known === undefined || known.column.value.length === 0) return false;
  return known.column.value.every((value) => Number.isNaN(value) || Number.isInteger(value));
}

const LOOK_AT = 60;

/** Digits of the source where its resolution is to be kept; undefined for three significant ones. */
function digitsOf(info: SeriesInfo, known: PictureColumn | undefined): number | undefined {
  if (styleOf(info).exact !== true) return undefined;
  if (info.kind === "price") return 2;
  if (info.kind !== "counter") return 1;
  let most = 0;
  for (const value of known?.column.value.subarray(-LOOK_AT) ?? []) if (!Number.isNaN(value)) most = Math.max(most, decimalsOf(value));
  return most;
}
