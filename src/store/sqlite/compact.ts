import type { Batch, InboxEntry } from "#store/batch.ts";

/** A batch on its way to the connection. */
export interface CompactBatch extends Omit<Batch, "inbox"> {
  readonly inbox?: readonly InboxRun[];
}

/** Deliveries of one session in a row: a thousand small objects would cost more to carry than to store. */
export interface InboxRun {
  readonly session: string;
  readonly packetIds: Float64Array;
  /** One hash per line. */
  readonly hashes: string;
}

/**
 * The batch with every array in a buffer of its own size. Copying a view to another thread copies the buffer under it,
 * and a payload is a small view of what the socket read.
 */
export function compact({ inbox, ...batch }: Batch): CompactBatch {
  const { seriesId, tMs, value, quality, code } = batch.samples;
  return {
    ...batch,
    ...(inbox === undefined ? {} : { inbox: runsOf(inbox) }),
    samples: { seriesId: own(seriesId), tMs: own(tMs), value: own(value), quality: own(quality), code: own(code) },
    rejects: batch.rejects.map((reject) => ({ ...reject, body: own(reject.body) })),
    ...(batch.raw === undefined ? {} : { raw: batch.raw.map((message) => ({ ...message, body: own(message.body) })) }),
  };
}

/** The batch as it was before `compact`. */
export function unpacked({ inbox, ...batch }: CompactBatch): Batch {
  return inbox === undefined ? batch : { ...batch, inbox: inbox.flatMap(entriesOf) };
}

function entriesOf({ session, packetIds, hashes }: InboxRun): InboxEntry[] {
  const each = hashes.split("\n");
  return each.map((hash, i) => ({ session, packetId: packetIds[i] as number, hash }));
}

function runsOf(entries: readonly InboxEntry[]): InboxRun[] {
  const runs: InboxRun[] = [];
  for (let from = 0; from < entries.length; ) {
    const { session } = entries[from] as InboxEntry;
    let to = from;
    while (to < entries.length && entries[to]?.session === session) to++;
    const run = entries.slice(from, to);
    runs.push({
      session,
      packetIds: Float64Array.from(run, (entry) => entry.packetId),
      hashes: run.map((entry) => entry.hash).join("\n"),
    });
    from = to;
  }
  return runs;
}

function own<A extends Int32Array | Float64Array | Uint16Array | Uint8Array>(array: A): A {
  if (array.byteLength === array.buffer.byteLength) return array;
  // A Buffer's slice() would be another view.
  return (array instanceof Uint8Array ? new Uint8Array(array) : array.slice()) as A;
}
