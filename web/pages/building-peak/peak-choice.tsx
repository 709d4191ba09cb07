import { useState } from "react";
import type { PeakAnswerInfo } from "#contract/building-peak.ts";
import { clockWords, dayWords } from "#web/charts/time-words.ts";
import { HOUR_MS, MINUTE_MS, type ZoneClock } from "#web/charts/zone-clock.ts";
import type { BuildingSearch } from "#web/client/building-search.ts";
import { numberText } from "#web/parts/format-number.ts";

interface ChoiceProps {
  readonly answer: PeakAnswerInfo;
  readonly clock: ZoneClock;
  /** The answer to what was chosen is on its way. */
  readonly isBusy: boolean;
  readonly onChange: (next: Partial<BuildingSearch>) => void;
}

const LENGTHS = [
  [15 * MINUTE_MS, "15 min"],
  [HOUR_MS, "1 h"],
  [4 * HOUR_MS, "4 h"],
] as const;

/** Which load, and which interval: one of the highest of the last weeks, or any other. */
export function PeakChoice({ answer, clock, isBusy, onChange }: ChoiceProps) {
  const { of, choices, peaks, range } = answer;
  const own = `${answer.site}/`;
  const select = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => onChange({ select: `${fromMs}-${toMs}` });
  return (
    <section className="peak-choice" aria-label="Which interval">
      {choices.length > 1 && (
        <label className="peak-of">
          <span>Load</span>
          <select value={of.point} onChange={({ target }) => onChange({ of: target.value, select: undefined })}>
            <Options choices={choices.filter(({ point }) => point.startsWith(own))} />
            {choices.some(({ point }) => !point.startsWith(own)) && (
              <optgroup label="Other sites">
                <Options choices={choices.filter(({ point }) => !point.startsWith(own))} />
              </optgroup>
            )}
          </select>
        </label>
      )}
      <p className="peak-said">The highest of the last 30 days, one a day</p>
      <div className="chips peak-peaks">
        {peaks.map((peak) => (
          <button
            key={peak.fromMs}
            type="button"
            className="chip"
            aria-pressed={peak.fromMs === range.fromMs && peak.toMs === range.toMs}
            onClick={() => select(peak)}
          >
            {dayWords(clock.wallMs(peak.fromMs), true)} {clockWords(clock.wallMs(peak.fromMs))} <b>{numberText(peak.kw, { unit: "kW" })}</b>
          </button>
        ))}
      </div>
      <OtherInterval key={range.fromMs} fromMs={range.fromMs} toMs={range.toMs} clock={clock} onPick={select} />
      <span className="peak-busy" role="status">
        {isBusy && (
          <>
            <progress aria-label="Looking" /> Reading that time on the days alike
          </>
        )}
      </span>
    </section>
  );
}

function Options({ choices }: Pick<PeakAnswerInfo, "choices">) {
  return choices.map(({ point, name }) => (
    <option key={point} value={point}>
      {name}
    </option>
  ));
}

interface OtherProps {
  readonly fromMs: number;
  readonly toMs: number;
  readonly clock: ZoneClock;
  readonly onPick: (range: { fromMs: number; toMs: number }) => void;
}

function OtherInterval({ fromMs, toMs, clock, onPick }: OtherProps) {
  const [written, setWritten] = useState(() => new Date(clock.wallMs(fromMs)).toISOString().slice(0, 16));
  const [lengthMs, setLengthMs] = useState(toMs - fromMs);
  const wallMs = Date.parse(`${written}:00Z`);
  const known = LENGTHS.some(([ms]) => ms === lengthMs);
  return (
    <form
      className="peak-other"
      onSubmit={(event) => {
        event.preventDefault();
        if (Number.isNaN(wallMs)) return;
        const startMs = clock.instantMs(wallMs);
        onPick({ fromMs: startMs, toMs: startMs + lengthMs });
      }}
    >
      <label>
        <span>Another interval from</span>
        <input type="datetime-local" step={900} value={written} onChange={({ target }) => setWritten(target.value)} />
      </label>
      <label>
        <span>for</span>
        <select value={lengthMs} onChange={({ target }) => setLengthMs(Number(target.value))}>
          {!known && <option value={lengthMs}>{Math.round(lengthMs / MINUTE_MS)} min</option>}
          {LENGTHS.map(([ms, words]) => (
            <option key={ms} value={ms}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="ctl" disabled={Number.isNaN(wallMs)}>
        Look
      </button>
    </form>
  );
}
