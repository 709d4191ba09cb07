import { isIPv4 } from "node:net";
import type { Config } from "#config/config.ts";
import type { Store } from "#store/store.ts";

/** Refused to listen where everybody could read and change everything. */
export class ListenProblem extends Error {
  readonly code = "not-safe";
}

/** Whether only this machine can reach an address. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "");
  return bare === "localhost" || bare === "::1" || (isIPv4(bare) && bare.startsWith("127."));
}

/** Whether requests of this machine need no token: not when a proxy on it forwards those of others. */
export function isOpenHere({ http }: Config): boolean {
  return isLoopbackHost(http.listen.host) && http.publicHosts.length === 0 && http.trustProxy.length === 0;
}

const LOOPBACK = "127.0.0.1";

/**
 * The configuration with an address that is safe to listen on: where an old configuration was open to everyone and nothing would ask
 * them who they are, only this computer is let in, and that is told. Errors: ListenProblem, as `mayListen`.
 */
export async function safely(config: Config, store: Store, tell: (sentence: string) => void): Promise<Config> {
  try {
    await mayListen(config, store);
    return config;
  } catch (error) {
    if (!(error instanceof ListenProblem) || config.http.orLoopback !== true) throw error;
    const { host, port } = config.http.listen;
    tell(
      `${host}:${port} would be open to everyone, so only this computer is let in. Set DASHBOARD_AUTH_TOKEN, or make a token: wattkeep token create me --role admin`,
    );
    return { ...config, http: { ...config.http, listen: { host: LOOPBACK, port } } };
  }
}

/** Errors: ListenProblem when others could reach the pages and nothing would ask them who they are. */
export async function mayListen(config: Config, store: Store): Promise<void> {
  const { host, port } = config.http.listen;
  if (isLoopbackHost(host) || config.access.anonymous.length > 0) return;
  if ((await store.tokens()).some((token) => token.role !== "ingest" && token.revokedMs === undefined)) return;
  throw new ListenProblem(
    `${host}:${port} can be reached by others, and there is no token yet. Make one first: wattkeep token create me --role admin${config.file === undefined ? "" : ` --config ${config.file}`}`,
  );
}
