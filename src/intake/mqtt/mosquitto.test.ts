import mqtt from "mqtt";
import { afterEach, expect, it } from "vitest";
import type { Door } from "#intake/door.ts";
import { Mosquitto } from "#test/mosquitto.ts";
import { outside } from "#test/outside.ts";
import { RecordingLine, RecordingLogger } from "#test/recording-line.ts";
import { until } from "#test/until.ts";
import { openMqttDoor } from "./door.ts";
import { probeBroker } from "./probe.ts";

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const PERSISTENT = ["persistence true", "persistence_location {folder}/", "autosave_interval 1", "autosave_on_changes true"];

async function mosquitto(lines: readonly string[] = []): Promise<Mosquitto> {
  const broker = await Mosquitto.start(lines);
  closing.push(() => broker.stop());
  return broker;
}

function open(url: string, line: RecordingLine, logger = new RecordingLogger()): Door {
  const door = openMqttDoor(
    { name: "main", url, clientId: "wattkeep-test", filters: ["m/#"], sourceOf: () => "meter", backoff: { minMs: 5, maxMs: 100 } },
    line,
    { nowMs: () => Date.now(), random: () => 0.5, logger },
  );
  closing.push(() => {
    line.release();
    return door.close();
  });
  return door;
}

async function publish(url: string, bodies: readonly string[], retain = false): Promise<void> {
  const client = await mqtt.connectAsync(url);
  await Promise.all(bodies.map((body) => client.publishAsync("m/a", body, { qos: 1, retain })));
  await client.endAsync();
}

const numbers = (count: number, from = 0): string[] => Array.from({ length: count }, (_, i) => `${from + i}`);

outside("mosquitto")("with Mosquitto", () => {
  it("takes every message in order over MQTT 5, also what came while it was away", async () => {
    const broker = await mosquitto();
    const before = new RecordingLine();
    const door = open(broker.url, before);
    await until(() => door.status().state === "connected");
    await publish(broker.url, numbers(300));
    await until(() => door.status().acknowledged === 300);
    expect(door.status().protocol).toBe("MQTT 5");
    await door.close();

    await publish(broker.url, numbers(500, 300));
    const after = new RecordingLine();
    open(broker.url, after);
    await until(() => after.arrivals.length === 500);
    expect([...before.bodies, ...after.bodies]).toEqual(numbers(800));
    expect(before.lost).toEqual(["main"]);
    expect(after.lost).toEqual([]);
  });

  it("is sent again what it had not acknowledged when the broker went, and can tell", async () => {
    const broker = await mosquitto(PERSISTENT);
    const line = new RecordingLine();
    const door = open(broker.url, line);
    await until(() => door.status().state === "connected");
    line.hold();
    await publish(broker.url, ["one", "two"]);
    await until(() => door.status().received === 2);
    await broker.end();
    await broker.run();
    line.release();
    await until(() => door.status().acknowledged === 2);
    const again = line.arrivals.filter((arrival) => arrival.delivery?.resumed === true);
    expect(again.map(({ message }) => Buffer.from(message.body).toString())).toEqual(["one", "two"]);
    const first = line.arrivals.filter((arrival) => arrival.delivery?.resumed === false);
    expect(again.map(({ delivery }) => delivery?.packetId)).toEqual(first.map(({ delivery }) => delivery?.packetId));
    expect(line.lost).toEqual(["main"]);
  });

  it("is given a retained message when it first subscribes, not at every return", async () => {
    const broker = await mosquitto(PERSISTENT);
    await publish(broker.url, ["kept"], true);
    const line = new RecordingLine();
    const door = open(broker.url, line);
    await until(() => line.arrivals.length === 1);
    expect(line.arrivals[0]?.message.retained).toBe(true);
    await until(() => door.status().acknowledged === 1);
    await broker.end();
    await broker.run();
    await until(() => door.status().reconnects === 1 && door.status().state === "connected");
    await publish(broker.url, ["live"]);
    await until(() => line.arrivals.length >= 2);
    expect(line.bodies).toEqual(["kept", "live"]);
    expect(line.arrivals[1]?.message.retained).toBe(false);
  });

  it("says in words that it is not let in", async () => {
    const broker = await mosquitto();
    const closed = await Mosquitto.start(["allow_anonymous false"]);
    closing.push(() => closed.stop());
    const logger = new RecordingLogger();
    const door = open(closed.url, new RecordingLine(), logger);
    await until(() => door.status().state === "refused");
    expect(door.status().problem).toMatch(/does not let this user in|does not accept the user name/);
    expect(await probeBroker(closed.url, 2000)).toBe(true);
    await broker.end();
    expect(await probeBroker(broker.url, 2000)).toBe(false);
  });
});
