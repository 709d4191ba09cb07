import { Link } from "@tanstack/react-router";
import type { SummaryAnswer } from "#contract/plant.ts";
import type { PlantPeak } from "#contract/plant-parts.ts";
import { useNow } from "#web/client/live.tsx";
import { Card } from "#web/parts/card.tsx";
import { intervalNoun } from "#web/parts/interval-words.ts";
import { PeakCause } from "#web/parts/peak-cause.tsx";
import { EmptyState } from "#web/parts/states.tsx";
import { demandText } from "./figures.ts";
import type { PlantLook } from "./plant-look.ts";
import { peakWhen, sourceWords } from "./words.ts";

/** The intervals that set the demand so far, and how far the next one is below them. */
export function SettingCard({ look, summary }: { look: PlantLook; summary: SummaryAnswer }) {
  const { plant } = look;
  const { period } = summary;
  const title = "Set the demand so far";
  if (period === null || period.setting.length === 0) {
    return (
      <Card title={title}>
        <EmptyState
          sentence={
            period === null
              ? "Without a tariff no interval sets a demand."
              : `No ${intervalNoun(plant.intervalMinutes)} of this period counts as demand yet.`
          }
        />
      </Card>
    );
  }
  return (
    <Card title={title} note={period.setting.length > 1 ? `mean ${demandText(period.meteredKw, plant)}` : undefined}>
      <PeakTable look={look} peaks={period.setting} next={period.fourth} nextBelowKw={period.fourthBelowKw} />
    </Card>
  );
}

interface PeakTableProps {
  readonly look: PlantLook;
  readonly peaks: readonly PlantPeak[];
  readonly next?: PlantPeak | null;
  readonly nextBelowKw?: number | null;
}

/** Intervals that set a demand, the highest first; each opens among its neighbours. */
export function PeakTable({ look, peaks, next, nextBelowKw }: PeakTableProps) {
  const { plant } = look;
  return (
    <table className="peaks">
      <thead>
        <tr>
          <th>
            <span className="read-aloud">Rank</span>
          </th>
          <th>{capital(intervalNoun(plant.intervalMinutes))}</th>
          <th>Source</th>
          <th className="n">kW</th>
        </tr>
      </thead>
      <tbody>
        {peaks.map((peak, index) => (
          <PeakRow key={peak.endMs} look={look} peak={peak} rank={index + 1} note={sourceWords(peak.source, plant)} />
        ))}
        {next && <PeakRow look={look} peak={next} rank={peaks.length + 1} off note={belowWords(nextBelowKw, plant)} />}
      </tbody>
    </table>
  );
}

interface PeakRowProps {
  readonly look: PlantLook;
  readonly peak: PlantPeak;
  readonly rank: number;
  readonly note: string;
  readonly off?: boolean;
}

function PeakRow({ look: { plant, clock }, peak, rank, note, off = false }: PeakRowProps) {
  const nowMs = useNow(60_000);
  const day = { from: clock.dayStartMs(peak.startMs), to: clock.addDaysMs(peak.startMs, 1) };
  return (
    <tr className={off ? "faint" : undefined}>
      <td className="faint">{rank}</td>
      <td>
        <Link className="link" to="/data-explorer" search={{ plant: plant.id, ...day, row: peak.endMs }}>
          {peakWhen(peak, clock, nowMs)}
        </Link>
      </td>
      <td className="peak-source">
        {note} <PeakCause of={plant.key} fromMs={peak.startMs} toMs={peak.endMs} />
      </td>
      <td className="n">{demandText(peak.kw, plant).replace(/\u00a0kW$/, "")}</td>
    </tr>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function belowWords(kw: number | null | undefined, plant: PlantLook["plant"]): string {
  if (kw === null || kw === undefined) return "";
  return kw < 0.05 ? "the same" : `${demandText(kw, plant)} below`;
}
