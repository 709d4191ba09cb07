import mqtt, { type MqttClient } from "mqtt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Mosquitto } from "#test/mosquitto.ts";
import { outside } from "#test/outside.ts";
import { Server } from "#test/server.ts";

const PATIENCE = { timeout: 30_000, interval: 100 };

interface Discovery {
  readonly unique_id: string;
  readonly device_class: string;
  readonly state_class: string;
  readonly unit_of_measurement: string;
  readonly state_topic: string;
  readonly availability_topic: string;
  readonly last_reset_value_template?: string;
  readonly device: { readonly identifiers: string[]; readonly name: string };
}

outside("mosquitto")("Home Assistant beside a house", { timeout: 90_000 }, () => {
  let broker: Mosquitto;
  let server: Server;
  let listener: MqttClient;
  const kept = new Map<string, string>();

  beforeAll(async () => {
    broker = await Mosquitto.start();
    server = await Server.start({
      yaml: `
sites: { home: { zone: Europe/Berlin, currency: EUR } }
brokers: { house: { url: ${broker.url} } }
sources: { meter: { site: home, dialect: tasmota-sml } }
homes: { home: { prices: [{ from: 2024-01-01, perKwh: 0.5 }] } }
outlets: { homeAssistant: { broker: house } }
`,
      mqtt: broker.url,
    });
    listener = await mqtt.connectAsync(broker.url);
    listener.on("message", (topic, payload) => kept.set(topic, payload.toString()));
    await listener.subscribeAsync(["homeassistant/#", "wattkeep/#"]);
  });
  afterAll(async () => {
    await listener?.endAsync(true);
    await server?.remove();
    await broker?.stop();
  });

  const say = (energyKwh: number, powerW: number) =>
    listener.publishAsync("tele/cellar/SENSOR", JSON.stringify({ MT681: { E_in: energyKwh, E_out: 5, Power: powerW } }), { qos: 1 });
  const discovered = (key: string): Discovery | undefined => {
    const found = [...kept].find(([topic]) => topic.startsWith("homeassistant/sensor/") && topic.endsWith(`/${key}/config`))?.[1];
    return found === undefined || found === "" ? undefined : (JSON.parse(found) as Discovery);
  };
  const state = (key: string): { value: number | null; last_reset?: string } | undefined => {
    const found = kept.get(discovered(key)?.state_topic ?? "");
    return found === undefined ? undefined : (JSON.parse(found) as { value: number });
  };

  test("finds the house by itself, with energy and money as it wants them", async () => {
    await say(100, 412);
    await new Promise((done) => setTimeout(done, 3_000));
    await say(100.002, 412);
    await expect.poll(() => state("bought-today")?.value, PATIENCE).toBe(0.002);
    await expect.poll(() => state("power"), PATIENCE).toEqual({ value: 412 });
    await expect.poll(() => state("cost-today")?.value, PATIENCE).toBe(0);
    expect(discovered("bought-today")).toMatchObject({ device_class: "energy", state_class: "total", unit_of_measurement: "kWh" });
    expect(discovered("cost-today")).toMatchObject({ device_class: "monetary", state_class: "total", unit_of_measurement: "EUR" });
    expect(discovered("cost-today")?.last_reset_value_template).toBe("{{ value_json.last_reset }}");
    expect(state("cost-today")?.last_reset).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\+0[12]:00$/);
  });

  test("every entity has an id of its own, one device and one word on whether we are there", async () => {
    const entities = () => [...kept].filter(([topic]) => topic.endsWith("/config")).map(([, payload]) => JSON.parse(payload) as Discovery);
    await expect.poll(() => entities().length, PATIENCE).toBeGreaterThanOrEqual(8);
    const all = entities();
    expect(new Set(all.map((one) => one.unique_id)).size).toBe(all.length);
    expect(new Set(all.map((one) => one.device.identifiers[0])).size).toBe(1);
    // An entity is made known before what it says.
    await expect.poll(() => all.filter((one) => !kept.has(one.state_topic)).map((one) => one.state_topic), PATIENCE).toEqual([]);
    expect(kept.get(all[0]?.availability_topic ?? "")).toBe("online");
  });

  test("is told everything again when it begins, and what the broker keeps is there for one that comes later", async () => {
    const before = kept.size;
    kept.clear();
    await listener.publishAsync("homeassistant/status", "online");
    await expect.poll(() => kept.size, PATIENCE).toBeGreaterThanOrEqual(before - 1);
    const late = await mqtt.connectAsync(broker.url);
    const seen: boolean[] = [];
    late.on("message", (_topic, _payload, packet) => seen.push(packet.retain));
    await late.subscribeAsync("wattkeep/#");
    await expect.poll(() => seen.length, PATIENCE).toBeGreaterThanOrEqual(8);
    expect(seen.every(Boolean)).toBe(true);
    await late.endAsync(true);
  });

  test("learns from the broker when we are gone, also by a power cut, and again that we are back", async () => {
    await server.kill();
    await expect.poll(() => kept.get("wattkeep/status"), PATIENCE).toBe("offline");
    await server.run();
    await expect.poll(() => kept.get("wattkeep/status"), PATIENCE).toBe("online");
    await server.end();
    await expect.poll(() => kept.get("wattkeep/status"), PATIENCE).toBe("offline");
  });
});
