import { Link } from "@tanstack/react-router";
import { type ReactElement, type RefObject, useMemo } from "react";
import type { ZoneDetailAnswer } from "#contract/building.ts";
import type { ChartHandle } from "#web/charts/chart-handle.ts";
import { ChartTable } from "#web/charts/chart-table.tsx";
import { PanelStack } from "#web/charts/panel-stack.tsx";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import type { BuildingInfo } from "#web/client/use-building.ts";
import { hasTouch } from "#web/pages/explorer/has-touch.ts";
import { EmptyState } from "#web/parts/states.tsx";
import type { ZoneView } from "./use-zone-view.ts";
import { zoneGround } from "./zone-ground.ts";
import { type ZonePicture, zonePicture } from "./zone-picture.ts";
import { zoneSummary } from "./zone-summary.ts";

interface CardProps {
  readonly detail: ZoneDetailAnswer;
  readonly building: BuildingInfo;
  readonly clock: ZoneClock;
  readonly view: ZoneView;
  readonly chart: RefObject<ChartHandle | null>;
  readonly faded: boolean;
  readonly loading: boolean;
}

const MOUSE_HINT = "Drag to select, Shift and drag or Ctrl and wheel to zoom, double-click to go back";
const TOUCH_HINT = "Drag to select, pinch to zoom, double tap to go back";

/** The pictures of a zone under one time axis, or their rows. */
export function ZoneChartCard({ detail, building, clock, view, chart, faded, loading }: CardProps): ReactElement {
  const picture = useMemo(() => zonePicture(detail, building), [detail, building]);
  const ground = useMemo(() => zoneGround(detail), [detail]);
  const { span, selection, nowMs } = view;
  return (
    <section className="card zone-charts" aria-label="Temperature, airflow and box" aria-busy={loading}>
      {picture.panels.length === 0 ? (
        <EmptyState sentence="Nothing came in within this time." />
      ) : view.table ? (
        <ChartTable lines={picture.lines} span={span} zone={building.zone} nowMs={nowMs} />
      ) : (
        <PanelStack
          handle={chart}
          panels={picture.panels}
          ground={ground}
          span={span}
          clock={clock}
          nowMs={nowMs}
          selection={selection}
          summary={zoneSummary(detail, { clock, span, picture })}
          hint={hasTouch() ? TOUCH_HINT : MOUSE_HINT}
          faded={faded}
          dragSelects
          onSpan={view.setSpan}
          onSelect={view.setSelection}
          onBack={view.reset}
        />
      )}
      {!view.table && picture.panels.length > 0 && <GroundLegend ground={ground} picture={picture} building={building} />}
      {picture.missing.length > 0 && (
        <p className="zone-missing">
          No history was found for {picture.missing.join(", ")}.{" "}
          <Link className="link" to="/building/names" search={{ site: detail.site, find: detail.zone.name }}>
            Names and roles
          </Link>
        </p>
      )}
    </section>
  );
}

interface LegendProps {
  readonly ground: ReturnType<typeof zoneGround>;
  readonly picture: ZonePicture;
  readonly building: BuildingInfo;
}

/** What lies behind the lines, where it does. */
function GroundLegend({ ground, picture, building }: LegendProps) {
  const has = (label: string) => ground.some((span) => span.label === label);
  return (
    <p className="zone-legend">
      {picture.panels.some(({ target }) => target !== undefined) && (
        <span>
          <i className="zones-legend-band" aria-hidden="true" />
          Setpoint band, lighter: comfortable still (±{building.band} {building.bandUnit}); airflow: its tolerance
        </span>
      )}
      {has("not occupied") && (
        <span>
          <i className="zone-legend-shade" aria-hidden="true" />
          Not occupied
        </span>
      )}
      {(has("warm-up") || has("air handler off")) && (
        <span>
          <i className="zone-legend-hatch" aria-hidden="true" />
          Not judged: {[has("warm-up") && "warm-up", has("air handler off") && "air handler off"].filter(Boolean).join(", ")}
        </span>
      )}
    </p>
  );
}
