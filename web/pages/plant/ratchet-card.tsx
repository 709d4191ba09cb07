import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { BillRow, BillsAnswer } from "#contract/plant-bills.ts";
import { BarChart } from "#web/charts/bar-chart.tsx";
import { BarLegend } from "#web/charts/bar-legend.tsx";
import { useNow } from "#web/client/live.tsx";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { EmptyState } from "#web/parts/states.tsx";
import { CardState } from "./card-state.tsx";
import { demandText } from "./figures.ts";
import type { PlantLook } from "./plant-look.ts";
import { type Basis, billsQuery } from "./plant-queries.ts";
import { liftedBy, ratchetScene } from "./ratchet-scene.ts";
import { namedDate, periodText, RULE_WORDS } from "./words.ts";

interface RatchetCardProps {
  readonly look: PlantLook;
  readonly basis: Basis;
  readonly height: number;
}

/** Billing demand of the last periods: what was metered, what the ratchet added, and the floor. */
export function RatchetCard({ look, basis, height }: RatchetCardProps) {
  const query = useQuery(billsQuery(look.plant.id, basis));
  return (
    <Card title="Billing demand and ratchet" note={query.data && liftedWords(query.data)}>
      <CardState query={query} height={height + 20}>
        {(answer) => <RatchetChart look={look} answer={answer} height={height} />}
      </CardState>
    </Card>
  );
}

function RatchetChart({ look, answer, height }: { look: PlantLook; answer: BillsAnswer; height: number }) {
  const navigate = useNavigate();
  const nowMs = useNow(60_000);
  const { bills } = answer;
  if (bills.length === 0) return <EmptyState sentence="No billing period has a demand yet." />;
  const scene = ratchetScene(answer);
  const rowOf = (index: number): BillRow | undefined => bills[scene.bars[index]?.x0 ?? -1];
  const percent = answer.ratchetPercent === null ? "" : `, ${answer.ratchetPercent} %`;
  return (
    <>
      <BarLegend
        items={[
          { label: "Metered", color: "--import", mark: "bar" },
          { label: "Added by the ratchet or minimum", color: "--warn", mark: "hatch" },
          { label: `Floor${percent}`, color: "--text-2", mark: "dash" },
        ]}
      />
      <BarChart
        scene={scene}
        height={height}
        label="Billing demand of each period"
        summary={`${countText(bills.length)} periods. ${newestWords(bills.at(-1), look)}`}
        words={(index) => rowWords(rowOf(index), look, nowMs)}
        onOpen={(index) => {
          const period = rowOf(index)?.period.name;
          void navigate({
            to: "/billing-risk",
            search: { plant: look.plant.id, basis: answer.basis === "calendar" ? "calendar" : undefined, period },
          });
        }}
      />
      <p className="faint ratchet-words">{newestWords(bills.at(-1), look)}</p>
    </>
  );
}

function rowWords(row: BillRow | undefined, { plant }: PlantLook, nowMs: number): string {
  if (row === undefined) return "";
  const billed = `${periodText(row.period, plant.zone, nowMs)}: billed ${demandText(row.billedKw, plant)}, ${RULE_WORDS[row.rule]}`;
  return `${billed}; metered ${demandText(row.meteredKw, plant)}, floor ${demandText(row.ratchetKw ?? row.minimumKw, plant)}`;
}

/** Which period the ratchet remembers, and until when. */
function newestWords(row: BillRow | undefined, { plant }: PlantLook): string {
  if (row === undefined) return "";
  if (row.ratchetFrom === null || row.ratchetKw === null) return "No period before holds the demand up.";
  const until = row.ratchetUntil === null ? "" : ` until the period that begins on ${namedDate(row.ratchetUntil)}`;
  return `The period from ${namedDate(row.ratchetFrom)} holds the floor at ${demandText(row.ratchetKw, plant)}${until}.`;
}

function liftedWords(answer: BillsAnswer): string {
  const { count, cost } = liftedBy(answer.bills);
  if (count === 0) return "no period raised";
  return `${count} ${count === 1 ? "period" : "periods"} raised, ${moneyText(cost.toFixed(2), answer.currency)}`;
}
