import { BuildingGate } from "#web/parts/building-gate.tsx";
import { Answer } from "#web/parts/card.tsx";
import { PageSkeleton, Skeleton } from "#web/parts/states.tsx";

/** One zone. */
export function ZonePage() {
  return (
    <BuildingGate skeleton={<Waiting />}>{({ building }) => <Answer sentence={`Zone of ${building.name}`} evidence={[]} />}</BuildingGate>
  );
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={400} />
  </PageSkeleton>
);
