import { Link } from "@tanstack/react-router";
import { memo, useMemo, useRef } from "react";
import type { ColumnAnswer, LiveValue, SeriesInfo } from "#contract/series.ts";
import { quantityOf } from "#units/quantity.ts";
import { Sparkline } from "#web/charts/sparkline.tsx";
import { useLive, useLiveValue, useNow } from "#web/client/live.tsx";
import { startOfDay } from "#web/client/range.ts";
import { useShortHistory } from "#web/client/short-history.ts";
import { decimalsOf, shownNumber, styleOf } from "#web/parts/format-number.ts";
import { fullText } from "#web/parts/format-time.ts";
import { type Freshness, markOf } from "#web/parts/freshness.ts";
import { MEDIUM_LOOK } from "#web/parts/medium.ts";
import { QualityMark } from "#web/parts/quality-mark.tsx";
import { Swatch } from "#web/parts/swatch.tsx";
import { amountsOf, factsOf } from "./facts.ts";
import { isByHand, type LivePoint } from "./live-point.ts";
import { resolutionOf, sparkOf } from "./spark.ts";
import { useFlash } from "./use-flash.ts";
import { useSeen } from "./use-seen.ts";
import { useFreshness } from "./use-states.ts";
import type { Window } from "./window.ts";

const HOUR_MS = 3_600_000;
/** Room for the quarter-hours of the longest day. */
const QUARTERS = 110;

/**
 * Where a day's use is read: of a register the first reading in the hour after midnight is enough (one that reads rarer says
 * nothing of today); of intervals every one that ends after midnight is needed.
 */
function todayOf(amounts: SeriesInfo | undefined, midnightMs: number) {
  if (amounts?.kind !== "interval") return { window: { fromMs: midnightMs, toMs: midnightMs + HOUR_MS }, points: 4 };
  return { window: { fromMs: midnightMs + 1, toMs: midnightMs + 25 * HOUR_MS }, points: QUARTERS };
}

interface PointCardProps {
  readonly point: LivePoint;
  readonly zone: string;
  readonly window: Window;
}

/** One point: its name and state, its value, its recent past, one fact. Leads to the Explorer. */
export const PointCard = memo(function PointCard({ point, zone, window }: PointCardProps) {
  const { primary } = point;
  const card = useRef<HTMLAnchorElement>(null);
  const seen = useSeen(card);
  const live = useLiveValue(primary.key);
  const state = useFreshness(primary, live);
  useFlash(card, live);
  const history = useShortHistory({
    key: primary.key,
    window: { lengthMs: window.lengthMs },
    points: 56,
    enabled: seen && primary.kind !== "state",
  });
  const exporting = point.medium === "electricity" && (live?.value ?? 0) < 0;
  const color = exporting ? MEDIUM_LOOK.export.color : MEDIUM_LOOK[point.medium].color;
  return (
    <Link
      ref={card}
      className={`card pt ${state}`}
      to="/explorer"
      search={{ series: [primary.key], range: isByHand(point) ? "365d" : window.range }}
    >
      <div className="pt-head">
        <h3>
          <Swatch color={color} />
          <span title={point.name}>{point.name}</span>
        </h3>
        <CardMark point={point} live={live} zone={zone} />
      </div>
      <CardValue point={point} live={live} state={state} history={history} />
      <div className="spark">
        <CardSpark color={color} point={point} live={live} state={state} history={history} windowMs={window.lengthMs} />
      </div>
      <CardFoot point={point} live={live} state={state} history={history} zone={zone} windowName={window.words} seen={seen} />
    </Link>
  );
});

interface PartProps {
  readonly point: LivePoint;
  readonly live: LiveValue | undefined;
  readonly state: Freshness;
}

function CardMark({ point, live, zone }: { point: LivePoint; live: LiveValue | undefined; zone: string }) {
  const nowMs = useNow();
  const mark = markOf(point.primary, live, nowMs);
  return <QualityMark state={mark.state} words={mark.words} title={live && fullText(live.tMs, { zone })} />;
}

function CardValue({ point, live, state, history }: PartProps & { history: ColumnAnswer | null | undefined }) {
  const decimals = useRef(0);
  const past = useMemo(() => resolutionOf(history), [history]);
  const value = state === "missing" ? null : live?.value;
  if (value === null && live?.text !== undefined && state !== "missing") return <div className="num text">{live.text}</div>;
  // A sensor that says 55 after 54.8 still means 55.0: the finest resolution seen is kept.
  if (value !== null && value !== undefined) decimals.current = Math.max(decimals.current, Math.min(2, decimalsOf(value)));
  const shown = shownNumber(value, { ...styleOf(point.primary), decimals: Math.max(past, decimals.current), maxDigits: 8 });
  const length = shown.number.length + shown.unit.length * 0.6;
  return (
    <div className={`num ${length > 10 ? "longer" : length > 7.5 ? "long" : ""}`}>
      {shown.number}
      {shown.unit !== "" && <i>{`\u00a0${shown.unit}`}</i>}
    </div>
  );
}

interface SparkProps extends PartProps {
  readonly color: string;
  readonly history: ColumnAnswer | null | undefined;
  readonly windowMs: number;
}

function CardSpark({ color, point, live, state, history, windowMs }: SparkProps) {
  const { ticker } = useLive();
  if (history === undefined || point.primary.kind === "state") return null;
  const nowMs = ticker.nowMs();
  const spark = sparkOf(point.primary, history, { live, fromMs: nowMs - windowMs, toMs: nowMs });
  return (
    <Sparkline
      tMs={spark.tMs}
      value={spark.value}
      color={color}
      fromZero={quantityOf(point.primary.quantity).fromZero === true || point.primary.kind === "counter"}
      state={state}
      step={point.primary.kind === "price"}
      fromMs={nowMs - windowMs}
      toMs={nowMs}
    />
  );
}

interface FootProps extends PartProps {
  readonly history: ColumnAnswer | null | undefined;
  readonly zone: string;
  readonly windowName: string;
  readonly seen: boolean;
}

function CardFoot({ point, live, state, history, zone, windowName, seen }: FootProps) {
  const { store } = useLive();
  const nowMs = useNow(60_000);
  const amounts = amountsOf(point);
  useLiveValue(amounts?.key);
  const today = useShortHistory({ key: amounts?.key, ...todayOf(amounts, startOfDay(nowMs, zone)), enabled: seen });
  const facts = factsOf({ point, state, live, nowMs, zone, window: windowName, latest: store.get, today, history });
  return (
    <div className="foot">
      <span title={facts.left}>{facts.left}</span>
      {facts.right && <span className="foot-right">{facts.right}</span>}
    </div>
  );
}
