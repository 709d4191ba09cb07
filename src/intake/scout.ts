import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import { Connection } from "./mqtt/connection.ts";
import type { Protocol } from "./mqtt/publish.ts";
import type { WireConfig } from "./mqtt/wire.ts";

export interface ScoutConfig extends WireConfig {
  readonly username?: string;
  readonly password?: string;
}

export interface ScoutEyes {
  isClaimed(topic: string): boolean;
  see(topic: string, body: Uint8Array): void;
}

const FIRST_LOOK_MS = 60_000;
const LOOK_MS = 20_000;
const EVERY_MS = 600_000;
const MOST_BYTES = 64 * 1024;

/**
 * Looks now and then at everything a broker carries, at QoS 0 on a connection of its own, so that topics nobody claims
 * become known without costing the ingest a thing. What it sees is never stored, and what is large is let go by unread.
 */
export function openScout(config: ScoutConfig, eyes: ScoutEyes): { close(): Promise<void> } {
  let connection: Connection | undefined;
  let timer: NodeJS.Timeout | undefined;
  let protocol: Protocol = 5;

  const rest = (): void => {
    void connection?.close();
    connection = undefined;
    timer = setTimeout(() => look(LOOK_MS), EVERY_MS);
    timer.unref();
  };
  const look = (forMs: number): void => {
    connect();
    timer = setTimeout(rest, forMs);
    timer.unref();
  };
  const connect = (): void => {
    try {
      connection = new Connection(
        { ...config, ...settings(protocol) },
        {
          up: () => undefined,
          granted: () => undefined,
          publish: ({ topic, body }) => {
            if (!eyes.isClaimed(topic)) eyes.see(topic, body);
          },
          oversized: () => undefined,
          // A broker that is away, or refuses so broad a subscription, is the ingest door's to report.
          ended: ({ kind }) => {
            if (kind !== "version" || protocol === 4) return;
            protocol = 4;
            connect();
          },
        },
      );
    } catch {
      // A certificate file that cannot be read is the ingest door's to report too.
      connection = undefined;
    }
  };

  look(FIRST_LOOK_MS);
  return {
    async close() {
      clearTimeout(timer);
      await connection?.close();
    },
  };
}

function settings(protocol: Protocol) {
  return {
    protocol,
    passing: true,
    clientId: `wattkeep-scout-${process.pid}`,
    filters: ["#"],
    window: 1,
    keepaliveSeconds: 30,
    sessionExpirySeconds: 0,
    connectTimeoutMs: 5000,
    maxBytes: () => MOST_BYTES,
    smallBytes: MAX_REJECT_BYTES,
  };
}
