import { Link } from "@tanstack/react-router";
import type { PeakAnswerInfo } from "#contract/building-peak.ts";
import { DAY_MS, type ZoneClock } from "#web/charts/zone-clock.ts";
import { Card } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";

const MOST_NAMED = 12;
const percent = (value: number | null): string => numberText(value, { unit: "%" });

/** How comfortable people were while the load stood so high: money and kilowatts are half of the story. */
export function PeakComfort({ answer, clock }: { answer: PeakAnswerInfo; clock: ZoneClock }) {
  const { comfort, range, site } = answer;
  const { withinPct, usualWithinPct, zonesOutside, zoneNames } = comfort;
  const day = { from: clock.dayStartMs(range.fromMs), to: clock.dayStartMs(range.fromMs) + DAY_MS };
  return (
    <Card title="Comfort meanwhile" note="share of zone time inside its band">
      {withinPct === null ? (
        <p className="faint">No zone was judged then: nobody was due in the building, or no temperature is known.</p>
      ) : (
        <>
          <p className="peak-comfort">
            <b className="num">{percent(withinPct)}</b> <span>inside, usually {percent(usualWithinPct)}</span>
          </p>
          <p>
            {zonesOutside.length === 0
              ? "Every zone was inside its band."
              : `${zonesOutside.length} ${zonesOutside.length === 1 ? "zone was" : "zones were"} outside:`}{" "}
            {zonesOutside.slice(0, MOST_NAMED).map((zone, index) => (
              <Link key={zone} className="link peak-zone" to="/building/zone" search={{ site, zone, from: day.from, to: day.to }}>
                {zoneNames[index]}
              </Link>
            ))}
            {zonesOutside.length > MOST_NAMED && <span className="faint"> and {zonesOutside.length - MOST_NAMED} more</span>}
          </p>
        </>
      )}
    </Card>
  );
}
