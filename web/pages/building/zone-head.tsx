import { Link, useSearch } from "@tanstack/react-router";
import type { ZoneDetailAnswer, ZoneRowAnswer } from "#contract/building.ts";
import { apiUrl } from "#web/client/base.ts";
import { buildingPath } from "#web/client/building-queries.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { Answer } from "#web/parts/card.tsx";
import { ageText, fullText } from "#web/parts/format-time.ts";
import { Icon } from "#web/parts/icon.tsx";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { USUAL_ZONE_RANGE, type ZoneView } from "./use-zone-view.ts";
import { whenWords } from "./when-words.ts";
import { zoneFigures } from "./zone-figures.ts";
import { zoneSentence } from "./zone-sentence.ts";
import { zoneMark } from "./zone-standing.ts";
import { bandText, comfortText, floorText, overriddenTitle } from "./zone-words.ts";

interface HeadProps {
  readonly detail: ZoneDetailAnswer;
  readonly view: ZoneView;
  readonly previous: ZoneRowAnswer | undefined;
  readonly next: ZoneRowAnswer | undefined;
}

/** How the zone is in one sentence, what it belongs to, and the ways on. */
export function ZoneHead({ detail, view, previous, next }: HeadProps) {
  const search = useSearch({ strict: false }) as BuildingSearch;
  const { site, range, from, to } = search;
  const kept = { site, range, from, to };
  const { timeZone } = detail;
  const csv = apiUrl(buildingPath(detail.site, "zones", detail.zone.id, "export.csv"), { ...view.asked.span }).href;
  return (
    <div className="zones-head zone-head">
      <Answer sentence={zoneSentence(detail, { nowMs: view.nowMs, zone: timeZone })} evidence={evidence(detail, view, { search, kept })}>
        <span className="zone-steps">
          <StepLink row={previous} kept={kept} label="Zone before in the list" shortcut="p" icon="left" />
          <StepLink row={next} kept={kept} label="Next zone in the list" shortcut="n" icon="right" />
        </span>
        <button type="button" className="ctl" aria-pressed={view.table} aria-keyshortcuts="t" onClick={() => view.setTable(!view.table)}>
          {view.table ? "Chart" : "Table"}
        </button>
        <a className="ctl" href={csv} download>
          <Icon name="download" />
          CSV
        </a>
      </Answer>
    </div>
  );
}

interface EvidenceParts {
  readonly search: BuildingSearch;
  readonly kept: object;
}

function evidence(detail: ZoneDetailAnswer, view: ZoneView, { search, kept }: EvidenceParts) {
  const { zone, airHandlerName, comfort, low, high, timeZone } = detail;
  const figures = zoneFigures(detail);
  const atMs = figures.space?.tMs ?? null;
  const mark = zoneMark(detail.standing, atMs === null ? undefined : `${ageText(view.nowMs - atMs)} ago`);
  const band = bandText(low, high);
  return [
    <QualityMark key="mark" {...mark} title={atMs === null ? undefined : fullText(atMs, { zone: timeZone })} />,
    ...(airHandlerName === null
      ? ["no air handler known"]
      : [
          <Link key="handler" className="link" to="/building/air-handlers" search={kept} hash={zone.servedBy ?? ""}>
            {airHandlerName}
          </Link>,
        ]),
    ...(zone.floor === "" ? [] : [floorText(zone.floor)]),
    ...(band === "" ? [] : [`band ${band} ${detail.unit}`]),
    `${comfortText({ comfort, lastComfortPct: null })} ${whenWords(search, view.asked, { nowMs: view.nowMs, zone: timeZone, usual: USUAL_ZONE_RANGE })}`,
    ...(figures.overridden.length > 0
      ? [
          <span key="overridden" className="warn">
            {overriddenTitle(figures.overridden)}
          </span>,
        ]
      : []),
  ];
}

interface StepProps {
  readonly row: ZoneRowAnswer | undefined;
  readonly kept: object;
  readonly label: string;
  readonly shortcut: string;
  readonly icon: "left" | "right";
}

function StepLink({ row, kept, label, shortcut, icon }: StepProps) {
  if (row === undefined) {
    return (
      <button type="button" className="ctl" disabled aria-label={label}>
        <Icon name={icon} />
      </button>
    );
  }
  return (
    <Link
      className="ctl"
      to="/building/zone"
      search={{ ...kept, zone: row.zone.id }}
      aria-label={`${label}: ${row.zone.name}`}
      title={`${row.zone.name} (${shortcut.toUpperCase()})`}
      aria-keyshortcuts={shortcut}
    >
      <Icon name={icon} />
    </Link>
  );
}
