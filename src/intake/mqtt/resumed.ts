const IDS = 65_536;

/** Packet ids seen since a connection began: only the first PUBLISH with an id can be one that was sent before. */
export class ResumedIds {
  /** One bit per id, made when the first is asked for: a broker has thousands of these. */
  #seen: Uint8Array | undefined;
  readonly #keeps: boolean;
  #left: number;

  /** `most`: how many messages the other side may have sent without an acknowledgement; 0 when it kept no session. */
  constructor(most: number) {
    this.#keeps = most > 0;
    this.#left = most;
  }

  /**
   * Whether this may be the second sending of what was sent before the session was resumed. One that says so itself (DUP) may
   * be, however many there are: some brokers have sent more than they were allowed to.
   */
  first(packetId: number, dup: boolean): boolean {
    if (!this.#keeps || (this.#left === 0 && !dup)) return false;
    this.#seen ??= new Uint8Array(IDS / 8);
    const bit = 1 << (packetId & 7);
    const byte = this.#seen[packetId >> 3] ?? 0;
    if ((byte & bit) !== 0) return false;
    this.#seen[packetId >> 3] = byte | bit;
    if (!dup) this.#left -= 1;
    return true;
  }
}
