import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import type { PlantQualityAnswer } from "#contract/plant-quality.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { countedIntervals, edgeText, intervalText } from "#web/parts/interval-words.ts";
import { fixedText, pulseDecimals } from "#web/parts/resolution.ts";

interface GapsCardProps {
  readonly plant: PlantInfo;
  readonly answer: PlantQualityAnswer;
  readonly clock: ZoneClock;
}

const FIRST = 6;
const STEP = 20;

/** Stretches nobody spoke of, the newest first; each leads to its rows. */
export function GapsCard({ plant, answer, clock }: GapsCardProps) {
  const [shown, setShown] = useState(FIRST);
  const { gaps } = answer;
  const missing = answer.range.missing;
  return (
    <Card title="Missing" note={missing > 0 ? countedIntervals(missing, answer.intervalMinutes) : undefined}>
      {gaps.length === 0 && missing === 0 && (
        <p className="muted">
          <span className="good">✓</span> None in this time.
        </p>
      )}
      <ul className="gap-list">
        {gaps.slice(0, shown).map((gap) => (
          <li key={gap.fromMs}>
            <Link to="/data-explorer" search={{ plant: plant.id, ...around(gap, answer.intervalMinutes) }}>
              <span className="q missing" aria-hidden="true" />
              <span>{spanWords(gap, clock, answer.nowMs)}</span>
              <small>{gapFacts(gap, plant, answer.intervalMinutes)}</small>
            </Link>
          </li>
        ))}
      </ul>
      {gaps.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + STEP)}>
          Show {countText(Math.min(STEP, gaps.length - shown))} more
        </button>
      )}
      {answer.moreGaps && gaps.length <= shown && (
        <p className="faint">Only the newest {countText(gaps.length)} are listed; choose a shorter time.</p>
      )}
    </Card>
  );
}

type Gap = PlantQualityAnswer["gaps"][number];

function gapFacts(gap: Gap, plant: PlantInfo, minutes: number): string {
  const facts = [countedIntervals(gap.intervals, minutes)];
  facts.push(
    gap.recoveredKwh === null
      ? "no register brings its energy back"
      : `${fixedText(gap.recoveredKwh, "kWh", pulseDecimals(plant.pulseKwh))} recovered by the register`,
  );
  if (gap.possibleKw !== null) facts.push(`up to ${fixedText(gap.possibleKw, "kW", pulseDecimals(plant.pulseKw))} possible`);
  return facts.join(" · ");
}

/** A gap within a day as an interval is written; a longer one with both its days. */
function spanWords(gap: Gap, clock: ZoneClock, nowMs: number): string {
  const sameDay = clock.dayStartMs(gap.fromMs) === clock.dayStartMs(gap.toMs - 1);
  if (sameDay) return intervalText({ startMs: gap.fromMs, endMs: gap.toMs }, clock, nowMs);
  return `${edgeText(gap.fromMs, clock, nowMs)} – ${edgeText(gap.toMs, clock, nowMs)}`;
}

/** The gap with an hour on either side, so that its neighbours are seen with it. */
function around(gap: Gap, minutes: number): { from: number; to: number } {
  const margin = Math.max(3_600_000, 4 * minutes * 60_000);
  return { from: gap.fromMs - margin, to: gap.toMs + margin };
}
