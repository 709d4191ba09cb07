import type { ReadingSaidAnswer } from "#contract/meter-history.ts";

/** A reading on its way from this device to the server. It is kept until it arrived, whatever happens to the page. */
export interface QueuedReading {
  /** Made once for each reading: the server takes none twice. */
  readonly key: string;
  readonly meter: string;
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly tMs: number;
  readonly value: number;
  readonly note: string;
  /** Id of the picture, which is kept beside the readings. */
  readonly photo: string | null;
  readonly photoSent: boolean;
  /** What the page thought of it when it was typed. */
  readonly unusual: boolean;
  readonly state: "waiting" | "sent" | "refused";
  /** What the server said of it. */
  readonly sentence: string;
  /** When it was kept on this device; readings go out in this order. */
  readonly keptMs: number;
}

/** Where readings and pictures lie until they arrived. */
export interface QueueStore {
  all(): Promise<QueuedReading[]>;
  put(reading: QueuedReading, photo?: Blob): Promise<void>;
  /** One step: a reading said anew takes the place of the first, or neither happens. */
  replace(key: string, reading: QueuedReading, photo?: Blob): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  photo(id: string): Promise<Blob | undefined>;
  dropPhoto(id: string): Promise<void>;
}

/** What sending came to: `away` is tried again by itself, the other two need a person. */
export type Drained =
  | { readonly end: "done" }
  | { readonly end: "away"; readonly sentence: string }
  | { readonly end: "signed-out" }
  | { readonly end: "forbidden"; readonly sentence: string };

/** How a refusal looks; `status` is 0 where nobody answered. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What exactly is wrong, each beginning with the name of a field in backticks. */
  readonly details?: readonly string[];
}

/** How a reading and its picture travel; what is refused is thrown as an ApiError. */
export interface QueueLine {
  sendPhoto(id: string, photo: Blob): Promise<unknown>;
  sendReading(reading: QueuedReading): Promise<ReadingSaidAnswer>;
}

/**
 * Sends what waits, oldest first, each picture before its reading. What the server refuses stays with its sentence and
 * lets the next one pass; where the server is away, everything stays as it is.
 */
export async function drain(store: QueueStore, line: QueueLine, onChange: () => void): Promise<Drained> {
  for (const reading of waitingOf(await store.all())) {
    const outcome = await sendOne(reading, store, line);
    onChange();
    if (outcome.end !== "done") return outcome;
  }
  return { end: "done" };
}

async function sendOne(reading: QueuedReading, store: QueueStore, line: QueueLine): Promise<Drained> {
  try {
    const pictured = await withPhotoSent(reading, store, line);
    const said = await line.sendReading(pictured);
    await keep({ ...pictured, state: "sent", sentence: said.sentence, unusual: isUnusual(said.verdict, reading.unusual) }, store);
    if (reading.photo !== null) await store.dropPhoto(reading.photo);
    return { end: "done" };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const stop = stopOf(error);
    if (stop !== undefined) return stop;
    await keep({ ...reading, state: "refused", sentence: whyRefused(error) }, store);
    return { end: "done" };
  }
}

async function withPhotoSent(reading: QueuedReading, store: QueueStore, line: QueueLine): Promise<QueuedReading> {
  if (reading.photo === null || reading.photoSent) return reading;
  const photo = await store.photo(reading.photo);
  // A device that ran out of room may have thrown the picture away; the reading counts without it.
  if (photo === undefined) return { ...reading, photo: null };
  await line.sendPhoto(reading.photo, photo);
  const sent = { ...reading, photoSent: true };
  await keep(sent, store);
  return sent;
}

/** What somebody mended or took back while it was on its way does not come back. */
async function keep(reading: QueuedReading, store: QueueStore): Promise<void> {
  const there = (await store.all()).find((one) => one.key === reading.key);
  if (there !== undefined) await store.put({ ...reading, photoSent: reading.photoSent || there.photoSent });
}

/** What ends sending for now. Missing: undefined where only the one reading was refused. */
function stopOf({ status, code, message }: Refusal): Drained | undefined {
  if (status === 401) return { end: "signed-out" };
  if (status === 403) return { end: "forbidden", sentence: message };
  const passing = status === 0 || status === 408 || status === 429 || status >= 502;
  // A portal between here and the server answers with pages of its own.
  return passing || code === "not-json" ? { end: "away", sentence: message } : undefined;
}

/** The sentence and what exactly is wrong, without the names of fields, which nobody sees here. */
function whyRefused({ message, details = [] }: Refusal): string {
  return [message, ...details.map((detail) => `${detail.replace(/^`[^`]*`:\s*/, "").replace(/\.$/, "")}.`)].join(" ");
}

const isRefusal = (error: unknown): error is Refusal => error instanceof Error && "status" in error && "code" in error;

const isUnusual = (verdict: ReadingSaidAnswer["verdict"], before: boolean): boolean =>
  verdict === "known" ? before : verdict !== "plausible";

/** What still has to be sent, oldest first. */
export const waitingOf = (all: readonly QueuedReading[]): QueuedReading[] =>
  all.filter((reading) => reading.state === "waiting").sort((a, b) => a.keptMs - b.keptMs);

/** The same reading said anew: under a key of its own, because the first may have arrived although nobody heard of it. */
export function mended(
  reading: QueuedReading,
  change: Partial<Pick<QueuedReading, "tMs" | "value" | "note" | "photo" | "unusual">>,
  key: string,
): QueuedReading {
  const photo = change.photo === undefined ? reading.photo : change.photo;
  return { ...reading, ...change, photo, key, photoSent: reading.photoSent && photo === reading.photo, state: "waiting", sentence: "" };
}

const FIRST_WAIT_MS = 2_000;
const MOST_WAIT_MS = 120_000;

/** How long to wait before the next try: doubles, spread by chance so that phones do not knock together. */
export function retryMs(tries: number, chance: number): number {
  return Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10)) * (0.75 + chance / 2);
}

const WALK_MS = 18 * 3_600_000;

/** Readings that arrived on an earlier walk: they need not be kept here any more. */
export const pastOf = (all: readonly QueuedReading[], nowMs: number): string[] =>
  all.filter((reading) => reading.state === "sent" && nowMs - reading.keptMs > WALK_MS).map((reading) => reading.key);
