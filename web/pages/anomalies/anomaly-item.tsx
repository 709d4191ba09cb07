import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { AnomalyInfo } from "#contract/anomalies.ts";
import { useMay } from "#web/client/role.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { countText } from "#web/parts/format-number.ts";
import { DismissDialog } from "./dismiss-dialog.tsx";
import { useDismissing } from "./use-dismissing.ts";
import { amountWords, barScene, isRunning, RULE_WORDS, stretchText } from "./words.ts";

interface ItemProps {
  readonly anomaly: AnomalyInfo;
  readonly nowMs: number;
  /** Of the meter's site. */
  readonly zone: string | undefined;
  /** How the meter is called among the others. */
  readonly name: string;
  /** How many of its kind were found there before. */
  readonly before: number;
}

/** One finding: which meter and when, how much against what was expected, why, and what can be done. */
export function AnomalyItem({ anomaly, nowMs, zone, name, before }: ItemProps) {
  const may = useMay("operator");
  const [asking, setAsking] = useState(false);
  const { bringBack } = useDismissing();
  const { dismissed } = anomaly;
  const rule = RULE_WORDS[anomaly.rule];
  const about = `${name}, ${stretchText(anomaly, nowMs, zone)}`;
  const stretch = { meter: anomaly.meter, from: anomaly.fromMs, to: anomaly.toMs };
  return (
    <li data-rule={anomaly.rule}>
      <div className="anomaly-what">
        <h3>
          <span className={`tag ${rule.tone}`}>{rule.words}</span> {name}
        </h3>
        <p className="faint">
          {stretchText(anomaly, nowMs, zone)}
          {before > 0 && ` · ${countText(before)} like it before`}
          {isRunning(anomaly, nowMs) && <b className="bad"> · runs now</b>}
        </p>
        <p className="muted">{anomaly.sentence}</p>
        {dismissed !== null && (
          <p className="faint">
            ✓ put aside by {dismissed.who} <AgeText tMs={dismissed.madeMs} ago />: {dismissed.why}
          </p>
        )}
      </div>
      <Amount anomaly={anomaly} />
      <div className="anomaly-acts">
        <Link to="/utilities/meter" search={stretch} className="link" aria-label={`Readings of ${about}`}>
          Readings
        </Link>
        {may && dismissed === null && (
          <Link
            to="/corrections"
            search={{ meter: anomaly.meter, near: `${anomaly.fromMs}-${anomaly.toMs}` }}
            className="link"
            aria-label={`Correct ${about}`}
          >
            Correct
          </Link>
        )}
        {may && dismissed === null && (
          <Button variant="default" size="xs" onClick={() => setAsking(true)} aria-label={`Dismiss ${about}`}>
            Dismiss
          </Button>
        )}
        {may && dismissed !== null && (
          <Button variant="default" size="xs" onClick={() => bringBack(anomaly)} aria-label={`Bring back ${about}`}>
            Bring back
          </Button>
        )}
      </div>
      <DismissDialog anomaly={asking ? anomaly : undefined} about={about} onClose={() => setAsking(false)} />
    </li>
  );
}

/** The amount as a point on a bar with the range that was expected; the words beside it say the same. */
function Amount({ anomaly }: { anomaly: AnomalyInfo }) {
  const { amount, expected } = amountWords(anomaly);
  const scene = barScene(anomaly);
  return (
    <div className="anomaly-amount">
      <p>
        <span className="num">{amount}</span> <span className="muted">{expected === undefined ? "" : `expected ${expected}`}</span>
      </p>
      {scene !== undefined && (
        <div className="anomaly-bar" aria-hidden="true">
          <span className="anomaly-range" style={{ left: `${scene.from}%`, width: `max(2px, ${scene.to - scene.from}%)` }} />
          {scene.expected !== undefined && <span className="anomaly-expected" style={{ left: `${scene.expected}%` }} />}
          <span className="anomaly-point" style={{ left: `${scene.point}%` }} />
        </div>
      )}
    </div>
  );
}
