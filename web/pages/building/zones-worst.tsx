import { useState } from "react";
import { ZoneCard } from "./zone-card.tsx";
import type { ZoneLists } from "./zones-lists.ts";
import { ZonesTable } from "./zones-table.tsx";
import { partedZones, sortedZones } from "./zones-view.ts";

/** Three rows of a wide screen; the rest on demand, because hundreds of cards tell nobody where to begin. */
const FIRST_CARDS = 12;

/** What wants a look as cards, the worst first; everything else as a table. */
export function ZonesWorst({ rows, ...lists }: ZoneLists) {
  const [all, setAll] = useState(false);
  const { attention, others } = partedZones(rows);
  const cards = all ? attention : attention.slice(0, FIRST_CARDS);
  return (
    <>
      {attention.length > 0 && (
        <section aria-label="Needs attention">
          <div className="zones-sec">
            <h2>Needs attention</h2>
            <span>{attention.length === 1 ? "1 zone" : `${attention.length} zones, the worst first`}</span>
            <SparkLegend />
          </div>
          <div className="zones-cards">
            {cards.map((row) => (
              <ZoneCard key={row.zone.id} row={row} nowMs={lists.nowMs} timeZone={lists.timeZone} search={lists.search} />
            ))}
          </div>
          {cards.length < attention.length && (
            <button type="button" className="ctl zones-more" onClick={() => setAll(true)}>
              Show all {attention.length} zones that need attention
            </button>
          )}
        </section>
      )}
      {others.length > 0 && (
        <>
          <div className="zones-sec">
            <h2>{attention.some(({ standing }) => standing === "inside") ? "Inside the band, nothing found" : "Inside the band"}</h2>
            <span>{others.length === 1 ? "1 zone" : `${others.length} zones`}</span>
            {attention.length === 0 && <SparkLegend />}
          </div>
          <ZonesTable {...lists} label="Zones inside their band" rows={sortedZones(others, lists.order)} />
        </>
      )}
    </>
  );
}

/** What the lines and the shade of the small pictures are. */
export function SparkLegend() {
  return (
    <div className="zones-legend">
      <span>
        <i className="zones-legend-line" aria-hidden="true" />
        Space temperature, 24 h
      </span>
      <span>
        <i className="zones-legend-band" aria-hidden="true" />
        Setpoint band
      </span>
    </div>
  );
}
