import type { BrokerInfo } from "#contract/sources.ts";
import { AgeText } from "#web/parts/age-text.tsx";
import { Card } from "#web/parts/card.tsx";
import { countText } from "#web/parts/format-number.ts";
import { EmptyState } from "#web/parts/states.tsx";
import { brokerState } from "./words.ts";

const KINDS = { mqtt: "Broker", broker: "Own broker", replay: "Replay" } as const;

/** The connections messages come through, each with its state in words. */
export function Brokers({ brokers }: { brokers: readonly BrokerInfo[] }) {
  return (
    <Card title="Brokers">
      {brokers.length === 0 && <EmptyState sentence="No broker is configured; readings come from files and pulls only." />}
      <ul className="broker-list">
        {brokers.map((broker) => (
          <Broker key={broker.name} broker={broker} />
        ))}
      </ul>
    </Card>
  );
}

function Broker({ broker }: { broker: BrokerInfo }) {
  const state = brokerState(broker);
  return (
    <li>
      <div className="broker-head">
        <strong>{broker.name}</strong>
        <span className={`tag ${state.tone}`}>{state.words}</span>
      </div>
      <code className="broker-address">{broker.address}</code>
      {broker.problem && <p className={broker.state === "refused" ? "bad" : "warn"}>{broker.problem}</p>}
      <dl className="facts">
        <dt>{KINDS[broker.kind]}</dt>
        <dd>{broker.protocol ?? "—"}</dd>
        <dt>{broker.state === "connected" ? "Connected for" : "In this state for"}</dt>
        <dd>
          <AgeText tMs={broker.sinceMs} />
        </dd>
        <dt>Received, of it at QoS 0</dt>
        <dd>
          {countText(broker.received)}, {countText(broker.qos0)}
        </dd>
        <dt>Waiting for their commit</dt>
        <dd>{countText(broker.inFlight)}</dd>
        <dt>Connections lost</dt>
        <dd>{countText(broker.reconnects)}</dd>
      </dl>
    </li>
  );
}
