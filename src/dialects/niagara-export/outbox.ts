import type { FileItem } from "#dialects/file-item.ts";
import type { Reading, RejectItem } from "#readings/reading.ts";

/** More bad rows of one file than this are told in one sentence. */
const MOST_REJECTS = 100;
const LONGEST_SENTENCE = 500;

/** What a file has said: of two rows of one history at one instant the later one, and no more rejects than a person reads. */
export class Outbox {
  #ready: FileItem[] = [];
  /** The newest of each history waits for the next line, which may say the same instant otherwise. */
  readonly #newest = new Map<string, { readonly tMs: number; readonly item: FileItem }>();
  #rejects = 0;
  repeated = 0;

  reading(reading: Reading, said: () => string): void {
    const key = `${reading.point} ${reading.quantity}`;
    const tMs = reading.tMs ?? Number.NaN;
    const former = this.#newest.get(key);
    if (former?.tMs === tMs) this.repeated += 1;
    else if (former !== undefined) this.#ready.push(former.item);
    this.#newest.set(key, { tMs, item: { item: { reading }, said } });
  }

  reject({ code, sentence }: RejectItem, said: string): void {
    this.#rejects += 1;
    if (this.#rejects > MOST_REJECTS) return;
    const shown = sentence.length > LONGEST_SENTENCE ? `${sentence.slice(0, LONGEST_SENTENCE)}…` : sentence;
    this.#ready.push({ item: { reject: { code, sentence: shown } }, said: () => said });
  }

  drain(): FileItem[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  end(): FileItem[] {
    for (const { item } of this.#newest.values()) this.#ready.push(item);
    this.#newest.clear();
    const more = this.#rejects - MOST_REJECTS;
    if (more > 0) {
      const sentence = `${more} more ${more === 1 ? "row is" : "rows are"} refused for like reasons.`;
      this.#ready.push({ item: { reject: { code: "more-rows", sentence } }, said: () => sentence });
    }
    this.#rejects = 0;
    return this.drain();
  }
}
