import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { RunningAnswer } from "#contract/plant.ts";
import { clockWords } from "#web/charts/time-words.ts";
import { useNow } from "#web/client/live.tsx";
import { shortNoun, verdictOf } from "#web/pages/plant/answer.ts";
import { powerDecimals } from "#web/pages/plant/figures.ts";
import { Gauge } from "#web/pages/plant/gauge.tsx";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { fixedText } from "#web/parts/resolution.ts";
import { awaySince } from "./away.ts";
import { KioskCharts } from "./kiosk-charts.tsx";
import { KioskFoot } from "./kiosk-foot.tsx";
import { kioskRunning, kioskSummary } from "./kiosk-queries.ts";
import { KioskRows } from "./kiosk-rows.tsx";

interface WallProps {
  readonly look: PlantLook;
  readonly everyMs: number;
}

/** All of the wall: where this interval will end, what that means, and how old each number is. */
export function KioskWall({ look, everyMs }: WallProps) {
  const { plant } = look;
  const running = useQuery(kioskRunning(plant.id, everyMs));
  const summary = useQuery(kioskSummary(plant.id, everyMs));
  const away = useAway(running.dataUpdatedAt, everyMs);
  return (
    <>
      <Top look={look} running={running.data} />
      <div className="k-hero" data-away={away !== undefined}>
        <Hero look={look} running={running.data} failed={running.isError} />
        <KioskRows look={look} running={running.data} summary={summary.data} />
      </div>
      <div className="k-gauge" data-away={away !== undefined}>
        {running.data && <Gauge running={running.data} plant={plant} pulses={false} />}
      </div>
      <KioskCharts look={look} running={running.data} summary={summary.data} everyMs={everyMs} away={away !== undefined} />
      <KioskFoot look={look} running={running.data} away={away} />
    </>
  );
}

/** Since when the server has been away, by this device's clock; looked at every second, drawn only when it changes. */
function useAway(answeredMs: number, everyMs: number): number | undefined {
  const [away, setAway] = useState<number>();
  useEffect(() => {
    const look = () => setAway(answeredMs === 0 ? undefined : awaySince(answeredMs, Date.now(), everyMs));
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [answeredMs, everyMs]);
  return away;
}

function Top({ look: { plant, clock }, running }: { look: PlantLook; running: RunningAnswer | undefined }) {
  const nowMs = useNow();
  const name = plant.siteName === plant.name ? plant.name : `${plant.siteName}`;
  return (
    <header className="k-top">
      <span className="k-name">
        <b>{name}</b> {running && intervalWords(running, { plant, clock }, nowMs)}
      </span>
      <span className="k-clock">{clockWords(clock.wallMs(nowMs))}</span>
    </header>
  );
}

function intervalWords({ interval }: RunningAnswer, { plant, clock }: PlantLook, nowMs: number): string {
  const noun = shortNoun(plant.intervalMinutes);
  const times = `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${clockWords(clock.wallMs(interval.fromMs))} – ${clockWords(clock.wallMs(interval.toMs))}`;
  const left = interval.toMs - nowMs;
  if (left <= 0) return `${times}, over`;
  const minutes = Math.floor(left / 60_000);
  return `${times}, ${minutes > 0 ? `${minutes} min ` : ""}${Math.floor((left % 60_000) / 1000)} s left`;
}

interface HeroProps {
  readonly look: PlantLook;
  readonly running: RunningAnswer | undefined;
  readonly failed: boolean;
}

function Hero({ look: { plant }, running, failed }: HeroProps) {
  const over = useNow() > (running?.interval.toMs ?? 0) + 5_000;
  const noun = shortNoun(plant.intervalMinutes);
  if (running === undefined) return <p className="k-label">{failed ? "The server does not answer" : "Asking the server"}</p>;
  // An end that was projected for an interval that is over says nothing of the one that runs.
  const known = !over && !running.live.stale && running.projection.kw !== null;
  const kw = known ? running.projection.kw : null;
  const verdict = known ? verdictOf(running, plant) : undefined;
  const text = fixedText(kw, "", powerDecimals(kw, running.projection.plusMinusKw));
  return (
    <div className="k-hero-number">
      <p className="k-label">This {noun} will end near</p>
      <p className="k-big" data-long={text.length > 4 || kw === null}>
        {text}
        {kw !== null && <i>kW</i>}
      </p>
      {verdict ? (
        <p className={`k-say ${verdict.tone}`}>
          <b aria-hidden="true">{verdict.sign}</b> {verdict.words.charAt(0).toUpperCase() + verdict.words.slice(1)}
        </p>
      ) : (
        <p className="k-say muted">{whyNot(running, over, look(plant))}</p>
      )}
    </div>
  );
}

const look = (plant: PlantLook["plant"]) => ({ needsPulse: plant.pulsesPerKwh === null, tariff: plant.tariff !== null });

function whyNot(running: RunningAnswer, over: boolean, set: { readonly needsPulse: boolean; readonly tariff: boolean }): string {
  if (over) return "No newer answer from the server";
  if (running.live.atMs === null && running.interval.energyKwh === null) return "No pulse has come yet";
  if (running.live.stale) return "No pulses: where it will end is not known";
  if (running.projection.kw !== null) return set.tariff ? "No level to stay under yet" : "No tariff is set, so no level to stay under";
  return set.needsPulse ? "No kWh per pulse is set yet" : "Too early to say";
}
