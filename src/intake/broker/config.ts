export interface EmbeddedBrokerConfig {
  readonly name: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** PEM files; the broker speaks TLS when given. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** Ask connections of this machine for credentials too. */
  readonly requireCredentials?: boolean;
  /** Who has this user name and password, and below which topic he may publish (everywhere without one); undefined when nobody has. */
  authenticate?(username: string, password: string): Promise<{ name: string; publishPrefix: string | undefined } | undefined>;
  /** Name of the source that claims a topic. */
  sourceOf(topic: string): string | undefined;
  /** Told of a message no source claims; it is acknowledged, passed on and not stored. */
  unclaimed?(topic: string, body: Uint8Array, broker: string): void;
  /** Largest body of a topic; 256 KiB unless said. */
  maxBytes?(topic: string): number;
  /** 1,000 unless said; one more is closed at once. */
  readonly mostConnections?: number;
  /** Longest keep-alive a client may ask for; any, also none, unless said. */
  readonly keepaliveLimitSeconds?: number;
  /** A subscriber that takes nothing for this long is cut; 10 s unless said. */
  readonly drainTimeoutMs?: number;
  /** Packets a client may send before it is let in; 42 unless said. */
  readonly queueLimit?: number;
  /** Messages kept for one subscriber that is away; the newest are dropped above it. 1,000 unless said. */
  readonly mostOffline?: number;
  /** Topics with a retained message; new ones are passed on but not kept above it. 10,000 unless said. */
  readonly mostRetained?: number;
  /** A batch of few messages waits until this long after the last one; 5 ms unless said, never more than 20. */
  readonly lingerMs?: number;
}

/** What an operator can mend. Codes: port-in-use, address-not-usable. */
export class BrokerError extends Error {
  readonly code: string;
  constructor(code: string, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = "BrokerError";
    this.code = code;
  }
}
