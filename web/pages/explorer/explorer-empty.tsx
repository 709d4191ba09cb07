import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useMemo, useRef } from "react";
import type { SeriesInfo, SiteInfo } from "#contract/series.ts";
import { MEDIUM_LOOK } from "#web/parts/medium.ts";
import { EmptyState } from "#web/parts/states.tsx";
import { Swatch } from "#web/parts/swatch.tsx";
import { useKeys } from "#web/parts/use-keys.ts";
import { suggestSeries } from "./series-find.ts";
import { SeriesSearch } from "./series-search.tsx";

export interface ExplorerEmptyProps {
  readonly all: readonly SeriesInfo[];
  readonly sites: readonly SiteInfo[];
  readonly site: string | undefined;
  /** Keys of the address that nobody knows. */
  readonly lost: readonly string[];
}

/** Nothing chosen yet: a field to find a series by name, and the likeliest ones to press. */
export function ExplorerEmpty({ all, sites, site, lost }: ExplorerEmptyProps): ReactElement {
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const names = useMemo(() => new Map(sites.map((one) => [one.id, one])), [sites]);
  const suggested = useMemo(() => suggestSeries(all, site), [all, site]);
  const open = (keys: readonly string[]) => void navigate({ to: ".", search: (before) => ({ ...before, series: [...keys] }) });
  useKeys({ "/": () => field.current?.focus() });
  if (all.length === 0) return <EmptyState page sentence="No series yet. They appear here with the first reading of any source." />;
  return (
    <div className="explorer-empty">
      <h1>{lost.length > 0 ? "This link names series that are not here." : "Which series do you want to look at?"}</h1>
      {lost.length > 0 && <p className="explorer-note">{lost.join(", ")}</p>}
      <SeriesSearch all={all} chosen={[]} sites={names} input={field} onAdd={(key) => open([key])} />
      <ul>
        {suggested.map((info) => (
          <li key={info.key}>
            <button type="button" className="ctl" onClick={() => open([info.key])}>
              <Swatch color={MEDIUM_LOOK[info.medium].color} />
              {info.pointName}
              <span className="faint">{names.get(info.site)?.name ?? info.site}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
