import type { Message } from "#readings/message.ts";

/** A message with what is needed to acknowledge it exactly once. */
export interface Arrival {
  readonly message: Message;
  /** Present for QoS 1 and 2: where the sender would resend from. */
  readonly delivery?: {
    readonly session: string;
    readonly packetId: number;
    /** This may be a redelivery of something already committed: the first such packet id since the session resumed. */
    readonly resumed: boolean;
  };
  /** Larger than its topic may be: the body is only the first MAX_REJECT_BYTES, `bytes` the length it had. It becomes a reject. */
  readonly oversized?: { readonly bytes: number };
}

/**
 * Where doors hand over what they carry. Resolves when every arrival is durable (as samples, duplicates or rejects):
 * only then may a door acknowledge. Rejects when the store cannot write: then nothing may be acknowledged.
 */
export interface Line {
  take(arrivals: readonly Arrival[]): Promise<void>;
  /** The broker forgot this session: what it sends from now on is no redelivery of anything committed before. */
  sessionLost?(session: string): void;
}

export type DoorState = "starting" | "connected" | "waiting" | "refused" | "closed";

/** What Sources shows of a door. */
export interface DoorStatus {
  readonly name: string;
  readonly kind: "mqtt" | "broker" | "replay";
  /** Without credentials. */
  readonly address: string;
  readonly state: DoorState;
  readonly sinceMs: number;
  /** Why it waits or was refused, in words. */
  readonly problem?: string;
  readonly protocol?: string;
  readonly received: number;
  readonly qos0: number;
  readonly acknowledged: number;
  readonly inFlight: number;
  readonly reconnects: number;
  /** Devices connected now, at the embedded broker. */
  readonly clients?: number;
}

export interface Door {
  status(): DoorStatus;
  /** Stop taking, finish what is under way, disconnect. */
  close(): Promise<void>;
}
