import type { SourceInfo } from "#contract/sources.ts";

/** What "not guaranteed" means for this source, and how its sender is changed. */
export function Delivery({ source }: { source: SourceInfo }) {
  if (source.fetched !== undefined) {
    return (
      <p className="muted">
        Its readings are fetched by the job {source.fetched.job}; the page Jobs shows when, and how it went. What comes while the service is
        away is fetched afterwards.
      </p>
    );
  }
  if (source.qos0Share === 0) {
    return <p className="muted">Every message is acknowledged only after it is on disk, so a sender that waits for that loses nothing.</p>;
  }
  const share =
    source.qos0Share === 1 ? "All messages come" : `${Math.max(1, Math.round(source.qos0Share * 100))}\u00a0% of the messages come`;
  return (
    <p className="muted">
      {share} at QoS 0: what is sent while the network is away is gone, and nobody can tell. {remedy(source.dialect)}
    </p>
  );
}

function remedy(dialect: string): string {
  if (dialect.startsWith("tasmota")) {
    return "Tasmota always publishes at QoS 0. Its registers close the gap with the next message; only the curve in between is lost. A bridge beside the meter that publishes at QoS 1 keeps that too.";
  }
  return "Set QoS 1 in the sender: “qos: 1” in ESPHome, QoS 1 in Node-RED's MQTT node, “topic # out 1” in a Mosquitto bridge. Wattkeep subscribes at QoS 1 already.";
}
