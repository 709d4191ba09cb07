import type { MeterReading } from "#contract/meter-history.ts";
import { fullText } from "#web/parts/format-time.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import type { Correcting } from "./correcting.ts";
import { useCorrect } from "./use-meter-say.ts";
import { amountText, registerText } from "./words.ts";

interface RowProps {
  readonly reading: MeterReading;
  readonly zone: string;
  readonly unit: string;
  readonly photoUrl: string | undefined;
  /** Left out: who looks may not, or looks at an earlier knowledge. */
  readonly onCorrect: ((correcting: Correcting) => void) | undefined;
}

/** One reading: when, what it showed, what was used since, where it came from, and what is to be said about it. */
export function ReadingRow({ reading, zone, unit, photoUrl, onCorrect }: RowProps) {
  const { undo } = useCorrect();
  const { correctionId } = reading;
  return (
    <tr data-counts={reading.counts}>
      <td className="nowrap">
        <time dateTime={new Date(reading.tMs).toISOString()} title={fullText(reading.tMs, { zone })}>
          {localText(reading.tLocal)}
        </time>
      </td>
      <td className="n" data-label="Showed">
        <span className={reading.counts ? undefined : "meter-struck"}>{registerText(reading.value, reading.unit)}</span>
        {reading.raw !== null && <small>stored {registerText(reading.raw, reading.unit)}</small>}
      </td>
      <td className="n" data-label="Used since">
        {amountText(reading.since, unit)}
      </td>
      <td className="nowrap" data-label="From">
        {reading.source}
      </td>
      <td>
        {!reading.counts && <QualityMark state="suspect" words="does not count" />}
        {!reading.counts && reading.because !== "" && <small>{reading.because}</small>}
        {correctionId !== null && <span className="meter-corrected">✎ corrected</span>}
        {reading.note !== "" && <small>{reading.note}</small>}
        {photoUrl !== undefined && (
          <a className="link" href={photoUrl} target="_blank" rel="noreferrer">
            Photo
          </a>
        )}
      </td>
      {onCorrect !== undefined && (
        <td className="n meter-acts">
          {correctionId !== null && (
            <button type="button" className="link" disabled={undo.isPending} onClick={() => undo.mutate(correctionId)}>
              Undo
            </button>
          )}
          <button type="button" className="link" onClick={() => onCorrect({ action: "set", reading })}>
            Change
          </button>
          <button type="button" className="link" onClick={() => onCorrect({ action: "delete", reading })}>
            Delete
          </button>
        </td>
      )}
    </tr>
  );
}

/** "5 Mar 2026, 08:15" of a local time with its offset. */
export function localText(local: string): string {
  const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return `${day.format(new Date(`${local.slice(0, 10)}T00:00:00Z`))}, ${local.slice(11, 16)}`;
}
