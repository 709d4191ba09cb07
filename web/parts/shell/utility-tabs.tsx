import { useSearch } from "@tanstack/react-router";
import { usePagePath } from "./page-path.ts";
import { PageTabs } from "./page-tabs.tsx";
import { UTILITY_PAGES, utilityPageOf } from "./pages.ts";

/** The pages about the meters of a house; the site goes with them. */
export function UtilityTabs() {
  const { site } = useSearch({ strict: false });
  const current = utilityPageOf(usePagePath());
  return <PageTabs label="Pages of the meters" pages={UTILITY_PAGES} current={current} search={site ? { site } : {}} />;
}
