import { scratch, shippedStore } from "#bench/scratch.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { openLine } from "#intake/line.ts";
import { openMqttDoor } from "#intake/mqtt/door.ts";
import { FILTER } from "./payload.ts";

// Ours, as shipped: decode, settle, one durable transaction per batch, and only then PUBACK.
const [port, total] = process.argv.slice(2).map(Number) as [number, number];
const logger = { info() {}, warn: console.error, error: console.error };
const store = await shippedStore(scratch());
const source = {
  name: "bench",
  site: "bench",
  topics: [FILTER],
  dialect: "tasmota-sml",
  options: DIALECTS.find((one) => one.name === "tasmota-sml")?.options.parse({}),
  points: new Map<string, string>(),
  keepRawMs: 0,
};
const line = await openLine({
  store,
  sources: [source],
  dialects: DIALECTS,
  sites: [{ id: "bench", name: "Bench", zone: "UTC", currency: "EUR" }],
  nowMs: Date.now,
  logger,
});
let firstMs = 0;
const door = openMqttDoor(
  {
    name: "bench",
    url: `mqtt://127.0.0.1:${port}`,
    clientId: `bench-${process.pid}`,
    filters: [FILTER],
    sourceOf() {
      if (firstMs === 0) firstMs = performance.now();
      return "bench";
    },
  },
  line,
  { nowMs: Date.now, random: Math.random, logger },
);
let ready = false;
const timer = setInterval(async () => {
  const status = door.status();
  if (!ready && status.state === "connected") {
    ready = true;
    process.send?.({ ready });
  }
  if (status.acknowledged < total) return;
  clearInterval(timer);
  const perSecond = total / ((performance.now() - firstMs) / 1000);
  const ledger = await store.ledger();
  const kept = ledger.reduce((sum, row) => sum + row.stored + row.replaced + row.duplicate, 0);
  await door.close();
  const samples = (await store.stats()).samples;
  await store.close();
  process.send?.({ perSecond, kept, samples });
}, 2);
