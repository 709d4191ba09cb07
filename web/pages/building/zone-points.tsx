import { Link } from "@tanstack/react-router";
import type { ZoneDetailAnswer } from "#contract/building.ts";
import type { PointNowAnswer } from "#contract/building-parts.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { ageText, fullText } from "#web/parts/format-time.ts";
import { roleWords } from "#web/parts/role-words.ts";
import { valueText } from "./zone-words.ts";

interface PointsProps {
  readonly detail: ZoneDetailAnswer;
  readonly nowMs: number;
  readonly span: TimeSpan;
}

/** The histories a zone is made of: what each says now, in the sender's words, and where to look further. */
export function ZonePoints({ detail, nowMs, span }: PointsProps) {
  const points = inOrder(detail.now);
  const series = points.map((point) => point.series);
  const from = Math.round(span.fromMs);
  const to = Math.round(Math.min(span.toMs, nowMs));
  return (
    <section className="card zone-points" aria-label="Points">
      <header>
        <h2>Points</h2>
        <div className="note">
          {series.length > 0 && (
            <Link className="link" to="/explorer" search={{ series, from, to }}>
              All in the Explorer
            </Link>
          )}
        </div>
      </header>
      <div className="body">
        <table className="stack">
          <thead>
            <tr>
              <th>Role</th>
              <th>Point</th>
              <th className="n">Now</th>
              <th>Status as sent</th>
              <th className="n">Age</th>
              <th>Look further</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <PointRow key={point.role} point={point} detail={detail} nowMs={nowMs} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const ORDER = [
  "space-",
  "effective-",
  "occupied-",
  "unoccupied-",
  "flow",
  "min-flow",
  "max-flow",
  "damper",
  "reheat",
  "heating",
  "cooling",
  "discharge-air",
];

/** What is judged first, then what the box does; the rest as it came. */
function inOrder(points: readonly PointNowAnswer[]): PointNowAnswer[] {
  const rank = ({ role }: PointNowAnswer): number => {
    const at = ORDER.findIndex((start) => role.startsWith(start));
    return at < 0 ? ORDER.length : at;
  };
  return [...points].sort((a, b) => rank(a) - rank(b));
}

function PointRow({ point, detail, nowMs }: { point: PointNowAnswer; detail: ZoneDetailAnswer; nowMs: number }) {
  const { site, timeZone } = detail;
  return (
    <tr>
      <td>{roleWords(point.role)}</td>
      <td className="muted" data-label="Point">
        {point.point}
      </td>
      <td className="n" data-label="Now">
        <span className={point.bad ? "bad" : undefined}>{valueText(point)}</span>
      </td>
      <td data-label="Status">
        {point.status === "" ? <span className="faint">none</span> : <code>{point.status}</code>}
        {point.bad && <span className="bad"> not used</span>}
        {point.overridden && <span className="warn"> overridden</span>}
      </td>
      <td className="n" data-label="Age" title={point.tMs === null ? undefined : fullText(point.tMs, { zone: timeZone })}>
        {point.tMs === null ? "—" : ageText(nowMs - point.tMs)}
      </td>
      <td className="zone-further">
        <Link className="link" to="/explorer" search={{ series: [point.series], range: "24h" }}>
          Explorer
        </Link>{" "}
        <Link className="link" to="/building/names" search={{ site, point: point.point }}>
          Name and role
        </Link>
      </td>
    </tr>
  );
}
