import type { BackoffBounds } from "./backoff.ts";
import type { Protocol } from "./publish.ts";
import type { TlsConfig, WireConfig } from "./wire.ts";

/** Clock, chance and log as the composition root has them. */
export interface DoorHouse {
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly logger: {
    info(o: object, msg: string): void;
    warn(o: object, msg: string): void;
    error(o: object, msg: string): void;
  };
}

export interface MqttDoorConfig {
  /** Name of the broker in the configuration; the session of its messages. */
  readonly name: string;
  readonly url: string;
  readonly tls?: TlsConfig;
  readonly username?: string;
  readonly password?: string;
  /** Fixed, and of this installation alone: the broker keeps our session under it. */
  readonly clientId: string;
  readonly filters: readonly string[];
  /** Name of the source that claims a topic. */
  sourceOf(topic: string): string | undefined;
  /** Told of a message no source claims; it is acknowledged and not stored. */
  unclaimed?(topic: string, body: Uint8Array, broker: string): void;
  /** Largest body of a topic; 256 KiB unless said. */
  maxBytes?(topic: string): number;
  /** QoS 1 messages that may be under way at once; 1,000 unless said. */
  readonly window?: number;
  readonly keepaliveSeconds?: number;
  /** How long the broker keeps our session while we are away (MQTT 5); 7 days unless said. */
  readonly sessionExpirySeconds?: number;
  /** A batch of few messages waits until this long after the last one; 5 ms unless said, never more than 20. */
  readonly lingerMs?: number;
  /** Between attempts to connect, and to store what could not be stored; 1 s to 60 s unless said. */
  readonly backoff?: BackoffBounds;
  readonly connectTimeoutMs?: number;
  /** 4 is MQTT 3.1.1; left out, the door tries 5 and falls back. */
  readonly protocol?: Protocol;
}

/** Largest body unless a topic's dialect declares more. */
export const DEFAULT_MAX_BYTES = 256 * 1024;

/** What one connection needs, with every default filled in. */
export interface ConnectionConfig extends WireConfig {
  readonly protocol: Protocol;
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly filters: readonly string[];
  /** QoS 1 messages that may be unacknowledged. */
  readonly window: number;
  readonly keepaliveSeconds: number;
  readonly sessionExpirySeconds: number;
  readonly connectTimeoutMs: number;
  maxBytes(topic: string): number;
  readonly smallBytes: number;
  /** Only looks: nothing is asked to be kept for us, and nothing has to be acknowledged. */
  readonly passing?: boolean;
}
