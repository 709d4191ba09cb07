import "./trends.css";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { EquipmentListAnswer } from "#contract/building.ts";
import { equipmentQuery } from "#web/client/building-queries.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { EquipmentList } from "./equipment-list.tsx";
import { EquipmentTrend } from "./equipment-trend.tsx";
import { chosenEquipment } from "./trends-view.ts";

/** Any equipment with all that was recorded of it, under one time axis. */
export function TrendsPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Trends {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={560} />
  </PageSkeleton>
);

function Trends({ building }: BuildingLook) {
  const query = useQuery(equipmentQuery(building.site));
  if (query.data === undefined)
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <Known answer={query.data} zone={building.zone} name={building.name} />;
}

function Known({ answer, zone, name }: { answer: EquipmentListAnswer; zone: string; name: string }) {
  const { equipment: [id] = [], find = "" } = useSearch({ strict: false }) as BuildingSearch;
  const navigate = useNavigate();
  const chosen = chosenEquipment(answer.equipment, id);
  const change = (next: Partial<BuildingSearch>) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...next }), replace: true, resetScroll: false });
  if (chosen === undefined) return <EmptyState page sentence={`No equipment of ${name} was found by its names yet.`} />;
  return (
    <div className="trends">
      <EquipmentList
        rows={answer.equipment}
        chosen={chosen.equipment.id}
        find={find}
        onFind={(words) => change({ find: words || undefined })}
        onChoose={(next) => change({ equipment: [next], select: undefined })}
      />
      <EquipmentTrend key={chosen.equipment.id} row={chosen} all={answer.equipment} zone={zone} site={answer.site} />
    </div>
  );
}
