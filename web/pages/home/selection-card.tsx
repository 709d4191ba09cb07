import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { HomeSelectionAnswer, HomeSummaryAnswer } from "#contract/home.ts";
import { numberWords } from "#web/charts/numbers.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { momentText } from "#web/parts/format-time.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { SelectionActions } from "#web/parts/selection-actions.tsx";
import { ErrorState } from "#web/parts/states.tsx";
import { Fact, parted } from "./fact.tsx";
import type { HomeLook } from "./home-look.ts";
import { selectionQuery } from "./home-queries.ts";
import { SideSkeleton } from "./home-skeleton.tsx";
import { energyCost, rateText } from "./money.ts";
import { spanWords } from "./span-words.ts";
import type { HomeView } from "./use-home-view.ts";
import { coverageWords, energyText, shareWords } from "./words.ts";

interface SelectionCardProps {
  readonly look: HomeLook;
  /** Of today, for the share; undefined until it is known. */
  readonly summary: HomeSummaryAnswer | undefined;
  readonly view: HomeView;
}

/** A window that moves is summed up anew in these steps. */
const STEP_MS = 10_000;

/** What the selected stretch came to; without a selection, the whole window. */
export function SelectionCard({ look, summary, view }: SelectionCardProps) {
  const { home } = look;
  const { selection, nowMs } = view;
  const shown = selection ?? stepped(view.span, view.follow ? nowMs : undefined);
  const query = useQuery(selectionQuery(home.id, shown));
  const { refetch } = query;
  const newest = summary?.power.atMs ?? null;
  const running = selection === undefined && view.follow;
  useEffect(() => {
    if (running && newest !== null) void refetch();
  }, [running, newest, refetch]);
  if (query.data === undefined) {
    return query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : <SideSkeleton />;
  }
  return (
    <section className="card home-side" aria-label="Selection" aria-busy={query.isPlaceholderData}>
      <header>
        <h2>{selection === undefined ? "This window" : "Selection"}</h2>
      </header>
      <div className="body">
        <p className="home-when">{spanWords(selection ?? view.span, look, nowMs)}</p>
        <dl>
          <Figures figures={query.data} look={look} today={summary?.today.boughtKwh ?? null} nowMs={nowMs} />
        </dl>
        <SelectionActions selection={selection} view={view} />
      </div>
    </section>
  );
}

/** The rest of a day that has not come yet adds nothing; the hour that rolls must not ask anew with every second. */
function stepped(span: TimeSpan, nowMs: number | undefined): TimeSpan {
  if (nowMs === undefined) return span;
  const toMs = span.toMs > nowMs ? span.toMs : Math.ceil(span.toMs / STEP_MS) * STEP_MS;
  return { fromMs: Math.floor(span.fromMs / STEP_MS) * STEP_MS, toMs };
}

interface FiguresProps {
  readonly figures: HomeSelectionAnswer;
  readonly look: HomeLook;
  readonly today: number | null;
  readonly nowMs: number;
}

function Figures({ figures, look: { home, clock }, today, nowMs }: FiguresProps) {
  const within = figures.fromMs >= clock.dayStartMs(nowMs);
  const share = within ? shareWords(figures.boughtKwh, today) : undefined;
  const cost = energyCost(figures);
  const watts = (value: number | null) => (value === null ? { value: "—" } : { value: numberWords(value, 0), unit: "W" });
  const at = (tMs: number | null) => (tMs === null ? undefined : `at ${momentText(tMs, nowMs, { zone: home.zone })}`);
  const low = figures.minW !== null && figures.minW < 0 ? "selling" : undefined;
  return (
    <>
      <Fact label="Energy" {...parted(energyText(figures.boughtKwh, home.wholeKwh))} note={energyNote(figures, share)} big />
      <Fact label="Cost" value={moneyText(cost, home.currency)} note={rateNote(figures, home)} big />
      <Fact label="Highest" {...watts(figures.maxW)} note={at(figures.maxMs)} />
      <Fact label="Mean" {...watts(figures.meanW)} note={figures.derived ? "from the register" : "over time"} />
      <Fact
        label="Lowest"
        {...watts(figures.minW)}
        note={[low, at(figures.minMs)].filter((word) => word !== undefined).join(" ") || undefined}
      />
      <Fact label="Readings" value={numberWords(figures.count, 0)} note={coverageWords(figures.coverage)} />
    </>
  );
}

function energyNote({ soldKwh }: HomeSelectionAnswer, share: string | undefined): string {
  const sold = soldKwh !== null && soldKwh > 0.0005 ? `${energyText(soldKwh)} sold` : undefined;
  const words = [share === undefined ? undefined : `${share} of today`, sold].filter((word) => word !== undefined);
  return words.length === 0 ? "bought" : words.join(", ");
}

function rateNote({ perKwh }: HomeSelectionAnswer, home: HomeLook["home"]) {
  if (perKwh === null) return home.prices.length === 0 ? <PriceLink words="Set a price" /> : "no energy bought";
  return (
    <>
      at {rateText(perKwh, home.currency)} per kWh <PriceLink words="Change" />
    </>
  );
}

function PriceLink({ words }: { words: string }) {
  const go = () => {
    const card = document.getElementById("home-price");
    card?.scrollIntoView({ block: "center" });
    card?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  };
  return (
    <button type="button" className="link home-inline" onClick={go}>
      {words}
    </button>
  );
}
