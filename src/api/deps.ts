import type { Store } from "#store/store.ts";
import type { Actions } from "./actions.ts";

/** What the house logs with; pino fits. */
export interface Logger {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

/** Readers of a network range who need no token. */
interface AnonymousRule {
  readonly role: "viewer" | "operator" | "billing" | "admin";
  /** CIDR: `192.168.1.0/24`, `fd00::/8`. */
  readonly from: string;
}

export interface ApiConfig {
  readonly version: string;
  /** True in `wattkeep demo`. */
  readonly demo: boolean;
  readonly startedMs: number;
  /** Folder of the built pages; left out, only the API is served. */
  readonly webFolder?: string;
  /** `/wattkeep` behind a proxy that keeps the prefix; empty for none. A proxy that strips it needs it too, for the pages. */
  readonly basePath: string;
  /** Address the server listens on; `0.0.0.0` and `::` allow every IP literal as Host. */
  readonly listenHost: string;
  /** Names under which people reach the server: `meter.example`, `meter.example:8443`. */
  readonly publicHosts: readonly string[];
  /** Other origins whose pages may talk to this server: `https://wall.example`. */
  readonly allowedOrigins: readonly string[];
  /** Addresses or ranges of reverse proxies whose X-Forwarded-* headers count; false for none. */
  readonly trustProxy: false | readonly string[];
  readonly anonymous: readonly AnonymousRule[];
  /** A request from this machine itself needs no token. */
  readonly loopbackOpen: boolean;
  /** Requests of one address per minute; 6,000 unless said. */
  readonly requestsPerMinute?: number;
  /** Attempts to sign in, and wrong tokens, of one address per minute; 10 unless said. */
  readonly signInsPerMinute?: number;
  readonly live?: LiveLimits;
}

/** Bounds of the live room; each has a default in `live.ts`. */
export interface LiveLimits {
  readonly clients?: number;
  readonly batchMs?: number;
  /** Bytes not yet taken by a reader after which it gets the newest values alone. */
  readonly slowBytes?: number;
  /** Bytes not yet taken after which it is closed. */
  readonly closeBytes?: number;
  /** Time a reader may stay slow. */
  readonly slowMs?: number;
  readonly heartbeatMs?: number;
}

export interface ApiDeps {
  readonly store: Store;
  readonly actions: Actions;
  readonly config: ApiConfig;
  readonly nowMs: () => number;
  /** That many unpredictable bytes. */
  readonly random: (count: number) => Uint8Array;
  readonly logger: Logger;
}
