import { useQuery } from "@tanstack/react-query";
import { overridesQuery } from "#web/client/building-queries.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";
import { fullText } from "#web/parts/format-time.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";

/** Points that somebody holds by hand. */
export function OverridesPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Rows {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={400} />
  </PageSkeleton>
);

function Rows({ building, clock }: BuildingLook) {
  const query = useQuery(overridesQuery(building.site));
  if (query.data === undefined) {
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  }
  const rows = query.data.overrides;
  return (
    <>
      <Answer sentence={query.data.sentence} evidence={[]} />
      {rows.length === 0 ? (
        <EmptyState sentence="Nothing is overridden." />
      ) : (
        <div className="card">
          <div className="body">
            <TableScroll>
              <table>
                <thead>
                  <tr>
                    <th>Point</th>
                    <th>Equipment</th>
                    <th>Since</th>
                    <th>Value</th>
                    <th>Status</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={`${row.point} ${row.sinceMs}`}>
                      <td>{row.name}</td>
                      <td>{row.equipmentName ?? "—"}</td>
                      <td>{fullText(row.sinceMs, { zone: clock.zone })}</td>
                      <td>{row.text || numberText(row.value, { unit: row.unit })}</td>
                      <td>{row.status}</td>
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
