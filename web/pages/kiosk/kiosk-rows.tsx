import type { ReactNode } from "react";
import type { RunningAnswer, SummaryAnswer } from "#contract/plant.ts";
import { useNow } from "#web/client/live.tsx";
import { DemandNumber, FixedNumber, PowerNumber } from "#web/pages/plant/figure-text.tsx";
import { energyText, powerText } from "#web/pages/plant/figures.ts";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { sourceWords } from "#web/pages/plant/words.ts";
import { ageText } from "#web/parts/format-time.ts";
import { intervalText } from "#web/parts/interval-words.ts";

interface RowsProps {
  readonly look: PlantLook;
  readonly running: RunningAnswer | undefined;
  readonly summary: SummaryAnswer | undefined;
}

/** Four numbers, each with its age or time and its source. */
export function KioskRows({ look, running, summary }: RowsProps) {
  return (
    <dl className="k-rows">
      <Drawing look={look} running={running} />
      <LeftOver running={running} />
      <LastInterval look={look} summary={summary} />
      <Highest look={look} summary={summary} />
    </dl>
  );
}

function Row({ name, children, note }: { name: string; children: ReactNode; note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      <dd className="k-note">{note}</dd>
    </div>
  );
}

function Drawing({ look: { plant }, running }: Pick<RowsProps, "look" | "running">) {
  const nowMs = useNow();
  const live = running?.live;
  const age = live?.atMs === null || live === undefined ? "no pulse yet" : `${ageText(nowMs - live.atMs)} ago`;
  const source = live?.source ? `${sourceWords(live.source, plant)}, ` : "";
  return (
    <Row name="Drawing now" note={`${source}${age}${live?.plusMinusKw ? `, ±\u00a0${powerText(live.plusMinusKw, live.plusMinusKw)}` : ""}`}>
      <PowerNumber kw={live?.stale ? null : live?.kw} plusMinusKw={live?.plusMinusKw} />
    </Row>
  );
}

function LeftOver({ running }: Pick<RowsProps, "running">) {
  const nowMs = useNow();
  const level = running?.levels.find((one) => one.level === "raises-bill");
  const over = running !== undefined && nowMs > running.interval.toMs;
  if (level === undefined)
    return (
      <Row name="Left in this interval" note="no level without a tariff">
        —
      </Row>
    );
  const note = level.passed
    ? "the level is passed"
    : level.restKw === null
      ? "the last seconds"
      : `stays under at ${powerText(Math.max(0, level.restKw), 1)} or less`;
  return (
    <Row name="Left under the level" note={over ? "that interval is over" : note}>
      <FixedNumber value={over ? null : Math.max(0, level.leftKwh)} unit="kWh" decimals={1} />
    </Row>
  );
}

function LastInterval({ look: { plant, clock }, summary }: Pick<RowsProps, "look" | "summary">) {
  const nowMs = useNow(10_000);
  const { interval = null, energyKwh = null } = summary?.current ?? {};
  const pulses = plant.pulseKwh === null || energyKwh === null ? "" : `, ${Math.round(energyKwh / plant.pulseKwh)} pulses`;
  const ended = interval === null ? "none yet" : `${energyText(energyKwh)}${pulses}, ${ageText(nowMs - interval.endMs)} ago`;
  return (
    <Row name={interval === null ? "Last interval" : `Last, ${intervalText(interval, clock, nowMs).split(", ")[1] ?? ""}`} note={ended}>
      <DemandNumber kw={interval?.kw} plant={plant} />
    </Row>
  );
}

function Highest({ look: { plant, clock }, summary }: Pick<RowsProps, "look" | "summary">) {
  const nowMs = useNow(60_000);
  const period = summary?.period;
  const peak = (period ?? summary?.month)?.peak ?? null;
  const source = peak?.source ? `${sourceWords(peak.source, plant)}, ` : "";
  return (
    <Row
      name={period ? "Highest this period" : "Highest this month"}
      note={peak === null ? "no demand yet" : `${source}${intervalText(peak, clock, nowMs)}`}
    >
      <DemandNumber kw={peak?.kw} plant={plant} />
    </Row>
  );
}
