import mqtt from "mqtt";
import { FILTER } from "./payload.ts";

// The yardstick: MQTT.js at QoS 1, doing nothing with what it gets.
const [port, total] = process.argv.slice(2).map(Number) as [number, number];
let got = 0;
let firstMs = 0;

const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId: `idle-${process.pid}`, clean: true, protocolVersion: 4 });
client.on("message", () => {
  if (got++ === 0) firstMs = performance.now();
  if (got === total) process.send?.({ perSecond: total / ((performance.now() - firstMs) / 1000) });
});
client.on("connect", () => client.subscribe(FILTER, { qos: 1 }, () => process.send?.({ ready: true })));
