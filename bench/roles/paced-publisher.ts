import mqtt from "mqtt";

// So many points, each saying one value a second, from a process of its own.
const [port, points] = process.argv.slice(2).map(Number) as [number, number];
const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { clientId: `pace-${points}`, clean: true, protocolVersion: 4 });
let k = 0;

client.on("connect", () => {
  setInterval(() => {
    k++;
    for (let point = 0; point < points; point++) {
      client.publish(`bench/${point}/power`, JSON.stringify({ value: 100 + ((k * 7 + point * 13) % 900) }), { qos: 1 });
    }
  }, 1000);
});
// Nobody publishes on for a bench that was stopped.
process.on("disconnect", () => process.exit());
