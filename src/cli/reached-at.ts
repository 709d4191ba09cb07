import type { NetworkInterfaceInfo } from "node:os";
import type { Config } from "#config/config.ts";
import { isLoopbackHost } from "#listening.ts";
import { publicAddresses } from "#public-address.ts";
import { Exit } from "./exit.ts";

/** Where other devices reach this server: addresses to type, the best first, and the name or number of this computer. */
export interface ReachedAt {
  readonly urls: readonly string[];
  readonly host: string;
}

type Interfaces = Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>;

/**
 * The addresses of a configuration on a network: the public name first, then every address of this computer that others can reach.
 * Errors: Exit 1 where only this computer reaches it.
 */
export function addressesOf({ http }: Pick<Config, "http">, interfaces: Interfaces): ReachedAt {
  const { host, port } = http.listen;
  const own = ownAddresses(interfaces);
  const listening = isWildcard(host) ? own : isLoopbackHost(host) ? [] : [host];
  const direct = listening.map((address) => `http://${address.includes(":") ? `[${address}]` : address}:${port}${http.basePath}`);
  const urls = [...publicAddresses(http), ...direct];
  if (urls.length === 0)
    throw new Exit(
      1,
      isWildcard(host)
        ? "This computer has no address in a network. Say where it is reached with --url."
        : `The server listens on ${host} alone, where only this computer reaches it. Set http.listen to 0.0.0.0:${port}, or say --url.`,
    );
  return { urls, host: own[0] ?? host };
}

const isWildcard = (host: string): boolean => host === "0.0.0.0" || host === "::" || host === "[::]";

/** IPv4 first, which is easier to type; addresses of one link only are left out, and those of containers come last. */
function ownAddresses(interfaces: Interfaces): string[] {
  const all = Object.entries(interfaces).flatMap(([name, addresses]) => (addresses ?? []).map((one) => ({ name, ...one })));
  return all
    .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
    .toSorted((a, b) => place(a) - place(b))
    .map(({ address }) => address);
}

function place({ name, family }: { readonly name: string; readonly family: string }): number {
  return (/^(docker|br-|veth|virbr|zt|tailscale|wg)/.test(name) ? 2 : 0) + (family === "IPv4" ? 0 : 1);
}
