/** Ids of a page: a sender counts them up, so that few pages are in use at a time. */
const PAGE = 256;
const IDS = 65_536;
const LEAST_ROOM = 1_024;

interface Page {
  readonly hash: Float64Array;
  /** The number of the message an id stands for; -1 where it stands for none. */
  readonly seq: Float64Array;
  used: number;
}

/**
 * What the packet ids of one session stand for, by the newest message of each; messages are numbered in the order they
 * came. In typed arrays, since all of it outlives many commits.
 */
export class Packets {
  readonly #pages: (Page | undefined)[] = new Array(IDS / PAGE);
  /** Ids by message number, in a ring that grows up to one place per id. */
  #ids = new Uint16Array(LEAST_ROOM);
  #first = 0;
  #next = 0;

  /** Number of the oldest message that is remembered, and of the next one. */
  get first(): number {
    return this.#first;
  }

  get next(): number {
    return this.#next;
  }

  /** Missing: undefined where the id stands for nothing. */
  hash(packetId: number): number | undefined {
    const page = this.#pages[packetId >> 8];
    const at = packetId & (PAGE - 1);
    return page === undefined || (page.seq[at] as number) < 0 ? undefined : page.hash[at];
  }

  set(packetId: number, hash: number): void {
    if (this.#next - this.#first === this.#ids.length) this.#makeRoom();
    const seq = this.#next++;
    this.#ids[seq % this.#ids.length] = packetId;
    const page = this.#page(packetId >> 8);
    const at = packetId & (PAGE - 1);
    if ((page.seq[at] as number) < 0) page.used++;
    page.hash[at] = hash;
    page.seq[at] = seq;
  }

  delete(packetId: number): void {
    const page = this.#pages[packetId >> 8];
    const at = packetId & (PAGE - 1);
    if (page === undefined || (page.seq[at] as number) < 0) return;
    page.seq[at] = -1;
    page.used--;
    if (page.used === 0) this.#pages[packetId >> 8] = undefined;
  }

  /** Forgets the messages before this number. */
  letGo(until: number): void {
    for (; this.#first < until; this.#first++) {
      const packetId = this.#ids[this.#first % this.#ids.length] as number;
      const seq = this.#pages[packetId >> 8]?.seq[packetId & (PAGE - 1)];
      if (seq === this.#first) this.delete(packetId);
    }
  }

  #page(at: number): Page {
    const known = this.#pages[at];
    if (known !== undefined) return known;
    const page = { hash: new Float64Array(PAGE), seq: new Float64Array(PAGE).fill(-1), used: 0 };
    this.#pages[at] = page;
    return page;
  }

  #makeRoom(): void {
    const former = this.#ids;
    if (former.length === IDS) {
      this.letGo(this.#first + 1);
      return;
    }
    this.#ids = new Uint16Array(former.length * 2);
    for (let seq = this.#first; seq < this.#next; seq++) this.#ids[seq % this.#ids.length] = former[seq % former.length] as number;
  }
}
