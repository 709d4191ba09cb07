import { durationWords } from "#web/charts/time-words.ts";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { everyText } from "#web/parts/format-time.ts";
import { dateText } from "./date-text.ts";
import type { MeterLook } from "./meter-look.ts";

/** How well the meter was read: what there is, the largest gap, and what lies beyond the readings. */
export function CoverageCard({ look: { meter, clock } }: { look: MeterLook }) {
  const { coverage } = meter;
  const day = (tMs: number) => dateText(new Date(clock.wallMs(tMs)).toISOString());
  const share = coverage.days > 0 ? Math.round((coverage.daysRead / coverage.days) * 100) : undefined;
  return (
    <Card title="Coverage" note={share === undefined ? undefined : `${share}\u00a0% of days read`}>
      {coverage.firstMs === null || coverage.lastMs === null ? (
        <p className="muted">{meter.kind === "physical" ? "No reading yet." : "It is as well known as its parts."}</p>
      ) : (
        <dl className="meter-facts">
          <dt>Readings</dt>
          <dd>{countText(coverage.readings)}</dd>
          <dt>First</dt>
          <dd>{day(coverage.firstMs)}</dd>
          <dt>Last</dt>
          <dd>{day(coverage.lastMs)}</dd>
          {coverage.days > 0 && (
            <>
              <dt>Days with a reading</dt>
              <dd>
                {countText(coverage.daysRead)} of {countText(coverage.days)}
              </dd>
            </>
          )}
          {coverage.medianGapMs !== null && (
            <>
              <dt>Usually read</dt>
              <dd>{everyText(coverage.medianGapMs)}</dd>
            </>
          )}
          {coverage.largestGapMs > 0 && (
            <>
              <dt>Largest gap</dt>
              <dd>{durationWords(coverage.largestGapMs)}</dd>
            </>
          )}
          {coverage.extendedBackMs > 0 && (
            <>
              <dt>Extended before the first</dt>
              <dd>{durationWords(coverage.extendedBackMs)}</dd>
            </>
          )}
          {coverage.extendedForwardMs > 0 && (
            <>
              <dt>Extended behind the last</dt>
              <dd>{durationWords(coverage.extendedForwardMs)}</dd>
            </>
          )}
        </dl>
      )}
    </Card>
  );
}
