import { Icon } from "#web/parts/icon.tsx";
import { DemoTag } from "./demo-tag.tsx";
import { usePagePath } from "./page-path.ts";
import { RangeSelect } from "./range-select.tsx";
import { SchemeMenu } from "./scheme-menu.tsx";
import { SiteSelect } from "./site-select.tsx";

/** The line above every page: which site, which time, where to. */
export function Bar({ onSearch }: { onSearch: () => void }) {
  const range = RANGE_ON[usePagePath()];

  return (
    <header className="bar">
      <SiteSelect />
      <DemoTag />
      <span className="bar-gap" />
      {range && <RangeSelect steps={range === "steps"} />}
      <button type="button" className="ctl search desk" onClick={onSearch}>
        <Icon name="search" />
        Meter, page or action
        <kbd className="kbd">Ctrl K</kbd>
      </button>
      <SchemeMenu />
    </header>
  );
}

/** Pages that speak of a time: the wall looks back from now, the Explorer steps through the past. */
const RANGE_ON: Readonly<Record<string, "rolling" | "steps">> = { "/": "rolling", "/explorer": "steps" };
