import "#web/parts/filter-bar.css";
import { PageSkeleton, Skeleton } from "#web/parts/states.tsx";

/** The boxes of the list before anything is known. */
export function MetersSkeleton() {
  return (
    <PageSkeleton>
      <div className="filter-bar">
        <Skeleton width={236} height={30} />
        <Skeleton width={130} height={30} />
      </div>
      <div className="card util-skeleton">
        {Array.from({ length: 9 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of grey, all alike
          <Skeleton key={row} height={44} />
        ))}
      </div>
    </PageSkeleton>
  );
}
