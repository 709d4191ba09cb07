import type { ZoneFigures } from "./zone-figures.ts";

/** Airflow as a bar and its setpoint as a tick on it; `most` is the end of the scale. The words beside it say the same. */
export function FlowBar({ flow, flowSetpoint, most }: Pick<ZoneFigures, "flow" | "flowSetpoint"> & { most: number }) {
  const share = (value: number) => `${Math.min(100, Math.max(0, (value / most) * 100))}%`;
  return (
    <span className="flow-bar" aria-hidden="true">
      {flow !== undefined && <b style={{ width: share(flow) }} />}
      {flowSetpoint !== undefined && <u style={{ left: share(flowSetpoint) }} />}
    </span>
  );
}
