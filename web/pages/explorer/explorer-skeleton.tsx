import type { ReactElement } from "react";
import { Skeleton } from "#web/parts/states.tsx";

/** The boxes of the page before anything is known; they have their final sizes. */
export function ExplorerSkeleton(): ReactElement {
  return (
    <div role="status" aria-label="Loading">
      <div className="head">
        <div className="answer">
          <Skeleton width="62%" height={28} />
          <div className="explorer-skeleton-line">
            <Skeleton width="34%" height={14} />
          </div>
        </div>
      </div>
      <div className="grid explorer-columns">
        <div className="card explorer-skeleton-chart">
          <Skeleton height={474} />
          <Skeleton height={44} />
        </div>
        <div className="grid">
          <Skeleton height={256} />
          <Skeleton height={148} />
          <Skeleton height={96} />
        </div>
      </div>
    </div>
  );
}
