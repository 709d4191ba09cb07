import type { IntervalDetailAnswer } from "#contract/plant-intervals.ts";
import { numberText } from "#web/parts/format-number.ts";
import { fullText } from "#web/parts/format-time.ts";

const KINDS = {
  replaced: "was replaced",
  refused: "came again with another value, and was refused",
  late: "came late",
  arrived: "arrived",
} as const;

/** What the interval said before, and what came for it and was not taken; newest first. */
export function DrawerRevisions({ detail, zone }: { detail: IntervalDetailAnswer; zone: string }) {
  return (
    <section className="drawer-part">
      <h3>History</h3>
      {detail.revisions.length === 0 && <p className="muted">Its values never changed.</p>}
      <ol className="drawer-history">
        {detail.revisions.map((revision) => (
          <li key={`${revision.series} ${revision.kind} ${revision.receivedMs} ${revision.value}`}>
            <span>
              <b>{revision.value === null ? "A value" : numberText(revision.value, { unit: revision.unit, exact: true })}</b>{" "}
              {KINDS[revision.kind]}
            </span>
            <small title={revision.series}>
              {fullText(revision.receivedMs, { zone })} · {revision.series}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
