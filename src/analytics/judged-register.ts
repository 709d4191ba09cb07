import { DAY_MS } from "#calendar/civil.ts";
import { GrowingIndex } from "./growing-index.ts";
import { type MeterEvent, STEP } from "./meter-index.ts";
import type { PlausibleRise } from "./plausible-rise.ts";

/** A reading on its way into the index. */
export interface Shown {
  readonly tMs: number;
  readonly value: number;
  readonly isCorrected: boolean;
}

/** By what a register is followed. */
interface Followed {
  readonly rise: PlausibleRise;
  readonly digit: number;
  readonly dayEndMs: ((tMs: number) => number) | undefined;
}

/** Steps that teach nothing about how fast a meter counts. */
const UNSURE = STEP.unknown | STEP.estimated;

/** A register as far as it was followed: the rows that stand, what was strange, and what it counts as a rule. */
export class JudgedRegister {
  readonly rows: GrowingIndex;
  readonly rise: PlausibleRise;
  /** What its last digit is worth. */
  readonly digit: number;
  /** What the register shows by the newest row that stands; NaN where a new device was never read. */
  level = Number.NaN;
  levelMs = Number.NaN;
  /** A reading was left out since the newest row. */
  hasLeftOut = false;
  private readonly told = new Map<string, MeterEvent>();
  /** What it would show had nothing been counted. */
  private origin = 0;
  private knownAmount = 0;
  private knownMs = 0;
  private readonly dayEndOf: (tMs: number) => number;
  /** End of the local day of the newest row. */
  private dayEndMs = Number.NEGATIVE_INFINITY;

  constructor(room: number, { rise, digit, dayEndMs }: Followed) {
    this.rows = new GrowingIndex(room);
    this.rise = rise;
    this.digit = digit;
    this.dayEndOf = dayEndMs ?? ((tMs) => tMs);
  }

  /** In the order of time. */
  events(): MeterEvent[] {
    return [...this.told.values()].sort((a, b) => a.tMs - b.tMs);
  }

  tell(event: Omit<MeterEvent, "id"> & { readonly id?: string }): void {
    const id = event.id ?? `${event.kind}-${event.tMs}`;
    this.told.set(id, { ...event, id });
  }

  /** A reading that goes without saying: neither lower nor strangely higher than the newest one. */
  standPlain(tMs: number, value: number): void {
    this.learn(tMs, value - this.level);
    this.rows.pushPlain(tMs, value - this.origin, value);
    this.level = value;
    this.passTo(tMs);
  }

  /** Takes a reading as what the register shows, after so much was used. NaN: nobody knows how much. */
  stand(shown: Shown, amount: number, bits = 0): void {
    const step = bits | (shown.isCorrected ? STEP.corrected : 0);
    const goesOn = this.rows.length > 0 && amount === Math.max(0, shown.value - this.level);
    if (goesOn) this.goOn(shown, amount, step);
    else this.turn(shown.tMs, amount, { register: shown.value, step });
  }

  private goOn({ tMs, value }: Shown, amount: number, step: number): void {
    // The height of before stands where only the last digit went down.
    const register = Math.max(this.level, value);
    this.learn(tMs, amount);
    this.put(tMs, Math.max(this.newestTotal, register - this.origin), { register, step });
  }

  /** The register goes on from another height. NaN: nobody knows what was used until then. */
  turn(tMs: number, amount: number, { register, step }: { register: number; step: number }): void {
    const isUnknown = Number.isNaN(amount);
    const total = this.newestTotal + (isUnknown ? 0 : amount);
    const bits = step | (isUnknown ? STEP.unknown : 0);
    if (bits & UNSURE) this.rise.begin();
    else if (this.rows.length > 0) this.learn(tMs, amount);
    this.put(tMs, total, { register, step: bits });
    this.origin = register - total;
  }

  /** The rows behind this one were wrong. */
  takeBack(base: number): void {
    const { rows } = this;
    for (let row = rows.length - 1; row > base; row -= 1) {
      this.told.delete(`implausible-${rows.timeAt(row)}`);
      if ((rows.stepAt(row) & UNSURE) === 0) {
        this.knownAmount -= rows.totalAt(row) - rows.totalAt(row - 1);
        this.knownMs -= rows.timeAt(row) - rows.timeAt(row - 1);
      }
      rows.pop();
    }
    this.rise.begin();
    this.level = rows.registerAt(base);
    this.dayEndMs = Number.NEGATIVE_INFINITY;
    this.passTo(rows.timeAt(base));
    this.origin = this.level - rows.totalAt(base);
    this.hasLeftOut = true;
  }

  /** By the mean of all that is known so far. NaN where nothing is. */
  estimate(ms: number): number {
    return this.knownMs > 0 ? (this.knownAmount / this.knownMs) * ms : Number.NaN;
  }

  /** What is used per ms around the newest row, by the step before it and what was used in the time after. */
  aroundPerMs(afterMs: number, after: number): number {
    const { rows } = this;
    const newest = rows.length - 1;
    if (newest === 0 || rows.stepAt(newest) & UNSURE) return after / afterMs;
    const beforeMs = rows.timeAt(newest) - rows.timeAt(newest - 1);
    return (rows.totalAt(newest) - rows.totalAt(newest - 1) + after) / (beforeMs + afterMs);
  }

  private get newestTotal(): number {
    return this.rows.length === 0 ? 0 : this.rows.totalAt(this.rows.length - 1);
  }

  private learn(tMs: number, amount: number): void {
    const ms = tMs - this.levelMs;
    this.knownAmount += amount;
    this.knownMs += ms;
    this.rise.add(amount, ms / DAY_MS, tMs >= this.dayEndMs);
  }

  private passTo(tMs: number): void {
    this.levelMs = tMs;
    if (tMs >= this.dayEndMs) this.dayEndMs = this.dayEndOf(tMs);
  }

  private put(tMs: number, total: number, { register, step }: { register: number; step: number }): void {
    this.rows.push(tMs, total, { register, step: step | (this.hasLeftOut ? STEP.leftOut : 0) });
    this.level = register;
    this.passTo(tMs);
    this.hasLeftOut = false;
  }
}
