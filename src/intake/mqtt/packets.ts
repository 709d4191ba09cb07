import { generate } from "mqtt-packet";
import type { ConnectionConfig } from "./config.ts";
import type { Protocol } from "./publish.ts";

export const PINGREQ = Buffer.from([0xc0, 0]);

const PUBACK = 0x40;
const SUBSCRIBE_ID = 1;
const PROTOCOL_ERROR = 0x82;

/** CONNECT for a session that outlives the connection, or for one that leaves nothing behind. */
export function connectPacket(config: ConnectionConfig): Buffer {
  const { protocol, clientId, username, password, window, keepaliveSeconds, sessionExpirySeconds } = config;
  return generate({
    cmd: "connect",
    protocolId: "MQTT",
    protocolVersion: protocol,
    clientId,
    clean: config.passing === true,
    keepalive: Math.ceil(keepaliveSeconds),
    ...(username === undefined ? {} : { username }),
    ...(username === undefined || password === undefined ? {} : { password: Buffer.from(password) }),
    ...(protocol === 5 ? { properties: { sessionExpiryInterval: sessionExpirySeconds, receiveMaximum: window } } : {}),
  });
}

/** SUBSCRIBE at QoS 1, or 0 in passing; with MQTT 5, retained messages only where the broker did not know the subscription yet. */
export function subscribePacket({ filters, protocol, passing }: Pick<ConnectionConfig, "filters" | "protocol" | "passing">): Buffer {
  const options = protocol === 5 ? { nl: false, rap: false, rh: 1 } : {};
  const subscriptions = filters.map((topic) => ({ topic, qos: passing === true ? (0 as const) : (1 as const), ...options }));
  return generate({ cmd: "subscribe", messageId: SUBSCRIBE_ID, subscriptions }, { protocolVersion: protocol });
}

/** DISCONNECT; `breach` tells an MQTT 5 broker that it is at fault. */
export function disconnectPacket(protocol: Protocol, breach = false): Buffer {
  return generate({ cmd: "disconnect", ...(breach ? { reasonCode: PROTOCOL_ERROR } : {}) }, { protocolVersion: protocol });
}

/** One PUBACK after the other, in this order. */
export function pubacks(packetIds: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(packetIds.length * 4);
  packetIds.forEach((id, i) => {
    bytes.writeUInt16BE((PUBACK << 8) | 2, i * 4);
    bytes.writeUInt16BE(id, i * 4 + 2);
  });
  return bytes;
}
