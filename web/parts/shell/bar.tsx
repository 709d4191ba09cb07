import { useRouterState } from "@tanstack/react-router";
import { Icon } from "#web/parts/icon.tsx";
import { DemoTag } from "./demo-tag.tsx";
import { RangeSelect } from "./range-select.tsx";
import { SchemeMenu } from "./scheme-menu.tsx";
import { SiteSelect } from "./site-select.tsx";

/** The line above every page: which site, which time, where to. */
export function Bar({ onSearch }: { onSearch: () => void }) {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname });
  return (
    <header className="bar">
      <SiteSelect />
      <DemoTag />
      <span className="bar-gap" />
      <RangeSelect steps={path.endsWith("/explorer")} />
      <button type="button" className="ctl search desk" onClick={onSearch}>
        <Icon name="search" />
        Meter, page or action
        <kbd className="kbd">Ctrl K</kbd>
      </button>
      <SchemeMenu />
    </header>
  );
}
