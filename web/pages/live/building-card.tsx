import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import type { BuildingAnswer, ZoneRowAnswer } from "#contract/building.ts";
import { buildingQuery } from "#web/client/building-queries.ts";
import { countText, NOT_KNOWN, unitText } from "#web/parts/format-number.ts";
import { useSeen } from "./use-seen.ts";

/** More squares than this are no picture. */
const MOST_SQUARES = 96;
/** From so far outside on a room is uncomfortable for anybody. */
const GRAVE = { "°F": 2, "°C": 10 / 9 } as Readonly<Record<string, number>>;

/** All zones of a building in one card: how many are inside, the worst, and how comfortable it was. Leads to the building. */
export function BuildingCard({ site }: { site: string }) {
  const card = useRef<HTMLAnchorElement>(null);
  const seen = useSeen(card);
  const answer = useQuery({ ...buildingQuery(site), enabled: seen }).data;
  return (
    <Link ref={card} className="card pt pt-building" to="/building" search={{ site }}>
      <div className="pt-head">
        <h3>
          <span>Zones</span>
        </h3>
        <span className="faint">{answer === undefined ? "" : answer.occupiedNow ? "occupied" : "not occupied"}</span>
      </div>
      <div className="num">
        {answer === undefined ? (
          NOT_KNOWN
        ) : (
          <>
            {countText(answer.counts.inside ?? 0)}
            <i>{`\u00a0of ${countText(answer.zones.length)} inside their band`}</i>
          </>
        )}
      </div>
      <div className="pt-zones" aria-hidden="true">
        {answer !== undefined &&
          answer.zones.length <= MOST_SQUARES &&
          answer.zones.map((row) => <i key={row.zone.id} className={toneOf(row)} />)}
      </div>
      <div className="foot">
        <span>{answer === undefined ? "\u00a0" : worstText(answer)}</span>
        <span className="foot-right">
          {answer === undefined || answer.comfortPct === null ? "" : `comfort ${answer.comfortPct.toFixed(0)}\u00a0%`}
        </span>
      </div>
    </Link>
  );
}

function toneOf({ standing, outsideBy, unit }: ZoneRowAnswer): string {
  if (standing === "inside") return "in";
  if (standing !== "above" && standing !== "below") return "";
  return Math.abs(outsideBy ?? 0) >= (GRAVE[unitText(unit)] ?? 2) ? "bad" : "warn";
}

/** "3.0 °F above: VAV 3-07", the name last because it may be long; without any outside, what cannot be judged. */
function worstText({ zones }: Pick<BuildingAnswer, "zones">): string {
  const worst = zones
    .filter(({ standing }) => standing === "above" || standing === "below")
    .sort((a, b) => Math.abs(b.outsideBy ?? 0) - Math.abs(a.outsideBy ?? 0))[0];
  if (worst !== undefined)
    return `${Math.abs(worst.outsideBy ?? 0).toFixed(1)}\u00a0${unitText(worst.unit)} ${worst.standing}: ${worst.zone.name}`;
  const untold = zones.filter(({ standing }) => standing !== "inside").length;
  return untold === 0 ? "none outside" : `none outside, ${countText(untold)} cannot be judged`;
}
