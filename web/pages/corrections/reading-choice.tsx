import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MeterReading } from "#contract/meter-history.ts";
import type { MeterInfo } from "#contract/meters.ts";
import { readingsQuery } from "#web/client/meter-act-queries.ts";
import { numberText } from "#web/parts/format-number.ts";
import { datedText, fullText } from "#web/parts/format-time.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";

const DAY_MS = 86_400_000;
const DAYS_BACK = 90;

interface ChoiceProps {
  readonly meter: MeterInfo;
  readonly near: string | undefined;
  readonly zone: string;
  readonly chosen: MeterReading | undefined;
  readonly wrong: string | undefined;
  readonly onChoose: (reading: MeterReading) => void;
}

/** Readings of a meter in a stretch of days, one of which is chosen. */
export function ReadingChoice({ meter, near, zone, chosen, wrong, onChoose }: ChoiceProps) {
  const [days, setDays] = useState(() => daysAround(near, meter.lastMs ?? Date.now(), zone));
  const query = useQuery({
    ...readingsQuery({ meter: meter.id, ...days }),
    enabled: days.from !== "" && days.to !== "" && days.from <= days.to,
  });
  const nowMs = Date.now();
  const { readings } = query.data ?? {};
  return (
    <fieldset className="reading-choice">
      <legend>Which reading</legend>
      <div className="correction-row">
        <input
          type="date"
          className="ctl"
          aria-label="Readings from"
          value={days.from}
          onChange={(event) => setDays({ ...days, from: event.currentTarget.value })}
        />
        <input
          type="date"
          className="ctl"
          aria-label="Readings until"
          value={days.to}
          onChange={(event) => setDays({ ...days, to: event.currentTarget.value })}
        />
      </div>
      {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
      {readings === undefined && !query.error && <Skeleton height={180} />}
      {readings?.length === 0 && <p className="muted">No reading lies between these days.</p>}
      {readings !== undefined && readings.length > 0 && (
        <div className="reading-list">
          {readings.map((reading) => (
            <label key={`${reading.series} ${reading.tMs}`}>
              <input
                type="radio"
                name="reading"
                checked={chosen?.tMs === reading.tMs && chosen.series === reading.series}
                onChange={() => onChoose(reading)}
              />
              <span className="nowrap" title={fullText(reading.tMs, { zone })}>
                {datedText(reading.tMs, nowMs, { zone })}
              </span>
              <span className="num">{numberText(reading.value, { unit: reading.unit, exact: true })}</span>
              <span className="faint">{toldOf(reading)}</span>
            </label>
          ))}
        </div>
      )}
      {wrong !== undefined && (
        <p className="bad" role="alert">
          ✕ {wrong}
        </p>
      )}
    </fieldset>
  );
}

/** What is worth knowing of a reading before it is changed. */
function toldOf(reading: MeterReading): string {
  const { counts, because, raw, since, unit } = reading;
  if (!counts) return `does not count: ${because}`;
  if (raw !== null) return `corrected, came as ${numberText(raw, { unit, exact: true })}`;
  return since === null ? "" : `+${numberText(since, { unit, keepUnit: true })}`;
}

/** The days around a stretch, else the last three months before an instant, as dates of the site. */
function daysAround(near: string | undefined, endMs: number, zone: string): { readonly from: string; readonly to: string } {
  const found = /^(\d+)-(\d+)$/.exec(near ?? "");
  const [fromMs, toMs] = found === null ? [endMs - DAYS_BACK * DAY_MS, endMs] : [Number(found[1]) - DAY_MS, Number(found[2]) + DAY_MS];
  const date = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone: zone });
  return { from: date.format(fromMs), to: date.format(toMs) };
}
