import { BuildingGate } from "#web/parts/building-gate.tsx";
import { Answer } from "#web/parts/card.tsx";
import { PageSkeleton, Skeleton } from "#web/parts/states.tsx";

/** Air handlers and the zones they serve. */
export function AirHandlersPage() {
  return (
    <BuildingGate skeleton={<Waiting />}>
      {({ building }) => <Answer sentence={`Air handlers of ${building.name}`} evidence={[]} />}
    </BuildingGate>
  );
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={400} />
  </PageSkeleton>
);
