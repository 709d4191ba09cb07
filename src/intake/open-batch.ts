import type { RejectItem } from "#readings/reading.ts";
import type { Reject } from "#readings/reject.ts";
import type { Batch, InboxRun, MessageCount, RawMessage } from "#store/batch.ts";
import type { Inbox } from "./inbox.ts";
import { RegistryChange } from "./registry-change.ts";
import type { RegistryView } from "./registry-view.ts";
import { Sheet } from "./sheet.ts";

/** What all rejects of one message have in common. */
export type RejectOrigin = Omit<Reject, "code" | "sentence" | "count">;

/** A batch that still takes messages. What it did to the state of the line is taken back by `withdraw`. */
export class OpenBatch {
  readonly change: RegistryChange;
  readonly samples = new Sheet();
  readonly #rejects: Reject[] = [];
  readonly #counts = new Map<string, { withItems: number; without: Map<string, number> }>();
  readonly #inbox: Inbox;
  readonly #deliveries = new Map<string, { ids: number[]; hashes: number[] }>();
  readonly #forgotten = new Set<string>();
  readonly #raw: RawMessage[] = [];
  readonly #memory = new Map<string, string>();
  readonly #redriven: number[] = [];
  readonly #undo: (() => void)[] = [];
  /** Messages taken so far. */
  messages = 0;

  constructor(view: RegistryView, inbox: Inbox) {
    this.change = new RegistryChange(view);
    this.#inbox = inbox;
  }

  /** What of a message was refused: a frame may have hundreds of thousands of rows that are wrong alike. */
  reject(origin: RejectOrigin, items: readonly RejectItem[]): void {
    const alike = new Map<string, { sentence: string; count: number }>();
    for (const { code, sentence } of items) {
      const known = alike.get(code);
      if (known === undefined) alike.set(code, { sentence, count: 1 });
      else known.count++;
    }
    for (const [code, { sentence, count }] of alike) this.#rejects.push({ ...origin, code, sentence, ...(count === 1 ? {} : { count }) });
  }

  /** Counts a message: with items, or without for a reason. */
  count(source: string, without?: string): void {
    const count = this.#counts.get(source) ?? { withItems: 0, without: new Map<string, number>() };
    this.#counts.set(source, count);
    if (without === undefined) count.withItems++;
    else count.without.set(without, (count.without.get(without) ?? 0) + 1);
  }

  /** Notes a delivery, so that it is known when it comes again. */
  record({ session, packetId }: { readonly session: string; readonly packetId: number }, hash: number): void {
    const run = this.#deliveries.get(session) ?? { ids: [], hashes: [] };
    if (run.ids.length === 0) this.#deliveries.set(session, run);
    run.ids.push(packetId);
    run.hashes.push(hash);
    this.#inbox.record({ session, packetId }, hash);
  }

  /** The store forgets sessions before it records deliveries, so what came before the loss must not be written again. */
  forget(session: string): void {
    this.#forgotten.add(session);
    this.#takeBack(session);
    this.#deliveries.delete(session);
    this.onWithdraw(this.#inbox.forget(session));
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
    for (const session of this.#deliveries.keys()) this.#takeBack(session);
    this.#deliveries.clear();
    for (const undo of this.#undo.reverse()) undo();
    this.#undo.length = 0;
    this.change.withdraw();
  }

  /** The batch is durable. */
  committed(nowMs: number): void {
    this.#inbox.committed(this.#deliveries.keys(), nowMs);
  }

  #runs(): InboxRun[] {
    return [...this.#deliveries].map(([session, { ids, hashes }]) => ({
      session,
      packetIds: Uint16Array.from(ids),
      hashes: Float64Array.from(hashes),
    }));
  }

  #takeBack(session: string): void {
    this.#inbox.takeBack({ session, packetIds: this.#deliveries.get(session)?.ids ?? [] });
  }

  close(receivedMs: number): Batch {
    return {
      receivedMs,
      samples: this.samples.columns(),
      ...this.change.additions,
      rejects: this.#rejects,
      messages: [...this.#counts].map(
        ([source, count]): MessageCount => ({
          source,
          withItems: count.withItems,
          without: Object.fromEntries(count.without),
        }),
      ),
      ...(this.#deliveries.size > 0 ? { inbox: this.#runs() } : {}),
      ...(this.#forgotten.size > 0 ? { forgetSessions: [...this.#forgotten] } : {}),
      ...(this.#raw.length > 0 ? { raw: this.#raw } : {}),
      ...(this.#memory.size > 0 ? { memory: Object.fromEntries(this.#memory) } : {}),
      ...(this.#redriven.length > 0 ? { redriven: this.#redriven } : {}),
    };
  }
}
