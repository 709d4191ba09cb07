import { PageSkeleton, Skeleton } from "#web/parts/states.tsx";

/** The boxes the page will have. */
export function QualitySkeleton() {
  return (
    <PageSkeleton>
      <div className="quality-strip">
        <Skeleton height={78} />
      </div>
      <div className="quality-grid">
        <div className="grid">
          <Skeleton height={520} />
          <Skeleton height={180} />
        </div>
        <div className="grid">
          <Skeleton height={270} />
          <Skeleton height={200} />
          <Skeleton height={190} />
        </div>
      </div>
    </PageSkeleton>
  );
}
