import type { RefObject } from "react";
import type { SeriesChartHandle } from "#web/charts/series-chart.tsx";
import { useKeys } from "#web/pages/explorer/use-keys.ts";
import type { HomeView } from "./use-home-view.ts";
import { VIEWS } from "./view-span.ts";

const PAN = 0.25;
const ZOOM = 0.6;

interface KeyParts {
  readonly view: HomeView;
  readonly chart: RefObject<SeriesChartHandle | null>;
  readonly refresh: () => void;
}

/** What each key does: 1 to 5 lengths, R refreshes, Esc goes back, arrows pan, + and − zoom, Enter zooms into the selection. */
export function homeKeys({ view, chart, refresh }: KeyParts): Readonly<Record<string, () => void>> {
  return {
    ...Object.fromEntries(VIEWS.map((name, index) => [String(index + 1), () => view.setView(name)])),
    r: refresh,
    escape: () => (view.selection === undefined ? view.reset() : view.setSelection(undefined)),
    enter: () => view.selection !== undefined && view.setSpan(view.selection),
    arrowleft: () => chart.current?.pan(-PAN),
    arrowright: () => chart.current?.pan(PAN),
    "+": () => chart.current?.zoom(ZOOM),
    "=": () => chart.current?.zoom(ZOOM),
    "-": () => chart.current?.zoom(1 / ZOOM),
  };
}

/** The keys of the page; ignored while somebody types. */
export function useHomeKeys(parts: KeyParts): void {
  useKeys(homeKeys(parts));
}
