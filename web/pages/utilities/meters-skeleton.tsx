import { Skeleton } from "#web/parts/states.tsx";

/** The boxes of the list before anything is known. */
export function MetersSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <div className="answer">
        <Skeleton width="min(520px, 90%)" height={28} />
        <div className="skeleton-line">
          <Skeleton width={320} height={14} />
        </div>
      </div>
      <div className="util-filter">
        <Skeleton width={236} height={30} />
        <Skeleton width={130} height={30} />
      </div>
      <div className="card util-skeleton">
        {Array.from({ length: 9 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of grey, all alike
          <Skeleton key={row} height={44} />
        ))}
      </div>
    </div>
  );
}
