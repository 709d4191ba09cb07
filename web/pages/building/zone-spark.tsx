import "./zone-card.css";
import { memo } from "react";
import type { ZoneRowAnswer } from "#contract/building.ts";
import { zoneSparkScene } from "./zone-spark-scene.ts";

interface SparkProps {
  readonly row: Pick<ZoneRowAnswer, "spark" | "standing">;
}

/** The temperature of 24 hours in its band. It fills its box, and says nothing the words beside it do not say. */
export const ZoneSpark = memo(function ZoneSpark({ row }: SparkProps) {
  const { line, band, edges, end } = zoneSparkScene(row);
  return (
    <span className="zone-spark" data-standing={row.standing} aria-hidden="true">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {band !== "" && (
          <>
            <path className="zone-spark-band" d={band} />
            <path className="zone-spark-edge" d={edges} />
          </>
        )}
        {line === "" ? <path className="zone-spark-missing" d="M0 50H100" /> : <path className="zone-spark-line" d={line} />}
      </svg>
      {end !== undefined && <i className="zone-spark-end" style={{ left: `${end.x}%`, top: `${end.y}%` }} />}
    </span>
  );
});
