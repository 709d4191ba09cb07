import { Link } from "@tanstack/react-router";
import type { AirHandlerAnswer, ZoneRowAnswer } from "#contract/building.ts";
import { handlerFacts } from "./air-handlers-view.ts";
import { FindingList } from "./finding-list.tsx";
import { deviationOf, percentText } from "./zone-words.ts";

interface CardProps {
  readonly airHandler: AirHandlerAnswer;
  readonly zones: readonly ZoneRowAnswer[];
  readonly nowMs: number;
  readonly timeZone: string;
  /** "today": what its hours are of. */
  readonly when: string;
  readonly search: object;
}

const RUNNING = { true: { word: "running", mark: "fresh" }, false: { word: "off", mark: "stale" } } as const;

/** One air handler: what it does now, what was found, and how comfortable each of its zones was. */
export function AirHandlerCard({ airHandler, zones, nowMs, timeZone, when, search }: CardProps) {
  const { equipment, running, findings } = airHandler;
  const look = running === null ? { word: "running not known", mark: "missing" } : RUNNING[`${running}`];
  return (
    <section className="card handler" id={equipment.id} aria-label={equipment.name}>
      <header>
        <h2>{equipment.name}</h2>
        <span className={`q ${look.mark}`}>{look.word}</span>
        <div className="note handler-links">
          <Link className="link" to="/building" search={{ ...search, handler: equipment.id }}>
            Its zones
          </Link>
          <Link className="link" to="/building/trends" search={{ ...search, equipment: [equipment.id] }}>
            Trends
          </Link>
        </div>
      </header>
      <div className="body">
        <dl className="handler-facts">
          {handlerFacts(airHandler, when).map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>
                <b>{fact.value}</b>
                {fact.note !== "" && <small>{fact.note}</small>}
              </dd>
            </div>
          ))}
        </dl>
        {findings.length > 0 && <FindingList findings={findings} nowMs={nowMs} timeZone={timeZone} />}
        <h3>
          {zones.length === 0
            ? "No zone is known to be served by it"
            : `Comfort of its ${zones.length === 1 ? "zone" : `${zones.length} zones`}`}
        </h3>
        <ul className="handler-zones">
          {zones.map((row) => (
            <ZoneBar key={row.zone.id} row={row} search={search} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function ZoneBar({ row, search }: { row: ZoneRowAnswer; search: object }) {
  const pct = row.comfort.withinTimePct;
  const deviation = deviationOf(row);
  return (
    <li>
      <Link className="handler-zone" to="/building/zone" search={{ ...search, zone: row.zone.id }}>
        <span>{row.zone.name}</span>
        <span className="handler-bar" aria-hidden="true">
          {pct !== null && <b style={{ width: `${Math.max(0, Math.min(100, pct))}%` }} />}
        </span>
        <span className="n">{pct === null ? "—" : percentText(pct)}</span>
        {row.standing !== "inside" && <small className={deviation.tone}>{deviation.words}</small>}
        {pct === null && <span className="read-aloud"> not judged</span>}
      </Link>
    </li>
  );
}
