import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { sourcesQuery } from "#web/client/queries.ts";
import { EmptyState } from "#web/parts/states.tsx";

/** Nothing has been heard yet: say where a device should send, and where to look for what does arrive. */
export function NoReadings({ site }: { site: string | undefined }) {
  const brokers = useQuery(sourcesQuery).data?.brokers ?? [];
  if (site !== undefined) {
    return (
      <EmptyState page sentence={`No readings from ${site} yet.`}>
        <Link className="link" to="/" search={{}}>
          Show all sites
        </Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      page
      sentence="No readings yet. Point a device at the broker: what it says appears on Sources, with the lines of configuration that claim it."
    >
      {brokers.map((broker) => (
        <p key={broker.name}>
          {broker.kind === "broker" ? "Wattkeep's own broker listens at" : "Wattkeep listens to the broker at"}{" "}
          <code>{broker.address}</code>
        </p>
      ))}
      <p>
        Try it without a device: <code>mosquitto_pub -t tele/meter/SENSOR -m '{'{"MT681":{"Power":412}}'}'</code>
      </p>
      <Link className="link" to="/sources">
        Open Sources
      </Link>
    </EmptyState>
  );
}
