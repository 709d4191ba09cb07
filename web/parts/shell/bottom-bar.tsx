import { Link, useSearch } from "@tanstack/react-router";
import { Icon } from "#web/parts/icon.tsx";
import { AlertCount } from "./alert-count.tsx";
import { BOTTOM_PAGES } from "./pages.ts";
import { useShownPages } from "./use-shown-pages.ts";

/** With more of them a thumb would hit the one beside; settings are found by name then. */
const MOST_PAGES = 7;

/** The rail of a phone, and the palette's button, in reach of a thumb. */
export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const { site } = useSearch({ strict: false });
  const shown = useShownPages();
  const pages = BOTTOM_PAGES.filter(shown.has);
  return (
    <nav className="bottom" aria-label="Pages">
      {(pages.length > MOST_PAGES ? pages.filter(({ to }) => to !== "/settings") : pages).map((page) => (
        <Link
          key={page.to}
          className="bottom-link"
          to={page.to}
          search={site ? { site } : {}}
          activeOptions={{ exact: true, includeSearch: false }}
          aria-current={shown.isCurrent(page) ? "page" : undefined}
        >
          <Icon name={page.icon} />
          {page.label}
          {page.to === "/alerts" && <AlertCount />}
        </Link>
      ))}
      <button type="button" className="bottom-link" onClick={onSearch}>
        <Icon name="search" />
        Find
      </button>
    </nav>
  );
}
