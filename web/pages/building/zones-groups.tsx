import { Link } from "@tanstack/react-router";
import type { BuildingAnswer } from "#contract/building.ts";
import { pointOf, zoneFigures } from "./zone-figures.ts";
import { deviationOf, percentText, tempNumber, tempText } from "./zone-words.ts";
import type { ZoneLists } from "./zones-lists.ts";
import { ZonesTable } from "./zones-table.tsx";
import { sortedZones, type ZoneGroup, zonesByFloor, zonesByHandler } from "./zones-view.ts";
import { SparkLegend } from "./zones-worst.tsx";

/** Zones below what serves them with air. */
export function ZonesByHandler({ rows, airHandlers, ...lists }: ZoneLists & { airHandlers: BuildingAnswer["airHandlers"] }) {
  return zonesByHandler(rows, airHandlers).map((group, index) => (
    <section key={group.key} className="zones-group" aria-label={group.title}>
      <div className="zones-sec">
        <h2>
          {group.airHandler === undefined ? (
            group.title
          ) : (
            <Link className="zone-link" to="/building/air-handlers" search={lists.search} hash={group.key}>
              {group.title}
            </Link>
          )}
        </h2>
        <span>{groupFacts(group)}</span>
        {index === 0 && <SparkLegend />}
      </div>
      <ZonesTable {...lists} ofHandler={group.key !== ""} label={`Zones of ${group.title}`} rows={sortedZones(group.zones, lists.order)} />
    </section>
  ));
}

/** "running, discharge air 55.2 °F, 9 of 12 inside, comfort 92 %". */
function groupFacts({ airHandler, zones, inside, comfortPct }: ZoneGroup): string {
  const discharge = airHandler === undefined ? undefined : pointOf(airHandler.now, ["discharge-air-temp"]);
  const running = airHandler?.running;
  return [
    ...(running === undefined || running === null ? [] : [running ? "running" : "off"]),
    ...(discharge === undefined || discharge.bad ? [] : [`discharge air ${tempText(discharge.value, discharge.unit)}`]),
    `${inside} of ${zones.length} inside`,
    ...(comfortPct === null ? [] : [`comfort ${percentText(comfortPct)}`]),
  ].join(", ");
}

/** The building as one looks at it: the highest floor above, every zone as a tile with its number and its word. */
export function ZonesByFloor({ rows, search }: Pick<ZoneLists, "rows" | "search">) {
  return zonesByFloor(rows).map((group) => (
    <section key={group.key} className="zones-group" aria-label={group.title}>
      <div className="zones-sec">
        <h2>{group.title}</h2>
        <span>{groupFacts(group)}</span>
      </div>
      <ul className="zones-tiles">
        {sortedZones(group.zones, "zone").map((row) => {
          const deviation = deviationOf(row);
          const { space, overridden } = zoneFigures(row);
          return (
            <li key={row.zone.id}>
              <Link className={`zones-tile ${deviation.tone}`} to="/building/zone" search={{ ...search, zone: row.zone.id }}>
                <span className="zones-tile-name">{row.zone.name}</span>
                <b>{row.standing === "bad" ? "—" : tempNumber(space?.value)}</b>
                <small>
                  {deviation.words}
                  {overridden.length > 0 && ", overridden"}
                </small>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  ));
}
