import type { HealthInfo } from "#contract/building-parts.ts";
import { reasonText } from "./zone-words.ts";

const STATUS = {
  critical: { word: "✕ critical", tone: "bad" },
  warning: { word: "! warning", tone: "warn" },
  ok: { word: "✓ ok", tone: "good" },
  "no-data": { word: "not known", tone: "muted" },
} as const;

/** The score of a zone with what it is made of. */
export function ZoneHealth({ health }: { health: HealthInfo }) {
  const { word, tone } = STATUS[health.status];
  return (
    <section className="card" aria-label="Health">
      <header>
        <h2>Health</h2>
        <div className={`note ${tone}`}>{word}</div>
      </header>
      <div className="body">
        <p className="zone-score num">
          {health.score === null ? "—" : Math.round(health.score)}
          {health.score !== null && <i> of 100</i>}
        </p>
        {health.parts.length > 0 && (
          <table className="zone-parts">
            <thead>
              <tr>
                <th>Part</th>
                <th className="n">Weight</th>
                <th className="n">Score</th>
              </tr>
            </thead>
            <tbody>
              {health.parts.map((part) => (
                <tr key={part.name}>
                  <td>{part.name.replaceAll("-", " ")}</td>
                  <td className="n muted">× {part.weight}</td>
                  <td className="n">{part.value === null ? "not known" : Math.round(part.value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {health.reasons.length > 0 && (
          <ul className="zone-reasons">
            {health.reasons.map((reason) => (
              <li key={reason}>{reasonText(reason)}</li>
            ))}
          </ul>
        )}
        <p className="faint zone-variant">
          {health.variant === "seed" ? "Weighed as the older system did." : "Parts that are not known leave their weight to the others."}
        </p>
      </div>
    </section>
  );
}
