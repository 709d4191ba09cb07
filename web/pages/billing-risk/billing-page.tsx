import "#web/pages/plant/plant.css";
import "./billing.css";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { BillRow, BillsAnswer } from "#contract/plant-bills.ts";
import { CapCard } from "#web/pages/plant/cap-card.tsx";
import { Needs } from "#web/pages/plant/needs.tsx";
import { PlantGate } from "#web/pages/plant/plant-gate.tsx";
import type { PlantLook } from "#web/pages/plant/plant-look.ts";
import { type Basis, billQuery, billsQuery } from "#web/pages/plant/plant-queries.ts";
import { PlantSkeleton } from "#web/pages/plant/plant-skeleton.tsx";
import { RatchetCard } from "#web/pages/plant/ratchet-card.tsx";
import { Answer, Strip } from "#web/parts/card.tsx";
import { Seg } from "#web/parts/seg.tsx";
import { EmptyState, ErrorState } from "#web/parts/states.tsx";
import { CheckCard } from "./check-card.tsx";
import { DemandCard } from "./demand-card.tsx";
import { billFigures } from "./figures.tsx";
import { PeriodBill } from "./period-bill.tsx";
import { Timeline } from "./timeline.tsx";
import { basisWords, billSentence } from "./words.ts";

/** What each period costs, which intervals and which rule set it, and until when that lasts. */
export function BillingPage() {
  return <PlantGate skeleton={<PlantSkeleton />}>{(look) => <Billing look={look} />}</PlantGate>;
}

function Billing({ look }: { look: PlantLook }) {
  const search: { readonly basis?: string | undefined; readonly period?: string | undefined } = useSearch({ strict: false });
  const basis: Basis = search.basis === "calendar" ? "calendar" : "billing";
  const query = useQuery(billsQuery(look.plant.id, basis));
  if (query.data === undefined) {
    return query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <PlantSkeleton />;
  }
  const answer = query.data;
  const row = answer.bills.find((one) => one.period.name === search.period) ?? answer.bills.at(-1);
  if (row === undefined) return <NoBills look={look} answer={answer} basis={basis} />;
  return <Bills look={look} answer={answer} basis={basis} row={row} />;
}

interface BillsProps {
  readonly look: PlantLook;
  readonly answer: BillsAnswer;
  readonly basis: Basis;
}

function Bills({ look, answer, basis, row }: BillsProps & { row: BillRow }) {
  const { plant } = look;
  const bill = useQuery({ ...billQuery(plant.id, row.period.name, basis), enabled: row.planName !== null });
  return (
    <>
      <Answer sentence={billSentence(row, answer, look)} evidence={[basisWords(answer, plant), ...answer.remarks]}>
        <BasisSeg basis={basis} />
      </Answer>
      <Needs needs={plant.needs} />
      <Strip items={billFigures(row, answer, look)} />
      <div className="plant-grid">
        <div className="grid">
          <RatchetCard look={look} basis={basis} height={210} />
          <PeriodBill look={look} row={row} query={bill} />
          <CapCard
            key={row.period.name}
            look={look}
            period={row.period.name}
            around={{ highestKw: row.peakKw, meteredKw: row.meteredKw }}
          />
        </div>
        <div className="grid plant-side">
          <DemandCard look={look} row={row} query={bill} />
          <CheckCard key={`check ${row.period.name}`} look={look} row={row} />
        </div>
      </div>
      <Timeline look={look} answer={answer} chosen={row.period.name} />
    </>
  );
}

function BasisSeg({ basis }: { basis: Basis }) {
  const navigate = useNavigate();
  const choose = (next: Basis) =>
    void navigate({
      to: "/billing-risk",
      search: (before) => ({ ...before, basis: next === "calendar" ? next : undefined, period: undefined }),
      replace: true,
    });
  return (
    <Seg
      label="Periods"
      value={basis}
      options={[
        { value: "billing", label: "Billing periods" },
        { value: "calendar", label: "Calendar months" },
      ]}
      onChange={choose}
    />
  );
}

function NoBills({ look, answer, basis }: BillsProps) {
  return (
    <>
      <Answer
        sentence={
          look.plant.tariff === null ? "No tariff is set, so there is no bill to show." : "Nothing was metered yet, so there is no bill."
        }
        evidence={[basisWords(answer, look.plant), ...answer.remarks]}
      >
        <BasisSeg basis={basis} />
      </Answer>
      <Needs needs={look.plant.needs} />
      <EmptyState
        sentence={
          look.plant.tariff === null
            ? "Write the plan of your bill under “tariffs:” in wattkeep.yaml, and give the point its name. Bills of the past are computed too."
            : "Point the pulse counter at the broker, or read a file of the PLC in: the bill follows by itself."
        }
      >
        <code>npm start -- --config examples/plant/wattkeep.yaml</code>
        <Link className="link" to="/data-quality" search={{ plant: look.plant.id }}>
          See what has come
        </Link>
      </EmptyState>
    </>
  );
}
