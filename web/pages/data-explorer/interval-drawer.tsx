import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import type { IntervalDetailAnswer, IntervalRow } from "#contract/plant-intervals.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { numberText } from "#web/parts/format-number.ts";
import { Icon } from "#web/parts/icon.tsx";
import { clockText, flagsOf, intervalNoun, intervalText } from "#web/parts/interval-words.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { columnDecimals, fixedShown, fixedText, pulseDecimals } from "#web/parts/resolution.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import { DrawerRevisions } from "./drawer-revisions.tsx";
import { DrawerSources } from "./drawer-sources.tsx";
import { intervalDetailQuery } from "./interval-queries.ts";
import type { IntervalView } from "./use-interval-view.ts";
import type { Decimals } from "./words.ts";

interface IntervalDrawerProps {
  readonly view: IntervalView;
  readonly plant: PlantInfo;
  readonly endMs: number;
  readonly clock: ZoneClock;
  readonly decimals: Decimals;
  /** The table's rows, to hold the interval against the one above it. */
  readonly rows: readonly IntervalRow[];
}

/** One interval: its numbers, what every source says of it, what it said before. Escape closes it. */
export function IntervalDrawer({ view, plant, endMs, clock, decimals, rows }: IntervalDrawerProps) {
  const query = useQuery(intervalDetailQuery(plant.id, endMs));
  const startMs = endMs - plant.intervalMinutes * 60_000;
  const box = useRef<HTMLElement>(null);
  const { open } = view;
  useEffect(() => {
    const leave = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      open(undefined);
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [open]);
  const detail = query.data;
  return (
    <aside
      className="card drawer"
      ref={box}
      aria-label={`${intervalNoun(plant.intervalMinutes)} ${intervalText({ startMs, endMs }, clock, view.nowMs)}`}
    >
      <div className="drawer-head">
        <h2>{intervalText({ startMs, endMs }, clock, view.nowMs)}</h2>
        <StepButton label="Earlier" icon="left" to={detail?.previousEndMs} onStep={open} />
        <StepButton label="Later" icon="right" to={detail?.nextEndMs} onStep={open} />
        <button type="button" className="ctl quiet square" aria-label="Close the details" onClick={() => open(undefined)}>
          <Icon name="close" />
        </button>
      </div>
      {detail ? (
        <Detail detail={detail} plant={plant} clock={clock} decimals={decimals} rows={rows} />
      ) : query.error ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <DrawerSkeleton />
      )}
    </aside>
  );
}

interface StepProps {
  readonly label: string;
  readonly icon: "left" | "right";
  readonly to: number | null | undefined;
  readonly onStep: (endMs: number) => void;
}

function StepButton({ label, icon, to, onStep }: StepProps) {
  const there = to !== null && to !== undefined;
  return (
    <button
      type="button"
      className="ctl quiet square"
      aria-label={label}
      title={label}
      disabled={!there}
      onClick={() => there && onStep(to)}
    >
      <Icon name={icon} />
    </button>
  );
}

interface DetailProps {
  readonly detail: IntervalDetailAnswer;
  readonly plant: PlantInfo;
  readonly clock: ZoneClock;
  readonly decimals: Decimals;
  readonly rows: readonly IntervalRow[];
}

function Detail({ detail, plant, clock, decimals, rows }: DetailProps) {
  const { interval } = detail;
  const counts = interval.demandKw !== null;
  const shown = fixedShown(interval.demandKw ?? interval.powerKw, "kW", decimals.kw);
  const flags = flagsOf(interval);
  return (
    <>
      <p className="drawer-value num">
        {shown.number}
        {shown.unit !== "" && <i>&nbsp;{shown.unit}</i>}
        {!counts && shown.unit !== "" && <small>does not count as demand</small>}
      </p>
      {flags.length > 0 && (
        <p className="marks">
          {flags.map((flag) => (
            <QualityMark key={flag.words} state={flag.state} words={flag.words} />
          ))}
        </p>
      )}
      {detail.remarks.map((remark) => (
        <p key={remark} className="muted drawer-remark">
          {remark}
        </p>
      ))}
      <dl className="drawer-facts">
        <dt>Energy</dt>
        <dd>{fixedText(interval.energyKwh, "kWh", decimals.kwh)}</dd>
        {interval.possibleKw !== null && (
          <>
            <dt>It can have been up to</dt>
            <dd>{fixedText(interval.possibleKw, "kW", decimals.kw)}</dd>
          </>
        )}
        {interval.pulses !== null && (
          <>
            <dt>Pulses</dt>
            <dd>{numberText(interval.pulses, { unit: "", exact: true })}</dd>
          </>
        )}
        {interval.totalKwh !== null && (
          <>
            <dt>Register at its end</dt>
            <dd>{fixedText(interval.totalKwh, "kWh", columnDecimals([interval.totalKwh], pulseDecimals(plant.pulseKwh)))}</dd>
          </>
        )}
        <dt>Observed</dt>
        <dd>{Math.round(interval.coverage * 100)}&nbsp;% of its time</dd>
        <dt>Taken from</dt>
        <dd>{interval.source ?? "nobody spoke of it"}</dd>
        <Deltas detail={detail} plant={plant} clock={clock} decimals={decimals} rows={rows} />
      </dl>
      <DrawerSources detail={detail} decimals={decimals} />
      <DrawerRevisions detail={detail} zone={clock.zone} />
    </>
  );
}

/** How far it is from the interval right before it, and from the row above in the table where that is another one. */
function Deltas({ detail, plant, clock, decimals, rows }: DetailProps) {
  const { interval, previousEndMs } = detail;
  const inTable = rows.find((row) => row.endMs === previousEndMs);
  const asked = useQuery({
    ...intervalDetailQuery(plant.id, previousEndMs ?? 0),
    enabled: previousEndMs !== null && inTable === undefined,
  });
  const before = inTable ?? asked.data?.interval;
  const place = rows.findIndex((row) => row.endMs === interval.endMs);
  const above = place > 0 ? rows[place - 1] : undefined;
  return (
    <>
      {before !== undefined && (
        <>
          <dt>Against {clockText(before, clock)}, right before</dt>
          <dd>{deltaText(interval, before, decimals)}</dd>
        </>
      )}
      {above !== undefined && above.endMs !== before?.endMs && (
        <>
          <dt>Against the row above</dt>
          <dd>{deltaText(interval, above, decimals)}</dd>
        </>
      )}
    </>
  );
}

function deltaText(one: IntervalRow, other: IntervalRow, decimals: Decimals): string {
  if (one.powerKw === null || other.powerKw === null) return "—";
  const delta = Number((one.powerKw - other.powerKw).toFixed(decimals.kw));
  if (delta === 0) return "the same";
  return `${delta > 0 ? "+" : ""}${fixedText(delta, "kW", decimals.kw)}`;
}

function DrawerSkeleton() {
  return (
    <div className="drawer-skeleton" aria-busy="true">
      <span className="read-aloud">Loading</span>
      <Skeleton width={130} height={30} />
      <Skeleton height={96} />
      <Skeleton height={110} />
      <Skeleton height={80} />
    </div>
  );
}
