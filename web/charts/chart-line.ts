import type { ChartColumn } from "./chart-column.ts";
import { type Colors, mixColors } from "./colors.ts";
import { type ShownUnit, shownUnit, unitFamily } from "./unit-scale.ts";

/** One series on a chart. */
export interface ChartLine {
  readonly key: string;
  readonly label: string;
  /** Unit of the column's values. */
  readonly unit: string;
  /** A token of the theme, such as `--import`. */
  readonly color: string;
  /** `line` joins samples; `hold` keeps a value until the next (registers, states, prices); `back` spreads it over the interval it ends. */
  readonly shape: "line" | "hold" | "back";
  /** Amounts stand on zero; temperatures and registers do not. */
  readonly fromZero: boolean;
  /** A meter's register rather than a rate or an amount. */
  readonly register?: true;
  /** Digits after the point where the source's resolution is to be kept; left out: three significant digits. */
  readonly digits?: number;
  /** Another stretch of time laid under this one, for comparison. */
  readonly compare?: true;
  readonly column: ChartColumn;
  /** From this distance between two readings on, nothing was heard in between. */
  readonly gapMs: number;
  /** What a stretch is called in which something came and no value stands: "not believed". Left out: "no readings". */
  readonly leftOut?: string;
}

/** A level drawn and named on the charts of its unit. */
export interface Threshold {
  readonly unit: string;
  readonly value: number;
  readonly label: string;
  /** Solid and in the colour of harm: a level that costs money. Everything else is dashed. */
  readonly costs?: true;
}

/** Lines of one unit, which share a chart. */
export interface Panel {
  readonly base: string;
  /** Readings of meters, not amounts: they keep the source's unit and resolution. */
  readonly register: boolean;
  readonly lines: readonly ChartLine[];
  /** Values that are in sight whatever the lines show, in the panel's base unit: 0 and 100 of a damper. */
  readonly always?: readonly number[];
}

/** How a line is drawn: told apart by dash and lightness where several of one kind share a chart, never by colour alone. */
export interface Ink {
  readonly stroke: string;
  readonly dash: readonly number[];
}

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
/** Beyond this many lines dashes are noise, and dear to draw: tones alone tell them apart, and their names. */
const MOST_DASHED = 8;
const TONES: readonly (readonly ["--text-1" | "--surface-1", number])[] = [
  ["--surface-1", 0],
  ["--text-1", 0.4],
  ["--surface-1", 0.4],
  ["--text-1", 0.65],
  ["--surface-1", 0.6],
];

/** Lines by unit in the order of their first appearance; kW and W share a chart. */
export function groupPanels(lines: readonly ChartLine[]): Panel[] {
  const panels = new Map<string, ChartLine[]>();
  for (const line of lines) {
    const { base } = unitFamily(line.unit);
    // A register and an amount of one unit are not alike: millions beside ones.
    const name = `${base} ${line.register === true}`;
    const panel = panels.get(name);
    if (panel === undefined) panels.set(name, [line]);
    else panel.push(line);
  }
  return [...panels.values()].map((members) => ({
    base: unitFamily(members[0]?.unit ?? "").base,
    register: members[0]?.register === true,
    lines: members,
  }));
}

/** The ink of each line of a panel, in order. */
export function panelInks(panel: Panel, colors: Colors): Ink[] {
  const seen = new Map<string, number>();
  const dashes = panel.lines.length > MOST_DASHED ? DASHES.slice(0, 1) : DASHES;
  return panel.lines.map((line) => {
    if (line.compare === true) return { stroke: colors.of("--chart-compare"), dash: [4, 3] };
    const rank = seen.get(line.color) ?? 0;
    seen.set(line.color, rank + 1);
    const color = colors.of(line.color);
    const [toward, share] = TONES[Math.floor(rank / dashes.length) % TONES.length] ?? ["--surface-1", 0];
    return { stroke: share === 0 ? color : mixColors(color, colors.of(toward), share), dash: dashes[rank % dashes.length] ?? [] };
  });
}

/** The unit a panel shows, chosen once for all its lines by the largest value among them; a register keeps its own. */
export function panelUnit(panel: Panel): ShownUnit {
  const first = panel.lines[0];
  if (first !== undefined && panel.register) return { unit: first.unit, factor: unitFamily(first.unit).factor };
  let largest = 0;
  for (const line of panel.lines) {
    const { factor } = unitFamily(line.unit);
    const { max, min } = line.column;
    for (let row = 0; row < max.length; row++) {
      const high = Math.max(Math.abs(max[row] ?? 0), Math.abs(min[row] ?? 0)) * factor;
      if (high > largest) largest = high;
    }
  }
  return shownUnit(panel.base, largest);
}
