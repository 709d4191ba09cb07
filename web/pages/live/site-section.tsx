import { useState } from "react";
import type { RangeName } from "#web/client/range.ts";
import { countText } from "#web/parts/format-number.ts";
import type { Section } from "./live-point.ts";
import { PointCard } from "./point-card.tsx";

/** Two rows of five are shown before somebody asks for more. */
const FIRST = 10;
/** A wall grows by this many cards at a time, so that a site of thousands stays usable. */
const STEP = 200;

interface SiteSectionProps {
  readonly section: Section;
  /** A filter is on: everything that passed it is shown. */
  readonly filtered: boolean;
  readonly windowMs: number;
  readonly windowName: string;
  readonly range: RangeName;
}

/** One site's cards. */
export function SiteSection({ section, filtered, windowMs, windowName, range }: SiteSectionProps) {
  const [limit, setLimit] = useState(FIRST);
  const { site, points, through } = section;
  const most = filtered ? Math.max(limit, STEP) : limit;
  const hidden = points.length - most;
  const some = hidden > 0 ? `, ${most} shown` : "";
  return (
    <section aria-label={site.name}>
      <div className="sec">
        <h2>{site.name}</h2>
        <span className="sec-note">
          {countText(points.length)} {points.length === 1 ? "point" : "points"}
          {some} · {through}
        </span>
        <MoreButton hidden={hidden} limit={most} onLimit={setLimit} />
      </div>
      <div className="cards">
        {points.slice(0, most).map((point) => (
          <PointCard key={point.key} point={point} zone={site.zone} windowMs={windowMs} windowName={windowName} range={range} />
        ))}
      </div>
    </section>
  );
}

function MoreButton({ hidden, limit, onLimit }: { hidden: number; limit: number; onLimit: (limit: number) => void }) {
  if (hidden > 0) {
    const next = Math.min(hidden, STEP);
    return (
      <button type="button" className="link" onClick={() => onLimit(limit + STEP)}>
        {next === hidden ? "Show all" : `Show ${next} more`}
      </button>
    );
  }
  if (limit <= FIRST || limit === STEP) return null;
  return (
    <button type="button" className="link" onClick={() => onLimit(FIRST)}>
      Show fewer
    </button>
  );
}
