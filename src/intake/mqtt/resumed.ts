/** Packet ids seen since a connection began: only the first PUBLISH with an id can be one that was sent before. */
export class ResumedIds {
  readonly #seen = new Set<number>();
  #left: number;

  /** `most`: how many messages the broker can have sent without an acknowledgement; 0 when it kept no session. */
  constructor(most: number) {
    this.#left = most;
  }

  /** Whether this is the first PUBLISH with the id on a resumed session. */
  first(packetId: number): boolean {
    if (this.#left === 0 || this.#seen.has(packetId)) return false;
    this.#seen.add(packetId);
    this.#left -= 1;
    return true;
  }
}
