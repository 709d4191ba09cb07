import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { SummaryAnswer } from "#contract/plant.ts";
import type { BillAnswer } from "#contract/plant-bills.ts";
import { useNow } from "#web/client/live.tsx";
import { Card } from "#web/parts/card.tsx";
import { EmptyState } from "#web/parts/states.tsx";
import { BillTable } from "./bill-lines.tsx";
import { CardState } from "./card-state.tsx";
import { energyText } from "./figures.ts";
import type { PlantLook } from "./plant-look.ts";
import { billQuery } from "./plant-queries.ts";
import { periodText } from "./words.ts";

/** The running period's bill so far, and how much of it was measured. */
export function BillCard({ look, summary }: { look: PlantLook; summary: SummaryAnswer }) {
  const { plant } = look;
  const { period } = summary;
  const nowMs = useNow(60_000);
  const query = useQuery(billQuery(plant.id, period !== null && plant.tariff !== null ? period.name : undefined, "billing"));
  if (period === null || plant.tariff === null) {
    return (
      <Card title="Bill to date">
        <EmptyState sentence="No tariff is set. Write one under “tariffs:” in wattkeep.yaml, and every past bill is computed too." />
      </Card>
    );
  }
  return (
    <Card title="Bill to date" note={`${periodText(period, plant.zone, nowMs)}, day ${period.dayOfPeriod} of ${period.daysOfPeriod}`}>
      <CardState query={query} height={250}>
        {(bill) => (
          <>
            <BillTable lines={bill.lines} currency={bill.currency} total={bill.total} totalName="Total so far" />
            <Measured coverage={bill.coverage} estimated={bill.estimated} />
            <p className="faint bill-note">{conservationWords(bill)}</p>
            <Link className="link" to="/billing-risk" search={{ plant: plant.id }}>
              Open the bill
            </Link>
          </>
        )}
      </CardState>
    </Card>
  );
}

/** Share of a bill that was measured, as a strip. */
export function Measured({ coverage, estimated }: { coverage: number; estimated: number }) {
  const measured = Math.max(0, coverage * (1 - estimated)) * 100;
  const guessed = estimated * 100;
  const missing = Math.max(0, 100 - measured - guessed);
  return (
    <div className="measured">
      <p>
        <span className="muted">{percent(measured)} measured</span>
        <span className="faint">
          {percent(guessed)} estimated, {missing < 0.05 ? "none" : percent(missing)} missing
        </span>
      </p>
      <div className="measured-strip" aria-hidden="true">
        <span style={{ flex: measured }} />
        {guessed > 0 && <span className="estimated" style={{ flex: Math.max(1, guessed) }} />}
        {missing >= 0.05 && <span className="missing" style={{ flex: Math.max(1, missing) }} />}
      </div>
    </div>
  );
}

const percent = (value: number): string => `${value.toFixed(1)}\u00a0%`;

/** Whether register, intervals, days and bill tell of one energy. */
export function conservationWords({ conservation }: Pick<BillAnswer, "conservation">): string {
  const within = energyText(conservation.toleranceKwh);
  if (conservation.holds === null) return "No register says the energy of this period, so intervals and bill cannot be checked against it.";
  return conservation.holds
    ? `Register, intervals, days and bill agree within ${within}.`
    : `Register, intervals and bill differ by more than ${within}: see Data quality.`;
}
