import type { RejectItem } from "#readings/reading.ts";
import type { Reject } from "#readings/reject.ts";
import type { Batch, InboxEntry, MessageCount, RawMessage, SampleColumns } from "#store/batch.ts";
import { RegistryChange } from "./registry-change.ts";
import type { RegistryView } from "./registry-view.ts";
import type { Sample } from "./settle.ts";

/** What all rejects of one message have in common. */
export type RejectOrigin = Omit<Reject, "code" | "sentence">;

/** A batch that still takes messages. What it did to the state of the line is taken back by `withdraw`. */
export class OpenBatch {
  readonly change: RegistryChange;
  readonly samples: Sample[] = [];
  readonly #rejects: Reject[] = [];
  readonly #counts = new Map<string, { withItems: number; without: Map<string, number> }>();
  readonly #inbox: InboxEntry[] = [];
  readonly #forgotten = new Set<string>();
  readonly #raw: RawMessage[] = [];
  readonly #memory = new Map<string, string>();
  readonly #redriven: number[] = [];
  readonly #undo: (() => void)[] = [];
  /** Messages taken so far. */
  messages = 0;

  constructor(view: RegistryView) {
    this.change = new RegistryChange(view);
  }

  add(samples: readonly Sample[]): void {
    for (const sample of samples) this.samples.push(sample);
  }

  reject(origin: RejectOrigin, items: readonly RejectItem[]): void {
    for (const { code, sentence } of items) this.#rejects.push({ ...origin, code, sentence });
  }

  /** Counts a message: with items, or without for a reason. */
  count(source: string, without?: string): void {
    const count = this.#counts.get(source) ?? { withItems: 0, without: new Map<string, number>() };
    this.#counts.set(source, count);
    if (without === undefined) count.withItems++;
    else count.without.set(without, (count.without.get(without) ?? 0) + 1);
  }

  record(entry: InboxEntry): void {
    this.#inbox.push(entry);
  }

  /** The store forgets sessions before it records deliveries, so what came before the loss must not be written again. */
  forget(session: string): void {
    this.#forgotten.add(session);
    for (let i = this.#inbox.length - 1; i >= 0; i--) if (this.#inbox[i]?.session === session) this.#inbox.splice(i, 1);
  }

  keepRaw(raw: RawMessage): void {
    this.#raw.push(raw);
  }

  remember(source: string, json: string): void {
    this.#memory.set(source, json);
  }

  redrove(rejectId: number): void {
    this.#redriven.push(rejectId);
  }

  /** To be called when the batch is withdrawn, the last first. */
  onWithdraw(undo: () => void): void {
    this.#undo.push(undo);
  }

  withdraw(): void {
    for (const undo of this.#undo.reverse()) undo();
    this.#undo.length = 0;
    this.change.withdraw();
  }

  close(receivedMs: number): Batch {
    return {
      receivedMs,
      samples: columns(this.samples),
      ...this.change.additions,
      rejects: this.#rejects,
      messages: [...this.#counts].map(
        ([source, count]): MessageCount => ({
          source,
          withItems: count.withItems,
          without: Object.fromEntries(count.without),
        }),
      ),
      ...(this.#inbox.length > 0 ? { inbox: this.#inbox } : {}),
      ...(this.#forgotten.size > 0 ? { forgetSessions: [...this.#forgotten] } : {}),
      ...(this.#raw.length > 0 ? { raw: this.#raw } : {}),
      ...(this.#memory.size > 0 ? { memory: Object.fromEntries(this.#memory) } : {}),
      ...(this.#redriven.length > 0 ? { redriven: this.#redriven } : {}),
    };
  }
}

function columns(samples: readonly Sample[]): SampleColumns {
  const n = samples.length;
  const made = {
    seriesId: new Int32Array(n),
    tMs: new Float64Array(n),
    value: new Float64Array(n),
    quality: new Uint16Array(n),
    code: new Uint16Array(n),
  };
  samples.forEach((sample, i) => {
    made.seriesId[i] = sample.entry.series.id;
    made.tMs[i] = sample.tMs;
    made.value[i] = sample.value;
    made.quality[i] = sample.quality;
    made.code[i] = sample.code;
  });
  return made;
}
