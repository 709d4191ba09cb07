import type { UseQueryResult } from "@tanstack/react-query";
import type { BillAnswer, BillRow } from "#contract/plant-bills.ts";
import { CardState } from "#web/pages/plant/card-state.tsx";
import { demandText, powerText } from "#web/pages/plant/figures.ts";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { PeakTable } from "#web/pages/plant/setting-card.tsx";
import { namedDate } from "#web/pages/plant/words.ts";
import { Card } from "#web/parts/card.tsx";
import { moneyText } from "#web/parts/money-text.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { EmptyState } from "#web/parts/states.tsx";

interface DemandCardProps {
  readonly look: PlantLook;
  readonly row: BillRow;
  readonly query: UseQueryResult<BillAnswer>;
}

type Demand = NonNullable<BillAnswer["lines"][number]["demand"]>;

/** Which intervals and which rule set the demand of a period, and until when an old peak counts. */
export function DemandCard({ look, row, query }: DemandCardProps) {
  if (row.planName === null) {
    return (
      <Card title="What set the demand">
        {row.setting.length === 0 ? (
          <EmptyState sentence="No interval of this period counts as demand yet." />
        ) : (
          <PeakTable look={look} peaks={row.setting} />
        )}
      </Card>
    );
  }
  return (
    <Card title="What set the demand" note={`billed ${demandText(row.billedKw, look.plant)}`}>
      <CardState query={query} height={200}>
        {(bill) => {
          const demand = bill.lines.find((line) => line.demand !== null)?.demand;
          return demand ? (
            <DemandParts look={look} demand={demand} currency={bill.currency} />
          ) : (
            <EmptyState sentence="This plan charges no demand." />
          );
        }}
      </CardState>
    </Card>
  );
}

function DemandParts({ look, demand, currency }: { look: PlantLook; demand: Demand; currency: string }) {
  const { plant } = look;
  const below = demand.next === null || demand.peaks.length === 0 ? null : (demand.peaks.at(-1)?.kw ?? 0) - demand.next.kw;
  return (
    <>
      {demand.peaks.length === 0 ? (
        <EmptyState sentence="No interval of this period counts as demand yet." />
      ) : (
        <PeakTable look={look} peaks={demand.peaks} next={demand.next} nextBelowKw={below} />
      )}
      <dl className="rules">
        <Rule name="Metered" kw={demandText(demand.meteredKw, plant)} on={demand.rule === "metered"} />
        <Rule name="Ratchet floor" kw={demandText(demand.ratchetKw, plant)} on={demand.rule === "ratchet"} />
        <Rule name="Plan's minimum" kw={demandText(demand.minimumKw, plant)} on={demand.rule === "minimum"} />
      </dl>
      {demand.uncertain && (
        <p className="uncertain">
          <QualityMark
            state="suspect"
            words={`Not certain, between ${powerText(demand.uncertain.lowKw, 0.5)} and ${powerText(demand.uncertain.highKw, 0.5)}`}
          />
        </p>
      )}
      {demand.ratchetFrom !== null && (
        <>
          <p className="muted rules-words">
            The period from {namedDate(demand.ratchetFrom)} holds the floor
            {demand.ratchetUntil === null ? "" : ` until the one that begins on ${namedDate(demand.ratchetUntil)}`}; it costs{" "}
            {moneyText(demand.ratchetCost, currency)} here.
          </p>
          {demand.ratchetPeaks.length > 0 && <PeakTable look={look} peaks={demand.ratchetPeaks} />}
        </>
      )}
    </>
  );
}

function Rule({ name, kw, on }: { name: string; kw: string; on: boolean }) {
  return (
    <div className={on ? "on" : undefined}>
      <dt>
        {name}
        {on && <span className="read-aloud">, sets the billing demand</span>}
      </dt>
      <dd className="num">
        {on && <span aria-hidden="true">✓ </span>}
        {kw}
      </dd>
    </div>
  );
}
