/** What a register's step that is no consumption was taken for. */
export const COUNTER_EVENTS = ["blip", "jitter", "reset", "rollover", "swap", "implausible", "caught-up"] as const;
export type CounterEventKind = (typeof COUNTER_EVENTS)[number];

/**
 * Something a register did that is no consumption, or not certainly.
 * `blip`: some readings elsewhere and back again. `jitter`: the last digit went back. `reset`: it began again at a small number.
 * `rollover`: it passed its end. `swap`: another meter. `implausible`: more than the connection can deliver, not counted.
 * `caught-up`: it stood still while it was read, and then brought at once what the connection can deliver in that time: counted.
 * Source: the pathologies F1–F6 of the meters people run.
 */
export interface CounterEvent {
  readonly kind: CounterEventKind;
  /** Instant of the first reading that is not what follows. */
  readonly tMs: number;
  /** The reading before, and the one that stands after it, in kWh. */
  readonly beforeKwh: number;
  readonly afterKwh: number;
  /** When that was read. */
  readonly beforeMs: number;
  readonly afterMs: number;
  /** Energy that counts over the step. */
  readonly countedKwh: number;
  /** Not certain: a person should decide. */
  readonly open: boolean;
  /** Too new to be judged: nothing is counted from `tMs` on until more readings came. */
  readonly pending?: true;
  /** One sentence for a person. */
  readonly sentence: string;
}

/** What a person can say an event was: `real` counts the whole step as consumption. */
export const COUNTER_DECISIONS = ["blip", "reset", "rollover", "swap", "real"] as const;
export type CounterDecision = (typeof COUNTER_DECISIONS)[number];
