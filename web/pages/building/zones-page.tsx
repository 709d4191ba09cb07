import { useQuery } from "@tanstack/react-query";
import { buildingQuery } from "#web/client/building-queries.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer } from "#web/parts/card.tsx";
import { ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";

/** Every zone of a building, worst first. */
export function ZonesPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Zones {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={400} />
  </PageSkeleton>
);

function Zones({ building }: BuildingLook) {
  const query = useQuery(buildingQuery(building.site));
  if (query.data === undefined) {
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  return <Answer sentence={query.data.sentence} evidence={[]} />;
}
