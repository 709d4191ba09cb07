import "./live.css";
import { useSearch } from "@tanstack/react-router";
import { ErrorState } from "#web/parts/states.tsx";
import { Chips } from "./chips.tsx";
import { LiveHead } from "./live-head.tsx";
import type { Section } from "./live-point.ts";
import { LiveSkeleton } from "./live-skeleton.tsx";
import { NoReadings } from "./no-readings.tsx";
import { shownOf } from "./shown.ts";
import { SiteSection } from "./site-section.tsx";
import { useColumns } from "./use-columns.ts";
import { useSections } from "./use-sections.ts";
import { useHeard, useLookKeys } from "./use-states.ts";
import { windowOf } from "./window.ts";

/** What every point says right now. */
export function LivePage() {
  const { site } = useSearch({ strict: false });
  const { sections, error, retry } = useSections(site);
  const heard = useHeard();
  if (error) return <ErrorState error={error} retry={retry} />;
  if (!sections) return <LiveSkeleton />;
  if (sections.length === 0) return <NoReadings site={site} />;
  if (!heard) return <LiveSkeleton sections={sections} />;
  return <Wall sections={sections} />;
}

function Wall({ sections }: { sections: readonly Section[] }) {
  const search = useSearch({ strict: false });
  const lookKeys = useLookKeys(sections);
  const shown = shownOf(sections, search.show, lookKeys);
  const [wall, columns] = useColumns();
  // Two full rows of each site; a site that is alone on the page has the page. One column is a list, and lists are scrolled.
  const first = sections.length === 1 ? Math.max(40, columns * 8) : columns < 3 ? 10 : columns * 2;
  const window = windowOf(search.range);
  return (
    <>
      <LiveHead sections={sections} />
      <Chips sections={sections} chosen={search.show} look={lookKeys === "" ? 0 : lookKeys.split("\n").length} />
      <div ref={wall}>
        {shown.map((section) => (
          <SiteSection
            key={section.site.id}
            section={section}
            first={first}
            alone={sections.length === 1}
            filtered={search.show !== undefined}
            window={window}
          />
        ))}
      </div>
      {shown.length === 0 && <p className="muted">Nothing of this kind at the moment.</p>}
    </>
  );
}
