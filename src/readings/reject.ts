/** A message, or a part of one, that could not become a sample; stored in the same transaction as what could. */
export interface Reject {
  readonly source: string;
  readonly topic: string;
  readonly code: string;
  readonly sentence: string;
  /** The first MAX_REJECT_BYTES of the original. */
  readonly body: Uint8Array;
  /** Length of the original. */
  readonly bodyBytes: number;
  readonly receivedMs: number;
  /** Dialect name and version, so that a fix can be told from the fault: `tasmota-sml 1`. */
  readonly decoder: string;
  /** Parts of the message that were refused for this reason, where they are several; the sentence is of the first. */
  readonly count?: number;
}

export const MAX_REJECT_BYTES = 4096;
