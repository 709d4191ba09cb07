import type { Message } from "#readings/message.ts";

const SLOTS = 30;
const SLOT_MS = 10_000;
const WINDOW_MINUTES = (SLOTS * SLOT_MS) / 60_000;
/** Shorter than the source window, so that the figure on the health page moves with what happens. */
const OVERALL_SLOTS = 3;

/** How busy a source is. */
export interface Rate {
  /** Messages a minute, over the last five. */
  readonly perMinute: number;
  readonly lastMs?: number;
  /** 0..1 of all messages since the start that came at QoS 0. */
  readonly qos0Share: number;
}

interface Counter {
  readonly slots: Uint32Array;
  /** Slot number the ring stands at. */
  at: number;
  lastMs: number;
  total: number;
  qos0: number;
}

/** Counts messages per source in slots of ten seconds. */
export class Rates {
  readonly #nowMs: () => number;
  readonly #startedMs: number;
  readonly #sources = new Map<string, Counter>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#startedMs = nowMs();
  }

  count({ source, receivedMs, qos }: Pick<Message, "source" | "receivedMs" | "qos">): void {
    const counter = this.#sources.get(source) ?? { slots: new Uint32Array(SLOTS), at: 0, lastMs: 0, total: 0, qos0: 0 };
    this.#sources.set(source, counter);
    turn(counter, slotOf(this.#nowMs()));
    const slot = counter.at % SLOTS;
    counter.slots[slot] = (counter.slots[slot] as number) + 1;
    counter.lastMs = receivedMs;
    counter.total++;
    if (qos === 0) counter.qos0++;
  }

  bySource(): ReadonlyMap<string, Rate> {
    const minutes = Math.max(0.5, Math.min(WINDOW_MINUTES, (this.#nowMs() - this.#startedMs) / 60_000));
    return new Map(
      [...this.#sources].map(([source, counter]) => {
        const rate: Rate = {
          perMinute: this.#recent(counter, SLOTS) / minutes,
          lastMs: counter.lastMs,
          qos0Share: counter.qos0 / counter.total,
        };
        return [source, rate];
      }),
    );
  }

  /** Messages a second of all sources, over the last half minute. */
  messagesPerSecond(): number {
    const seconds = Math.max(1, Math.min((OVERALL_SLOTS * SLOT_MS) / 1000, (this.#nowMs() - this.#startedMs) / 1000));
    let messages = 0;
    for (const counter of this.#sources.values()) messages += this.#recent(counter, OVERALL_SLOTS);
    return messages / seconds;
  }

  #recent(counter: Counter, slots: number): number {
    turn(counter, slotOf(this.#nowMs()));
    let sum = 0;
    for (let i = 0; i < slots; i++) sum += counter.slots[(counter.at - i + SLOTS * 2) % SLOTS] as number;
    return sum;
  }
}

function slotOf(nowMs: number): number {
  return Math.floor(nowMs / SLOT_MS);
}

/** Empties the slots that time has passed since; a clock that was set empties them all. */
function turn(counter: Counter, at: number): void {
  const passed = at - counter.at;
  if (passed === 0) return;
  if (passed < 0 || passed >= SLOTS) counter.slots.fill(0);
  else for (let i = 1; i <= passed; i++) counter.slots[(counter.at + i) % SLOTS] = 0;
  counter.at = at;
}
