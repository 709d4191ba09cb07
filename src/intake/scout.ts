import { connect, type MqttClient } from "mqtt";

export interface ScoutConfig {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM of the authority that signed the broker's certificate. */
  readonly ca?: Buffer;
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
 * become known without costing the ingest a thing. What it sees is never stored.
 */
export function openScout(config: ScoutConfig, eyes: ScoutEyes): { close(): Promise<void> } {
  let client: MqttClient | undefined;
  let timer: NodeJS.Timeout | undefined;

  const rest = (): void => {
    client?.end(true);
    client = undefined;
    timer = setTimeout(() => look(LOOK_MS), EVERY_MS);
    timer.unref();
  };
  const look = (forMs: number): void => {
    const { url, ...login } = config;
    client = connect(url, { ...login, clean: true, clientId: `wattkeep-scout-${process.pid}`, reconnectPeriod: 0, connectTimeout: 5000 });
    client.on("connect", () => client?.subscribe("#", { qos: 0 }));
    client.on("message", (topic, body) => {
      if (body.length <= MOST_BYTES && !eyes.isClaimed(topic)) eyes.see(topic, body);
    });
    // A broker that is away, or refuses so broad a subscription, is the ingest door's to report.
    client.on("error", () => undefined);
    timer = setTimeout(rest, forMs);
    timer.unref();
  };

  look(FIRST_LOOK_MS);
  return {
    async close() {
      clearTimeout(timer);
      await client?.endAsync(true);
    },
  };
}
