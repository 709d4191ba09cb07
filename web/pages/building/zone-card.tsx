import "./zone-card.css";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { ZoneRowAnswer } from "#contract/building.ts";
import { unitText } from "#web/parts/format-number.ts";
import { ageText, fullText } from "#web/parts/format-time.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { type ZoneFigures, zoneFigures } from "./zone-figures.ts";
import { ZoneSpark } from "./zone-spark.tsx";
import { zoneMark } from "./zone-standing.ts";
import {
  comfortText,
  deviationOf,
  flowText,
  isHeating,
  overriddenTitle,
  percentText,
  reasonText,
  tempNumber,
  valueText,
} from "./zone-words.ts";

interface CardProps {
  readonly row: ZoneRowAnswer;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly search: object;
}

/** A zone that somebody should look at: how it is, how far off, the gravest reason, and what its box does. */
export const ZoneCard = memo(function ZoneCard({ row, nowMs, timeZone, search }: CardProps) {
  const figures = zoneFigures(row);
  const { space } = figures;
  const atMs = space?.tMs ?? null;
  const mark = zoneMark(row.standing, atMs === null ? undefined : ageText(nowMs - atMs));
  const deviation = deviationOf(row);
  const flow = flowText(figures);
  const more = boxText(figures);
  const why = row.findings[0]?.sentence ?? row.health.reasons.slice(0, 1).map(reasonText)[0];
  return (
    <article className="card zone-card" data-standing={row.standing}>
      <div className="zone-top">
        <h3 title={row.zone.name}>
          <Link className="zone-link" to="/building/zone" search={{ ...search, zone: row.zone.id }}>
            {row.zone.name}
          </Link>
        </h3>
        <span className="zone-handler">{row.airHandlerName ?? ""}</span>
        {figures.overridden.length > 0 && (
          <span className="zone-overridden" title={overriddenTitle(figures.overridden)}>
            overridden
          </span>
        )}
        <QualityMark {...mark} title={atMs === null ? undefined : fullText(atMs, { zone: timeZone })} />
      </div>
      <div className="zone-mid">
        <div>
          <div className="num zone-num">
            {tempNumber(row.standing === "bad" ? null : (space?.value ?? null))}
            {row.standing !== "bad" && space?.value !== undefined && space.value !== null && <i>{`\u00a0${unitText(row.unit)}`}</i>}
          </div>
          <div className={`zone-dev ${deviation.tone}`}>{deviation.words}</div>
        </div>
        <ZoneSpark row={row} />
      </div>
      <p className="zone-why" title={why}>
        {why ?? "\u00a0"}
      </p>
      <div className="zone-rest">
        <span>{flow ?? "airflow unknown"}</span>
        {more !== undefined && <span className="zone-rest-more">{more}</span>}
        <span className="zone-rest-end">{comfortText(row)}</span>
      </div>
    </article>
  );
});

/** What the box does beside its airflow: its reheat while it heats, else its damper. */
function boxText({ reheat, damper }: ZoneFigures): string | undefined {
  if (reheat !== undefined && isHeating(reheat)) return `reheat ${valueText(reheat)}`;
  return damper === undefined ? undefined : `damper ${percentText(damper)}`;
}
