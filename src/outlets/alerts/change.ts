import type { AlertState, Observation } from "#alerts/alert.ts";
import type { AlertChange, NewAlertDelivery } from "#store/records.ts";
import type { Message } from "./channel.ts";

/** What one rule saw of one subject when it looked last. */
export interface Seen {
  readonly observation: Observation;
  readonly state: AlertState;
}

export interface Kept extends Seen {
  /** As it was written down. */
  readonly json: string;
}

/** What one look came to, before it is written down. */
export class Change {
  readonly atMs: number;
  readonly states: NonNullable<AlertChange["states"]>[number][] = [];
  readonly fired: { alert: NonNullable<AlertChange["fired"]>[number]; message: Message; told: readonly string[] }[] = [];
  repeated: { key: string; alertId: number; deliveries: NewAlertDelivery[]; told: readonly string[] }[] = [];
  readonly ended: { key: string; alertId: number; deliveries: NewAlertDelivery[] }[] = [];
  readonly kept: [rule: string, kept: Kept][] = [];
  readonly gone: [rule: string, subject: string][] = [];

  constructor(atMs: number) {
    this.atMs = atMs;
  }

  end(key: string, alertId: number, deliveries: NewAlertDelivery[]): void {
    this.ended.push({ key, alertId, deliveries });
  }

  /** Missing: undefined where nothing has to be written. */
  toWrite(forgetBeforeMs: number | undefined): AlertChange | undefined {
    const told = [...this.repeated, ...this.ended].map(({ alertId, deliveries }) => ({ alertId, deliveries }));
    const isEmpty = this.states.length + this.fired.length + told.length === 0 && forgetBeforeMs === undefined;
    if (isEmpty) return undefined;
    return {
      atMs: this.atMs,
      states: this.states,
      fired: this.fired.map(({ alert }) => alert),
      told,
      cleared: this.ended.map(({ alertId }) => alertId),
      ...(forgetBeforeMs === undefined ? {} : { forgetBeforeMs }),
    };
  }
}
