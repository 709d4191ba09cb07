import type { PeakAnswerInfo } from "#contract/building-peak.ts";
import { Card } from "#web/parts/card.tsx";
import { numberText } from "#web/parts/format-number.ts";
import { peakPieces } from "./peak-scene.ts";

const kw = (value: number): string => numberText(value, { unit: "kW", keepUnit: true });

/** The load of the interval as one bar: what is usual at that time, and what came on top of it. */
export function PeakPieces({ answer }: { answer: PeakAnswerInfo }) {
  const pieces = peakPieces(answer);
  const { valueKw, usualKw } = answer.of;
  if (pieces.length === 0 || valueKw === null || usualKw === null) return null;
  const more = pieces.filter(({ kind }) => kind !== "usual");
  return (
    <Card title="What it was made of" note={`${kw(valueKw)}, usually ${kw(usualKw)}`}>
      <div className="peak-bar" aria-hidden="true">
        {pieces.map((piece, index) => (
          <i key={piece.name} className={piece.kind} data-shade={index % 3} style={{ width: `${(100 * piece.kw) / valueKw}%` }} />
        ))}
      </div>
      <ul className="peak-keys">
        <li>
          <i className="usual" /> usual at that time <b>{kw(usualKw)}</b>
        </li>
        {more.map((piece, index) => (
          <li key={piece.name}>
            <i className={piece.kind} data-shade={(index + 1) % 3} /> {piece.name} <b>+{kw(piece.kw)}</b>
          </li>
        ))}
      </ul>
    </Card>
  );
}
