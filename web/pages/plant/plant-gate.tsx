import { type ReactNode, useMemo } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { usePlant } from "#web/client/use-plant.ts";
import { NoPlant } from "#web/parts/no-plant.tsx";
import { ErrorState } from "#web/parts/states.tsx";
import type { PlantLook } from "./plant-look.ts";

interface PlantGateProps {
  readonly skeleton: ReactNode;
  readonly children: (look: PlantLook) => ReactNode;
}

/** Shows a page once its plant is known; else why there is none. A change of plant begins the page anew. */
export function PlantGate({ skeleton, children }: PlantGateProps) {
  const { plant, error, retry } = usePlant();
  if (error) return <ErrorState error={error} retry={retry} />;
  if (plant === undefined) return skeleton;
  if (plant === null) return <NoPlant />;
  return <Known key={plant.id} plant={plant} show={children} />;
}

function Known({ plant, show }: { plant: PlantInfo; show: (look: PlantLook) => ReactNode }) {
  const look = useMemo(() => ({ plant, clock: zoneClock(plant.zone) }), [plant]);
  return show(look);
}
