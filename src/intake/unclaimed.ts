import type { Dialect, Recognition } from "#dialects/dialect.ts";

/** A topic nobody claims, with what it probably is and why. */
export interface UnclaimedTopic {
  readonly topic: string;
  readonly broker: string;
  readonly count: number;
  readonly lastMs: number;
  /** First 200 characters of the last message, control and broken characters escaped. */
  readonly sample: string;
  readonly guess?: { readonly dialect: string; readonly confidence: number; readonly evidence: string; readonly filter: string };
}

const MAX_TOPICS = 500;
const MAX_SAMPLE = 200;
const GUESS_EVERY_MS = 60_000;
/** Dialects look at no more than this of a message they may not know. */
const MAX_GUESSED_BYTES = 64 * 1024;

interface Watched {
  readonly topic: string;
  readonly broker: string;
  count: number;
  lastMs: number;
  head: Uint8Array;
  guessedMs: number;
  guess?: UnclaimedTopic["guess"];
}

/** Remembers the last 500 topics that came and that no source claims. */
export class Unclaimed {
  readonly #dialects: readonly Dialect[];
  readonly #nowMs: () => number;
  readonly #own: readonly string[];
  /** The least recent first. */
  readonly #topics = new Map<string, Watched>();

  /** `own`: what this program publishes itself, at these topics and below them, is nobody's to claim. */
  constructor(dialects: readonly Dialect[], nowMs: () => number, own: readonly string[] = []) {
    this.#dialects = dialects;
    this.#nowMs = nowMs;
    this.#own = own;
  }

  see(topic: string, body: Uint8Array, broker: string): void {
    if (this.#own.some((own) => topic === own || topic.startsWith(`${own}/`))) return;
    const nowMs = this.#nowMs();
    const key = `${broker}\n${topic}`;
    const known = this.#topics.get(key);
    const watched = known ?? { topic, broker, count: 0, lastMs: nowMs, head: body, guessedMs: Number.NEGATIVE_INFINITY };
    this.#topics.delete(key);
    this.#topics.set(key, watched);
    watched.count++;
    watched.lastMs = nowMs;
    watched.head = Uint8Array.from(body.subarray(0, MAX_SAMPLE * 4));
    if (Math.abs(nowMs - watched.guessedMs) >= GUESS_EVERY_MS) {
      watched.guessedMs = nowMs;
      const guess = this.#guess(topic, body);
      if (guess) watched.guess = guess;
    }
    const [oldest] = this.#topics.keys();
    if (this.#topics.size > MAX_TOPICS && oldest !== undefined) this.#topics.delete(oldest);
  }

  /** The most recent first. */
  list(): UnclaimedTopic[] {
    return [...this.#topics.values()].reverse().map(({ topic, broker, count, lastMs, head, guess }) => ({
      topic,
      broker,
      count,
      lastMs,
      sample: sampleOf(head),
      ...(guess ? { guess } : {}),
    }));
  }

  #guess(topic: string, body: Uint8Array): UnclaimedTopic["guess"] {
    if (body.length > MAX_GUESSED_BYTES) return undefined;
    let best: (Recognition & { dialect: string }) | undefined;
    for (const dialect of this.#dialects) {
      const recognition = recognised(dialect, topic, body);
      if (recognition && recognition.confidence > (best?.confidence ?? 0)) best = { dialect: dialect.name, ...recognition };
    }
    return best && { dialect: best.dialect, confidence: best.confidence, evidence: best.evidence, filter: best.filter };
  }
}

/** A guess is a courtesy: a dialect that fails at it has none. */
function recognised(dialect: Dialect, topic: string, body: Uint8Array): Recognition | undefined {
  try {
    return dialect.recognise(topic, body);
  } catch {
    return undefined;
  }
}

function sampleOf(head: Uint8Array): string {
  const text = new TextDecoder().decode(head).slice(0, MAX_SAMPLE);
  return text.replace(/[\p{Cc}\p{Cs}\p{Cf}\uFFFD]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
