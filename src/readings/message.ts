/** What arrived at a door, untouched. Everything Wattkeep knows began as one of these. */
export interface Message {
  /** Name of the configured source that claims the topic. */
  readonly source: string;
  readonly topic: string;
  readonly body: Uint8Array;
  readonly receivedMs: number;
  /** 0 means the sender does not wait for us: such messages are not guaranteed. */
  readonly qos: 0 | 1 | 2;
  /** A copy the broker kept, not an event that just happened. */
  readonly retained: boolean;
}
