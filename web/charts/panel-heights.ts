/** Heights of stacked charts: the first is the one looked at, the others stand beside it for comparison. Units: CSS pixels. */
export function panelHeights(count: number): number[] {
  if (count <= 1) return [400];
  if (count === 2) return [292, 160];
  return Array.from({ length: count }, (_, index) => (index === 0 ? 274 : 128));
}

const LEGEND_PX = 37;
const FOOT_PX = 101;

/** Height of the whole picture with its legends and the overview, so that nothing jumps when it comes. Units: CSS pixels. */
export function stackHeight(count: number): number {
  return panelHeights(count).reduce((sum, height) => sum + height + LEGEND_PX, 0) + FOOT_PX;
}
