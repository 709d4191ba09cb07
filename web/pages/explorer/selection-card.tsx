import type { ReactElement } from "react";
import type { SeriesInfo } from "#contract/series.ts";
import { numberWords, threeDigits } from "#web/charts/numbers.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { durationWords, instantWords, rangeWords } from "#web/charts/time-words.ts";
import { shownUnit, unitFamily } from "#web/charts/unit-scale.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { Card } from "#web/parts/card.tsx";
import { unitText } from "#web/parts/format-number.ts";
import { hasTouch } from "./has-touch.ts";
import type { Statistics } from "./statistics.ts";
import { amountParts, shareText } from "./words.ts";

export interface SelectionCardProps {
  readonly info: SeriesInfo;
  readonly name: string;
  readonly digits: number | undefined;
  readonly statistics: Statistics;
  /** The whole window's, for the share. */
  readonly whole: Statistics;
  readonly span: TimeSpan;
  readonly chosen: boolean;
  readonly clock: ZoneClock;
  readonly nowMs: number;
  readonly onZoom: () => void;
  readonly onClear: () => void;
}

/** What the selected stretch of the first series comes to; without a selection, the whole window. */
export function SelectionCard(props: SelectionCardProps): ReactElement {
  const { info, name, statistics, whole, span, chosen, clock } = props;
  const shown = statisticsUnit(unitText(info.unit), info.kind, whole);
  const { unit } = shown;
  const amount = statistics.amount === undefined ? undefined : amountParts(statistics.amount.value, unitText(statistics.amount.unit));
  const number = (value: number) => numberWords(value * shown.factor, props.digits ?? threeDigits(value * shown.factor));
  const share = shareOf(statistics, whole);
  return (
    <Card title={chosen ? "Selection" : "Whole window"} note={durationWords(span.toMs - span.fromMs)}>
      <p className="explorer-note">
        {chosen
          ? `${upper(rangeWords(clock, span.fromMs, span.toMs))}, ${name}`
          : `${name}. ${hasTouch() ? "Hold" : "Shift"} and drag on the chart to look at a part.`}
      </p>
      <dl className="explorer-facts">
        {amount !== undefined && <Fact label={amountLabel(statistics.amount?.unit)} number={amount.number} unit={amount.unit} big />}
        {statistics.mean !== undefined && <Fact label="Mean" number={number(statistics.mean)} unit={unit} big={amount === undefined} />}
        {info.kind === "counter" ? (
          <Register statistics={statistics} number={number} unit={unit} />
        ) : (
          <Extremes {...props} number={number} unit={unit} />
        )}
        {chosen && share !== undefined && <Fact label="Share of the window" number={share} unit="" />}
        <Fact label="Readings" number={numberWords(statistics.readings, 0)} unit="" />
      </dl>
      <Quality statistics={statistics} source={info.source} />
      {chosen && (
        <div className="explorer-actions">
          <button type="button" className="ctl" onClick={props.onZoom}>
            Zoom in<span className="kbd">Enter</span>
          </button>
          <button type="button" className="ctl quiet" onClick={props.onClear}>
            Clear<span className="kbd">Esc</span>
          </button>
        </div>
      )}
    </Card>
  );
}

/** One unit for all numbers of the card, by the largest of the window; a register and what has a resolution of its own keep theirs. */
function statisticsUnit(unit: string, kind: string, { highest, lowest }: Statistics): { readonly unit: string; readonly factor: number } {
  const family = unitFamily(unit);
  const largest = Math.max(Math.abs(highest?.value ?? 0), Math.abs(lowest?.value ?? 0)) * family.factor;
  const shown = kind === "gauge" ? shownUnit(family.base, largest) : { unit, factor: family.factor };
  return { unit: shown.unit, factor: family.factor / shown.factor };
}

const upper = (text: string): string => text.replace(/^./, (first) => first.toUpperCase());

function amountLabel(unit: string | undefined): string {
  return unit !== undefined && /Wh$/.test(unit) ? "Energy" : "Amount";
}

function shareOf(part: Statistics, whole: Statistics): string | undefined {
  if (part.amount === undefined || whole.amount === undefined || !(whole.amount.value > 0) || part.amount.value < 0) return undefined;
  return shareText(part.amount.value / whole.amount.value);
}

function Fact({
  label,
  number,
  unit,
  big = false,
  title,
}: {
  label: string;
  number: string;
  unit: string;
  big?: boolean;
  title?: string;
}): ReactElement {
  return (
    <>
      <dt>{label}</dt>
      <dd className={big ? "num big" : "num"} title={title}>
        {number}
        {unit !== "" && <i>{`\u00a0${unit}`}</i>}
      </dd>
    </>
  );
}

interface FactsProps {
  readonly statistics: Statistics;
  readonly number: (value: number) => string;
  readonly unit: string;
}

function Extremes({ statistics, number, unit, clock, nowMs }: FactsProps & Pick<SelectionCardProps, "clock" | "nowMs">): ReactElement {
  const { highest, lowest } = statistics;
  return (
    <>
      <Fact
        label="Highest"
        number={highest === undefined ? "—" : number(highest.value)}
        unit={highest === undefined ? "" : unit}
        {...(highest === undefined ? {} : { title: instantWords(clock, highest.tMs, { nowMs }) })}
      />
      <Fact
        label="Lowest"
        number={lowest === undefined ? "—" : number(lowest.value)}
        unit={lowest === undefined ? "" : unit}
        {...(lowest === undefined ? {} : { title: instantWords(clock, lowest.tMs, { nowMs }) })}
      />
    </>
  );
}

function Register({ statistics, number, unit }: FactsProps): ReactElement {
  return (
    <>
      {statistics.lowest !== undefined && <Fact label="Register, lowest" number={number(statistics.lowest.value)} unit={unit} />}
      {statistics.highest !== undefined && <Fact label="Register, highest" number={number(statistics.highest.value)} unit={unit} />}
      {statistics.falls > 0 && (
        <Fact label="Register fell" number={statistics.falls === 1 ? "once" : `${statistics.falls} times`} unit="" />
      )}
    </>
  );
}

/** One bar for how much of the time is known, and how. */
function Quality({ statistics, source }: { statistics: Statistics; source: string }): ReactElement {
  const { measured, estimated, missing } = statistics;
  return (
    <>
      <div className="explorer-quality-words">
        <span>
          {shareText(measured)} measured
          {estimated > 0 && `, ${shareText(estimated)} estimated`}
        </span>
        <span className="faint">source {source}</span>
      </div>
      <div className="explorer-quality" aria-hidden="true">
        {measured > 0 && <span style={{ flexGrow: measured }} />}
        {estimated > 0 && <span className="estimated" style={{ flexGrow: estimated }} />}
        {missing > 0 && <span className="missing" style={{ flexGrow: missing }} />}
      </div>
    </>
  );
}
