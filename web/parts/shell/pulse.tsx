import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { HealthAnswer } from "#contract/health.ts";
import { useLive } from "#web/client/live.tsx";
import { healthQuery } from "#web/client/queries.ts";
import { countText } from "#web/parts/format-number.ts";
import { pulseWords } from "./pulse-words.ts";

/** Two quiet lines at the foot of the rail: what flows in, and whether everything received is accounted for. */
export function Pulse() {
  const health = useQuery(healthQuery);
  const { connection } = useLive();
  if (!health.data) return <p className="pulse">{connection.state === "away" ? "Server away" : "\u00a0"}</p>;
  const words = pulseWords(health.data);
  return (
    <Link className="pulse" to="/sources" title={titleOf(health.data)}>
      <b>{words.rate}</b>, {words.loss}
      <br />
      {words.ledger}
    </Link>
  );
}

function titleOf(health: HealthAnswer): string {
  const stored = `${countText(health.store.samples)} samples of ${countText(health.store.series)} series kept`;
  return [...health.problems, stored].join(". ");
}
