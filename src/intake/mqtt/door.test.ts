import { afterEach, describe, expect, it } from "vitest";
import { RecordingLine, RecordingLogger } from "#test/recording-line.ts";
import { type Script, ScriptedBroker } from "#test/scripted-broker.ts";
import { until } from "#test/until.ts";
import type { MqttDoorConfig } from "./config.ts";
import { openMqttDoor } from "./door.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function stage(script: Script = {}, config: Partial<MqttDoorConfig> = {}) {
  const broker = await ScriptedBroker.start(script);
  const line = new RecordingLine();
  const logger = new RecordingLogger();
  const door = openMqttDoor(
    {
      name: "main",
      url: broker.url,
      clientId: "wattkeep-test",
      filters: ["m/#"],
      sourceOf: (topic) => (topic.startsWith("m/") ? "meter" : undefined),
      backoff: { minMs: 5, maxMs: 20 },
      ...config,
    },
    line,
    { nowMs: () => Date.now(), random: () => 0.5, logger },
  );
  closing.push(() => broker.stop());
  closing.push(async () => {
    line.release();
    await door.close();
  });
  return { broker, line, logger, door };
}

const resumedSession: Script = { connack: (_, nth) => ({ code: 0, sessionPresent: nth > 0 }) };

describe("connecting", () => {
  it("asks for a session that outlives the connection, a window and retained messages only once", async () => {
    const { broker } = await stage();
    const peer = await broker.subscribed();
    expect(peer.packets[0]).toMatchObject({
      cmd: "connect",
      protocolVersion: 5,
      clean: false,
      clientId: "wattkeep-test",
      properties: { sessionExpiryInterval: 604_800, receiveMaximum: 1000 },
    });
    expect(peer.of("subscribe")[0]).toMatchObject({ subscriptions: [{ topic: "m/#", qos: 1, rh: 1 }] });
  });

  it.each([
    ["with its own refusal", { code: 1, sessionPresent: false }],
    ["by hanging up", undefined],
  ])("falls back to 3.1.1 when the broker turns MQTT 5 down %s, and remembers", async (_, refusal) => {
    const connack: Script["connack"] = (packet) => (packet.protocolVersion === 5 ? refusal : { code: 0, sessionPresent: false });
    const { broker, door } = await stage({ connack });
    await until(() => door.status().state === "connected");
    expect(door.status().protocol).toBe("MQTT 3.1.1");
    broker.peers.at(-1)?.cut();
    await until(() => door.status().reconnects === 1 && door.status().state === "connected");
    const versions = broker.peers.map((peer) => peer.packets[0]).map((packet) => (packet?.cmd === "connect" ? packet.protocolVersion : 0));
    expect(versions).toEqual([5, 4, 4]);
  });

  it("says in words why it is refused, once, and keeps trying", async () => {
    const { broker, door, logger } = await stage({ connack: () => ({ code: 0x86, sessionPresent: false }) });
    await until(() => broker.peers.length > 3);
    expect(door.status()).toMatchObject({ state: "refused", problem: expect.stringContaining("user name or the password") });
    expect(logger.said.length).toBe(1);
  });

  it("names the filter the broker refuses", async () => {
    const { door } = await stage({ granted: () => [1, 0x87] }, { filters: ["m/#", "n/#"] });
    await until(() => door.status().problem !== undefined);
    expect(door.status().problem).toContain("n/#");
    expect(door.status().state).toBe("connected");
  });

  it("subscribes once to what overlaps", async () => {
    const { broker } = await stage({}, { filters: ["m/#", "m/a", "m/+/b", "n/a", "n/a"] });
    const peer = await broker.subscribed();
    expect(peer.of("subscribe")[0]).toMatchObject({ subscriptions: [{ topic: "m/#" }, { topic: "n/a" }] });
  });

  it("tells the line that the session was lost, and only then", async () => {
    const { broker, line } = await stage(resumedSession);
    (await broker.subscribed(0)).cut();
    await broker.subscribed(1);
    expect(line.lost).toEqual(["main"]);
  });
});

describe("acknowledging", () => {
  it("waits for the line, then acknowledges the batch in the order received", async () => {
    const { broker, line, door } = await stage();
    const peer = await broker.subscribed();
    line.hold();
    for (const id of [7, 3, 9]) peer.publish("m/a", `value ${id}`, { id });
    await until(() => line.arrivals.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(peer.acks).toEqual([]);
    line.release();
    await until(() => peer.acks.length === 3);
    expect(peer.acks).toEqual([7, 3, 9]);
    expect(line.bodies).toEqual(["value 7", "value 3", "value 9"]);
    expect(door.status()).toMatchObject({ received: 3, acknowledged: 3, inFlight: 0, qos0: 0 });
  });

  it("gathers what comes while a batch is being stored into the next one", async () => {
    const { broker, line } = await stage();
    const peer = await broker.subscribed();
    line.hold();
    peer.publish("m/a", "first", { id: 1 });
    await until(() => line.batches.length === 1);
    for (let id = 2; id <= 40; id += 1) peer.publish("m/a", `${id}`, { id });
    await new Promise((resolve) => setTimeout(resolve, 20));
    line.release();
    await until(() => peer.acks.length === 40);
    expect(line.batches.map((batch) => batch.length)).toEqual([1, 39]);
  });

  it("acknowledges nothing that could not be stored, and stores the same messages when it can again", async () => {
    const { broker, line, door, logger } = await stage();
    const peer = await broker.subscribed();
    line.refuse = 3;
    peer.publish("m/a", "one", { id: 1 });
    peer.publish("m/a", "two", { id: 2 });
    await until(() => door.status().problem !== undefined);
    expect(door.status().problem).toContain("The disk is full.");
    expect(peer.acks).toEqual([]);
    await until(() => peer.acks.length === 2);
    expect(line.bodies).toEqual(["one", "two"]);
    expect(door.status().problem).toBeUndefined();
    expect(logger.said.filter((said) => said.includes("The disk is full.")).length).toBe(1);
  });

  it("never acknowledges on a later connection", async () => {
    const { broker, line } = await stage(resumedSession);
    const first = await broker.subscribed(0);
    line.hold();
    first.publish("m/a", "one", { id: 1 });
    await until(() => line.arrivals.length === 1);
    first.cut();
    const second = await broker.subscribed(1);
    line.release();
    second.publish("m/a", "other", { id: 2 });
    await until(() => second.acks.length > 0);
    expect(second.acks).toEqual([2]);
  });

  it("never acknowledges on a connection that is only being made", async () => {
    let accept = (): void => undefined;
    const later = new Promise<void>((resolve) => {
      accept = resolve;
    });
    const connack: Script["connack"] = async (_, nth) => {
      if (nth > 0) await later;
      return { code: 0, sessionPresent: nth > 0 };
    };
    const { broker, line, door } = await stage({ connack });
    const first = await broker.subscribed(0);
    line.hold();
    first.publish("m/a", "one", { id: 1 });
    await until(() => line.arrivals.length === 1);
    first.cut();
    await until(() => broker.peers[1]?.of("connect").length === 1);
    line.release();
    await new Promise((resolve) => setTimeout(resolve, 30));
    accept();
    const second = await broker.subscribed(1);
    expect(second.packets.map(({ cmd }) => cmd)).toEqual(["connect", "subscribe"]);
    expect(door.status()).toMatchObject({ acknowledged: 0, inFlight: 0 });
  });

  it("stores what it has not stored when the connection ends, unless the broker sends it again", async () => {
    const { broker, line, door } = await stage({ connack: (_, nth) => ({ code: 0, sessionPresent: nth === 1 }) });
    const first = await broker.subscribed(0);
    line.refuse = Number.POSITIVE_INFINITY;
    first.publish("m/a", "one", { id: 1 });
    await until(() => door.status().problem !== undefined);
    first.cut();
    const second = await broker.subscribed(1);
    second.publish("m/a", "one", { id: 1, dup: true });
    await until(() => door.status().received === 2);
    second.cut();
    await broker.subscribed(2);
    line.refuse = 0;
    await until(() => line.arrivals.length === 1);
    expect(line.bodies).toEqual(["one"]);
    expect(line.arrivals[0]?.delivery?.resumed).toBe(true);
  });

  it("marks the first message with each packet id after a cut as perhaps seen before", async () => {
    const { broker, line } = await stage(resumedSession);
    const first = await broker.subscribed(0);
    first.publish("m/a", "one", { id: 1 });
    await until(() => line.arrivals.length === 1);
    first.cut();
    const second = await broker.subscribed(1);
    second.publish("m/a", "one", { id: 1, dup: true });
    await until(() => second.acks.length === 1);
    second.publish("m/a", "one", { id: 1 });
    await until(() => second.acks.length === 2);
    expect(line.arrivals.map((arrival) => arrival.delivery)).toEqual([
      { session: "main", packetId: 1, resumed: false },
      { session: "main", packetId: 1, resumed: true },
      { session: "main", packetId: 1, resumed: false },
    ]);
  });

  it("marks all that a broker says it sends again, also where that is more than it was allowed to send", async () => {
    const { broker, line } = await stage(resumedSession);
    const first = await broker.subscribed(0);
    const ids = Array.from({ length: 500 }, (_, i) => i + 1);
    for (const id of ids) first.publish("m/a", String(id), { id });
    await until(() => line.arrivals.length === 500);
    first.cut();
    const second = await broker.subscribed(1);
    for (const id of ids) second.publish("m/a", String(id), { id, dup: true });
    await until(() => second.acks.length === 500);
    expect(line.arrivals.slice(500).every(({ delivery }) => delivery?.resumed)).toBe(true);
  });

  it("marks nothing when the broker kept no session", async () => {
    const { broker, line } = await stage();
    (await broker.subscribed(0)).cut();
    (await broker.subscribed(1)).publish("m/a", "one", { id: 1, dup: true });
    await until(() => line.arrivals.length === 1);
    expect(line.arrivals[0]?.delivery?.resumed).toBe(false);
  });

  it("acknowledges what no source claims without storing it, in its turn", async () => {
    const strays: string[] = [];
    const { broker, line } = await stage({}, { unclaimed: (topic, _, name) => strays.push(`${name} ${topic}`) });
    const peer = await broker.subscribed();
    line.hold();
    peer.publish("m/a", "one", { id: 1 });
    peer.publish("x/y", "two", { id: 2 });
    await until(() => strays.length === 1);
    expect(peer.acks).toEqual([]);
    line.release();
    await until(() => peer.acks.length === 2);
    expect(strays).toEqual(["main x/y"]);
    expect(line.arrivals.length).toBe(1);
  });

  it("counts QoS 0 and says a retained copy from an event", async () => {
    const { broker, line, door } = await stage();
    const peer = await broker.subscribed();
    peer.publish("m/a", "kept", { retain: true });
    peer.publish("m/a", "live");
    await until(() => line.arrivals.length === 2);
    expect(door.status()).toMatchObject({ received: 2, qos0: 2, acknowledged: 0 });
    expect(line.arrivals.map(({ message, delivery }) => [message.retained, message.qos, delivery])).toEqual([
      [true, 0, undefined],
      [false, 0, undefined],
    ]);
  });

  it("ends the connection of a broker that sends QoS 2 although QoS 1 was asked for", async () => {
    const { broker, line, door } = await stage();
    const peer = await broker.subscribed();
    peer.publish("m/a", "one", { id: 1, qos: 2 });
    await until(() => peer.socket.destroyed || peer.of("disconnect").length > 0);
    await broker.subscribed(1);
    expect(line.arrivals).toEqual([]);
    expect(door.status().reconnects).toBe(1);
  });

  it("finishes what is under way before it says goodbye", async () => {
    const { broker, line, door } = await stage();
    const peer = await broker.subscribed();
    line.hold();
    peer.publish("m/a", "one", { id: 1 });
    await until(() => line.arrivals.length === 1);
    const closed = door.close();
    line.release();
    await closed;
    await until(() => peer.of("disconnect").length === 1);
    expect(peer.acks).toEqual([1]);
    expect(door.status().state).toBe("closed");
  });
});

describe("holding back", () => {
  it("stops reading at the window and goes on when the line has caught up", async () => {
    const { broker, line, door } = await stage({}, { window: 50 });
    const peer = await broker.subscribed();
    line.hold();
    const body = Buffer.alloc(8000, "x");
    for (let id = 1; id <= 3000; id += 1) peer.publish("m/a", body, { id });
    await until(() => line.arrivals.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(door.status().received).toBeLessThan(200);
    line.release();
    await until(() => peer.acks.length === 3000);
    expect(peer.acks).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1));
  });

  it("keeps the connection alive while a take is stalled and the window is full", async () => {
    const { broker, line, door } = await stage({}, { window: 2, keepaliveSeconds: 0.1 });
    const peer = await broker.subscribed();
    line.hold();
    for (const id of [1, 2, 3]) peer.publish("m/a", "x", { id });
    const before = peer.of("pingreq").length;
    await until(() => peer.of("pingreq").length > before + 6);
    expect(door.status()).toMatchObject({ state: "connected", reconnects: 0 });
    line.release();
    await until(() => peer.acks.length === 3);
  });

  it("gives up a broker that answers nothing any more", async () => {
    const { broker } = await stage({ pong: false }, { keepaliveSeconds: 0.04 });
    await broker.subscribed(0);
    await broker.subscribed(1);
  });

  it("lets 100 MB go by, keeps its beginning for a reject, and acknowledges it", async () => {
    const { broker, line } = await stage();
    const peer = await broker.subscribed();
    const total = 100 * 1024 * 1024;
    const topic = Buffer.from("\0\u0003m/a", "latin1");
    const head = Buffer.concat([Buffer.from([0x32]), varint(total + topic.length + 3), topic, Buffer.from([0, 5, 0])]);
    global.gc?.();
    const before = process.memoryUsage().rss;
    peer.raw(head);
    const chunk = Buffer.alloc(64 * 1024, "y");
    for (let sent = 0; sent < total; sent += chunk.length) {
      if (!peer.socket.write(chunk)) await new Promise((resolve) => peer.socket.once("drain", resolve));
    }
    peer.publish("m/a", "after", { id: 6 });
    await until(() => peer.acks.length === 2);
    expect(peer.acks).toEqual([5, 6]);
    expect(line.arrivals[0]?.oversized).toEqual({ bytes: total });
    expect(line.arrivals[0]?.message.body.length).toBe(4096);
    expect(line.bodies[1]).toBe("after");
    expect(process.memoryUsage().rss - before).toBeLessThan(40 * 1024 * 1024);
  });
});

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}
