import { connect } from "node:net";
import mqtt, { type IClientOptions, type MqttClient } from "mqtt";
import { generate } from "mqtt-packet";
import { afterEach, describe, expect, it } from "vitest";
import type { Door } from "#intake/door.ts";
import { RecordingLine, RecordingLogger } from "#test/recording-line.ts";
import { until } from "#test/until.ts";
import { openEmbeddedBroker } from "./broker.ts";
import type { EmbeddedBrokerConfig } from "./config.ts";

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function stage(config: Partial<EmbeddedBrokerConfig> = {}) {
  const line = new RecordingLine();
  const logger = new RecordingLogger();
  const broker = await openEmbeddedBroker(
    {
      name: "own",
      host: "127.0.0.1",
      port: 0,
      sourceOf: (topic) => (topic.startsWith("m/") ? "meter" : undefined),
      ...config,
    },
    line,
    { nowMs: () => Date.now(), random: () => 0.5, logger },
  );
  closing.push(() => broker.close());
  closing.push(async () => line.release());
  return { broker, line, logger };
}

function client(broker: Door & { port: number }, options: IClientOptions = {}): MqttClient {
  const made = mqtt.connect(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 4, reconnectPeriod: 20, ...options });
  made.on("error", () => undefined);
  closing.push(() => made.endAsync(true));
  return made;
}

const credentials: Partial<EmbeddedBrokerConfig> = {
  requireCredentials: true,
  authenticate: async (username, password) =>
    password === `${username}!` ? { name: username, publishPrefix: `m/${username}` } : undefined,
};

/** Resolves with the CONNACK code a client gets. */
function answerTo(broker: Door & { port: number }, options: IClientOptions): Promise<number> {
  const made = client(broker, { ...options, reconnectPeriod: 0 });
  return new Promise((resolve) => {
    made.on("connect", (packet) => resolve(packet.returnCode ?? 0));
    made.on("error", (error) => resolve((error as Error & { code: number }).code));
  });
}

describe("PUBACK", () => {
  it("comes only after the line has the message on disk", async () => {
    const { broker, line } = await stage();
    line.hold();
    const device = client(broker);
    let acknowledged = false;
    device.publish("m/a", "one", { qos: 1 }, () => {
      acknowledged = true;
    });
    await until(() => line.arrivals.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(acknowledged).toBe(false);
    line.release();
    await until(() => acknowledged);
    expect(broker.status()).toMatchObject({ received: 1, acknowledged: 1, inFlight: 0, clients: 1 });
  });

  it("is one commit for many devices that publish at once", async () => {
    const { broker, line } = await stage();
    const devices = Array.from({ length: 20 }, () => client(broker));
    await until(() => devices.every((device) => device.connected));
    line.hold();
    const published = Promise.all(devices.map((device, i) => device.publishAsync("m/a", `${i}`, { qos: 1 })));
    await until(() => line.batches.length > 0);
    await until(() => broker.status().received === 20);
    line.release();
    await published;
    expect(line.batches.length).toBeLessThanOrEqual(3);
  });

  it("never comes when the line cannot store: the device is cut and sends again", async () => {
    const { broker, line, logger } = await stage();
    line.refuse = 1;
    const device = client(broker, { clientId: "d1", clean: false });
    let cuts = 0;
    device.on("close", () => {
      cuts += 1;
    });
    await device.publishAsync("m/a", "one", { qos: 1 });
    expect(cuts).toBe(1);
    expect(line.arrivals.map(({ delivery }) => delivery)).toMatchObject([{ session: "device:d1", resumed: true }]);
    expect(logger.said.filter((said) => said.includes("The disk is full.")).length).toBeGreaterThan(0);
    expect(broker.status().problem).toBeUndefined();
  });

  it("lost in a cut between commit and PUBACK makes a resend that the line can tell", async () => {
    const { broker, line } = await stage();
    line.hold();
    const device = client(broker, { clientId: "d1", clean: false });
    const published = device.publishAsync("m/a", "one", { qos: 1 });
    await until(() => line.arrivals.length === 1);
    device.stream.destroy();
    await until(() => !device.connected);
    line.release();
    await published;
    expect(line.bodies).toEqual(["one", "one"]);
    expect(line.arrivals.map(({ delivery }) => delivery?.resumed)).toEqual([true, true]);
    expect(new Set(line.arrivals.map(({ delivery }) => delivery?.packetId)).size).toBe(1);
  });

  it("of a device that keeps no session is no resend unless it says so", async () => {
    const { broker, line } = await stage();
    const device = client(broker, { clientId: "d1", clean: true });
    await device.publishAsync("m/a", "one", { qos: 1 });
    expect(line.arrivals[0]?.delivery).toMatchObject({ session: "device:d1", resumed: false });
  });
});

describe("other promises", () => {
  it("takes a QoS 2 publish once", async () => {
    const { broker, line } = await stage();
    await client(broker, { clientId: "d1" }).publishAsync("m/a", "one", { qos: 2 });
    expect(line.arrivals.map(({ message, delivery }) => [message.qos, delivery?.session])).toEqual([[2, "device:d1"]]);
    expect(broker.status()).toMatchObject({ received: 1, acknowledged: 1, inFlight: 0 });
  });

  it("stores the will of a device that is gone", async () => {
    const { broker, line } = await stage();
    const will = { topic: "m/state", payload: Buffer.from("offline"), qos: 1 as const, retain: false };
    const device = client(broker, { will, reconnectPeriod: 0 });
    await until(() => device.connected);
    device.stream.destroy();
    await until(() => line.arrivals.length === 1);
    expect(line.bodies).toEqual(["offline"]);
    expect(line.arrivals[0]?.delivery).toBeUndefined();
  });

  it("publishes no will because the broker itself stops", async () => {
    const { broker, line } = await stage();
    const will = { topic: "m/state", payload: Buffer.from("offline"), qos: 1 as const, retain: false };
    const device = client(broker, { will, reconnectPeriod: 0 });
    await until(() => device.connected);
    await broker.close();
    await until(() => !device.connected);
    expect(line.arrivals).toEqual([]);
    expect(broker.status()).toMatchObject({ state: "closed", clients: 0 });
  });

  it("finishes what is held before it closes", async () => {
    const { broker, line } = await stage();
    line.hold();
    const device = client(broker, { reconnectPeriod: 0 });
    const published = device.publishAsync("m/a", "one", { qos: 1 });
    await until(() => line.arrivals.length === 1);
    const closed = broker.close();
    line.release();
    await published;
    await closed;
  });

  it("forgets a device that said goodbye and kept no session, and only that", async () => {
    const { broker, line } = await stage();
    for (const [clientId, clean] of [["keeps", false] as const, ["leaves", true] as const, ["silent", true] as const]) {
      const device = client(broker, { clientId, clean, reconnectPeriod: 0 });
      if (clientId !== "silent") await device.publishAsync("m/a", "one", { qos: 1 });
      else await device.publishAsync("m/a", "one", { qos: 0 });
      await device.endAsync();
    }
    await until(() => line.lost.length > 0);
    await until(() => broker.status().clients === 0);
    expect(line.lost).toEqual(["device:leaves"]);
  });
});

describe("bounds", () => {
  it("keeps no more messages than allowed for a subscriber that is away", async () => {
    const { broker } = await stage({ mostOffline: 3 });
    const reader = client(broker, { clientId: "reader", clean: false, reconnectPeriod: 0 });
    await reader.subscribeAsync("m/#", { qos: 1 });
    await reader.endAsync();
    const device = client(broker);
    for (let i = 0; i < 10; i += 1) await device.publishAsync("m/a", `${i}`, { qos: 1 });
    for (const expected of [["0", "1", "2"], ["late"]]) {
      const seen: string[] = [];
      const back = client(broker, { clientId: "reader", clean: false, reconnectPeriod: 0 });
      back.on("message", (_, body) => seen.push(body.toString()));
      await until(() => seen.length === expected.length);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(seen).toEqual(expected);
      await back.endAsync();
      await device.publishAsync("m/a", "late", { qos: 1 });
    }
  });

  it("keeps retained messages of no more topics than allowed", async () => {
    const { broker, line } = await stage({ mostRetained: 2 });
    const device = client(broker);
    for (const topic of ["m/a", "m/b", "m/c"]) await device.publishAsync(topic, topic, { qos: 1, retain: true });
    await device.publishAsync("m/a", "", { qos: 1, retain: true });
    await device.publishAsync("m/d", "m/d", { qos: 1, retain: true });
    const seen: string[] = [];
    const reader = client(broker);
    reader.on("message", (_, body) => seen.push(body.toString()));
    await reader.subscribeAsync("m/#");
    await until(() => seen.length >= 2);
    expect(seen.sort()).toEqual(["m/b", "m/d"]);
    expect(line.arrivals.length).toBe(5);
  });

  it("closes one connection more than allowed", async () => {
    const { broker } = await stage({ mostConnections: 1 });
    client(broker);
    await until(() => broker.status().clients === 1);
    const second = client(broker, { reconnectPeriod: 0 });
    let closed = false;
    second.on("close", () => {
      closed = true;
    });
    await until(() => closed);
    expect(broker.status().clients).toBe(1);
  });

  it("refuses a keep-alive beyond the limit", async () => {
    const { broker } = await stage({ keepaliveLimitSeconds: 60 });
    expect(await answerTo(broker, { keepalive: 61 })).toBe(6);
    expect(await answerTo(broker, { keepalive: 60 })).toBe(0);
  });
});

describe("passing on", () => {
  it("happens after the commit", async () => {
    const { broker, line } = await stage();
    const reader = client(broker);
    const seen: string[] = [];
    reader.on("message", (_, body) => seen.push(body.toString()));
    await reader.subscribeAsync("m/#", { qos: 1 });
    line.hold();
    client(broker).publish("m/a", "one", { qos: 1 });
    await until(() => line.arrivals.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(seen).toEqual([]);
    line.release();
    await until(() => seen.length === 1);
  });

  it("goes on for QoS 0 when the line cannot store", async () => {
    const { broker, line } = await stage();
    const reader = client(broker);
    const seen: string[] = [];
    reader.on("message", (_, body) => seen.push(body.toString()));
    await reader.subscribeAsync("m/#");
    line.refuse = 1;
    client(broker).publish("m/a", "one");
    await until(() => seen.length === 1);
    expect(broker.status()).toMatchObject({ received: 1, qos0: 1 });
  });

  it("takes a live message with a retain flag as an event, and keeps it for later subscribers", async () => {
    const { broker, line } = await stage();
    await client(broker).publishAsync("m/a", "one", { qos: 1, retain: true });
    expect(line.arrivals[0]?.message.retained).toBe(false);
    const reader = client(broker);
    const flags: boolean[] = [];
    reader.on("message", (_, __, packet) => flags.push(packet.retain));
    await reader.subscribeAsync("m/#");
    await until(() => flags.length === 1);
    expect(flags).toEqual([true]);
    expect(line.arrivals.length).toBe(1);
  });

  it("hands what no source claims to whoever asked, and acknowledges it", async () => {
    const strays: string[] = [];
    const { broker, line } = await stage({ unclaimed: (topic, body) => strays.push(`${topic} ${Buffer.from(body)}`) });
    await client(broker).publishAsync("x/y", "one", { qos: 1 });
    expect(strays).toEqual(["x/y one"]);
    expect(line.arrivals).toEqual([]);
  });
});

describe("letting in", () => {
  it("asks nobody on this machine unless told to", async () => {
    const { broker } = await stage({ authenticate: async () => undefined });
    expect(await answerTo(broker, {})).toBe(0);
    expect(await answerTo(broker, { username: "any", password: "thing" })).toBe(0);
  });

  it("answers 5 without credentials, 4 to wrong ones, 3 when they cannot be looked up", async () => {
    const { broker } = await stage(credentials);
    expect(await answerTo(broker, {})).toBe(5);
    expect(await answerTo(broker, { username: "a", password: "wrong" })).toBe(4);
    expect(await answerTo(broker, { username: "a", password: "a!" })).toBe(0);
    const broken = await stage({ requireCredentials: true, authenticate: () => Promise.reject(new Error("locked")) });
    expect(await answerTo(broken.broker, { username: "a", password: "a!" })).toBe(3);
  });

  it("cuts who publishes beside his prefix, and stores nothing of it", async () => {
    const { broker, line, logger } = await stage(credentials);
    const device = client(broker, { username: "a", password: "a!", clientId: "da", reconnectPeriod: 0 });
    await device.publishAsync("m/a/power", "1", { qos: 1 });
    let cut = false;
    device.on("close", () => {
      cut = true;
    });
    device.publish("m/ab/power", "2", { qos: 1 });
    await until(() => cut);
    expect(line.bodies).toEqual(["1"]);
    expect(logger.said.some((said) => said.includes("only below m/a"))).toBe(true);
  });

  it("grants subscriptions below the prefix only", async () => {
    const { broker } = await stage(credentials);
    const device = client(broker, { username: "a", password: "a!" });
    expect((await device.subscribeAsync("m/a/#")).map(({ qos }) => qos)).toEqual([0]);
    await expect(device.subscribeAsync("#")).rejects.toThrow();
    await expect(device.subscribeAsync("m/+/power")).rejects.toThrow();
  });

  it("does not let one device take another's client id", async () => {
    const { broker } = await stage(credentials);
    const first = client(broker, { username: "a", password: "a!", clientId: "same" });
    await until(() => first.connected);
    expect(await answerTo(broker, { username: "b", password: "b!", clientId: "same" })).toBe(2);
    expect(first.connected).toBe(true);
  });

  it("cuts wildcards and topics of the broker itself in a publish", async () => {
    const { broker, line } = await stage({ sourceOf: () => "meter" });
    for (const topic of ["$SYS/x", "m/\0"]) {
      const device = client(broker, { reconnectPeriod: 0 });
      let cut = false;
      device.on("close", () => {
        cut = true;
      });
      device.publish(topic, "1", { qos: 1 });
      await until(() => cut);
    }
    expect(line.arrivals).toEqual([]);
  });

  it("cuts who announces more than a topic may hold, and hands the beginning to the line", async () => {
    const { broker, line } = await stage({ maxBytes: (topic) => (topic === "m/big" ? 2_000_000 : 100_000) });
    const device = client(broker, { reconnectPeriod: 0, clientId: "d1" });
    await device.publishAsync("m/big", Buffer.alloc(1_900_000, "x"), { qos: 1 });
    let cut = false;
    device.on("close", () => {
      cut = true;
    });
    device.publish("m/a", Buffer.alloc(1_000_000, "y"), { qos: 1 });
    await until(() => cut && line.arrivals.length === 2);
    expect(line.arrivals[1]).toMatchObject({ oversized: { bytes: 1_000_000 }, delivery: { session: "device:d1" } });
    expect(line.arrivals[1]?.message.body.length).toBe(4096);
  });

  it("reads nothing of 100 MB", async () => {
    const { broker, line } = await stage();
    const socket = connect(broker.port, "127.0.0.1");
    closing.push(async () => socket.destroy());
    let cut = false;
    socket
      .on("error", () => undefined)
      .on("close", () => {
        cut = true;
      });
    const answered = new Promise((resolve) => socket.once("data", resolve));
    socket.write(generate({ cmd: "connect", protocolId: "MQTT", protocolVersion: 4, clientId: "giant", clean: true, keepalive: 0 }));
    await answered;
    // A QoS 1 PUBLISH to m/a with packet id 1 that announces 104,857,600 bytes.
    socket.write(Buffer.from("328080803200036d2f610001", "hex"));
    const before = process.memoryUsage().rss;
    const chunk = Buffer.alloc(64 * 1024, "y");
    for (let sent = 0; sent < 104_857_600 && !cut; sent += chunk.length) {
      if (!socket.write(chunk)) await new Promise((resolve) => socket.once("drain", resolve).once("close", resolve));
    }
    await until(() => cut && line.arrivals.length === 1);
    expect(line.arrivals[0]?.oversized).toEqual({ bytes: 104_857_593 });
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
  });

  it("says in words that the port is taken", async () => {
    const { broker } = await stage();
    await expect(stage({ port: broker.port })).rejects.toMatchObject({ code: "port-in-use" });
  });
});
