import "./points.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { StoppedAnswer } from "#contract/building-points.ts";
import { stoppedQuery } from "#web/client/building-queries.ts";
import { useNow } from "#web/client/live.tsx";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer, Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { ageText, momentText } from "#web/parts/format-time.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { STOPPED_WORDS, stoppedGroups } from "./stopped-groups.ts";

/** Histories that say nothing any more, or nothing that can be true. */
export function StoppedPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Stopped {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={260} />
  </PageSkeleton>
);

function Stopped({ building }: BuildingLook) {
  const query = useQuery(stoppedQuery(building.site));
  if (query.data === undefined)
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  const { sentence, stopped, found, mapped, site } = query.data;
  return (
    <div className="points">
      <Answer sentence={sentence} evidence={[`${countText(found)} histories found`, `${countText(mapped)} have equipment and a role`]} />
      {stopped.length === 0 && (
        <EmptyState sentence={`Every history of ${building.name} speaks as it usually does.`}>
          <Link className="ctl" to="/building/names" search={{ site }}>
            Names and roles
          </Link>
        </EmptyState>
      )}
      {stoppedGroups(stopped).map((group) => (
        <Group key={group.why} {...group} site={site} zone={building.zone} />
      ))}
    </div>
  );
}

interface GroupProps {
  readonly why: StoppedAnswer["stopped"][number]["why"];
  readonly rows: StoppedAnswer["stopped"];
  readonly site: string;
  readonly zone: string;
}

function Group({ why, rows, site, zone }: GroupProps) {
  const nowMs = useNow(60_000);
  const { title, note } = STOPPED_WORDS[why];
  return (
    <Card title={`${title} ${countText(rows.length)}`} note={note}>
      <TableScroll>
        <table className="points-table stack">
          <thead>
            <tr>
              <th>History</th>
              <th>Equipment</th>
              <th>Newest sample</th>
              <th className="n">Usually every</th>
              <th>What it is</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.series}>
                <td>
                  <Link className="link" to="/explorer" search={{ site, series: [row.series] }}>
                    {row.name}
                  </Link>
                </td>
                <td>{row.equipmentName ?? <span className="faint">none</span>}</td>
                <td className="nowrap" data-label="Newest">
                  {row.lastMs === null ? "never" : `${momentText(row.lastMs, nowMs, { zone })}, ${ageText(nowMs - row.lastMs)} ago`}
                </td>
                <td className="n" data-label="Usually every">
                  {row.usualMs === null ? "—" : ageText(row.usualMs)}
                </td>
                <td className="points-why">{row.sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Card>
  );
}
