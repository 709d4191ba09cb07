import type { PanelPlot } from "./panel-plot.ts";
import type { TimeSpan } from "./time-ticks.ts";

/** What a stack needs of a chart. */
export type StackedPlot = Pick<PanelPlot, "area" | "move" | "band" | "noBand" | "cursor">;

/** Charts that share window, cursor and selection. */
export interface ChartStack {
  span(): TimeSpan;
  add(plot: StackedPlot): () => void;
  /** Moves every chart at once; `settle` is told a moment after the last of a row of moves. */
  move(span: TimeSpan): void;
  /** Takes a window from outside without telling anybody. */
  follow(span: TimeSpan): void;
  select(span: TimeSpan | undefined): void;
  selection(): TimeSpan | undefined;
  /** A band while a pointer drags, in CSS pixels; undefined brings the selection back. */
  drag(band: readonly [number, number] | undefined): void;
  widthPx(): number;
  cursor(x: number): void;
  /** Told of every window that is drawn, also between settled ones. */
  watch(listener: (span: TimeSpan) => void): () => void;
  destroy(): void;
}

const SETTLE_MS = 160;
const SHORTEST_MS = 2_000;
const LONGEST_MS = 60 * 366 * 86_400_000;

export interface ChartStackParts {
  readonly span: TimeSpan;
  readonly onSettle: (span: TimeSpan) => void;
}

/** An empty stack. Plots come and go with their panels. */
export function chartStack(parts: ChartStackParts): ChartStack {
  const plots = new Set<StackedPlot>();
  const watchers = new Set<(span: TimeSpan) => void>();
  let span = parts.span;
  let selected: TimeSpan | undefined;
  let dragged: readonly [number, number] | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let moving = false;
  let frame: number | undefined;

  const widthPx = () => [...plots][0]?.area.clientWidth ?? 0;
  const bandOf = (plot: StackedPlot) => {
    if (dragged !== undefined) return plot.band(dragged[0], dragged[1]);
    if (selected === undefined) return plot.noBand();
    const perMs = plot.area.clientWidth / (span.toMs - span.fromMs);
    plot.band((selected.fromMs - span.fromMs) * perMs, (selected.toMs - span.fromMs) * perMs);
  };
  const bands = () => {
    for (const plot of plots) bandOf(plot);
  };
  const draw = () => {
    frame = undefined;
    for (const plot of plots) plot.move(span, moving);
    bands();
    for (const watcher of watchers) watcher(span);
  };
  const soon = () => {
    frame ??= requestAnimationFrame(draw);
  };
  return {
    span: () => span,
    add(plot) {
      plots.add(plot);
      bandOf(plot);
      return () => plots.delete(plot);
    },
    move(next) {
      span = limited(next);
      soon();
      clearTimeout(timer);
      moving = true;
      timer = setTimeout(() => {
        moving = false;
        soon();
        parts.onSettle(span);
      }, SETTLE_MS);
    },
    follow(next) {
      // A clock that ticks must not pull the window out of a hand.
      if (moving) return;
      if (next.fromMs === span.fromMs && next.toMs === span.toMs) return;
      span = next;
      soon();
    },
    select(next) {
      selected = next;
      bands();
    },
    selection: () => selected,
    drag(band) {
      dragged = band;
      bands();
    },
    widthPx,
    cursor(x) {
      [...plots][0]?.cursor(x);
    },
    watch(listener) {
      watchers.add(listener);
      listener(span);
      return () => watchers.delete(listener);
    },
    destroy() {
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
    },
  };
}

/** A window no shorter than two seconds and no longer than sixty years, around the same middle. */
export function limited(span: TimeSpan): TimeSpan {
  const length = span.toMs - span.fromMs;
  const wanted = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, length));
  if (wanted === length) return { fromMs: Math.round(span.fromMs), toMs: Math.round(span.toMs) };
  const middle = (span.fromMs + span.toMs) / 2;
  return { fromMs: Math.round(middle - wanted / 2), toMs: Math.round(middle + wanted / 2) };
}

/** A window `factor` times as long, around a point `at` of it (0 left edge, 1 right edge). */
export function zoomed(span: TimeSpan, factor: number, at: number): TimeSpan {
  const length = span.toMs - span.fromMs;
  const fixed = span.fromMs + length * at;
  return limited({ fromMs: fixed - length * factor * at, toMs: fixed + length * factor * (1 - at) });
}

/** A window moved by a share of its length, later for positive shares. */
export function panned(span: TimeSpan, share: number): TimeSpan {
  const by = (span.toMs - span.fromMs) * share;
  return limited({ fromMs: span.fromMs + by, toMs: span.toMs + by });
}
