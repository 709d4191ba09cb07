import { connectAsync, type MqttClient } from "mqtt";
import { afterEach, beforeEach, expect, test } from "vitest";
import { messageOf, SENDING } from "#test/fakes/alert-message.ts";
import { Mosquitto } from "#test/mosquitto.ts";
import { outside } from "#test/outside.ts";
import { until } from "#test/until.ts";
import type { Channel } from "./channel.ts";
import { mqttChannel, topicPart } from "./mqtt.ts";

test("a rule and a subject are each one level of a topic", () => {
  expect(["source-silent", "home/meter", "plant.main", "a/b/power@kyz", "#+ ä\u0000"].map(topicPart)).toEqual([
    "source-silent",
    "home_meter",
    "plant.main",
    "a_b_power@kyz",
    "_ä_",
  ]);
});

outside("mosquitto")("over a broker", () => {
  let broker: Mosquitto;
  let channel: Channel;
  let watcher: MqttClient;
  const heard: string[] = [];
  beforeEach(async () => {
    heard.length = 0;
    broker = await Mosquitto.start();
    channel = channelOf();
    watcher = await watch();
  });
  afterEach(async () => {
    await channel.close();
    await watcher.endAsync(true);
    await broker.stop();
  });

  const channelOf = (login = {}): Channel =>
    mqttChannel({
      name: "plc",
      broker: () => ({ url: broker.url, login }),
      target: "topic wattkeep",
      secrets: [],
      clientId: `alerts-${Math.random()}`,
      topic: "wattkeep",
      qos: 1,
      retain: false,
    });

  /** A client that hears what is kept for it as soon as it comes. */
  async function watch(): Promise<MqttClient> {
    const client = await connectAsync(broker.url);
    client.on("message", (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
    await client.subscribeAsync("wattkeep/#", { qos: 1 });
    return client;
  }

  test("a PLC reads 1 while it lasts and 0 once it is over, and finds it there when it comes later", async () => {
    await channel.send(messageOf(), SENDING);
    await until(() => heard.includes("wattkeep/source-silent/home_meter/active 1"));
    const late = await watch();
    await until(() => heard.filter((one) => one === "wattkeep/source-silent/home_meter/active 1").length === 2);
    await channel.send(messageOf({ what: "cleared", title: "It speaks again" }), SENDING);
    await until(() => heard.includes("wattkeep/source-silent/home_meter/active 0"));
    await late.endAsync(true);
  });

  test("programs read a state and an event", async () => {
    await channel.send(messageOf(), SENDING);
    await until(() => heard.some((one) => one.startsWith("wattkeep/event ")));
    const json = (topic: string) => JSON.parse(heard.find((one) => one.startsWith(`${topic} `))?.slice(topic.length + 1) ?? "null");
    expect(json("wattkeep/source-silent/home_meter")).toEqual({
      state: "ON",
      severity: "warning",
      title: "Electricity meter has been silent for 10 minutes",
      value: 10,
      unit: "min",
      atMs: 1_772_427_600_000,
      sinceMs: 1_772_427_600_000,
    });
    expect(json("wattkeep/event")).toMatchObject({ id: SENDING.id, what: "fired", rule: "source-silent", subject: "home/meter" });
  });

  test("a test is an event and switches nothing", async () => {
    await channel.send(messageOf({ what: "test" }), SENDING);
    await until(() => heard.some((one) => one.startsWith("wattkeep/event ")));
    expect(heard.filter((one) => /source-silent\/home_meter/.test(one.split(" ")[0] ?? ""))).toEqual([]);
  });

  test("the status says online, and offline when we leave", async () => {
    await channel.check?.(SENDING.signal);
    await until(() => heard.includes("wattkeep/status online"));
    await channel.close();
    await until(() => heard.includes("wattkeep/status offline"));
  });

  test("a broker that is away is said to be, and is told the state when it comes back without its memory", async () => {
    await channel.send(messageOf(), SENDING);
    await watcher.endAsync(true);
    await broker.end("SIGKILL");
    const late = new AbortController();
    const sending = channel.send(messageOf({ what: "repeated" }), { ...SENDING, signal: late.signal });
    late.abort();
    await expect(sending).rejects.toMatchObject({ kind: "away" });
    heard.length = 0;
    await broker.run();
    watcher = await watch();
    await until(() => heard.includes("wattkeep/source-silent/home_meter/active 1"));
  });
});
