import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import type { HomeInfo } from "#contract/home.ts";
import type { PowerTrace } from "#web/charts/power-scene.ts";

/** Traces a meter can have, in the order of the legend. */
export function tracesOf(home: Pick<HomeInfo, "hasSold" | "hasPhases">): PowerTrace[] {
  return ["bought", ...(home.hasSold ? (["sold"] as const) : []), "energy", "typical", ...(home.hasPhases ? (["phases"] as const) : [])];
}

export interface Traces {
  readonly shown: ReadonlySet<PowerTrace>;
  toggle(trace: PowerTrace): void;
  /** Upper end of the axis in W; undefined where it follows the readings. */
  readonly fixedW: number | undefined;
  setFixedW(watts: number | undefined): void;
}

/** Phases are for who looks for them. */
const HIDDEN_AT_FIRST: readonly PowerTrace[] = ["phases"];

/** What is shown and how high the axis is, remembered in this browser. */
export function useTraces(home: HomeInfo): Traces {
  const [hidden, setHidden] = useLocalStorage<readonly PowerTrace[]>({
    key: "wattkeep-home-hidden",
    defaultValue: HIDDEN_AT_FIRST,
    getInitialValueInEffect: false,
  });
  const [fixed, setFixed] = useLocalStorage<number>({ key: "wattkeep-home-axis", defaultValue: 0, getInitialValueInEffect: false });
  const { hasSold, hasPhases } = home;
  const shown = useMemo(
    () => new Set(tracesOf({ hasSold, hasPhases }).filter((trace) => !hidden.includes(trace))),
    [hasSold, hasPhases, hidden],
  );
  return {
    shown,
    toggle: (trace) => setHidden(hidden.includes(trace) ? hidden.filter((one) => one !== trace) : [...hidden, trace]),
    fixedW: fixed > 0 ? fixed : undefined,
    setFixedW: (watts) => setFixed(watts ?? 0),
  };
}
