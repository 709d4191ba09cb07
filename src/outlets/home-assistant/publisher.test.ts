import mqtt, { type MqttClient } from "mqtt";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Mosquitto } from "#test/mosquitto.ts";
import { outside } from "#test/outside.ts";
import { after } from "#timer.ts";
import type { Entity, EntityDevice } from "./entity.ts";
import { openPublisher, type Publisher } from "./publisher.ts";

const PATIENCE = { timeout: 20_000, interval: 50 };
const SOON_MS = 50;
const STATUS = "wattkeep/status";

const entity = (key: string, value: string | null): Entity => ({
  ...{ key, name: key, deviceClass: "power", stateClass: "measurement", unit: "W", decimals: 0 },
  value,
});

outside("mosquitto")("what Home Assistant is told", { timeout: 60_000 }, () => {
  let broker: Mosquitto;
  let listener: MqttClient | undefined;
  let entities: Entity[];
  const kept = new Map<string, string>();
  const said: string[] = [];
  const open: Publisher[] = [];

  beforeEach(async () => {
    broker = await Mosquitto.start();
    entities = [entity("power", "412"), entity("projected", null)];
    kept.clear();
    said.length = 0;
  });
  afterEach(async () => {
    for (const publisher of open.splice(0)) await publisher.close();
    await listener?.endAsync(true);
    listener = undefined;
    await broker.stop();
  });

  function publish(clientId: string): Publisher {
    const device: Omit<EntityDevice, "entities"> = { id: "home_main", name: "Home", model: "Home" };
    const publisher = openPublisher({
      settings: { prefix: "homeassistant", root: "wattkeep", broker: () => ({ url: broker.url, login: {} }), clientId, version: "1" },
      devices: async () => [{ ...device, entities }],
      after: (ms, call) => after(Math.min(ms, SOON_MS), call),
      logger: { warn() {} },
    });
    open.push(publisher);
    return publisher;
  }

  async function listen(): Promise<void> {
    listener = await mqtt.connectAsync(broker.url);
    listener.on("message", (topic, payload) => {
      said.push(topic);
      if (payload.length === 0) kept.delete(topic);
      else kept.set(topic, payload.toString());
    });
    await listener.subscribeAsync(["homeassistant/#", "wattkeep/#"]);
  }

  const config = (key: string): string => `homeassistant/sensor/wattkeep_home_main/${key}/config`;
  const state = (key: string): string | undefined => kept.get(`wattkeep/home_main/${key}`);

  test("is what there is, once, and what it is when that changes", async () => {
    await listen();
    publish("one");
    await expect.poll(() => state("power"), PATIENCE).toBe('{"value":412}');
    expect(state("projected")).toBe('{"value":null}');
    expect(kept.get(STATUS)).toBe("online");
    const before = said.length;
    entities = [entity("power", "413"), entity("projected", null)];
    await expect.poll(() => state("power"), PATIENCE).toBe('{"value":413}');
    expect(said.slice(before)).toEqual(["wattkeep/home_main/power"]);
  });

  test("takes back an entity that is no more, also one that went while the broker was away", async () => {
    await listen();
    publish("one");
    await expect.poll(() => kept.has(config("projected")) && state("projected") !== undefined, PATIENCE).toBe(true);
    entities = [entity("power", "412")];
    await expect.poll(() => kept.has(config("projected")) || state("projected") !== undefined, PATIENCE).toBe(false);
    expect(kept.has(config("power"))).toBe(true);
    await listener?.publishAsync("homeassistant/status", "online");
    entities = [entity("more", "1")];
    await expect.poll(() => [kept.has(config("power")), kept.has(config("more"))], PATIENCE).toEqual([false, true]);
  });

  test("is told as soon as a broker that was away at the start is there", async () => {
    await broker.end();
    const publisher = publish("one");
    await expect.poll(() => publisher.problem(), PATIENCE).toMatch(/does not take us/);
    await broker.run();
    await listen();
    await expect.poll(() => state("power"), PATIENCE).toBe('{"value":412}');
    await expect.poll(() => publisher.problem(), PATIENCE).toBeUndefined();
  });

  test("ends in good time where the broker went away, and says that we are gone where it did not", async () => {
    await listen();
    const first = publish("one");
    await expect.poll(() => state("power"), PATIENCE).toBe('{"value":412}');
    await first.close();
    await expect.poll(() => kept.get(STATUS), PATIENCE).toBe("offline");
    const second = publish("two");
    await expect.poll(() => kept.get(STATUS), PATIENCE).toBe("online");
    await broker.end("SIGKILL");
    await second.close();
  });

  test("says that we are there after a second start, though the broker learns late that the first run was cut off", async () => {
    await listen();
    publish("one");
    await expect.poll(() => kept.get(STATUS), PATIENCE).toBe("online");
    publish("two");
    await expect.poll(() => state("power"), PATIENCE).toBe('{"value":412}');
    await listener?.publishAsync(STATUS, "offline", { retain: true, qos: 1 });
    await expect.poll(() => kept.get(STATUS), PATIENCE).toBe("online");
    await open.shift()?.close();
    await expect.poll(() => kept.get(STATUS), PATIENCE).toBe("online");
  });
});
