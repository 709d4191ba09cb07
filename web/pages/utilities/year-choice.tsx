import { useNavigate } from "@tanstack/react-router";
import { Icon } from "#web/parts/icon.tsx";
import type { YearSearch } from "./utility-search.ts";

/** Changes a part of the address of a year's page. */
export function useYearChange(): (next: Partial<YearSearch>) => void {
  const navigate = useNavigate();
  return (next) => void navigate({ to: ".", search: (before: object) => ({ ...before, ...next }), resetScroll: false });
}

/** The year a page speaks of, and the ways to those before and after. */
export function YearChoice({ year, thisYear }: { year: number; thisYear: number }) {
  const change = useYearChange();
  const go = (next: number) => change({ year: next === thisYear ? undefined : String(next) });
  return (
    <fieldset className="util-year" aria-label="Year">
      <button type="button" className="ctl quiet" aria-label={`Year ${year - 1}`} onClick={() => go(year - 1)}>
        <Icon name="left" />
      </button>
      <b className="num">{year}</b>
      <button type="button" className="ctl quiet" aria-label={`Year ${year + 1}`} disabled={year >= thisYear} onClick={() => go(year + 1)}>
        <Icon name="right" />
      </button>
    </fieldset>
  );
}
