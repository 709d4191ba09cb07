import type { CSSProperties } from "react";
import type { UsageSummaryAnswer } from "#contract/usage.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { countText } from "#web/parts/format-number.ts";
import { pageName } from "./words.ts";

/** Every page that was opened, with its share as a bar. */
export function PathTable({ answer }: { answer: UsageSummaryAnswer }) {
  const most = answer.byPath[0]?.count ?? 1;
  return (
    <table className="paths">
      <thead>
        <tr>
          <th>Page</th>
          <th className="n">Views</th>
          <th className="n">Share</th>
          <th className="n">Last seen</th>
        </tr>
      </thead>
      <tbody>
        {answer.byPath.map((row) => (
          <tr key={row.path}>
            <td>
              {pageName(row.path) !== row.path && <>{pageName(row.path)} </>}
              <code className="faint">{row.path}</code>
              <i className="path-bar" aria-hidden="true" style={{ "--w": row.count / most } as CSSProperties} />
            </td>
            <td className="n">{countText(row.count)}</td>
            <td className="n muted">{shareText(row.count, answer.total)}</td>
            <td className="n">
              <AgeText tMs={row.lastSeenMs} zone={answer.zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shareText(count: number, total: number): string {
  if (total === 0) return "—";
  const share = (100 * count) / total;
  return share > 0 && share < 1 ? "under 1\u00a0%" : `${Math.round(share)}\u00a0%`;
}
