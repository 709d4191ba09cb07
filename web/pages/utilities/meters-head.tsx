import { Link, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { MetersAnswer } from "#contract/meters.ts";
import { Answer } from "#web/parts/card.tsx";
import { unpricedMeters } from "./top-meters.ts";
import { counted } from "./words.ts";

/** The answer in one sentence, then what wants a person, and the ways to bring readings in. */
export function MetersHead({ answer, onAdd }: { answer: MetersAnswer; onAdd: (() => void) | undefined }) {
  const { site } = useSearch({ strict: false });
  const kept = site ? { site } : {};
  return (
    <div className="util-headed">
      <Answer sentence={answer.sentence} evidence={evidence(answer, kept)}>
        {onAdd !== undefined && (
          <button type="button" className="ctl" onClick={onAdd}>
            New meter
          </button>
        )}
        <Link className="ctl" to="/import" search={kept}>
          Import a file
        </Link>
        <Link className="ctl" to="/round" search={kept}>
          Read meters
        </Link>
      </Answer>
    </div>
  );
}

function evidence({ meters }: MetersAnswer, kept: { readonly site?: string }): ReactNode[] {
  const events = meters.reduce((sum, meter) => sum + meter.openEvents, 0);
  const anomalies = meters.reduce((sum, meter) => sum + meter.openAnomalies, 0);
  const used = meters.filter((meter) => meter.thisMonth.amount !== null);
  const unpriced = unpricedMeters(used, (meter) => meter.thisMonth.cost !== null).length;
  return [
    events === 0 ? "No event to decide" : `${counted(events, "event")} to decide`,
    anomalies === 0 ? (
      "No anomaly open"
    ) : (
      <Link key="anomalies" className="link" to="/anomalies" search={kept}>
        {counted(anomalies, "anomaly", "anomalies")} to look at
      </Link>
    ),
    ...(unpriced > 0 ? [`${counted(unpriced, "meter")} without a price`] : []),
  ];
}
