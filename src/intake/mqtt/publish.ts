/** A PUBLISH as it stood on the wire. `body` is a view on the bytes read from the socket: copy it to keep it for long. */
export interface Publish {
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
  /** 0 at QoS 0. */
  readonly packetId: number;
  readonly retain: boolean;
  readonly dup: boolean;
  readonly body: Buffer;
  /** Length the body had; more than `body` holds when it was too large to keep. */
  readonly bytes: number;
}

/** 4 is MQTT 3.1.1; 5 puts properties before the body. */
export type Protocol = 4 | 5;

/** Where one packet lies in the bytes read: its first byte, the byte after its fixed header, the byte after its end. */
export interface Frame {
  readonly bytes: Buffer;
  readonly start: number;
  readonly inner: number;
  readonly end: number;
}

/** Where the parts of a PUBLISH begin; `propertyBytes` is 0 in MQTT 3.1.1. */
export interface PublishHead {
  readonly topic: string;
  readonly packetId: number;
  readonly afterHead: number;
  readonly propertyBytes: number;
}

/** The bytes do not say a whole number yet (`short`), or never will (`bad`). */
export type Varint = { readonly value: number; readonly next: number } | "short" | "bad";

/** MQTT's variable byte integer at `at`, not reading beyond `end`. */
export function readVarint(bytes: Buffer, at: number, end: number): Varint {
  let value = 0;
  for (let i = 0; i < 4; i += 1) {
    if (at + i >= end) return "short";
    const byte = bytes[at + i] as number;
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return "bad";
}

/**
 * The head of a PUBLISH whose body may not be there yet.
 * Answers the number of bytes it needs from the frame's start when there are too few, `undefined` when the packet contradicts itself.
 */
export function readHead(frame: Frame, protocol: Protocol): PublishHead | number | undefined {
  const { bytes, start, inner, end } = frame;
  const qos = ((bytes[start] as number) >> 1) & 3;
  if (qos === 3 || end - inner < 2) return undefined;
  if (inner + 2 > bytes.length) return inner + 2 - start;
  const topicEnd = inner + 2 + bytes.readUInt16BE(inner);
  const afterId = topicEnd + (qos > 0 ? 2 : 0);
  if (afterId > end) return undefined;
  if (afterId > bytes.length) return afterId - start;
  const topic = bytes.toString("utf8", inner + 2, topicEnd);
  const packetId = qos > 0 ? bytes.readUInt16BE(topicEnd) : 0;
  // An empty topic would need a topic alias, which we never offer; packet id 0 does not exist.
  if (topic === "" || (qos > 0 && packetId === 0)) return undefined;
  if (protocol === 4) return { topic, packetId, afterHead: afterId, propertyBytes: 0 };
  const properties = readVarint(bytes, afterId, Math.min(end, bytes.length));
  if (properties === "bad") return undefined;
  if (properties === "short") return bytes.length < end ? bytes.length + 1 - start : undefined;
  if (properties.next + properties.value > end) return undefined;
  return { topic, packetId, afterHead: properties.next, propertyBytes: properties.value };
}

/** A whole PUBLISH; undefined when it contradicts itself. */
export function readPublish(frame: Frame, protocol: Protocol): Publish | undefined {
  const head = readHead(frame, protocol);
  if (head === undefined || typeof head === "number") return undefined;
  const body = frame.bytes.subarray(head.afterHead + head.propertyBytes, frame.end);
  return publishOf(frame, head, { body, bytes: body.length });
}

/** Head and body put together, with what the first byte of the packet says. */
export function publishOf(frame: Frame, head: PublishHead, content: { body: Buffer; bytes: number }): Publish {
  const flags = frame.bytes[frame.start] as number;
  return {
    topic: head.topic,
    qos: ((flags >> 1) & 3) as 0 | 1 | 2,
    packetId: head.packetId,
    retain: (flags & 1) === 1,
    dup: (flags & 8) === 8,
    body: content.body,
    bytes: content.bytes,
  };
}
