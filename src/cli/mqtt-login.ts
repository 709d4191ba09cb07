import { readFileSync } from "node:fs";
import type { IClientOptions } from "mqtt";
import type { BrokerConfig } from "#config/config.ts";

/** What MQTT.js needs to sign in at a broker of the configuration. Everything that is not ingest uses it. */
export function mqttLogin(broker: BrokerConfig): IClientOptions {
  return {
    ...(broker.username === undefined ? {} : { username: broker.username }),
    ...(broker.password === undefined ? {} : { password: broker.password.reveal() }),
    ...(broker.caFile === undefined ? {} : { ca: readFileSync(broker.caFile) }),
  };
}
