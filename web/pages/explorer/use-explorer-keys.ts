import type { RefObject } from "react";
import type { SeriesChartHandle } from "#web/charts/series-chart.tsx";
import type { RangeName } from "#web/client/range.ts";
import { useKeys } from "./use-keys.ts";
import type { View } from "./use-view.ts";

/** The spans of the segment and of the keys 1 to 5. */
export const SPANS = [
  { value: "1h", label: "1 h" },
  { value: "24h", label: "Day" },
  { value: "7d", label: "Week" },
  { value: "30d", label: "Month" },
  { value: "365d", label: "Year" },
] as const satisfies readonly { value: RangeName; label: string }[];

const PAN = 0.25;
const ZOOM = 0.6;

interface KeyParts {
  readonly view: View;
  readonly chart: RefObject<SeriesChartHandle | null>;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly retry: () => void;
}

/** 1 to 5 spans, R refreshes, Esc goes back to normal, arrows pan, + and − zoom, Enter zooms into the selection, / adds a series. */
export function useExplorerKeys({ view, chart, search, retry }: KeyParts): void {
  useKeys({
    ...Object.fromEntries(SPANS.map((span, index) => [String(index + 1), () => view.setRange(span.value)])),
    r: retry,
    escape: () => (view.selection === undefined ? view.reset() : view.setSelection(undefined)),
    enter: () => view.selection !== undefined && view.setSpan(view.selection),
    arrowleft: () => chart.current?.pan(-PAN),
    arrowright: () => chart.current?.pan(PAN),
    "+": () => chart.current?.zoom(ZOOM),
    "=": () => chart.current?.zoom(ZOOM),
    "-": () => chart.current?.zoom(1 / ZOOM),
    "/": () => search.current?.focus(),
  });
}
