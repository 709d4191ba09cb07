import { useQuery } from "@tanstack/react-query";
import { equipmentQuery } from "#web/client/building-queries.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer } from "#web/parts/card.tsx";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";

/** Equipment and the histories it has. */
export function TrendsPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Rows {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={400} />
  </PageSkeleton>
);

function Rows({ building }: BuildingLook) {
  const query = useQuery(equipmentQuery(building.site));
  if (query.data === undefined) {
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  const rows = query.data.equipment;
  return (
    <>
      <Answer sentence={`Equipment of ${building.name}`} evidence={[]} />
      {rows.length === 0 ? (
        <EmptyState sentence="No equipment was found by name yet." />
      ) : (
        <div className="card">
          <div className="body">
            <TableScroll>
              <table>
                <thead>
                  <tr>
                    <th>Equipment</th>
                    <th>Kind</th>
                    <th>Floor</th>
                    <th>Histories</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.equipment.id}>
                      <td>{row.equipment.name}</td>
                      <td>{row.equipment.type}</td>
                      <td>{row.equipment.floor || "—"}</td>
                      <td>{row.now.length}</td>
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
