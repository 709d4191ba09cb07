import type { RefObject } from "react";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import { chartKeys } from "#web/charts/chart-keys.ts";
import { useKeys } from "#web/parts/use-keys.ts";
import type { HomeView } from "./use-home-view.ts";
import { VIEWS } from "./view-span.ts";

interface KeyParts {
  readonly view: HomeView;
  readonly chart: RefObject<ChartHandle | null>;
  readonly refresh: () => void;
}

/** What each key does: 1 to 5 lengths, R refreshes, Esc goes back, arrows pan, + and − zoom, Enter zooms into the selection. */
export function homeKeys({ view, chart, refresh }: KeyParts): Readonly<Record<string, () => void>> {
  return {
    ...Object.fromEntries(VIEWS.map((name, index) => [String(index + 1), () => view.setView(name)])),
    r: refresh,
    ...chartKeys(view, chart),
  };
}

/** The keys of the page; ignored while somebody types. */
export function useHomeKeys(parts: KeyParts): void {
  useKeys(homeKeys(parts));
}
