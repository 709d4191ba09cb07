import { type ReactNode, useMemo } from "react";
import { type ZoneClock, zoneClock } from "#web/charts/zone-clock.ts";
import { type BuildingInfo, useBuilding } from "#web/client/use-building.ts";
import { NoBuilding } from "./no-building.tsx";
import { ErrorState } from "./states.tsx";

/** The building of a page and the clock on its wall. */
export interface BuildingLook {
  readonly building: BuildingInfo;
  readonly clock: ZoneClock;
}

interface GateProps {
  readonly skeleton: ReactNode;
  readonly children: (look: BuildingLook) => ReactNode;
}

/** Shows a page once its building is known; else why there is none. Another building begins the page anew. */
export function BuildingGate({ skeleton, children }: GateProps) {
  const { building, error, retry } = useBuilding();
  if (error) return <ErrorState error={error} retry={retry} />;
  if (building === undefined) return skeleton;
  if (building === null) return <NoBuilding />;
  return <Known key={building.site} building={building} show={children} />;
}

function Known({ building, show }: { building: BuildingInfo; show: GateProps["children"] }) {
  const look = useMemo(() => ({ building, clock: zoneClock(building.zone) }), [building]);
  return show(look);
}
