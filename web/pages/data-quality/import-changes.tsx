import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PlantInfo } from "#contract/plant.ts";
import type { PlantImport } from "#contract/plant-quality.ts";
import { dayWords, yearOf } from "#web/charts/time-words.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { countText } from "#web/parts/format-number.ts";
import { intervalNoun, intervalText } from "#web/parts/interval-words.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { columnDecimals, fixedText } from "#web/parts/resolution.ts";
import { differenceText, moneyDifference } from "./differences.ts";

interface ImportBillsProps {
  readonly one: PlantImport;
}

/** Energy and peak of the periods a file touches, then every bill it changed, before and after. */
export function ImportBills({ one }: ImportBillsProps) {
  const kw = columnDecimals([one.peakBeforeKw, one.peakAfterKw, one.billedBeforeKw, one.billedAfterKw], 1);
  const kwh = columnDecimals([one.energyBeforeKwh, one.energyAfterKwh], 1);
  return (
    <table className="inner import-bills">
      <thead>
        <tr>
          <th>What it did</th>
          <th className="n">before</th>
          <th className="n">after</th>
          <th className="n">change</th>
        </tr>
      </thead>
      <tbody>
        <Amounts words="Energy" before={one.energyBeforeKwh} after={one.energyAfterKwh} unit="kWh" decimals={kwh} />
        <Amounts words="Peak" before={one.peakBeforeKw} after={one.peakAfterKw} unit="kW" decimals={kw} />
        {one.bills.map((bill) => (
          <tr key={bill.period}>
            <td>
              Bill from {dateText(bill.period)}
              <div className="faint">{billedText(bill, kw)}</div>
            </td>
            <td className="n">{moneyText(bill.totalBefore, bill.currency)}</td>
            <td className="n">{moneyText(bill.totalAfter, bill.currency)}</td>
            <td className="n">{moneyDifference(bill.totalBefore, bill.totalAfter, bill.currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface AmountsProps {
  readonly words: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly unit: string;
  readonly decimals: number;
}

function Amounts({ words, before, after, unit, decimals }: AmountsProps) {
  return (
    <tr>
      <td>{words}</td>
      <td className="n">{fixedText(before, unit, decimals)}</td>
      <td className="n">{fixedText(after, unit, decimals)}</td>
      <td className="n">{differenceText(before, after, { unit, decimals })}</td>
    </tr>
  );
}

function billedText(bill: PlantImport["bills"][number], decimals: number): string {
  const after = fixedText(bill.billedAfterKw, "kW", decimals);
  if (bill.billedBeforeKw === bill.billedAfterKw) return `billing demand stays ${after}`;
  return `billing demand ${fixedText(bill.billedBeforeKw, "", decimals)} → ${after}`;
}

/** A local date in words. */
function dateText(date: string): string {
  const wall = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(wall) ? date : `${dayWords(wall, true)} ${yearOf(wall)}`;
}

interface ImportIntervalsProps {
  readonly one: PlantImport;
  readonly plant: PlantInfo;
  readonly clock: ZoneClock;
  readonly nowMs: number;
}

const FIRST = 8;

/** The intervals that count differently since this file, the largest changes first; each leads to what every source says of it. */
export function ImportIntervals({ one, plant, clock, nowMs }: ImportIntervalsProps) {
  const [most, setMost] = useState(FIRST);
  if (one.changed.length === 0) return null;
  const kw = columnDecimals(
    one.changed.flatMap((row) => [row.beforeKw, row.afterKw]),
    1,
  );
  return (
    <>
      <table className="inner import-intervals">
        <thead>
          <tr>
            <th>Changed most</th>
            <th className="n">kW before</th>
            <th className="n">now</th>
            <th className="n">change</th>
            <th>Came from</th>
          </tr>
        </thead>
        <tbody>
          {one.changed.slice(0, most).map((row) => (
            <tr key={row.endMs}>
              <td className="nowrap">
                <Link className="link" to="/data-explorer" search={rowSearch(row.endMs, plant, clock)}>
                  {intervalText({ startMs: row.endMs - plant.intervalMinutes * 60_000, endMs: row.endMs }, clock, nowMs)}
                </Link>
              </td>
              <td className="n">{fixedText(row.beforeKw, "", kw)}</td>
              <td className="n">{fixedText(row.afterKw, "", kw)}</td>
              <td className="n">{differenceText(row.beforeKw, row.afterKw, { unit: "", decimals: kw })}</td>
              <td>{row.beforeSource ?? <span className="faint">was missing</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {one.changed.length > most && (
        <button type="button" className="link" onClick={() => setMost(one.changed.length)}>
          Show {countText(one.changed.length - most)} more {intervalNoun(plant.intervalMinutes, 2)}
        </button>
      )}
    </>
  );
}

function rowSearch(endMs: number, plant: PlantInfo, clock: ZoneClock) {
  const startMs = endMs - plant.intervalMinutes * 60_000;
  return { plant: plant.id, from: clock.dayStartMs(startMs), to: clock.addDaysMs(startMs, 1), row: endMs };
}
