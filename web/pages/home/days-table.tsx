import type { HomeDay } from "#contract/home.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { isToday } from "./days-scene.ts";
import type { HomeLook } from "./home-look.ts";
import { coverageWords, dateWords, energyText, weekdayName } from "./words.ts";

interface DaysTableProps {
  readonly look: HomeLook;
  readonly days: readonly HomeDay[];
  readonly nowMs: number;
  readonly onDay: (span: TimeSpan) => void;
}

/** The days as rows, the newest first; each opens in the picture above. */
export function DaysTable({ look: { home }, days, nowMs, onDay }: DaysTableProps) {
  const energy = (kwh: number | null) =>
    kwh === null ? "—" : (energyText(Math.round(kwh * 1000) / 1000, home.wholeKwh).split("\u00a0")[0] ?? "");
  return (
    <div className="table-scroll home-days-table">
      <table>
        <thead>
          <tr>
            <th>Day</th>
            <th className="n">Bought, kWh</th>
            {home.hasSold && <th className="n">Sold, kWh</th>}
            <th className="n">Cost</th>
            <th className="n">Typical, kWh</th>
            <th className="n">Mean of 30 days, kWh</th>
            <th>Observed</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map((day) => (
            <tr key={day.date}>
              <td className="nowrap">
                <button type="button" className="link" onClick={() => onDay({ fromMs: day.fromMs, toMs: day.toMs })}>
                  {weekdayName((day.fromMs + day.toMs) / 2, home.zone).slice(0, 3)} {dateWords(day.date)}
                </button>
              </td>
              <td className="n">{energy(day.boughtKwh)}</td>
              {home.hasSold && <td className="n">{energy(day.soldKwh)}</td>}
              <td className="n">{moneyText(day.cost, home.currency)}</td>
              <td className="n">{energy(day.typicalKwh)}</td>
              <td className="n">{energy(day.mean30Kwh)}</td>
              <td>{isToday(day, nowMs) ? "so far" : coverageWords(day.coverage)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
