import { Skeleton } from "#web/parts/states.tsx";

/** The boxes the page will have. */
export function QualitySkeleton() {
  return (
    <div aria-busy="true">
      <span className="read-aloud">Loading</span>
      <div className="answer">
        <Skeleton width="min(720px, 92%)" height={28} />
        <Skeleton width={380} height={20} />
      </div>
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
    </div>
  );
}
