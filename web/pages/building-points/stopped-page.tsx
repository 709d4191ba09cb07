import { useQuery } from "@tanstack/react-query";
import { stoppedQuery } from "#web/client/building-queries.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer } from "#web/parts/card.tsx";
import { fullText } from "#web/parts/format-time.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";

/** Histories that say nothing any more, or nothing that can be true. */
export function StoppedPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Rows {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={400} />
  </PageSkeleton>
);

function Rows({ building, clock }: BuildingLook) {
  const query = useQuery(stoppedQuery(building.site));
  if (query.data === undefined) {
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  const rows = query.data.stopped;
  return (
    <>
      <Answer sentence={query.data.sentence} evidence={[]} />
      {rows.length === 0 ? (
        <EmptyState sentence="Every history that was found still speaks." />
      ) : (
        <div className="card">
          <div className="body">
            <TableScroll>
              <table>
                <thead>
                  <tr>
                    <th>History</th>
                    <th>Equipment</th>
                    <th>Last</th>
                    <th>Why</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.series}>
                      <td>{row.name}</td>
                      <td>{row.equipmentName ?? "—"}</td>
                      <td>{row.lastMs === null ? "—" : fullText(row.lastMs, { zone: clock.zone })}</td>
                      <td>{row.sentence}</td>
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
