import { useState } from "react";
import { countText } from "#web/parts/format-number.ts";
import { BuildingCard } from "./building-card.tsx";
import type { LivePoint, Section } from "./live-point.ts";
import { PointCard } from "./point-card.tsx";
import type { Window } from "./window.ts";

/** A wall grows by this many cards at a time, so that a site of thousands stays usable. */
const STEP = 200;
/** The card of a building is as wide as two. */
const CARD_COLUMNS = 2;

interface SiteSectionProps {
  readonly section: Section;
  /** Cards shown before somebody asks for more. */
  readonly first: number;
  /** It has the page to itself. */
  readonly alone: boolean;
  /** A filter is on: everything that passed it is shown. */
  readonly filtered: boolean;
  readonly window: Window;
}

/** One site's cards. */
export function SiteSection({ section, first, alone, filtered, window }: SiteSectionProps) {
  const [more, setMore] = useState(0);
  const { site, points, through } = section;
  const isBuilding = !filtered && site.has?.includes("building") === true;
  const most = (filtered ? Math.max(first, STEP) : isBuilding && !alone ? firstOfBuilding(points, first) : first) + more;
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
        <MoreButton hidden={hidden} more={more} onMore={setMore} />
      </div>
      <div className="cards">
        {isBuilding && <BuildingCard site={site.id} />}
        {points.slice(0, most).map((point) => (
          <PointCard key={point.key} point={point} zone={site.zone} window={window} />
        ))}
      </div>
    </section>
  );
}

/** Hundreds of temperatures and dampers would bury the other sites: one card tells of them, and the meters stand beside it. */
function firstOfBuilding(points: readonly LivePoint[], first: number): number {
  const metered = points.filter(({ medium }) => medium !== "climate" && medium !== "other").length;
  return Math.min(metered, Math.max(1, first - CARD_COLUMNS));
}

function MoreButton({ hidden, more, onMore }: { hidden: number; more: number; onMore: (more: number) => void }) {
  if (hidden <= 0 && more === 0) return null;
  const next = Math.min(hidden, STEP);
  return (
    <button type="button" className="link" onClick={() => onMore(hidden > 0 ? more + STEP : 0)}>
      {hidden <= 0 ? "Show fewer" : next === hidden ? "Show all" : `Show ${next} more`}
    </button>
  );
}
