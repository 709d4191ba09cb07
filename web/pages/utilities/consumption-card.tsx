import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { MeterConsumptionAnswer } from "#contract/meter-history.ts";
import { BarChart } from "#web/charts/bar-chart.tsx";
import { BarLegend, type LegendItem } from "#web/charts/bar-legend.tsx";
import { rangeWords } from "#web/charts/time-words.ts";
import { Card } from "#web/parts/card.tsx";
import { moneyText } from "#web/parts/money-text.ts";
import { EmptyState, ErrorState, Skeleton } from "#web/parts/states.tsx";
import { untilRemoved } from "./compare.ts";
import { consumptionScene, registerScene, SIGNS } from "./consumption-scene.ts";
import { ConsumptionTable } from "./consumption-table.tsx";
import { ConsumptionTools } from "./consumption-tools.tsx";
import { dateText } from "./date-text.ts";
import { MEDIA } from "./media.ts";
import type { MeterLook } from "./meter-look.ts";
import { consumptionQuery, readingsQuery } from "./meter-page-queries.ts";
import { type ConsumptionRow, rowsOf, rowWords } from "./row-words.ts";
import type { MeterView } from "./use-meter-view.ts";
import { amountText, missingText, shareText } from "./words.ts";

interface CardProps {
  readonly look: MeterLook;
  readonly view: MeterView;
}

/** What the meter used, bar by bar; with the dial below where it is asked for. */
export function ConsumptionCard({ look, view }: CardProps) {
  const { meter } = look;
  const query = useQuery(consumptionQuery(meter.id, view.stretch, view.by));
  return (
    <Card title="Consumption" note={query.data === undefined ? undefined : <Total answer={query.data} look={look} view={view} />}>
      <ConsumptionTools look={look} view={view} />
      {view.stretch.asOf !== undefined && (
        <p className="meter-asof" role="status">
          As it was known at the end of {dateText(view.stretch.asOf)}: what was read, corrected or said later is not in it.{" "}
          <button type="button" className="link" onClick={() => view.setAsOf(undefined)}>
            Back to what is known now
          </button>
        </p>
      )}
      {query.data !== undefined ? (
        <Picture look={look} view={view} answer={query.data} />
      ) : query.error !== null ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton height={280} />
      )}
    </Card>
  );
}

/** What the whole window comes to, and the way to how it was made. */
function Total({ answer, look, view }: CardProps & { readonly answer: MeterConsumptionAnswer }) {
  const { unit, currency } = answer;
  const total = untilRemoved(answer.total, endOf(look));
  const parts = [
    amountText(total.amount, unit),
    shareText(total),
    missingText(total),
    total.cost === null ? undefined : moneyText(total.cost, currency),
  ].filter((part) => part !== undefined);
  return (
    <>
      {parts.join(" · ")}{" "}
      <button type="button" className="link" onClick={() => view.setMade(total)}>
        How
      </button>
    </>
  );
}

function Picture({ look, view, answer }: CardProps & { readonly answer: MeterConsumptionAnswer }) {
  const { meter, clock } = look;
  const { color } = MEDIA[meter.medium];
  const rows = useMemo(() => rowsOf(answer, endOf(look)), [answer, look]);
  const span = useMemo(() => spanOf(rows, view.stretch), [rows, view.stretch]);
  const scene = useMemo(() => consumptionScene({ rows, span, unit: answer.unit, color, clock }), [rows, span, answer.unit, color, clock]);
  const about = { unit: answer.unit, currency: answer.currency, by: answer.by, clock, nowMs: view.nowMs };
  if (!rows.some((row) => row.amount !== null)) {
    return (
      <EmptyState
        sentence={
          answer.total.fromMs >= endOf(look)
            ? `It ended on ${dateText(look.meter.removedOn ?? "")}: nothing is counted behind that.`
            : "Nothing is known of this time: no reading lies in it or around it."
        }
      />
    );
  }
  if (view.table) return <ConsumptionTable rows={rows} about={about} onMade={view.setMade} onOpen={view.openRow} />;
  const words = (index: number) => {
    const row = rows[index];
    return row === undefined ? "" : rowWords(row, about);
  };
  return (
    <>
      <BarLegend items={legendOf(rows, color)} />
      <BarChart
        scene={scene}
        height={280}
        label={`Consumption of ${meter.name}`}
        summary={summaryOf(answer, rows, look)}
        words={words}
        onOpen={(index) => {
          const row = rows[index];
          if (row !== undefined) view.setMade(row);
        }}
        onZoom={(fromMs, toMs) => view.setSpan({ fromMs, toMs })}
        onBack={view.zoomed ? view.reset : undefined}
      />
      <p className="meter-hint">Drag to zoom, Esc to go back; press a bar to see how its number was made.</p>
      {view.register && meter.kind === "physical" && <Register look={look} view={view} rows={rows} unit={answer.unit} />}
    </>
  );
}

/** What the dial showed or would have shown, with the readings on it. */
function Register({ look, view, rows, unit }: CardProps & { readonly rows: readonly ConsumptionRow[]; readonly unit: string }) {
  const { meter, clock } = look;
  const { color } = MEDIA[meter.medium];
  const readings = useQuery(readingsQuery(meter.id, view.stretch, 2_000)).data?.readings;
  const scene = useMemo(() => {
    const points = (readings ?? [])
      .filter((reading) => reading.value !== null)
      .map((reading) => ({ x: reading.tMs, y: reading.value ?? 0, color, hollow: !reading.counts }));
    return registerScene({ rows, span: spanOf(rows, view.stretch), unit, color, clock, readings: points });
  }, [rows, view.stretch, unit, color, clock, readings]);
  const last = rows.findLast((row) => row.register !== null);
  return (
    <div className="meter-register">
      <BarLegend items={[{ label: "Register", color, mark: "line" }]} />
      <BarChart
        scene={scene}
        height={170}
        label={`Register of ${meter.name}`}
        summary={`The dial of ${meter.name}: ${amountText(last?.register, unit)} at the end of the window, ${readings?.length ?? 0} readings in it.`}
        words={(index) => {
          const row = rows[index];
          return row === undefined
            ? ""
            : `${rowWords(row, { unit, currency: meter.currency, by: view.by, clock, nowMs: view.nowMs })}; then ${amountText(row.register, unit)} on the dial`;
        }}
      />
    </div>
  );
}

/** Behind the last local day of a meter that was removed. */
function endOf({ meter, clock }: MeterLook): number {
  return meter.removedOn === null
    ? Number.POSITIVE_INFINITY
    : clock.addDaysMs(clock.instantMs(Date.parse(`${meter.removedOn}T00:00:00Z`)), 1);
}

/** The rows' own edges, which may lie outside of what was asked. */
function spanOf(rows: readonly ConsumptionRow[], asked: { readonly fromMs: number; readonly toMs: number }) {
  return { fromMs: rows[0]?.fromMs ?? asked.fromMs, toMs: rows.at(-1)?.toMs ?? asked.toMs };
}

function legendOf(rows: readonly ConsumptionRow[], color: string): LegendItem[] {
  const has = (flag: ConsumptionRow["flags"][number]) => rows.some((row) => row.flags.includes(flag));
  return [
    { label: "Measured", color, mark: "bar" },
    ...(has("filled") || has("extended") ? ([{ label: "Filled by a rule", color, mark: "hatch" }] as const) : []),
    ...SIGNS.filter(([flag]) => has(flag)).map(
      ([, { sign, color: ink }, label]): LegendItem => ({ label, color: ink, mark: "sign", sign }),
    ),
  ];
}

function summaryOf(answer: MeterConsumptionAnswer, rows: readonly ConsumptionRow[], { meter, clock }: MeterLook): string {
  const known = rows.filter((row) => row.amount !== null);
  const most = known.reduce<ConsumptionRow | undefined>((best, row) => ((row.amount ?? 0) > (best?.amount ?? -1) ? row : best), undefined);
  const when = rangeWords(clock, rows[0]?.fromMs ?? 0, (rows.at(-1)?.toMs ?? 1) - 1);
  const top = most === undefined ? "" : ` The most was ${amountText(most.amount, answer.unit)}.`;
  const share = shareText(answer.total);
  return `${meter.name} by ${answer.by}, ${when}: ${amountText(answer.total.amount, answer.unit)} in all${share === undefined ? "" : `, ${share}`}.${top}`;
}
