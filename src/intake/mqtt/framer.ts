import { MAX_REJECT_BYTES } from "#readings/reject.ts";
import { type Frame, type Protocol, type Publish, publishOf, readHead, readVarint } from "./publish.ts";

/** Who is told what the framer found. The frame is only valid during the call. */
export interface FrameSink {
  frame(frame: Frame): void;
  /** A PUBLISH larger than its topic may be; `body` holds its first MAX_REJECT_BYTES. */
  oversized(publish: Publish): void;
  /** The bytes are not MQTT, or a packet is larger than any of its type can be: nothing after this is read. */
  violation(sentence: string): void;
}

export interface FramerOptions {
  readonly protocol: Protocol;
  /** Largest body of a topic. */
  maxBytes(topic: string): number;
  /** Nothing this small is ever too large, so its topic is not looked up. */
  readonly smallBytes: number;
  /** Largest packet of any other type. */
  readonly controlBytes: number;
  /** Tell of an oversized PUBLISH when its last byte has gone by (so that it can be acknowledged), or as soon as its beginning is known. */
  readonly tellOversized: "at-end" | "at-once";
}

/** An oversized PUBLISH going by. */
interface Passing {
  readonly tell: (body: Buffer) => void;
  propertiesLeft: number;
  left: number;
  readonly kept: Buffer[];
  keptBytes: number;
  told: boolean;
}

const PUBLISH = 3;

/**
 * Cuts a byte stream into MQTT packets and knows a packet's size before any of it is kept:
 * a PUBLISH that is too large is let go by with only its first bytes kept.
 */
export class Framer {
  readonly #options: FramerOptions;
  readonly #sink: FrameSink;
  #parts: Buffer[] = [];
  #have = 0;
  #need = 0;
  #passing: Passing | undefined;
  #stopped = false;
  readonly #frame: { -readonly [K in keyof Frame]: Frame[K] } = { bytes: Buffer.alloc(0), start: 0, inner: 0, end: 0 };

  constructor(options: FramerOptions, sink: FrameSink) {
    this.#options = options;
    this.#sink = sink;
  }

  /** Bytes kept for a packet that is not whole yet. */
  get heldBytes(): number {
    return this.#have + (this.#passing?.keptBytes ?? 0);
  }

  /** The next bytes of the stream, however they were cut. */
  feed(chunk: Buffer): void {
    let bytes = chunk;
    if (this.#have > 0) {
      this.#parts.push(chunk);
      this.#have += chunk.length;
      if (this.#have < this.#need) return;
      bytes = Buffer.concat(this.#parts, this.#have);
      this.#parts = [];
      this.#have = 0;
    }
    let at = this.#passing === undefined ? 0 : this.#pass(bytes, 0);
    while (at < bytes.length && !this.#stopped) {
      const next = this.#step(bytes, at);
      if (next < 0) {
        this.#keep(bytes.subarray(at), -next);
        return;
      }
      at = next;
    }
  }

  /** Read nothing more. */
  stop(): void {
    this.#stopped = true;
    this.#parts = [];
    this.#have = 0;
    this.#passing = undefined;
  }

  #keep(rest: Buffer, need: number): void {
    if (this.#stopped) return;
    this.#parts.push(rest);
    this.#have = rest.length;
    this.#need = need;
  }

  /** Position after the packet at `at`; negative, the number of bytes that are needed to go on. */
  #step(bytes: Buffer, at: number): number {
    const length = readVarint(bytes, at + 1, bytes.length);
    if (length === "short") return -(bytes.length - at + 1);
    if (length === "bad") return this.#refuse(bytes, "A packet length that MQTT does not know.");
    const frame = this.#frame;
    frame.bytes = bytes;
    frame.start = at;
    frame.inner = length.next;
    frame.end = length.next + length.value;
    const isPublish = (bytes[at] as number) >> 4 === PUBLISH;
    if (isPublish && length.value > this.#options.smallBytes) {
      const next = this.#weigh(frame);
      if (next !== undefined) return next;
    } else if (!isPublish && length.value > this.#options.controlBytes) {
      return this.#refuse(bytes, `A packet of type ${(bytes[at] as number) >> 4} announces ${length.value} bytes.`);
    }
    if (frame.end > bytes.length) return -(frame.end - at);
    const end = frame.end;
    this.#sink.frame(frame);
    return end;
  }

  /** Whether a large PUBLISH may be kept: undefined when it may. */
  #weigh(frame: Frame): number | undefined {
    const head = readHead(frame, this.#options.protocol);
    if (head === undefined) return this.#refuse(frame.bytes, "A PUBLISH that contradicts its own length.");
    if (typeof head === "number") return -head;
    const size = frame.end - head.afterHead;
    if (size <= this.#options.maxBytes(head.topic)) return undefined;
    const bytes = size - head.propertyBytes;
    const told = publishOf(frame, head, { body: Buffer.alloc(0), bytes });
    this.#passing = {
      tell: (body) => this.#sink.oversized({ ...told, body }),
      propertiesLeft: head.propertyBytes,
      left: size,
      kept: [],
      keptBytes: 0,
      told: false,
    };
    return this.#pass(frame.bytes, head.afterHead);
  }

  #pass(bytes: Buffer, from: number): number {
    const passing = this.#passing as Passing;
    const take = Math.min(passing.left, bytes.length - from);
    const properties = Math.min(passing.propertiesLeft, take);
    const keep = Math.min(MAX_REJECT_BYTES - passing.keptBytes, take - properties);
    if (keep > 0) {
      // A copy: a view would hold on to the whole chunk.
      passing.kept.push(Buffer.from(bytes.subarray(from + properties, from + properties + keep)));
      passing.keptBytes += keep;
    }
    passing.propertiesLeft -= properties;
    passing.left -= take;
    const known = this.#options.tellOversized === "at-once" && passing.keptBytes === MAX_REJECT_BYTES;
    if (passing.left === 0) this.#passing = undefined;
    if (!passing.told && (known || passing.left === 0)) {
      passing.told = true;
      passing.tell(Buffer.concat(passing.kept));
    }
    return from + take;
  }

  #refuse(bytes: Buffer, sentence: string): number {
    this.stop();
    this.#sink.violation(sentence);
    return bytes.length;
  }
}
