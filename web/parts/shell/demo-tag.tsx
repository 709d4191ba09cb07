import { useQuery } from "@tanstack/react-query";
import { healthQuery, sitesQuery } from "#web/client/queries.ts";

/** Stands in the bar of every page while any number on it was made by the demo. */
export function DemoTag() {
  const health = useQuery(healthQuery);
  const sites = useQuery(sitesQuery);
  const demo = health.data?.demo === true || sites.data?.some((site) => site.demo) === true;
  if (!demo) return null;
  return (
    <span className="tag demo" title="These devices are simulated. Nothing here is measured; it is kept apart from your own data.">
      Demo data
    </span>
  );
}
