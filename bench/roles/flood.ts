import { connect } from "node:net";
import { generate, parser } from "mqtt-packet";
import { tasmotaPayload, topicOf } from "./payload.ts";

// Publishes N different QoS 1 messages as fast as the broker acknowledges them, a hundred under way at once.
const [port, total] = process.argv.slice(2).map(Number) as [number, number];
const WINDOW = 100;

const socket = connect(port, "127.0.0.1");
socket.setNoDelay(true);
const reader = parser({ protocolVersion: 4 });
let sent = 0;
let acked = 0;

function fill(): void {
  const chunk: Buffer[] = [];
  while (sent < total && sent - acked < WINDOW) {
    chunk.push(
      generate({
        cmd: "publish",
        topic: topicOf(sent),
        payload: tasmotaPayload(sent),
        qos: 1,
        messageId: (sent % 65_535) + 1,
        dup: false,
        retain: false,
      }),
    );
    sent++;
  }
  if (chunk.length > 0) socket.write(Buffer.concat(chunk));
}

reader.on("packet", (packet) => {
  if (packet.cmd === "puback") acked++;
  if (packet.cmd === "connack") fill();
  if (acked === total) {
    socket.end(generate({ cmd: "disconnect" }));
    process.send?.({ acked });
  }
});
socket.on("data", (data) => {
  reader.parse(data);
  fill();
});
socket.on("connect", () =>
  socket.write(generate({ cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clean: true, clientId: "flood", keepalive: 0 })),
);
