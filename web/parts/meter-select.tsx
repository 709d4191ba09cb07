import type { MeterInfo, MetersAnswer } from "#contract/meters.ts";
import { meterTitle } from "./meter-title.ts";

interface MeterSelectProps {
  /** Read aloud; what stands beside it says it to the eye. */
  readonly label: string;
  readonly meters: readonly MeterInfo[];
  readonly sites: MetersAnswer["sites"];
  /** Id of a meter; undefined for the first line. */
  readonly value: string | undefined;
  /** The line that stands for no meter; left out, one is always chosen. */
  readonly none?: string;
  readonly onChange: (meter: string | undefined) => void;
}

/** One of the meters; by site where there are several. */
export function MeterSelect({ label, meters, sites, value, none, onChange }: MeterSelectProps) {
  const used = sites.filter((site) => meters.some((meter) => meter.site === site.id));
  const linesOf = (site: string) =>
    meters
      .filter((meter) => meter.site === site)
      .map((meter) => (
        <option key={meter.id} value={meter.id}>
          {meterTitle(meter)}
        </option>
      ));
  return (
    <select className="ctl" aria-label={label} value={value ?? ""} onChange={(event) => onChange(event.currentTarget.value || undefined)}>
      {none !== undefined && <option value="">{none}</option>}
      {used.length === 1
        ? linesOf(used[0]?.id ?? "")
        : used.map((site) => (
            <optgroup key={site.id} label={site.name}>
              {linesOf(site.id)}
            </optgroup>
          ))}
    </select>
  );
}
