import { PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import type { Section } from "./live-point.ts";

/** The boxes the page will have; with the sites' own numbers of cards once those are known. */
export function LiveSkeleton({ sections }: { sections?: readonly Section[] }) {
  const shapes = sections?.map((section) => ({ id: section.site.id, cards: Math.min(10, section.points.length) })) ?? [
    { id: "first", cards: 10 },
    { id: "second", cards: 5 },
  ];
  return (
    <PageSkeleton>
      <div className="chips">
        {[54, 112, 70, 86, 140].map((width) => (
          <Skeleton key={width} width={width} height={28} />
        ))}
      </div>
      {shapes.map((shape) => (
        <div key={shape.id}>
          <div className="sec">
            <Skeleton width={260} height={19} />
          </div>
          <div className="cards">
            {Array.from({ length: shape.cards }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike
              <div className="card pt-skeleton" key={index} />
            ))}
          </div>
        </div>
      ))}
    </PageSkeleton>
  );
}
