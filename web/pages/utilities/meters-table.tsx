import { Link } from "@tanstack/react-router";
import { type CSSProperties, memo } from "react";
import type { MeterInfo, MetersAnswer } from "#contract/meters.ts";
import { useNow } from "#web/client/live.tsx";
import { ageText, fullText } from "#web/parts/format-time.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { Swatch } from "#web/parts/swatch.tsx";
import { lastYear, whyNotCompared } from "./compare.ts";
import { dateText } from "./date-text.ts";
import { MEDIA } from "./media.ts";
import type { MeterSection } from "./meters-filter.ts";
import { ShareBar } from "./share-bar.tsx";
import { Spark } from "./spark.tsx";
import { StandingMark } from "./standing-mark.tsx";
import { amountText, changeText, changeWords, counted, kindText, missingText, registerText, shareText } from "./words.ts";

interface TableProps {
  readonly sections: readonly MeterSection[];
  readonly sites: MetersAnswer["sites"];
  /** Where what a meter used is paid for, by its id. */
  readonly paid: ReadonlyMap<string, MeterInfo>;
}

/** Meters by group: a table where there is room, a card each on a phone. */
export function MetersTable({ sections, sites, paid }: TableProps) {
  const nowMs = useNow(60_000);
  return (
    <section className="card util-meters" aria-label="Meters">
      <table className="util-table">
        <thead>
          <tr className="util-head">
            <th>Meter</th>
            <th>Standing</th>
            <th className="n">Last reading</th>
            <th className="n">This month</th>
            <th className="n">Against last year</th>
            <th>Twelve months</th>
            <th className="n">Cost</th>
            <th>To look at</th>
          </tr>
        </thead>
        {sections.map((section) => (
          <tbody key={section.key}>
            <tr className="util-group">
              <th colSpan={8} scope="rowgroup">
                {section.title} <span className="util-group-count">{section.meters.length}</span>
              </th>
            </tr>
            {section.meters.map((meter) => (
              <MeterRow
                key={meter.id}
                meter={meter}
                site={sites.find((one) => one.id === meter.site)}
                paid={paid.get(meter.id)?.name}
                nowMs={nowMs}
              />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

interface RowProps {
  readonly meter: MeterInfo;
  readonly site: MetersAnswer["sites"][number] | undefined;
  /** Name of the meter at whose price it is paid. */
  readonly paid: string | undefined;
  readonly nowMs: number;
}

const MeterRow = memo(function MeterRow({ meter, site, paid, nowMs }: RowProps) {
  const { thisMonth, yearBefore, unit } = meter;
  const { color } = MEDIA[meter.medium];
  const ended = meter.standing === "ended";
  const earlier = lastYear(thisMonth, yearBefore);
  const why = whyNotCompared(thisMonth, yearBefore);
  const share = [shareText(thisMonth), missingText(thisMonth)].filter((text) => text !== undefined).join(", ");
  return (
    <tr className="util-row" data-ended={ended}>
      <td className="util-name" style={{ "--c": `var(${color})` } as CSSProperties}>
        <Swatch color={color} />
        <span>
          <Link className="util-link" to="/utilities/meter" search={{ meter: meter.id }}>
            {meter.name}
          </Link>
          <small>{noteOf(meter)}</small>
        </span>
      </td>
      <td className="util-state">
        <StandingMark standing={meter.standing} because={meter.because} />
        {meter.standing !== "live" && meter.because !== "" && (
          <small>{ended && meter.removedOn !== null ? dateText(meter.removedOn) : meter.because}</small>
        )}
      </td>
      <td className="n" data-label="Last reading" data-empty={meter.lastMs === null}>
        {registerText(meter.lastValue, unit)}
        {meter.lastMs !== null && (
          <small>
            <time dateTime={new Date(meter.lastMs).toISOString()} title={fullText(meter.lastMs, { zone: site?.zone })}>
              {ageText(nowMs - meter.lastMs)} ago
            </time>
          </small>
        )}
      </td>
      <td className="n" data-label="This month" data-empty={thisMonth.amount === null}>
        <span className={thisMonth.flags.includes("belowZero") ? "bad" : undefined}>
          {thisMonth.flags.includes("belowZero") && "✕ "}
          {ended && thisMonth.amount === null ? "" : amountText(thisMonth.amount, unit)}
        </span>
        <ShareBar figure={thisMonth} color={color} />
        <small>{share}</small>
      </td>
      <td className="n" data-label="Against last year" data-empty={yearBefore.amount === null} title={compareTitle(meter)}>
        {ended && thisMonth.amount === null ? "" : changeText(thisMonth.amount, earlier)}
        <small>{why !== undefined ? "known in part" : earlier === null ? "" : amountText(earlier, unit)}</small>
        {why !== undefined && <span className="read-aloud">: {why}</span>}
      </td>
      <td className="util-spark-cell" data-empty={meter.months.every((month) => month.amount === null)}>
        {!(ended && meter.months.every((month) => month.amount === null)) && (
          <Spark bars={meter.months} color={color} label={sparkLabel(meter)} />
        )}
      </td>
      <td className="n" data-label="Cost this month" data-empty={thisMonth.cost === null}>
        <Cost meter={meter} paid={paid} currency={site?.currency ?? "EUR"} />
      </td>
      <td className="util-look" data-empty={meter.openEvents + meter.openAnomalies === 0}>
        <LookLinks meter={meter} />
      </td>
    </tr>
  );
});

function Cost({ meter, paid, currency }: { meter: MeterInfo; paid: string | undefined; currency: string }) {
  const { amount, cost } = meter.thisMonth;
  if (cost !== null) return moneyText(cost, currency);
  if (amount === null && meter.standing === "ended") return null;
  if (paid === undefined) return <span className="faint">no price</span>;
  return (
    <span className="faint" title={`paid for in ${paid}, which counts the same`}>
      in the sum
    </span>
  );
}

function LookLinks({ meter }: { meter: MeterInfo }) {
  const { openEvents, openAnomalies } = meter;
  return (
    <>
      {openEvents > 0 && (
        <Link className="link" to="/utilities/meter" search={{ meter: meter.id }} hash="events">
          {counted(openEvents, "event")}
        </Link>
      )}
      {openAnomalies > 0 && (
        <Link className="link" to="/anomalies" search={{ meter: meter.id }}>
          {counted(openAnomalies, "anomaly", "anomalies")}
        </Link>
      )}
    </>
  );
}

function noteOf(meter: MeterInfo): string {
  return [
    ...(meter.kind === "physical" ? [] : [kindText(meter.kind)]),
    ...(meter.description !== "" && meter.description !== meter.name ? [meter.description] : []),
    ...(meter.serial === null ? [] : [`No ${meter.serial}`]),
  ].join(" · ");
}

function compareTitle({ thisMonth, yearBefore, unit }: MeterInfo): string | undefined {
  const why = whyNotCompared(thisMonth, yearBefore);
  if (why !== undefined) return why;
  const words = changeWords(thisMonth.amount, lastYear(thisMonth, yearBefore));
  return words === undefined ? undefined : `${words} the ${amountText(yearBefore.amount, unit)} of the same days last year`;
}

function sparkLabel({ months, unit, name }: MeterInfo): string {
  const known = months.filter((month) => month.amount !== null);
  if (known.length === 0) return `${name}: no month known`;
  const most = known.reduce((best, month) => ((month.amount ?? 0) > (best.amount ?? 0) ? month : best));
  return `${name}, twelve months: ${known.length} known, the most ${amountText(most.amount, unit)} in ${most.fromLocal.slice(0, 7)}`;
}
