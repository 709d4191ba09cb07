import { lazy, type ReactElement, type RefObject, Suspense, useEffect, useMemo, useRef, useState } from "react";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import { PowerChart } from "#web/charts/power-chart.tsx";
import { lastMs } from "#web/charts/power-scene.ts";
import { rangeWords } from "#web/charts/time-words.ts";
import { HOUR_MS } from "#web/charts/zone-clock.ts";
import { hasTouch } from "#web/pages/explorer/has-touch.ts";
import { ErrorState, Skeleton } from "#web/parts/states.tsx";
import { AxisMenu } from "./axis-menu.tsx";
import { chartSummary } from "./chart-summary.ts";
import type { HomeLook } from "./home-look.ts";
import { tracesOf, useTraces } from "./traces.ts";
import { useFlash } from "./use-flash.ts";
import { useHomePicture } from "./use-home-picture.ts";
import type { HomeView } from "./use-home-view.ts";
import { weekdayName } from "./words.ts";

interface ChartCardProps {
  readonly look: HomeLook;
  readonly view: HomeView;
  readonly chart: RefObject<ChartHandle | null>;
}

const PictureTable = lazy(async () => ({ default: (await import("./picture-table.tsx")).PictureTable }));

const MOUSE_HINT = "Drag to select, Shift and drag or Ctrl and wheel to zoom, double-click to go back";
const TOUCH_HINT = "Drag to select, pinch to zoom, double tap to go back";
/** The typical course of one weekday fits in windows up to this long. */
const TYPICAL_UP_TO_MS = 9 * 24 * HOUR_MS;

/** The picture: power and energy of the window, as a chart or as a table. */
export function ChartCard({ look, view, chart }: ChartCardProps): ReactElement {
  const { home, clock } = look;
  const { span, nowMs, selection } = view;
  const box = useRef<HTMLElement>(null);
  const widthPx = useWidth(box);
  const traces = useTraces(home);
  const state = useHomePicture({
    home,
    window: span,
    widthPx,
    nowMs,
    follow: view.follow,
    phases: home.hasPhases && traces.shown.has("phases"),
    typical: span.toMs - span.fromMs <= TYPICAL_UP_TO_MS,
  });
  const { picture } = state;
  const newest = lastMs(picture);
  useFlash(box, view.follow && Number.isFinite(newest) ? newest : undefined);
  const offered = useMemo(() => tracesOf(home).filter((trace) => trace !== "typical" || picture.typical.tMs.length > 0), [home, picture]);
  const name = typicalName(span, home.zone);
  return (
    <section className="card home-main" ref={box} aria-label="Power and energy" aria-busy={state.loading}>
      {state.empty && (state.error === null ? <Skeleton height={480} /> : <ErrorState error={state.error} retry={state.retry} />)}
      {!state.empty && state.error !== null && <ErrorState error={state.error} retry={state.retry} />}
      {!state.empty && view.table && (
        <Suspense fallback={<Skeleton height={480} />}>
          <PictureTable look={look} picture={picture} span={span} nowMs={nowMs} />
        </Suspense>
      )}
      {!state.empty && !view.table && (
        <>
          <PowerChart
            handle={chart}
            rows={picture}
            typical={picture.typical}
            typicalName={name}
            traces={offered}
            shown={traces.shown}
            onToggle={traces.toggle}
            fixedW={traces.fixedW}
            wholeKwh={home.wholeKwh}
            span={span}
            clock={clock}
            nowMs={nowMs}
            selection={selection}
            summary={chartSummary({ picture, span, clock, whole: home.wholeKwh })}
            hint={hasTouch() ? TOUCH_HINT : MOUSE_HINT}
            faded={state.error !== null}
            loading={state.loading}
            onSpan={view.setSpan}
            onSelect={view.setSelection}
            onBack={view.reset}
          />
          <AxisMenu traces={traces} />
          {nothingIn(picture, span) && !state.loading && (
            <p className="home-nothing">
              No readings from {rangeWords(clock, span.fromMs, Math.min(span.toMs, Math.max(nowMs, span.fromMs + 1)))}.
            </p>
          )}
        </>
      )}
    </section>
  );
}

function nothingIn(picture: ReturnType<typeof useHomePicture>["picture"], span: { fromMs: number; toMs: number }): boolean {
  return !picture.power.tMs.some((t, row) => t >= span.fromMs && t <= span.toMs && !Number.isNaN(picture.power.value[row] ?? Number.NaN));
}

/** "Typical Tuesday"; over several days the week as a whole. */
function typicalName(span: { fromMs: number; toMs: number }, zone: string): string {
  const days = (span.toMs - span.fromMs) / (24 * HOUR_MS);
  return days > 1.1 ? "Typical days" : `Typical ${weekdayName((span.fromMs + span.toMs) / 2, zone)}`;
}

/** Width of the picture in CSS pixels; 0 until it is known. */
function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(200, Math.round((element.clientWidth - BESIDE_PX) / 50) * 50)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

const BESIDE_PX = 110;
