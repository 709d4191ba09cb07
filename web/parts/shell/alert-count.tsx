import { useQuery } from "@tanstack/react-query";
import { activeAlertsQuery } from "#web/client/alert-queries.ts";
import { countText } from "#web/parts/format-number.ts";

/** How many alerts last, beside the name of their page; nothing where all is quiet. */
export function AlertCount() {
  const active = useQuery(activeAlertsQuery).data ?? [];
  if (active.length === 0) return null;
  return (
    <span className="count alerting">
      {countText(active.length)}
      <span className="read-aloud"> {active.length === 1 ? "alert lasts" : "alerts last"}</span>
    </span>
  );
}
