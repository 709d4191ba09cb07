import { PageSkeleton, Skeleton } from "#web/parts/states.tsx";

/** The boxes the page will have. */
export function ExplorerSkeleton() {
  return (
    <PageSkeleton>
      <div className="filters">
        {[104, 98, 118, 190].map((width) => (
          <Skeleton key={width} width={width} height={30} />
        ))}
      </div>
      <section className="card interval-card">
        <RowsSkeleton />
      </section>
    </PageSkeleton>
  );
}

const ROWS = Array.from({ length: 16 }, (_, row) => row);

/** Rows on their way. */
export function RowsSkeleton() {
  return (
    <div className="rows-skeleton" aria-busy="true">
      <span className="read-aloud">Loading</span>
      {ROWS.map((row) => (
        <Skeleton key={row} height={20} />
      ))}
    </div>
  );
}
