import { PageSkeleton, Skeleton } from "#web/parts/states.tsx";

/** The boxes of the page before anything is known; they have their final sizes. */
export function PlantSkeleton() {
  return (
    <PageSkeleton>
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
    </PageSkeleton>
  );
}
