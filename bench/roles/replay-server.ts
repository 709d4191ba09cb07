import { createServer, type Socket } from "node:net";
import { generate, type IConnectPacket, type ISubscribePacket, parser } from "mqtt-packet";
import { tasmotaPayload, topicOf } from "./payload.ts";

// A broker that does nothing but send: N different QoS 1 messages at wire speed, within the window its client states.
const total = Number(process.argv[2]);
/** Every packet id once; made beforehand, so that making them is not what is measured. */
const IDS = 65_535;
const MOST_AT_ONCE = 500;
const PUBACK = 4;

/** All packets in one piece, and where each begins. */
interface Wire {
  readonly bytes: Buffer;
  readonly starts: Float64Array;
}

function wireOf(protocolVersion: number): Wire {
  const starts = new Float64Array(IDS + 1);
  const packets = Array.from({ length: IDS }, (_, k) => {
    const publish = { cmd: "publish", topic: topicOf(k), payload: tasmotaPayload(k), qos: 1, messageId: k + 1 } as const;
    const packet = generate({ ...publish, dup: false, retain: false }, { protocolVersion });
    starts[k + 1] = (starts[k] as number) + packet.length;
    return packet;
  });
  return { bytes: Buffer.concat(packets), starts };
}
const wires = new Map([4, 5].map((protocolVersion) => [protocolVersion, wireOf(protocolVersion)]));

const server = createServer((socket) => {
  socket.setNoDelay(true);
  const session = { protocolVersion: 4, window: 2000, going: false };
  let sent = 0;
  let acked = 0;
  const fill = (): void => {
    const { bytes, starts } = wires.get(session.protocolVersion) as Wire;
    while (sent < total && sent - acked < session.window) {
      const from = sent % IDS;
      const to = Math.min(from + Math.min(total - sent, session.window - (sent - acked), MOST_AT_ONCE), IDS);
      socket.write(bytes.subarray(starts[from], starts[to]));
      sent += to - from;
    }
  };
  const greet = greeter(socket, session);
  let rest = Buffer.alloc(0);
  socket.on("data", (data) => {
    const all = rest.length === 0 ? data : Buffer.concat([rest, data]);
    let at = 0;
    // No packet of a subscriber is longer than 127 bytes here, so its length is one byte.
    for (let end = 0; at + 2 <= all.length; at = end) {
      end = at + 2 + (all[at + 1] as number);
      if (end > all.length) break;
      if ((all[at] as number) >> 4 === PUBACK) acked++;
      else greet(all.subarray(at, end));
    }
    rest = Buffer.from(all.subarray(at));
    if (session.going) fill();
  });
  socket.on("error", () => socket.destroy());
});

/** Answers everything but acknowledgements. */
function greeter(socket: Socket, session: { protocolVersion: number; window: number; going: boolean }): (bytes: Buffer) => void {
  const reader = parser();
  reader.on("packet", (packet) => {
    const { protocolVersion } = session;
    if (packet.cmd === "connect") {
      const connect = packet as IConnectPacket;
      session.protocolVersion = connect.protocolVersion ?? 4;
      session.window = Math.min(2000, connect.properties?.receiveMaximum ?? 2000);
      const version = { protocolVersion: session.protocolVersion };
      socket.write(generate({ cmd: "connack", returnCode: 0, reasonCode: 0, sessionPresent: false }, version));
    } else if (packet.cmd === "subscribe") {
      const granted = (packet as ISubscribePacket).subscriptions.map(() => 1);
      socket.write(generate({ cmd: "suback", messageId: packet.messageId as number, granted: granted as never }, { protocolVersion }));
      session.going = true;
    } else if (packet.cmd === "pingreq") {
      socket.write(generate({ cmd: "pingresp" }, { protocolVersion }));
    }
  });
  return (bytes) => void reader.parse(bytes);
}

server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as { port: number }).port }));
