import { useQuery } from "@tanstack/react-query";
import { peakQuery } from "#web/client/building-queries.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";

/** What the equipment did at a peak. */
export function PeakPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Rows {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={400} />
  </PageSkeleton>
);

function Rows({ building }: BuildingLook) {
  const query = useQuery(peakQuery(building.site));
  if (query.data === undefined) {
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  const rows = query.data.movers;
  return (
    <>
      <Answer sentence={query.data.sentence} evidence={[]} />
      {rows.length === 0 ? (
        <EmptyState sentence="No series moved against similar days." />
      ) : (
        <div className="card">
          <div className="body">
            <TableScroll>
              <table>
                <thead>
                  <tr>
                    <th>Series</th>
                    <th>Equipment</th>
                    <th>Then</th>
                    <th>Usual</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.series}>
                      <td>{row.name}</td>
                      <td>{row.equipmentName ?? "—"}</td>
                      <td>{numberText(row.value, { unit: row.unit })}</td>
                      <td>{numberText(row.usual, { unit: row.unit })}</td>
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
