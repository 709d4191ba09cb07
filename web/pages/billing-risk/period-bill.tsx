import type { UseQueryResult } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { BillAnswer, BillLineInfo, BillRow } from "#contract/plant-bills.ts";
import { useNow } from "#web/client/live.tsx";
import { conservationWords, Measured } from "#web/pages/plant/bill-card.tsx";
import { BillTable } from "#web/pages/plant/bill-lines.tsx";
import { CardState } from "#web/pages/plant/card-state.tsx";
import { demandText, energyText } from "#web/pages/plant/figures.ts";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { periodText } from "#web/pages/plant/words.ts";
import { Icon } from "#web/parts/icon.tsx";
import { moneyText } from "#web/parts/money-text.ts";
import { EmptyState } from "#web/parts/states.tsx";

interface PeriodBillProps {
  readonly look: PlantLook;
  readonly row: BillRow;
  readonly query: UseQueryResult<BillAnswer>;
}

/** One period's bill: every line opens the intervals it stands on. */
export function PeriodBill({ look, row, query }: PeriodBillProps) {
  const nowMs = useNow(60_000);
  const when = periodText(row.period, look.plant.zone, nowMs);
  return (
    <section className="card" aria-label={`Bill of ${when}`} id="bill">
      <header>
        <h2>Bill of {when}</h2>
        <span className="faint">
          {row.period.days} days{row.period.open ? ", to date" : ""}
          {row.period.predicted ? ", its end is predicted" : ""}
        </span>
        <div className="note">{query.data && <Steps bill={query.data} />}</div>
      </header>
      <div className="body">
        {row.planName === null ? (
          <EmptyState sentence="No plan was valid in this period. Give the tariff a version that begins before it." />
        ) : (
          <CardState query={query} height={260}>
            {(bill) => <Lines bill={bill} look={look} />}
          </CardState>
        )}
      </div>
    </section>
  );
}

function Steps({ bill }: { bill: BillAnswer }) {
  const navigate = useNavigate();
  const go = (period: string | null) =>
    period !== null && void navigate({ to: "/billing-risk", search: (before) => ({ ...before, period }), resetScroll: false });
  return (
    <span className="steps">
      <button
        type="button"
        className="ctl quiet"
        aria-label="Period before"
        disabled={bill.previousPeriod === null}
        onClick={() => go(bill.previousPeriod)}
      >
        <Icon name="left" />
      </button>
      <button
        type="button"
        className="ctl quiet"
        aria-label="Next period"
        disabled={bill.nextPeriod === null}
        onClick={() => go(bill.nextPeriod)}
      >
        <Icon name="right" />
      </button>
    </span>
  );
}

function Lines({ bill, look }: { bill: BillAnswer; look: PlantLook }) {
  return (
    <>
      <BillTable
        lines={bill.lines}
        currency={bill.currency}
        total={bill.total}
        totalName={bill.period.open ? "Total so far" : "Total"}
        open={(line) => <Intervals line={line} bill={bill} look={look} />}
      />
      <Measured coverage={bill.coverage} estimated={bill.estimated} />
      <Notes bill={bill} look={look} />
    </>
  );
}

/** The intervals a line stands on: those that set it, or all of the period. */
function Intervals({ line, bill, look }: { line: BillLineInfo; bill: BillAnswer; look: PlantLook }) {
  if (line.kind === "fixed" || line.unit === "%") return null;
  const first = line.intervalsMs?.[0];
  const to = bill.period.open ? Math.min(bill.period.toMs, look.clock.addDaysMs(Date.now(), 1)) : bill.period.toMs;
  const search = { plant: look.plant.id, from: bill.period.fromMs, to };
  return (
    <Link className="link" to="/data-explorer" search={first === undefined ? search : { ...search, sort: "-kw", row: first }}>
      {first === undefined ? "all intervals" : `${line.intervalsMs?.length} intervals`}
    </Link>
  );
}

/** What the bill rests on: why, what was left out, and whether all energies agree. */
function Notes({ bill, look }: { bill: BillAnswer; look: PlantLook }) {
  const excluded = excludedWords(bill, look);
  return (
    <ul className="bill-notes">
      {[...bill.explain, ...bill.remarks].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      {excluded && <li>{excluded}</li>}
      <li className={bill.conservation.holds === false ? "warn" : undefined}>{conservationWords(bill)}</li>
      <li className="faint">
        Plan {bill.planName}, {bill.planVersion}
        {bill.planSource ? `, from ${bill.planSource}` : ""}. {bill.lines.length} lines, each rounded as the plan says.
      </li>
    </ul>
  );
}

/** The bill with what R17 leaves out of the demand. */
function excludedWords({ excluded, currency }: BillAnswer, { plant }: PlantLook): string | undefined {
  if (excluded.intervals === 0) return undefined;
  const which = `R17 left ${excluded.intervals} ${excluded.intervals === 1 ? "interval" : "intervals"} (${energyText(excluded.energyKwh)}, highest ${demandText(excluded.peakKw, plant)}) out of the demand`;
  const money = excluded.totalWith === null ? "" : ` and the total ${moneyText(excluded.totalWith, currency)}`;
  return excluded.billedKwWith === null
    ? `${which}.`
    : `${which}; with them the billing demand would be ${demandText(excluded.billedKwWith, plant)}${money}.`;
}
