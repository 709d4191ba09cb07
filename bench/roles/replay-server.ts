import { createServer } from "node:net";
import { generate, type IConnectPacket, type ISubscribePacket, parser } from "mqtt-packet";
import { tasmotaPayload, topicOf } from "./payload.ts";

// A broker that does nothing but send: N different QoS 1 messages at wire speed, within the window its client states.
const total = Number(process.argv[2]);
/** Packets differ in their packet id alone after this many, so that generating them is not what is measured. */
const DISTINCT = 20_000;

const cache = new Map<number, Buffer[]>();
function packets(protocolVersion: number): Buffer[] {
  const made =
    cache.get(protocolVersion) ??
    Array.from({ length: DISTINCT }, (_, k) =>
      generate(
        { cmd: "publish", topic: topicOf(k), payload: tasmotaPayload(k), qos: 1, messageId: 1, dup: false, retain: false },
        { protocolVersion },
      ),
    );
  cache.set(protocolVersion, made);
  return made;
}
packets(4);
packets(5);

const server = createServer((socket) => {
  socket.setNoDelay(true);
  let protocolVersion = 4;
  let window = 2000;
  let sent = 0;
  let acked = 0;
  let going = false;
  const idAt = 2 + 1 + 2 + topicOf(0).length;
  const fill = (): void => {
    const chunk: Buffer[] = [];
    const made = packets(protocolVersion);
    while (sent < total && sent - acked < window && chunk.length < 500) {
      const packet = Buffer.from(made[sent % DISTINCT] as Buffer);
      // Two bytes of remaining length, as every one of these packets has.
      packet.writeUInt16BE((sent % 65_535) + 1, idAt);
      chunk.push(packet);
      sent++;
    }
    if (chunk.length > 0) socket.write(Buffer.concat(chunk));
  };
  const reader = parser({ protocolVersion });
  reader.on("packet", (packet) => {
    if (packet.cmd === "connect") {
      const connect = packet as IConnectPacket;
      protocolVersion = connect.protocolVersion ?? 4;
      window = Math.min(2000, connect.properties?.receiveMaximum ?? 2000);
      socket.write(generate({ cmd: "connack", returnCode: 0, reasonCode: 0, sessionPresent: false }, { protocolVersion }));
    } else if (packet.cmd === "subscribe") {
      const granted = (packet as ISubscribePacket).subscriptions.map(() => 1);
      socket.write(generate({ cmd: "suback", messageId: packet.messageId as number, granted: granted as never }, { protocolVersion }));
      going = true;
      fill();
    } else if (packet.cmd === "puback") {
      acked++;
      if (acked === total) process.send?.({ acked });
    } else if (packet.cmd === "pingreq") {
      socket.write(generate({ cmd: "pingresp" }, { protocolVersion }));
    }
  });
  socket.on("data", (data) => {
    reader.parse(data);
    if (going) fill();
  });
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as { port: number }).port }));
