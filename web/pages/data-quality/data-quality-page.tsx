import "./data-quality.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import type { PlantQualityAnswer, QualityCounts } from "#contract/plant-quality.ts";
import { instantWords } from "#web/charts/time-words.ts";
import { DAY_MS, type ZoneClock, zoneClock } from "#web/charts/zone-clock.ts";
import { useNow } from "#web/client/live.tsx";
import { usePlant } from "#web/client/use-plant.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Answer, Strip } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { edgeText, intervalNoun } from "#web/parts/interval-words.ts";
import { NoPlant } from "#web/parts/no-plant.tsx";
import { fixedText, pulseDecimals } from "#web/parts/resolution.ts";
import { Seg } from "#web/parts/seg.tsx";
import { EmptyState, ErrorState } from "#web/parts/states.tsx";
import { ConservationCard } from "./conservation-card.tsx";
import { CountsCard } from "./counts-card.tsx";
import { DaysCard } from "./days-card.tsx";
import { GapsCard } from "./gaps-card.tsx";
import { HeatCard } from "./heat-card.tsx";
import { ImportsCard } from "./imports-card.tsx";
import { LanesCard } from "./lanes-card.tsx";
import { qualityQuery, type Stretch } from "./quality-queries.ts";
import { QualitySkeleton } from "./quality-skeleton.tsx";
import { useBeginning } from "./use-beginning.ts";
import { offsetText, qualitySentence } from "./words.ts";

/** Whether every interval is there, which are marked, and whether register, intervals and days tell of one energy. */
export function DataQualityPage() {
  const { plant, error, retry } = usePlant();
  if (error) return <ErrorState error={error} retry={retry} />;
  if (plant === undefined) return <QualitySkeleton />;
  if (plant === null) return <NoPlant />;
  return <Begun key={plant.id} plant={plant} />;
}

/** What was before anybody first spoke of the plant is not missing, so nothing is asked before that is known. */
function Begun({ plant }: { plant: PlantInfo }) {
  const { known, firstMs } = useBeginning(plant);
  return known ? <Quality plant={plant} firstMs={firstMs} /> : <QualitySkeleton />;
}

const STEP_MS = 300_000;
const RANGES = { "7d": 7, "30d": 30, "365d": 365 } as const;
type RangeChoice = keyof typeof RANGES;

function Quality({ plant, firstMs = 0 }: { plant: PlantInfo; firstMs: number | undefined }) {
  const nowMs = useNow(STEP_MS);
  const clock = useMemo(() => zoneClock(plant.zone), [plant.zone]);
  const range = useRangeChoice();
  const beganMs = Math.floor(firstMs / (plant.intervalMinutes * 60_000)) * plant.intervalMinutes * 60_000;
  const stretch = useMemo(() => stretchOf(RANGES[range], { nowMs, beganMs, clock }), [range, nowMs, beganMs, clock]);
  const query = useQuery(qualityQuery(plant.id, stretch));
  const answer = query.data;
  if (answer === undefined) {
    return query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <QualitySkeleton />;
  }
  // In its first day a plant is measured by the time it is there.
  const young = beganMs > nowMs - DAY_MS;
  const counts = young ? answer.range : answer.lastDay;
  const when = young ? `since ${edgeText(beganMs, clock, nowMs)}` : "of the last day";
  // A week's days fit beside the side column; more of them want the whole width.
  const days = <DaysCard plant={plant} stretch={stretch} clock={clock} nowMs={nowMs} />;
  if (answer.lastIntervalMs === null) return <NothingYet plant={plant} clock={clock} nowMs={nowMs} />;
  return (
    <>
      <Answer
        sentence={qualitySentence(counts, { intervalMinutes: plant.intervalMinutes, when })}
        evidence={evidenceOf(answer, plant, clock)}
      >
        <RangeSeg range={range} />
      </Answer>
      <Strip items={figuresOf({ answer, counts, plant, young })} />
      <div className="quality-grid">
        <div className="grid">
          <HeatCard plant={plant} stretch={stretch} clock={clock} nowMs={nowMs} />
          <LanesCard plant={plant} quality={answer} clock={clock} nowMs={nowMs} beganMs={beganMs} />
          {range === "7d" && days}
        </div>
        <div className="grid quality-side">
          <CountsCard
            plant={plant.id}
            answer={answer}
            stretch={stretch}
            rangeWords={range === "7d" ? undefined : `${RANGES[range]} days`}
          />
          <GapsCard plant={plant} answer={answer} clock={clock} />
          <ConservationCard plant={plant} conservation={answer.conservation} missing={answer.range.missing} />
        </div>
      </div>
      <div className="grid quality-below">
        <ImportsCard plant={plant} clock={clock} nowMs={nowMs} />
        {range !== "7d" && days}
        <Method plant={plant} />
      </div>
    </>
  );
}

/** Before the first interval: what to do so that it comes. */
function NothingYet({ plant, clock, nowMs }: { plant: PlantInfo; clock: ZoneClock; nowMs: number }) {
  return (
    <>
      <Answer
        sentence={`No ${intervalNoun(plant.intervalMinutes)} of ${plant.name} has come yet.`}
        evidence={[plant.siteName, plant.zone]}
      />
      <div className="grid">
        <EmptyState sentence="Point the pulse counter at the broker, or read a file of the PLC in: counts, gaps and the map appear with the first interval.">
          {plant.needs.map((need) => (
            <p key={need}>{need}</p>
          ))}
          <Link className="link" to="/sources">
            See what arrives at the broker
          </Link>
        </EmptyState>
        <ImportsCard plant={plant} clock={clock} nowMs={nowMs} />
      </div>
    </>
  );
}

function useRangeChoice(): RangeChoice {
  const { range } = useSearch({ strict: false });
  return range !== undefined && Object.hasOwn(RANGES, range) ? (range as RangeChoice) : "30d";
}

function RangeSeg({ range }: { range: RangeChoice }) {
  const navigate = useNavigate();
  const choose = (next: RangeChoice) =>
    void navigate({ to: ".", search: (before) => ({ ...before, range: next, from: undefined, to: undefined }), replace: true });
  const options = (Object.keys(RANGES) as RangeChoice[]).map((value) => ({
    value,
    label: value === "365d" ? "Year" : `${RANGES[value]} days`,
  }));
  return <Seg label="Time of the page" value={range} options={options} onChange={choose} />;
}

/** Whole local days, today included; the first of all begins where the plant did. */
function stretchOf(days: number, { nowMs, beganMs, clock }: { nowMs: number; beganMs: number; clock: ZoneClock }): Stretch {
  return { fromMs: Math.min(nowMs - 1, Math.max(beganMs, clock.addDaysMs(nowMs, 1 - days))), toMs: nowMs };
}

function evidenceOf(answer: PlantQualityAnswer, plant: PlantInfo, clock: ZoneClock) {
  const newestMs = answer.lastIntervalMs ?? answer.nowMs;
  const sources = answer.sources.filter((source) => source.taken > 0).length;
  return [
    <span key="newest">
      Newest ends {instantWords(clock, newestMs, { nowMs: answer.nowMs })}, <AgeText tMs={newestMs} zone={plant.zone} ago />
    </span>,
    `${countText(sources)} ${sources === 1 ? "source" : "sources"} taken from`,
    ...(answer.clockOffsetMs === null ? [] : [`Clock offset ${offsetText(answer.clockOffsetMs)}`]),
  ];
}

/** The page in six numbers. */
function figuresOf({
  answer,
  counts,
  plant,
  young,
}: {
  answer: PlantQualityAnswer;
  counts: QualityCounts;
  plant: PlantInfo;
  young: boolean;
}) {
  const { lastWeek, conservation } = answer;
  const week = (count: number) => (young ? "since it began" : `${countText(count)} in 7 days`);
  return [
    {
      label: young ? "There since it began" : "There, last 24 h",
      value: countText(counts.observed),
      note: `of ${countText(counts.expected)} expected`,
    },
    { label: "Missing", value: <Figure count={counts.missing} bad />, note: week(lastWeek.missing) },
    { label: "Left out by R17", value: <Figure count={counts.excluded} />, note: week(lastWeek.excluded) },
    { label: "Invalid", value: <Figure count={counts.invalid} bad />, note: week(lastWeek.invalid) },
    { label: "Time observed", value: percent((young ? counts : lastWeek).coverage), note: young ? "since it began" : "of the last 7 days" },
    {
      label: "Sum against register",
      value: registerDifference(answer, plant),
      note:
        conservation.holds === null
          ? "no register to compare"
          : `${conservation.holds ? "✓ within" : "✕ more than"} ± ${fixedText(conservation.toleranceKwh, "kWh", Math.min(1, pulseDecimals(plant.pulseKwh)))}`,
    },
  ];
}

function Figure({ count, bad = false }: { count: number; bad?: boolean }) {
  return <span className={bad && count > 0 ? "warn" : undefined}>{countText(count)}</span>;
}

function percent(share: number) {
  const value = share >= 0.9995 && share < 1 ? 99.9 : 100 * share;
  return (
    <>
      {value === 100 ? "100" : value.toFixed(1)}
      <i>&nbsp;%</i>
    </>
  );
}

function registerDifference({ conservation }: PlantQualityAnswer, plant: PlantInfo) {
  const { registerKwh, intervalsKwh } = conservation;
  if (registerKwh === null || intervalsKwh === null) return "—";
  const decimals = Math.min(2, pulseDecimals(plant.pulseKwh));
  const difference = Number((intervalsKwh - registerKwh).toFixed(decimals));
  return (
    <>
      {difference > 0 ? "+" : ""}
      {fixedText(difference, "", decimals)}
      <i>&nbsp;kWh</i>
    </>
  );
}

function Method({ plant }: { plant: PlantInfo }) {
  const perDay = Math.round(1440 / plant.intervalMinutes);
  const perHour = Math.round(60 / plant.intervalMinutes);
  const noun = intervalNoun(plant.intervalMinutes, 2);
  return (
    <p className="method faint">
      An interval is there when any source speaks of it, or a register brings its energy back. A day expects {perDay} {noun};{" "}
      {perDay - perHour} on the day the clocks go forward and {perDay + perHour} on the day they go back. What R17 leaves out counts as
      energy and not as demand; what is invalid never sets demand, and its energy comes from the register.
    </p>
  );
}
