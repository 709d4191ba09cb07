import "./gauge.css";
import type { CSSProperties } from "react";
import type { PlantInfo, RunningAnswer } from "#contract/plant.ts";
import { axisTicks } from "#web/charts/numbers.ts";
import { countText } from "#web/parts/format-number.ts";
import { demandText, energyText, powerText } from "./figures.ts";

interface GaugeProps {
  readonly running: RunningAnswer;
  readonly plant: Pick<PlantInfo, "pulseKw">;
  /** Pulses beside the energy; a wall has no room for them. */
  readonly pulses?: boolean;
}

/** The interval that runs on one scale: solid is in the meter, hatched is projected, levels stand across. */
export function Gauge({ running, plant, pulses = true }: GaugeProps) {
  const { interval, projection, levels } = running;
  const hours = (interval.toMs - interval.fromMs) / 3_600_000;
  const soFar = interval.energyKwh === null ? null : interval.energyKwh / hours;
  const end = running.live.stale ? null : projection.kw;
  const top = scaleTop([soFar ?? 0, end ?? 0, ...levels.map((level) => level.kw)]);
  const at = (kw: number): string => `${Math.min(100, Math.max(0, (kw / top) * 100))}%`;
  const [raises, highest] = [levels.find((level) => level.level === "raises-bill"), levels.find((level) => level.level === "new-highest")];
  const count = interval.pulses === null || !pulses ? "" : `, ${countText(interval.pulses)} ${interval.pulses === 1 ? "pulse" : "pulses"}`;
  const words = soFar === null ? "no energy known yet" : `${energyText(interval.energyKwh)} in the meter${count}`;
  // What does not fit into the bar stands above it.
  const inside = (soFar ?? 0) / top > 0.42;
  return (
    <div className="gauge" role="img" aria-label={aria(running, plant)}>
      <div className="gauge-levels">
        <span className={inside ? "gauge-words outside narrow" : "gauge-words outside"}>{words}</span>
        {raises && (
          <b style={{ left: at(raises.kw) }} className={raises.kw / top < 0.4 ? "right" : "left"}>
            raises the bill {demandText(raises.kw, plant)}
          </b>
        )}
        {highest && highest.kw !== raises?.kw && (
          <b style={{ left: at(highest.kw) }} className={highest.kw / top > 0.9 || raises === undefined ? "left" : "right high"}>
            {demandText(highest.kw, plant)} highest
          </b>
        )}
      </div>
      <div className="gauge-track">
        {soFar !== null && <i className="gauge-gone" style={{ width: at(soFar) }} />}
        {end !== null && soFar !== null && end > soFar && (
          <i className="gauge-rest" style={{ left: at(soFar), width: `calc(${at(end)} - ${at(soFar)})` } as CSSProperties} />
        )}
        {inside && <span className="gauge-words">{words}</span>}
        {levels.map((level) => (
          <i key={level.level} className="gauge-level" style={{ left: at(level.kw) }} />
        ))}
      </div>
      <div className="gauge-scale">
        {ticksOf(top).map((kw) => (
          <span key={kw} style={{ left: at(kw) }} className={kw === 0 ? "first" : ""}>
            {kw === 0 ? "0 kW" : countText(kw)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Without any value there is no scale to name. */
const ticksOf = (top: number): number[] => (top > 1 ? axisTicks(0, top, 5) : [0]);

/** End of the scale: a level's name has room behind it. */
function scaleTop(values: readonly number[]): number {
  const most = Math.max(...values);
  return most > 0 ? most * 1.17 : 1;
}

function aria(running: RunningAnswer, plant: Pick<PlantInfo, "pulseKw">): string {
  const parts = [`${energyText(running.interval.energyKwh)} in the meter`];
  if (running.projection.kw !== null) parts.push(`projected ${powerText(running.projection.kw, running.projection.plusMinusKw)}`);
  for (const level of running.levels) {
    parts.push(`${level.level === "raises-bill" ? "raises the bill at" : "new highest at"} ${demandText(level.kw, plant)}`);
  }
  return parts.join(", ");
}
