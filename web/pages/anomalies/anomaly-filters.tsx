import type { AnomalyInfo } from "#contract/anomalies.ts";
import { countText } from "#web/parts/format-number.ts";
import { Seg } from "#web/parts/seg.tsx";
import type { AnomaliesSearch } from "./anomalies-search.ts";
import { RULE_WORDS } from "./words.ts";

interface FiltersProps {
  readonly anomalies: readonly AnomalyInfo[];
  readonly nameOf: (anomaly: AnomalyInfo) => string;
  readonly search: AnomaliesSearch;
  readonly onChange: (next: AnomaliesSearch) => void;
}

/** Which findings are listed: open or put aside, of which meter, by which rule. */
export function AnomalyFilters({ anomalies, nameOf, search, onChange }: FiltersProps) {
  const meters = [...new Map(anomalies.map((one) => [one.meter, nameOf(one)]))].sort((a, b) => a[1].localeCompare(b[1]));
  const rules = [...new Set(anomalies.map((one) => one.rule))];
  const aside = anomalies.filter((one) => one.dismissed !== null).length;
  return (
    <fieldset className="anomaly-filters" aria-label="Filters">
      <Seg
        label="Which"
        value={search.show === "dismissed" ? "dismissed" : "open"}
        options={[
          { value: "open", label: `Open ${countText(anomalies.length - aside)}` },
          { value: "dismissed", label: `Put aside ${countText(aside)}` },
        ]}
        onChange={(show) => onChange({ show: show === "open" ? undefined : show })}
      />
      <select
        className="ctl"
        aria-label="Meter"
        value={search.meter ?? ""}
        onChange={(event) => onChange({ meter: event.currentTarget.value || undefined })}
      >
        <option value="">Every meter</option>
        {meters.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        className="ctl"
        aria-label="Rule"
        value={search.rule ?? ""}
        onChange={(event) => onChange({ rule: event.currentTarget.value || undefined })}
      >
        <option value="">Every rule</option>
        {rules.map((rule) => (
          <option key={rule} value={rule}>
            {RULE_WORDS[rule].words.slice(2)}
          </option>
        ))}
      </select>
    </fieldset>
  );
}
