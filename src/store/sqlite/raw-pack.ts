import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { RawMessage } from "#store/batch.ts";
import { StoreError } from "#store/store.ts";

const VERSION = 1;

export interface RawRow {
  readonly seq: number;
  readonly message: RawMessage;
}

/** Head of a pack: topics once, then per message its topic's number and the rest as differences. */
interface Head {
  readonly topics: string[];
  readonly topic: number[];
  readonly seq: number[];
  readonly receivedMs: number[];
  readonly qos: number[];
  readonly retained: number[];
  readonly bytes: number[];
}

/** Messages of one source as one deflated piece: a version byte, then [length of head, head as JSON, bodies end to end]. */
export function packRaw(rows: readonly RawRow[]): Uint8Array {
  const head = Buffer.from(JSON.stringify(headOf(rows)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.byteLength);
  const packed = deflateRawSync(Buffer.concat([length, head, ...rows.map((row) => row.message.body)]));
  return Buffer.concat([Buffer.of(VERSION), packed]);
}

/** The messages of a pack, exactly as they came. */
export function unpackRaw(source: string, data: Uint8Array): RawRow[] {
  if (data[0] !== VERSION) throw new StoreError("damaged", `Original messages of ${source} are packed in an unknown way (${data[0]}).`);
  const bytes = inflateRawSync(data.subarray(1));
  const headEnd = 4 + bytes.readUInt32LE(0);
  const head = JSON.parse(bytes.toString("utf8", 4, headEnd)) as Head;
  let at = headEnd;
  let seq = 0;
  let receivedMs = 0;
  return head.seq.map((step, i) => {
    seq += step;
    receivedMs += head.receivedMs[i] ?? 0;
    const end = at + (head.bytes[i] ?? 0);
    const body = new Uint8Array(bytes.subarray(at, end));
    at = end;
    const topic = head.topics[head.topic[i] ?? 0] ?? "";
    return { seq, message: { source, topic, body, receivedMs, qos: head.qos[i] as RawMessage["qos"], retained: head.retained[i] === 1 } };
  });
}

function headOf(rows: readonly RawRow[]): Head {
  const topics = new Map<string, number>();
  const head: Head = { topics: [], topic: [], seq: [], receivedMs: [], qos: [], retained: [], bytes: [] };
  let before: { seq: number; receivedMs: number } = { seq: 0, receivedMs: 0 };
  for (const { seq, message } of rows) {
    if (!topics.has(message.topic)) topics.set(message.topic, head.topics.push(message.topic) - 1);
    head.topic.push(topics.get(message.topic) ?? 0);
    head.seq.push(seq - before.seq);
    head.receivedMs.push(message.receivedMs - before.receivedMs);
    head.qos.push(message.qos);
    head.retained.push(message.retained ? 1 : 0);
    head.bytes.push(message.body.byteLength);
    before = { seq, receivedMs: message.receivedMs };
  }
  return head;
}
