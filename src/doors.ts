import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { findToken } from "#api/tokens.ts";
import type { BrokerConfig, Config } from "#config/config.ts";
import { openEmbeddedBroker } from "#intake/broker/broker.ts";
import { compileClaims } from "#intake/claims.ts";
import type { Door } from "#intake/door.ts";
import type { IntakeLine } from "#intake/line.ts";
import { openMqttDoor } from "#intake/mqtt/door.ts";
import { probeBroker } from "#intake/mqtt/probe.ts";
import { openScout } from "#intake/scout.ts";
import type { Logger } from "#intake/source.ts";
import type { Unclaimed } from "#intake/unclaimed.ts";
import type { Store } from "#store/store.ts";
import { isLoopbackHost } from "./listening.ts";
import { intakeSources, maxBytesOf } from "./sources.ts";

/** Lets outlets of this program in at our own broker, whoever else is asked for credentials; made anew at each start. */
export interface OwnBrokerLogin {
  readonly username: string;
  readonly password: string;
}

export interface DoorParts {
  readonly line: IntakeLine;
  readonly store: Store;
  readonly unclaimed: Unclaimed;
  /** Filled as doors open. */
  readonly doors: Door[];
  readonly scouts: { close(): Promise<void> }[];
  readonly ownBroker: OwnBrokerLogin;
  readonly nowMs: () => number;
  readonly logger: Logger;
  readonly tell: (sentence: string) => void;
}

const LOCAL_BROKER = "mqtt://127.0.0.1:1883";
const PROBE_MS = 1500;

/**
 * Opens a door for every broker of the configuration. `auto` takes the broker that answers on this machine, and starts our
 * own where none does. Errors: those of the embedded broker; a broker that is away is waited for, not an error.
 */
export async function openDoors(config: Config, parts: DoorParts): Promise<void> {
  const { mqtt } = config;
  if (mqtt.kind === "brokers") {
    for (const broker of config.brokers) openBroker(config, broker, parts);
    return;
  }
  if (mqtt.kind === "auto" && (await probeBroker(LOCAL_BROKER, PROBE_MS))) {
    parts.tell("A broker answers at 127.0.0.1:1883: listening to it.");
    openBroker(config, { name: "local", url: LOCAL_BROKER }, parts);
    return;
  }
  const port = mqtt.kind === "embedded" ? (mqtt.port ?? config.broker.listen.port) : config.broker.listen.port;
  await openOwn(config, port, parts);
}

/** Fixed for an installation and different between two: a broker closes the elder of two sessions of one name. */
function clientIdOf(config: Config, broker: BrokerConfig): string {
  const here = createHash("sha256").update(`${hostname()}\n${config.data}\n${broker.name}`).digest("hex").slice(0, 8);
  return broker.clientId ?? `wattkeep-${here}`;
}

function openBroker(config: Config, broker: BrokerConfig, parts: DoorParts): void {
  const sources = intakeSources(config, false);
  const claims = compileClaims(sources, broker.name);
  const most = maxBytesOf(sources);
  const login = {
    ...(broker.username === undefined ? {} : { username: broker.username }),
    ...(broker.password === undefined ? {} : { password: broker.password.reveal() }),
  };
  const tls = {
    ...(broker.caFile === undefined ? {} : { caFile: broker.caFile }),
    ...(broker.pinSha256 === undefined ? {} : { fingerprint: broker.pinSha256 }),
  };
  const house = { nowMs: parts.nowMs, random: Math.random, logger: parts.logger };
  const door = openMqttDoor(
    {
      name: broker.name,
      url: broker.url,
      ...login,
      tls,
      clientId: clientIdOf(config, broker),
      ...(broker.protocol === undefined ? {} : { protocol: broker.protocol }),
      ...(broker.keepaliveSeconds === undefined ? {} : { keepaliveSeconds: broker.keepaliveSeconds }),
      filters: claims.filters,
      sourceOf: (topic) => claims.claim(topic),
      unclaimed: (topic, body, name) => parts.unclaimed.see(topic, body, name),
      maxBytes: (topic) => most.get(claims.claim(topic) ?? "") ?? DEFAULT_BYTES,
    },
    parts.line,
    house,
  );
  parts.doors.push(door);
  parts.scouts.push(
    openScout(
      { url: broker.url, ...login, tls },
      { isClaimed: (topic) => claims.claim(topic) !== undefined, see: (topic, body) => parts.unclaimed.see(topic, body, broker.name) },
    ),
  );
}

const DEFAULT_BYTES = 256 * 1024;

async function openOwn(config: Config, port: number, parts: DoorParts): Promise<void> {
  const { host } = config.broker.listen;
  const sources = intakeSources(config, false);
  const claims = compileClaims(sources);
  const most = maxBytesOf(sources);
  const broker = await openEmbeddedBroker(
    {
      name: "wattkeep",
      host,
      port,
      requireCredentials: config.broker.requireCredentials || !isLoopbackHost(host),
      authenticate: (username, password) => authenticate(parts, username, password),
      sourceOf: (topic) => claims.claim(topic),
      unclaimed: (topic, body, name) => parts.unclaimed.see(topic, body, name),
      maxBytes: (topic) => most.get(claims.claim(topic) ?? "") ?? DEFAULT_BYTES,
    },
    parts.line,
    { nowMs: parts.nowMs, random: Math.random, logger: parts.logger },
  );
  parts.doors.push(broker);
  parts.tell(`Devices publish to mqtt://${host}:${broker.port}; an acknowledgement means it is on disk.`);
}

/** A device is an ingest token: its name is the user name, its secret the password. */
async function authenticate(
  parts: DoorParts,
  username: string,
  password: string,
): Promise<{ name: string; publishPrefix: string | undefined } | undefined> {
  const { ownBroker } = parts;
  if (username === ownBroker.username && password === ownBroker.password) return { name: username, publishPrefix: undefined };
  const token = findToken(await parts.store.tokens(), password, parts.nowMs());
  if (token?.role !== "ingest" || token.name !== username || token.publishPrefix === undefined) return undefined;
  return { name: token.name, publishPrefix: token.publishPrefix };
}
