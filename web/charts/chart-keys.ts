import type { RefObject } from "react";
import type { KeyActions } from "#web/parts/use-keys.ts";
import type { ChartHandle } from "./chart-handle.ts";
import type { TimeSpan } from "./time-ticks.ts";

const PAN = 0.25;
const ZOOM = 0.6;

/** The part of a page's view that keys on a chart change. */
export interface KeyedView {
  readonly selection: TimeSpan | undefined;
  setSpan(span: TimeSpan): void;
  setSelection(span: TimeSpan | undefined): void;
  reset(): void;
}

/** Keys of every page with a chart: arrows pan, + and − zoom, Enter zooms into the selection, Esc lets it go and then goes back to normal. */
export function chartKeys(view: KeyedView, chart: RefObject<Pick<ChartHandle, "pan" | "zoom"> | null>): KeyActions {
  return {
    escape: () => (view.selection === undefined ? view.reset() : view.setSelection(undefined)),
    enter: () => view.selection !== undefined && view.setSpan(view.selection),
    arrowleft: () => chart.current?.pan(-PAN),
    arrowright: () => chart.current?.pan(PAN),
    "+": () => chart.current?.zoom(ZOOM),
    "=": () => chart.current?.zoom(ZOOM),
    "-": () => chart.current?.zoom(1 / ZOOM),
  };
}
