const IDS = 65_536;

/** Packet ids seen since a connection began: only the first PUBLISH with an id can be one that was sent before. */
export class ResumedIds {
  /** One bit per id, made when the first is asked for: a broker has thousands of these. */
  #seen: Uint8Array | undefined;
  #left: number;

  /** `most`: how many messages the other side can have sent without an acknowledgement; 0 when it kept no session. */
  constructor(most: number) {
    this.#left = most;
  }

  /** Whether this is the first PUBLISH with the id on a resumed session. */
  first(packetId: number): boolean {
    if (this.#left === 0) return false;
    this.#seen ??= new Uint8Array(IDS / 8);
    const bit = 1 << (packetId & 7);
    const byte = this.#seen[packetId >> 3] ?? 0;
    if ((byte & bit) !== 0) return false;
    this.#seen[packetId >> 3] = byte | bit;
    this.#left -= 1;
    return true;
  }
}
