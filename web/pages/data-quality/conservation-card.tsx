import type { PlantInfo } from "#contract/plant.ts";
import type { Conservation } from "#contract/plant-bills.ts";
import { Card } from "#web/parts/card.tsx";
import { countedIntervals } from "#web/parts/interval-words.ts";
import { fixedText, pulseDecimals } from "#web/parts/resolution.ts";

interface ConservationCardProps {
  readonly plant: PlantInfo;
  readonly conservation: Conservation;
  /** Intervals of the time that are missing: the register went on counting in them. */
  readonly missing: number;
}

/** Whether the register and the intervals tell of one energy, and how far they may differ. */
export function ConservationCard({ plant, conservation, missing }: ConservationCardProps) {
  const { registerKwh, intervalsKwh, daysKwh, billedKwh, toleranceKwh, holds } = conservation;
  const decimals = Math.min(2, pulseDecimals(plant.pulseKwh));
  const rows = [
    { words: "Register difference", kwh: registerKwh, base: undefined },
    { words: "Sum of the intervals", kwh: intervalsKwh, base: registerKwh },
    ...(daysKwh === null ? [] : [{ words: "Sum of the days", kwh: daysKwh, base: intervalsKwh }]),
    ...(billedKwh === null ? [] : [{ words: "On the bill", kwh: billedKwh, base: intervalsKwh }]),
  ];
  return (
    <Card title="Energy adds up" note={<Verdict holds={holds} />}>
      <table className="conserve">
        <thead className="read-aloud">
          <tr>
            <th>What</th>
            <th>Energy</th>
            <th>Difference</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.words}>
              <th scope="row">{row.words}</th>
              <td className="n">{fixedText(row.kwh, "kWh", decimals)}</td>
              <td className="n difference">{differenceText(row.kwh, row.base, decimals)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="faint">
        {registerKwh === null
          ? "No source says a register over this time, so the sums have nothing to be held against."
          : `They may differ by ${fixedText(toleranceKwh, "kWh", decimals)}: one digit of the register, and one pulse at each end.`}
      </p>
      {holds === false && missing > 0 && (
        <p className="muted">
          {countedIntervals(missing, plant.intervalMinutes)} {missing === 1 ? "is" : "are"} missing; the register went on counting in{" "}
          {missing === 1 ? "it" : "them"}.
        </p>
      )}
    </Card>
  );
}

function Verdict({ holds }: { holds: boolean | null }) {
  if (holds === null) return <span>nothing to compare</span>;
  return holds ? <span className="good">✓ within tolerance</span> : <span className="bad">✕ does not add up</span>;
}

/** How far a sum is from the one it should equal; empty where there is nothing to hold it against. */
function differenceText(kwh: number | null, base: number | null | undefined, decimals: number): string {
  if (base === undefined || base === null || kwh === null) return "";
  const difference = Number((kwh - base).toFixed(decimals));
  if (difference === 0) return "± 0";
  return `${difference > 0 ? "+" : ""}${fixedText(difference, "", decimals).trim()}`;
}
