import type { Batch } from "#store/batch.ts";

/**
 * The batch with every array in a buffer of its own size. Copying a view to another thread copies the buffer under it,
 * and a payload is a small view of what the socket read.
 */
export function compact({ inbox, ...batch }: Batch): Batch {
  const { seriesId, tMs, value, quality, code } = batch.samples;
  return {
    ...batch,
    ...(inbox === undefined ? {} : { inbox: inbox.map((run) => ({ ...run, packetIds: own(run.packetIds), hashes: own(run.hashes) })) }),
    samples: { seriesId: own(seriesId), tMs: own(tMs), value: own(value), quality: own(quality), code: own(code) },
    rejects: batch.rejects.map((reject) => ({ ...reject, body: own(reject.body) })),
    ...(batch.raw === undefined ? {} : { raw: batch.raw.map((message) => ({ ...message, body: own(message.body) })) }),
  };
}

function own<A extends Int32Array | Float64Array | Uint16Array | Uint8Array>(array: A): A {
  if (array.byteLength === array.buffer.byteLength) return array;
  // A Buffer's slice() would be another view.
  return (array instanceof Uint8Array ? new Uint8Array(array) : array.slice()) as A;
}
