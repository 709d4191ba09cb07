import type { Config } from "#config/config.ts";
import { isLoopbackHost } from "./listening.ts";

/** Addresses by the names under which people reach the server; a proxy in front of it speaks HTTPS to them. */
export function publicAddresses(http: Config["http"]): string[] {
  const isBehind = http.trustProxy.length > 0 || isLoopbackHost(http.listen.host);
  return http.publicHosts.map((host) => {
    const port = isBehind || host.includes(":") ? "" : `:${http.listen.port}`;
    return `${isBehind ? "https" : "http"}://${host}${port}${http.basePath}`;
  });
}

/** Addresses of pages, by the first of those names. Missing: undefined where nobody said one. */
export function pageAddressOf(http: Config["http"]): (path: string) => string | undefined {
  const [address] = publicAddresses(http);
  return (path) => (address === undefined ? undefined : `${address}${path}`);
}
