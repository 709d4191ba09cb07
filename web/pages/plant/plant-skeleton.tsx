import { Skeleton } from "#web/parts/states.tsx";

/** The boxes of the page before anything is known; they have their final sizes. */
export function PlantSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <div className="answer">
        <Skeleton width="min(760px, 92%)" height={28} />
        <div className="skeleton-line">
          <Skeleton width={360} height={14} />
        </div>
      </div>
      <div className="card skeleton-strip">
        <Skeleton height={46} />
      </div>
      <div className="plant-grid">
        <div className="grid">
          {[218, 232, 232].map((height, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
            <div className="card skeleton-card" key={index}>
              <Skeleton height={height} />
            </div>
          ))}
        </div>
        <div className="grid plant-side">
          {[150, 260, 120].map((height) => (
            <div className="card skeleton-card" key={height}>
              <Skeleton height={height} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
