import { useQuery } from "@tanstack/react-query";
import { buildingPointsQuery } from "#web/client/building-queries.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer } from "#web/parts/card.tsx";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";

/** What every history is taken for, and why. */
export function NamesPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Rows {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={400} />
  </PageSkeleton>
);

function Rows({ building }: BuildingLook) {
  const query = useQuery(buildingPointsQuery(building.site));
  if (query.data === undefined) {
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  const rows = query.data.points;
  return (
    <>
      <Answer sentence={`Names and roles of ${building.name}`} evidence={[]} />
      {rows.length === 0 ? (
        <EmptyState sentence="No history was found yet." />
      ) : (
        <div className="card">
          <div className="body">
            <TableScroll>
              <table>
                <thead>
                  <tr>
                    <th>Point</th>
                    <th>Equipment</th>
                    <th>Role</th>
                    <th>Why</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.point}>
                      <td>{row.name}</td>
                      <td>{row.equipmentName ?? "—"}</td>
                      <td>{row.role ?? "—"}</td>
                      <td>{row.roleEvidence?.sentence ?? "—"}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableScroll>
          </div>
        </div>
      )}
    </>
  );
}
