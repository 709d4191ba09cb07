import { describe, expect, it } from "vitest";
import { type Entity, type EntityDevice, partOf, textOf } from "./entity.ts";
import { birthTopic, discoveryOf, stateOf, statusTopic } from "./messages.ts";

const TOPICS = { prefix: "homeassistant", root: "wattkeep" };
const ABOUT = { ...TOPICS, version: "1.2.3" };
const bought: Entity = {
  ...{ key: "bought-today", name: "Bought today", deviceClass: "energy", stateClass: "total", unit: "kWh", decimals: 3 },
  value: "4.2",
  lastReset: "2026-03-10T00:00:00+01:00",
};
const power: Entity = { key: "power", name: "Power", deviceClass: "power", stateClass: "measurement", unit: "W", value: null, decimals: 0 };
const device: EntityDevice = { id: "home_home_meter", name: "Home", model: "Home", entities: [bought, power] };

const told = (entity: Entity, about: Parameters<typeof discoveryOf>[2] = ABOUT) => JSON.parse(discoveryOf(device, entity, about).payload);

describe("what makes an entity known", () => {
  it("has one topic, one id, one device and the topics of its state and of us", () => {
    expect(discoveryOf(device, bought, ABOUT).topic).toBe("homeassistant/sensor/wattkeep_home_home_meter/bought-today/config");
    expect(told(bought)).toMatchObject({
      unique_id: "wattkeep_home_home_meter_bought-today",
      default_entity_id: "sensor.wattkeep_home_home_meter_bought_today",
      state_topic: "wattkeep/home_home_meter/bought-today",
      availability_topic: "wattkeep/status",
      device: { identifiers: ["wattkeep_home_home_meter"], manufacturer: "Wattkeep", sw_version: "1.2.3" },
    });
  });

  it("reads the beginning of a total, and of no measurement", () => {
    expect(told(bought)).toMatchObject({ state_class: "total", last_reset_value_template: "{{ value_json.last_reset }}" });
    expect(told(power)).not.toHaveProperty("last_reset_value_template");
  });

  it("links the page where people reach it, and nothing where they do not", () => {
    expect(told(power).device).not.toHaveProperty("configuration_url");
    expect(told(power, { ...ABOUT, pageUrl: "https://watt.example/home" }).device.configuration_url).toBe("https://watt.example/home");
  });
});

describe("what an entity is now", () => {
  it("is a number with the beginning of its total", () => {
    expect(stateOf(device, bought, TOPICS)).toEqual({
      topic: "wattkeep/home_home_meter/bought-today",
      payload: '{"value":4.2,"last_reset":"2026-03-10T00:00:00+01:00"}',
    });
  });

  it("is null where it is not known, and 0 where it is nothing", () => {
    expect(stateOf(device, power, TOPICS).payload).toBe('{"value":null}');
    expect(stateOf(device, { ...power, value: "0" }, TOPICS).payload).toBe('{"value":0}');
  });
});

describe("a text", () => {
  it("of what is not known is none; others have no more decimals than people read", () => {
    expect([undefined, Number.NaN, 0, -0.0001, 1.23456, 2].map((value) => textOf(value, 3))).toEqual([null, null, "0", "0", "1.235", "2"]);
  });
});

describe("an id in a topic", () => {
  it("stays readable, never holds what a topic or an entity may not, and is not that of another", () => {
    expect(partOf("home.meter-1")).toBe("home_meter-1");
    const ids = ["дом.счётчик", "дом.вода", "höhe.meter", "hähe.meter", "a/b.#", "a+b.#"].map(partOf);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it("follows the prefix and the topic of the configuration", () => {
    expect(statusTopic({ prefix: "ha", root: "house/watt" })).toBe("house/watt/status");
    expect(birthTopic({ prefix: "ha", root: "house/watt" })).toBe("ha/status");
  });
});
