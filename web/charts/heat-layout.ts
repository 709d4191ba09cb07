import type { HeatGrid } from "./heat-grid.ts";

/** Places of the picture in CSS pixels. */
export interface HeatLayout {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly rowPx: number;
  readonly columnPx: number;
  /** Pixels left free between cells; 0 where cells are too small for it. */
  readonly gapPx: number;
}

const TOP_PX = 20;
const RIGHT_PX = 34;

/** Height of a row: whole weeks are read cell by cell, a year as a texture. */
export function heatRowPx(rows: number): number {
  if (rows <= 9) return 26;
  if (rows <= 36) return 14;
  if (rows <= 100) return 6;
  return 2;
}

/** Height of the whole picture. */
export function heatHeight(rows: number): number {
  return TOP_PX + rows * heatRowPx(rows) + 2;
}

/** Lays the picture out in a box. */
export function heatLayout(boxPx: number, grid: Pick<HeatGrid, "columns" | "days">): HeatLayout {
  const narrow = boxPx < 520;
  const leftPx = narrow ? 46 : 78;
  const widthPx = Math.max(grid.columns, boxPx - leftPx - (narrow ? 26 : RIGHT_PX));
  const rowPx = heatRowPx(grid.days.length);
  const columnPx = widthPx / Math.max(1, grid.columns);
  return { leftPx, topPx: TOP_PX, widthPx, rowPx, columnPx, gapPx: rowPx >= 6 && columnPx >= 5 ? 1 : 0 };
}

/** Box of a cell, its half where two intervals share it. */
export function heatBox(layout: HeatLayout, place: { row: number; column: number; part: 0 | 1; parts: 1 | 2 }) {
  const left = Math.round(layout.leftPx + place.column * layout.columnPx);
  const right = Math.round(layout.leftPx + (place.column + 1) * layout.columnPx) - layout.gapPx;
  const top = layout.topPx + place.row * layout.rowPx;
  const height = layout.rowPx - layout.gapPx;
  const half = place.parts === 2 ? height / 2 : height;
  return { left, top: top + (place.part === 1 ? half : 0), width: Math.max(1, right - left), height: half };
}

/** The interval under a point of the picture. */
export function heatHit(grid: HeatGrid, layout: HeatLayout, point: { x: number; y: number }): number | undefined {
  const row = Math.floor((point.y - layout.topPx) / layout.rowPx);
  const column = Math.floor((point.x - layout.leftPx) / layout.columnPx);
  const low = point.y - layout.topPx - row * layout.rowPx > layout.rowPx / 2;
  return grid.indexAt(row, column, low ? 1 : 0);
}
