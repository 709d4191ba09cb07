import "./points.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { OverridesAnswer } from "#contract/building-points.ts";
import { durationWords } from "#web/charts/time-words.ts";
import { overridesQuery } from "#web/client/building-queries.ts";
import { useNow } from "#web/client/live.tsx";
import { useAsked } from "#web/client/use-asked.ts";
import { BuildingGate, type BuildingLook } from "#web/parts/building-gate.tsx";
import { Answer, Card } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";
import { momentText } from "#web/parts/format-time.ts";
import { EmptyState, ErrorState, PageSkeleton, Skeleton } from "#web/parts/states.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";

type Override = OverridesAnswer["overrides"][number];

/** Points that somebody or some program holds by hand, since when and at which value. */
export function OverridesPage() {
  return <BuildingGate skeleton={<Waiting />}>{(look) => <Overrides {...look} />}</BuildingGate>;
}

const Waiting = () => (
  <PageSkeleton>
    <Skeleton height={260} />
  </PageSkeleton>
);

function Overrides({ building }: BuildingLook) {
  const asked = useAsked(building.zone);
  const query = useQuery(overridesQuery(building.site, asked.span));
  if (query.data === undefined)
    return query.error === null ? <Waiting /> : <ErrorState error={query.error} retry={() => void query.refetch()} />;
  const { sentence, overrides, site } = query.data;
  const [lasting, over] = [overrides.filter(({ untilMs }) => untilMs === null), overrides.filter(({ untilMs }) => untilMs !== null)];
  return (
    <div className="points">
      <Answer
        sentence={sentence}
        evidence={["as the station marks its samples", "what is held by hand counts in every number, and is marked"]}
      />
      {overrides.length === 0 && (
        <EmptyState sentence="Nothing is held by hand in this time.">
          <p>A point that is set by hand in the station, and left so, costs energy for months without anybody noticing. It appears here.</p>
        </EmptyState>
      )}
      {lasting.length > 0 && <Held title="Held now" rows={lasting} site={site} zone={building.zone} />}
      {over.length > 0 && <Held title="Let go" rows={over} site={site} zone={building.zone} />}
    </div>
  );
}

interface HeldProps {
  readonly title: string;
  readonly rows: readonly Override[];
  readonly site: string;
  readonly zone: string;
}

function Held({ title, rows, site, zone }: HeldProps) {
  const nowMs = useNow(60_000);
  const lengthOf = ({ sinceMs, untilMs }: Override): number => (untilMs ?? nowMs) - sinceMs;
  const longest = Math.max(...rows.map(lengthOf));
  return (
    <Card title={title} note={`${rows.length} ${rows.length === 1 ? "point" : "points"}`}>
      <TableScroll>
        <table className="points-table stack">
          <thead>
            <tr>
              <th>Point</th>
              <th>Equipment</th>
              <th className="n">Held at</th>
              <th>Since</th>
              <th>For</th>
              <th>As the station says</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.point} ${row.sinceMs}`}>
                <td>{row.name}</td>
                <td>
                  {row.equipment === null ? (
                    <span className="faint">none</span>
                  ) : (
                    <Link className="link" to="/building/trends" search={{ site, equipment: [row.equipment] }}>
                      {row.equipmentName}
                    </Link>
                  )}
                </td>
                <td className="n" data-label="Held at">
                  <b>{row.text || numberText(row.value, { unit: row.unit, exact: true })}</b>
                </td>
                <td className="nowrap" data-label="Since">
                  {row.sinceOrBefore && "before "}
                  {momentText(row.sinceMs, nowMs, { zone })}
                </td>
                <td className="nowrap" data-label="For">
                  {durationWords(lengthOf(row))}
                  <span className="points-bar" aria-hidden="true">
                    <i style={{ width: `${(100 * lengthOf(row)) / longest}%` }} />
                  </span>
                </td>
                <td>
                  <code>{row.status}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </Card>
  );
}
