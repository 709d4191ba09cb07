import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { healthQuery } from "#web/client/queries.ts";
import { countText } from "#web/parts/format-number.ts";
import { BrandMark, Icon } from "#web/parts/icon.tsx";
import { AlertCount } from "./alert-count.tsx";
import { PAGE_GROUPS } from "./pages.ts";
import { Pulse } from "./pulse.tsx";
import { useShownPages } from "./use-shown-pages.ts";

/** Pages at the left edge; folds down to its icons. */
export function Rail({ narrow, onToggle }: { narrow: boolean; onToggle: () => void }) {
  const { site } = useSearch({ strict: false });
  const rejects = useQuery(healthQuery).data?.rejectsOpen ?? 0;
  const kept = site ? { site } : {};
  const shown = useShownPages();
  return (
    <nav className="rail" aria-label="Pages">
      <Link className="brand" to="/" search={kept} title={narrow ? "Wattkeep" : undefined}>
        <BrandMark />
        <span className="words">Wattkeep</span>
      </Link>
      {PAGE_GROUPS.filter((group) => group.some(shown.has)).map((group) => (
        <ul key={group[0].to}>
          {group.filter(shown.has).map((page) => (
            <li key={page.to}>
              <Link
                className="rail-link"
                to={page.to}
                search={kept}
                activeOptions={{ exact: true, includeSearch: false }}
                aria-current={shown.isCurrent(page) ? "page" : undefined}
                aria-label={narrow ? page.label : undefined}
                title={narrow ? page.label : undefined}
              >
                <Icon name={page.icon} />
                <span className="words">{page.label}</span>
                {page.to === "/alerts" && <AlertCount />}
                {page.to === "/sources" && rejects > 0 && (
                  <span className="count">
                    {countText(rejects)}
                    <span className="read-aloud"> rejected</span>
                  </span>
                )}
              </Link>
            </li>
          ))}
        </ul>
      ))}
      <div className="rail-foot">
        <button
          type="button"
          className="rail-link"
          onClick={onToggle}
          aria-label={narrow ? "Show page names" : "Fold the page list"}
          title={narrow ? "Show page names" : "Fold the page list"}
        >
          <Icon name="collapse" />
          <span className="words">Fold</span>
        </button>
        <Pulse />
      </div>
    </nav>
  );
}
