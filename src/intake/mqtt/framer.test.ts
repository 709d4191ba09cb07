import fc from "fast-check";
import { generate, type Packet } from "mqtt-packet";
import { describe, expect, it } from "vitest";
import { Framer } from "./framer.ts";
import { type Protocol, type Publish, readPublish } from "./publish.ts";

/** What a framer said, as text: packets whole, oversized ones with what was kept of them, violations. */
function said(chunks: readonly Buffer[], protocol: Protocol = 4, tellOversized: "at-end" | "at-once" = "at-end") {
  const out: string[] = [];
  let mostHeld = 0;
  const framer = new Framer(
    { protocol, maxBytes: (topic) => (topic.startsWith("big/") ? 60_000 : 9000), smallBytes: 4096, controlBytes: 2000, tellOversized },
    {
      frame: (frame) => {
        const publish = (frame.bytes[frame.start] as number) >> 4 === 3 ? readPublish(frame, protocol) : undefined;
        out.push(publish === undefined ? frame.bytes.subarray(frame.start, frame.end).toString("hex") : told(publish));
      },
      oversized: (publish) => out.push(`oversized ${told(publish)}`),
      violation: (sentence) => out.push(sentence),
    },
  );
  for (const chunk of chunks) {
    framer.feed(chunk);
    mostHeld = Math.max(mostHeld, framer.heldBytes);
  }
  return { out, mostHeld };
}

function told({ topic, qos, packetId, retain, dup, body, bytes }: Publish): string {
  return `${topic} q${qos} #${packetId} ${retain ? "retained " : ""}${dup ? "dup " : ""}${bytes} ${body.toString("hex")}`;
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length));
}

const publishes = fc.record({
  topic: fc.oneof(fc.constantFrom("big/a", "m/ä/€", "x"), fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 })),
  qos: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
  messageId: fc.integer({ min: 1, max: 65_535 }),
  retain: fc.boolean(),
  dup: fc.boolean(),
  size: fc.oneof({ weight: 5, arbitrary: fc.nat(300) }, fc.nat(20_000), fc.integer({ min: 59_000, max: 70_000 })),
  fill: fc.nat(255),
  properties: fc.constantFrom({}, { contentType: "text" }, { userProperties: { a: "b".repeat(5000) } }),
});

type Drawn = { qos: 0 | 1 | 2; size: number; fill: number; topic: string; messageId: number; retain: boolean; dup: boolean };

function packetOf(drawn: Drawn, properties: object): Packet {
  const { size, fill, topic, qos, messageId, retain, dup } = drawn;
  return { cmd: "publish", topic, qos, messageId, retain, dup: dup && qos > 0, payload: Buffer.alloc(size, fill), properties };
}

const others = fc.constantFrom<Packet>(
  { cmd: "pingresp" },
  { cmd: "puback", messageId: 7 },
  { cmd: "suback", messageId: 1, granted: [1, 0, 1] },
  { cmd: "connack", sessionPresent: true, returnCode: 0, reasonCode: 0 },
);

describe("a stream of packets", () => {
  it.each([4, 5] as const)("gives the same packets however it is cut (protocol %s)", (protocol) => {
    const streams = fc.array(fc.oneof({ weight: 4, arbitrary: publishes }, others), { maxLength: 12 });
    fc.assert(
      fc.property(streams, fc.array(fc.nat(), { maxLength: 40 }), (drawn, places) => {
        const packets = drawn.map((one) => ("cmd" in one ? one : packetOf(one, protocol === 5 ? one.properties : {})));
        const stream = Buffer.concat(packets.map((packet) => generate(packet, { protocolVersion: protocol })));
        expect(said(cut(stream, places), protocol).out).toEqual(said([stream], protocol).out);
      }),
      { numRuns: 200 },
    );
  });

  it("gives what was sent, or its first 4 KiB when it is too large", () => {
    fc.assert(
      fc.property(publishes, fc.constantFrom<Protocol>(4, 5), (drawn, protocol) => {
        const packet = packetOf(drawn, protocol === 5 ? drawn.properties : {});
        const stream = generate(packet, { protocolVersion: protocol });
        const { topic, qos, messageId, retain, size, fill } = drawn;
        const id = qos === 0 ? 0 : messageId;
        const oversized = said([stream], protocol).out[0]?.startsWith("oversized ") === true;
        const body = Buffer.alloc(oversized ? Math.min(4096, size) : size, fill);
        const expected = told({ topic, qos, packetId: id, retain, dup: drawn.dup && qos > 0, body, bytes: size });
        expect(said([stream], protocol).out).toEqual([oversized ? `oversized ${expected}` : expected]);
        const limit = topic.startsWith("big/") ? 60_000 : 9000;
        if (protocol === 4) expect(oversized).toBe(size > limit);
        else if (size > limit) expect(oversized).toBe(true);
      }),
    );
  });

  it("cut into single bytes is the same stream", () => {
    const stream = generate({
      cmd: "publish",
      topic: "big/a",
      qos: 1,
      messageId: 9,
      dup: false,
      retain: true,
      payload: Buffer.alloc(70_000, 7),
    });
    expect(said([...stream].map((byte) => Buffer.from([byte]))).out).toEqual(said([stream]).out);
  });
});

describe("a packet that is too large", () => {
  const stream = generate({
    cmd: "publish",
    topic: "m/a",
    qos: 1,
    messageId: 9,
    dup: false,
    retain: false,
    payload: Buffer.alloc(500_000, 7),
  });

  it("is never kept, except for its beginning", () => {
    const { out, mostHeld } = said(
      cut(
        stream,
        Array.from({ length: 500 }, (_, i) => i * 1000),
      ),
    );
    expect(out).toEqual([`oversized m/a q1 #9 500000 ${Buffer.alloc(4096, 7).toString("hex")}`]);
    expect(mostHeld).toBeLessThanOrEqual(8192);
  });

  it("is told at once where nobody waits for its end", () => {
    expect(said([stream.subarray(0, 10_000)], 4, "at-once").out.length).toBe(1);
    expect(said([stream.subarray(0, 10_000)], 4, "at-end").out.length).toBe(0);
    expect(said([stream], 4, "at-once").out.length).toBe(1);
  });

  it("leaves the next one whole", () => {
    const next = generate({ cmd: "publish", topic: "m/b", qos: 0, dup: false, retain: false, payload: "ok" });
    expect(said([Buffer.concat([stream, next])]).out[1]).toBe("m/b q0 #0 2 6f6b");
  });
});

describe("bytes that are not MQTT", () => {
  it.each([
    ["a length of five bytes", "30ffffffff01"],
    ["a control packet larger than any", "90ff7f"],
    ["a large PUBLISH whose topic is longer than itself", `30a04e${"ffff"}${"00".repeat(4096)}`],
  ])("stop the reading: %s", (_, hex) => {
    const { out } = said([Buffer.concat([Buffer.from(hex, "hex"), Buffer.from("d000", "hex")])]);
    expect(out.length).toBe(1);
    expect(out[0]).toMatch(/^A /);
  });

  it("never throw, whatever they are", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom<Protocol>(4, 5),
        (bytes, protocol) => void said([Buffer.from(bytes)], protocol),
      ),
    );
  });
});
