import { PageSkeleton, Skeleton } from "#web/parts/states.tsx";

/** The boxes of the page before anything is known; they have their final sizes. */
export function HomeSkeleton() {
  return (
    <PageSkeleton>
      <div className="grid home-columns">
        <div className="card home-main home-skeleton-main">
          <Skeleton height={480} />
        </div>
        <SideSkeleton />
        <SideSkeleton />
      </div>
      <div className="card home-days">
        <Skeleton height={148} />
      </div>
    </PageSkeleton>
  );
}

/** A column of six numbers on their way. */
export function SideSkeleton() {
  return (
    <div className="card home-side">
      <div className="body home-side-skeleton">
        <Skeleton width="60%" height={18} />
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} height={52} />
        ))}
      </div>
    </div>
  );
}
