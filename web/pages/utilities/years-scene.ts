import type { MeterProfileAnswer } from "#contract/meter-history.ts";
import type { Bar, BarScene } from "#web/charts/bar-scene.ts";
import { unitText } from "#web/parts/format-number.ts";

export type YearMonths = MeterProfileAnswer["years"][number];

export const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

interface SceneParts {
  readonly newest: YearMonths | undefined;
  readonly before: YearMonths | undefined;
  readonly unit: string;
  /** A token of the theme. */
  readonly color: string;
  readonly nowMs: number;
}

/** Which year and month (0 is January) a bar stands for. */
interface Source {
  readonly year: YearMonths;
  readonly month: number;
}

/** Two years side by side, month by month; the filled part hatched. */
export function yearsScene({ newest, before, unit, color, nowMs }: SceneParts): {
  readonly scene: BarScene;
  readonly sources: readonly Source[];
} {
  const bars: Bar[] = [];
  const over: Bar[] = [];
  const sources: Source[] = [];
  const width = before === undefined ? 0.8 : 0.4;
  for (let month = 0; month < 12; month++) {
    for (const [year, x0, ink] of [
      [before, month + 0.1, "--chart-compare"],
      [newest, month + 0.9 - width, color],
    ] as const) {
      const figure = year?.months[month];
      if (year === undefined || figure === undefined) continue;
      const known = figure.amount !== null && figure.fromMs <= nowMs;
      const filled = known && (figure.measured ?? 0) < (figure.amount ?? 0) * 0.9995;
      const x1 = x0 + width;
      bars.push({
        x0,
        x1,
        value: known ? Math.max(0, figure.amount ?? 0) : Number.NaN,
        color: ink,
        ...(filled ? { hatched: true } : { strong: true }),
      });
      if (filled && (figure.measured ?? 0) > 0) over.push({ x0, x1, value: figure.measured ?? 0, color: ink, strong: true });
      sources.push({ year, month });
    }
  }
  const scene: BarScene = {
    fromX: 0,
    toX: 12,
    unit: unitText(unit),
    bars,
    over,
    lines: [],
    levels: [],
    shades: [],
    ticks: (widthPx) => MONTH_NAMES.map((name, month) => ({ x: month + 0.5, label: widthPx < 380 ? name.charAt(0) : name })),
  };
  return { scene, sources };
}

/** What the known months of a year come to, up to now. Missing: null where none is. */
export function yearTotal({ months }: YearMonths, nowMs: number): number | null {
  const known = months.filter((month) => month.amount !== null && month.fromMs <= nowMs);
  return known.length === 0 ? null : known.reduce((sum, month) => sum + (month.amount ?? 0), 0);
}
