import type { Message } from "#readings/message.ts";
import type { StoredReject } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import type { IntakeLine } from "./line.ts";
import type { OpenBatch } from "./open-batch.ts";

export interface RedriveChoice {
  readonly ids?: readonly number[];
  readonly source?: string;
  readonly code?: string;
}

/** What became of the rejects that were tried. */
export interface RedriveCounts {
  readonly tried: number;
  readonly mended: number;
  readonly stillRejected: number;
  /** Kept bytes were cut off, or the source is gone: nothing can be read from them. */
  readonly skipped: number;
}

type Fate = "mended" | "stillRejected" | "skipped";

const PAGE = 200;

/**
 * Reads stored rejects once more, with the decoders and settings of today. What is mended is stored as if it had been
 * understood when it came, and the reject is marked in the same transaction; the others stay as they are.
 * Errors: as `store.append`; the pages before the failed one are done.
 */
export async function redrive(store: Store, line: IntakeLine, choice: RedriveChoice): Promise<RedriveCounts> {
  const counts = { tried: 0, mended: 0, stillRejected: 0, skipped: 0 };
  let beforeId: number | undefined;
  for (;;) {
    const page = await store.rejects({ ...choice, open: true, limit: PAGE, ...(beforeId === undefined ? {} : { beforeId }) });
    if (page.length === 0) return counts;
    // The oldest first: a decoder's numbers are in the order in which they were sent.
    for (const fate of await redrivePage(line, page.toReversed())) {
      counts.tried++;
      counts[fate]++;
    }
    beforeId = page.at(-1)?.id;
  }
}

async function redrivePage(line: IntakeLine, page: readonly StoredReject[]): Promise<Fate[]> {
  let fates: Fate[] = [];
  await line.within((batch) => {
    fates = page.map((reject) => redriveOne(line, batch, reject));
  });
  return fates;
}

function redriveOne(line: IntakeLine, batch: OpenBatch, reject: StoredReject): Fate {
  if (reject.body.length < reject.bodyBytes) return "skipped";
  const first = batch.samples.length;
  const settled = line.reader.readAgain(batch, messageOf(reject));
  if (!settled) return "skipped";
  const faulty = settled.rejects.some(({ code }) => code === reject.code);
  if (faulty || (settled.samples === 0 && settled.rejects.length > 0)) {
    batch.samples.cut(first);
    return "stillRejected";
  }
  batch.redrove(reject.id);
  return "mended";
}

function messageOf({ source, topic, body, receivedMs }: StoredReject): Message {
  return { source, topic, body, receivedMs, qos: 1, retained: false };
}

export interface RawChoice {
  readonly source: string;
  readonly fromMs: number;
  /** Not included. */
  readonly toMs: number;
}

/** What reading kept originals anew has found. */
export interface RawCounts {
  readonly messages: number;
  /** Samples offered to the store; those it has already are duplicates there. */
  readonly samples: number;
  readonly rejects: number;
}

/**
 * Reads the kept original messages of a source anew, after a decoder has learnt something. What it understands and the
 * store has not yet is added; a value that differs follows the series' rule for equal instants and leaves a revision.
 * Errors: as `store.append`; the pages before the failed one are done.
 */
export async function redecode(store: Store, line: IntakeLine, choice: RawChoice): Promise<RawCounts> {
  const counts = { messages: 0, samples: 0, rejects: 0 };
  let after = -1;
  for (;;) {
    const page = await store.raw(choice.source, { after, limit: PAGE });
    if (page.length === 0) return counts;
    const messages = page.map(({ message }) => message).filter(({ receivedMs }) => receivedMs >= choice.fromMs && receivedMs < choice.toMs);
    const found = { samples: 0, rejects: 0 };
    if (messages.length > 0) await line.within((batch) => Object.assign(found, readPage(line, batch, messages)));
    counts.messages += messages.length;
    counts.samples += found.samples;
    counts.rejects += found.rejects;
    after = page.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  }
}

function readPage(line: IntakeLine, batch: OpenBatch, messages: readonly Message[]): { samples: number; rejects: number } {
  let samples = 0;
  let rejects = 0;
  for (const message of messages) {
    const settled = line.reader.readAgain(batch, message);
    samples += settled?.samples ?? 0;
    rejects += settled?.rejects.length ?? 0;
  }
  return { samples, rejects };
}
