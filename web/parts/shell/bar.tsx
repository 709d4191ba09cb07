import { useRouterState } from "@tanstack/react-router";
import { BASE_PATH } from "#web/client/base.ts";
import { Icon } from "#web/parts/icon.tsx";
import { DemoTag } from "./demo-tag.tsx";
import { RangeSelect } from "./range-select.tsx";
import { SchemeMenu } from "./scheme-menu.tsx";
import { SiteSelect } from "./site-select.tsx";

/** The line above every page: which site, which time, where to. */
export function Bar({ onSearch }: { onSearch: () => void }) {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname });
  const range = rangeOn(path);
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

/** Which pages speak of a time: the wall looks back from now, the Explorer steps through the past. */
function rangeOn(path: string): "rolling" | "steps" | undefined {
  const page = path.replace(/\/$/, "").slice(BASE_PATH.length);
  return page === "" ? "rolling" : page === "/explorer" ? "steps" : undefined;
}
