import "./building.css";
import "./zone.css";
import { PageSkeleton, Skeleton } from "#web/parts/states.tsx";

/** The boxes of a zone's page before anything is known. */
export function ZoneSkeleton() {
  return (
    <PageSkeleton>
      <div className="zone-columns">
        <div className="card zones-skeleton">
          <Skeleton height={250} />
          <Skeleton height={150} />
          <Skeleton height={96} />
          <Skeleton height={96} />
        </div>
        <div className="zone-side">
          <div className="card zones-skeleton">
            <Skeleton height={300} />
          </div>
          <div className="card zones-skeleton">
            <Skeleton height={120} />
          </div>
        </div>
      </div>
    </PageSkeleton>
  );
}
