import type { RefObject } from "react";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import { chartKeys } from "#web/charts/chart-keys.ts";
import type { RangeName } from "#web/client/range.ts";
import { useKeys } from "#web/parts/use-keys.ts";
import type { View } from "./use-view.ts";

/** The spans of the segment and of the keys 1 to 5. */
export const SPANS = [
  { value: "1h", label: "1 h" },
  { value: "24h", label: "Day" },
  { value: "7d", label: "Week" },
  { value: "30d", label: "Month" },
  { value: "365d", label: "Year" },
] as const satisfies readonly { value: RangeName; label: string }[];

interface KeyParts {
  readonly view: View;
  readonly chart: RefObject<ChartHandle | null>;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly retry: () => void;
}

/** 1 to 5 spans, R refreshes, Esc goes back to normal, arrows pan, + and − zoom, Enter zooms into the selection, / adds a series. */
export function useExplorerKeys({ view, chart, search, retry }: KeyParts): void {
  useKeys({
    ...Object.fromEntries(SPANS.map((span, index) => [String(index + 1), () => view.setRange(span.value)])),
    r: retry,
    ...chartKeys(view, chart),
    "/": () => search.current?.focus(),
  });
}
