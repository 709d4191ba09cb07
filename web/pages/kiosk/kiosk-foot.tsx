import type { RunningAnswer } from "#contract/plant.ts";
import { clockWords, dayWords, yearOf } from "#web/charts/time-words.ts";
import { useNow } from "#web/client/live.tsx";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { sourceWords } from "#web/pages/plant/words.ts";
import { ageText } from "#web/parts/format-time.ts";

interface FootProps {
  readonly look: PlantLook;
  readonly running: RunningAnswer | undefined;
  /** Since when the server has been away, by this device's clock. */
  readonly away: number | undefined;
}

/** How old what stands above is, and where it came from. */
export function KioskFoot({ look: { plant, clock }, running, away }: FootProps) {
  const nowMs = useNow();
  const wall = clock.wallMs(nowMs);
  return (
    <footer className="k-foot">
      <Age plant={plant} running={running} nowMs={nowMs} away={away} since={away === undefined ? "" : clockWords(clock.wallMs(away))} />
      <span>
        {dayWords(wall, true)} {yearOf(wall)} · Wattkeep
      </span>
    </footer>
  );
}

interface AgeProps {
  readonly plant: PlantLook["plant"];
  readonly running: RunningAnswer | undefined;
  readonly nowMs: number;
  readonly away: number | undefined;
  readonly since: string;
}

function Age({ plant, running, nowMs, away, since }: AgeProps) {
  if (away !== undefined) {
    return (
      <span className="q stale k-away" role="status">
        Server away since {since}; these numbers are {ageText(Date.now() - away)} old. Trying again by itself.
      </span>
    );
  }
  if (running === undefined) return <span>Waiting for the first answer</span>;
  const { live } = running;
  if (live.atMs === null) return <span className="q missing">No pulse has come yet</span>;
  const source = live.source === null ? plant.name : sourceWords(live.source, plant);
  return (
    <span className={live.stale ? "q stale" : "q fresh"}>
      Newest pulse {ageText(nowMs - live.atMs)} ago, {source}
      {live.stale ? ": stale" : ""}
    </span>
  );
}
