import type { ZoneDetailAnswer } from "#contract/building.ts";
import { FindingList } from "./finding-list.tsx";

/** What was found at a zone, the gravest first. */
export function ZoneFindings({ detail, nowMs }: { detail: ZoneDetailAnswer; nowMs: number }) {
  return (
    <section className="card" aria-label="Findings">
      <header>
        <h2>Findings</h2>
      </header>
      <div className="body">
        {detail.findings.length === 0 ? (
          <p className="muted">Nothing was found in this time.</p>
        ) : (
          <FindingList findings={detail.findings} nowMs={nowMs} timeZone={detail.timeZone} />
        )}
      </div>
    </section>
  );
}
