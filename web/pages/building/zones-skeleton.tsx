import "./zone-card.css";
import "./building.css";
import "#web/parts/filter-bar.css";
import { PageSkeleton, Skeleton } from "#web/parts/states.tsx";

/** The boxes of the page before anything is known: cards, then rows. */
export function ZonesSkeleton() {
  return (
    <PageSkeleton>
      <div className="filter-bar">
        <Skeleton width={212} height={30} />
        <Skeleton width={260} height={30} />
      </div>
      <div className="zones-cards">
        {Array.from({ length: 8 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: boxes of grey, all alike
          <div key={index} className="card zone-card">
            <Skeleton height={113} />
          </div>
        ))}
      </div>
      <div className="card zones-skeleton">
        {Array.from({ length: 9 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of grey, all alike
          <Skeleton key={index} height={20} />
        ))}
      </div>
    </PageSkeleton>
  );
}
