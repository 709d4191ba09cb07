import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { MeterFigureAnswer } from "#contract/meters.ts";
import { monthWord } from "#web/charts/time-words.ts";
import { Card } from "#web/parts/card.tsx";
import { moneyText } from "#web/parts/money-text.ts";
import { Swatch } from "#web/parts/swatch.tsx";
import { TableScroll } from "#web/parts/table-scroll.tsx";
import { sumText } from "./cost-words.ts";
import { endedText } from "./date-text.ts";
import { MEDIA } from "./media.ts";
import type { MoneySum } from "./money.ts";
import { paidThere, topMeters } from "./top-meters.ts";
import { amountText, shareText } from "./words.ts";
import { type CostSection, costsByGroup, costsByMedium, isWhole, type YearRow, type YearSite } from "./year-rows.ts";

interface MatrixProps {
  readonly site: YearSite;
  readonly whole: CostSection;
  readonly nowMs: number;
  /** The only site: its name says nothing. */
  readonly alone: boolean;
}

/** Meters by months, with what groups, media and all come to. */
export function CostMatrix({ site, whole, nowMs, alone }: MatrixProps) {
  const groups = useMemo(() => costsByGroup(site.rows), [site.rows]);
  const media = useMemo(
    () => costsByMedium(site.rows, (medium) => MEDIA[medium].label).filter((section) => section.year.amount !== null),
    [site.rows],
  );
  const paid = useMemo(() => paidThere(site.rows, isPriced), [site.rows]);
  const noPrices = whole.year.amount === null;
  const heads = site.rows[0]?.months ?? [];
  const left = whole.leftOut;
  return (
    <Card title={alone ? "Cost by month" : site.name} note={site.currency}>
      <TableScroll>
        <table className="year-table">
          <thead>
            <tr>
              <th>Meter</th>
              {heads.map((month) => (
                <th key={month.fromMs} className="n">
                  {monthName(month)}
                  {month.fromMs <= nowMs && !isWhole(month, nowMs) && " so far"}
                </th>
              ))}
              <th className="n">Year</th>
            </tr>
          </thead>
          {groups.map((section) => (
            <tbody key={section.title}>
              {groups.length > 1 && (
                <tr className="util-group">
                  <th colSpan={heads.length + 2} scope="rowgroup">
                    {section.title}
                  </th>
                </tr>
              )}
              {section.rows.map((row) => (
                <MeterLine key={row.id} row={row} site={site} paid={paid.get(row.id)} nowMs={nowMs} />
              ))}
              {groups.length > 1 && section.rows.length > 1 && section.year.amount !== null && (
                <SumLine title={`${section.title} together`} section={section} site={site} nowMs={nowMs} />
              )}
            </tbody>
          ))}
          {!noPrices && (
            <tbody className="year-totals">
              {media.length > 1 &&
                media.map((section) => <SumLine key={section.title} title={section.title} section={section} site={site} nowMs={nowMs} />)}
              <SumLine title="Everything" section={whole} site={site} nowMs={nowMs} strong />
            </tbody>
          )}
        </table>
      </TableScroll>
      {noPrices ? <NoPrices rows={site.rows} /> : <Note left={left} partial={whole.year.partial} />}
    </Card>
  );
}

/** In place of totals of nothing: where a first price is set. */
function NoPrices({ rows }: { rows: readonly YearRow[] }) {
  const first = topMeters(rows)[0];
  return (
    <p className="year-note">
      No meter here has a price yet, so there is nothing to add up.{" "}
      {first !== undefined && (
        <Link className="link" to="/utilities/meter" search={{ meter: first.id }} hash="prices">
          Set the price of {first.name}
        </Link>
      )}
    </p>
  );
}

/** What a total leaves out, and what its signs mean. */
function Note({ left, partial }: { left: readonly string[]; partial: boolean }) {
  return (
    <p className="year-note">
      {left.length > 0
        ? `Totals add nothing twice: ${listed(left)} ${left.length === 1 ? "is" : "are"} left out of "Everything", because another meter counts the same again. `
        : "Totals add every meter once. "}
      {partial && "≥ is a sum of which a part has no price or is not known."}
    </p>
  );
}

const NAMED = 4;

/** The first few by name, the others by number. */
function listed(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return rest > 1 ? `${names.slice(0, NAMED).join(", ")} and ${rest} others` : names.join(", ");
}

const monthName = (month: MeterFigureAnswer): string => monthWord(Date.parse(`${month.fromLocal.slice(0, 10)}T00:00:00Z`));

const isPriced = (row: YearRow): boolean => row.year.cost !== null || row.months.some((month) => month.cost !== null);

interface LineProps {
  readonly row: YearRow;
  readonly site: YearSite;
  /** The meter at whose price it is paid. */
  readonly paid: YearRow | undefined;
  readonly nowMs: number;
}

function MeterLine({ row, site, paid, nowMs }: LineProps) {
  const wide = !isPriced(row);
  return (
    <tr>
      <td className="year-name">
        <Swatch color={MEDIA[row.medium].color} />{" "}
        <Link className="util-link" to="/utilities/meter" search={{ meter: row.id }}>
          {row.name}
        </Link>
      </td>
      {wide ? (
        <td className="year-noprice" colSpan={row.months.length + 1}>
          <WhyNoCost row={row} paid={paid} />
        </td>
      ) : (
        [...row.months, row.year].map((figure) => (
          <CostCell key={`${figure.fromMs} ${figure.toMs}`} figure={figure} row={row} site={site} nowMs={nowMs} />
        ))
      )}
    </tr>
  );
}

/** Why a meter has no cost of its own: it ended, is paid for in a sum, or has no price. */
function WhyNoCost({ row, paid }: Pick<LineProps, "row" | "paid">) {
  const used = amountText(row.year.amount, row.unit);
  if (row.year.amount === null) return endedText(row.removedOn) ?? "nothing known";
  if (paid !== undefined) return `${used}, paid for in ${paid.name}`;
  return (
    <>
      <Link className="year-unpriced" to="/utilities/meter" search={{ meter: row.id }} hash="prices">
        no price
      </Link>{" "}
      for {used}
    </>
  );
}

interface CellProps {
  readonly figure: MeterFigureAnswer;
  readonly row: YearRow;
  readonly site: YearSite;
  readonly nowMs: number;
}

function CostCell({ figure, row, site, nowMs }: CellProps) {
  const gone = row.removedOn !== null && figure.fromLocal.slice(0, 10) > row.removedOn;
  if (figure.fromMs > nowMs || gone) return <td className="n" />;
  const said = [amountText(figure.amount, row.unit), shareText(figure)].filter((text) => text !== undefined).join(", ");
  if (figure.cost !== null) {
    return (
      <td className="n" title={said}>
        {moneyText(figure.cost, site.currency)}
      </td>
    );
  }
  if (figure.amount === null) {
    return (
      <td className="n faint" title="nothing known">
        —
      </td>
    );
  }
  return (
    <td className="n" title={said}>
      <Link className="year-unpriced" to="/utilities/meter" search={{ meter: row.id }} hash="prices">
        no price
      </Link>
    </td>
  );
}

interface SumProps {
  readonly title: string;
  readonly section: CostSection;
  readonly site: YearSite;
  readonly nowMs: number;
  readonly strong?: boolean;
}

function SumLine({ title, section, site, nowMs, strong = false }: SumProps) {
  const months = section.rows[0]?.months ?? [];
  const text = (sum: MoneySum) => sumText(sum, site.currency);
  return (
    <tr className={strong ? "year-sum strong" : "year-sum"}>
      <td className="year-name">{title}</td>
      {section.months.map((sum, index) => (
        <td key={months[index]?.fromMs ?? index} className="n">
          {(months[index]?.fromMs ?? 0) > nowMs ? "" : text(sum)}
        </td>
      ))}
      <td className="n">{text(section.year)}</td>
    </tr>
  );
}
