import type { ReactNode } from "react";
import type { RunningAnswer, SummaryAnswer } from "#contract/plant.ts";
import { Strip } from "#web/parts/card.tsx";
import { NOT_KNOWN } from "#web/parts/format-number.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { DemandNumber, FixedNumber, PowerNumber } from "./figure-text.tsx";
import { changeText, demandText, powerText } from "./figures.ts";
import type { PlantLook } from "./plant-look.ts";
import { dayShort, RULE_WORDS, wholeMoney } from "./words.ts";

interface FigureStripProps {
  readonly look: PlantLook;
  readonly running: RunningAnswer;
  readonly summary: SummaryAnswer;
}

/** The page in six numbers. */
export function FigureStrip({ look, running, summary }: FigureStripProps) {
  return (
    <Strip
      items={[
        drawing(running),
        headroom(look, running, summary),
        billed(look, summary),
        loadFactor(summary),
        today(summary),
        bill(look, summary),
      ]}
    />
  );
}

interface Item {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

function drawing({ live }: RunningAnswer): Item {
  const over = live.overMs === null ? "" : `, from pulses over ${Math.round(live.overMs / 1000)}\u00a0s`;
  return {
    label: "Drawing now",
    value: live.stale ? NOT_KNOWN : <PowerNumber kw={live.kw} plusMinusKw={live.plusMinusKw} />,
    note:
      live.stale || live.kw === null || live.plusMinusKw === null
        ? live.stale
          ? "no pulses lately"
          : "not known yet"
        : `±\u00a0${powerText(live.plusMinusKw, live.plusMinusKw).replace(/\u00a0kW$/, "")}${over}`,
  };
}

function headroom({ plant }: PlantLook, running: RunningAnswer, { period }: SummaryAnswer): Item {
  const level = running.levels.find((one) => one.level === "raises-bill");
  if (running.live.stale) return { label: "Headroom", value: NOT_KNOWN, note: "no pulses, so no end is known" };
  const kw = running.projection.kw === null || level === undefined ? (period?.headroomKw ?? null) : level.kw - running.projection.kw;
  const what = level === undefined ? "no tariff, no level" : `to ${demandText(level.kw, plant)}, which raises the bill`;
  return { label: "Headroom", value: <PowerNumber kw={kw} plusMinusKw={running.projection.plusMinusKw} />, note: what };
}

function billed({ plant }: PlantLook, { period }: SummaryAnswer): Item {
  const ratchet = period?.ratchetKw === null || period === null ? "" : `; ratchet holds ${demandText(period.ratchetKw, plant)}`;
  const rule =
    period === null
      ? "no tariff yet"
      : period.rule === "ratchet"
        ? `held by the ratchet; metered ${demandText(period.meteredKw, plant)}`
        : `${RULE_WORDS[period.rule]}${ratchet}`;
  return { label: "Billing demand", value: <DemandNumber kw={period?.billedKw} plant={plant} />, note: rule };
}

function loadFactor({ period, previous }: SummaryAnswer): Item {
  const before = previous?.loadFactorPercent;
  return {
    label: "Load factor",
    value: <FixedNumber value={period?.loadFactorPercent} unit="%" decimals={1} />,
    note: before === null || before === undefined ? "period so far" : `period so far; the one before ${before.toFixed(1)}`,
  };
}

function today({ today }: SummaryAnswer): Item {
  const change = changeText(today.changePercent);
  return {
    label: "Today",
    value: <FixedNumber value={today.energyKwh} unit="kWh" decimals={0} />,
    note: change === undefined ? "since midnight" : change === "as before" ? "as yesterday by now" : `${change} on yesterday by now`,
  };
}

function bill({ plant }: PlantLook, { period, currency }: SummaryAnswer): Item {
  const expected = period?.billExpected;
  return {
    label: "Bill to date",
    value: period?.billToDate === null || period === null ? NOT_KNOWN : wholeMoney(period.billToDate, currency),
    note:
      expected === null || expected === undefined
        ? plant.tariff === null
          ? "set a tariff to see money"
          : moneyText(period?.billToDate, currency)
        : `near ${wholeMoney(expected, currency)} by ${dayShort((period?.toMs ?? 1) - 1, plant.zone)}`,
  };
}
