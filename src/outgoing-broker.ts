import type { IClientOptions } from "mqtt";
import { mqttLogin } from "#cli/mqtt-login.ts";
import type { BrokerConfig, Config } from "#config/config.ts";
import type { Door } from "#intake/door.ts";

export interface OutgoingParts {
  readonly config: Config;
  readonly doors: readonly Door[];
  /** Our own login at our own broker. */
  readonly ownBroker: { readonly username: string; readonly password: string };
}

/** Where messages of ours go out. */
export interface OutgoingBroker {
  /** Of the configuration; left out where it is found when it is needed. */
  readonly named?: BrokerConfig;
  /** Missing: undefined while no broker is up. */
  readonly at: () => { readonly url: string; readonly login: IClientOptions } | undefined;
}

/** The broker that is named, else the first of the configuration, else the one that answers here: another program's, or our own. */
export function outgoingBroker(name: string | undefined, { config, doors, ownBroker }: OutgoingParts): OutgoingBroker {
  const named = config.brokers.find((one) => name === undefined || one.name === name);
  if (named !== undefined) return { named, at: () => ({ url: named.url, login: mqttLogin(named) }) };
  return {
    at() {
      const status = doors[0]?.status();
      return status === undefined ? undefined : { url: reachable(status.address), login: status.kind === "broker" ? ownBroker : {} };
    },
  };
}

/** A broker that listens everywhere is reached on this computer. */
function reachable(address: string): string {
  return address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
}
