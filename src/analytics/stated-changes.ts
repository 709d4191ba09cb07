import type { JudgedRegister, Shown } from "./judged-register.ts";
import { judgingSentences as say } from "./judging-sentences.ts";
import { type RegisterRules, type Replacement, STEP } from "./meter-index.ts";

/** An instant that somebody named: a replacement, else a reset. */
interface Stated {
  readonly tMs: number;
  readonly replacement?: Replacement;
}

/** Replacements and resets that are stated beside the readings, applied as their time comes. */
export class StatedChanges {
  private readonly register: JudgedRegister;
  private readonly stated: readonly Stated[];
  private next = 0;

  constructor(register: JudgedRegister, { replacements, resetsMs }: RegisterRules) {
    this.register = register;
    const all: Stated[] = [
      ...replacements.map((replacement) => ({ tMs: replacement.tMs, replacement })),
      ...resetsMs.map((tMs) => ({ tMs })),
    ];
    this.stated = all.sort((a, b) => a.tMs - b.tMs);
  }

  /** The next one. */
  get nextMs(): number {
    return this.stated[this.next]?.tMs ?? Infinity;
  }

  /** What lies before the first reading changes nothing. */
  skipTo(tMs: number): void {
    while (this.nextMs < tMs || (this.nextMs === tMs && this.stated[this.next]?.replacement)) this.next += 1;
  }

  /** Applies all up to a reading. Returns whether the reading is dealt with. */
  applyUpTo(shown: Shown): boolean {
    for (; this.nextMs <= shown.tMs; this.next += 1) {
      const { tMs, replacement } = this.stated[this.next] as Stated;
      // A reading of the due date itself is the last one of the old scale.
      if (replacement === undefined && tMs === shown.tMs) return false;
      if (replacement === undefined) this.reset(tMs, shown);
      else if (tMs < shown.tMs) this.replaced(replacement);
      else {
        this.next += 1;
        this.replaced(this.readThen(replacement, shown.value));
        return true;
      }
    }
    return false;
  }

  /** A device that was replaced after its last reading: what it showed last counts. */
  applyTheRest(): void {
    for (; this.next < this.stated.length; this.next += 1) {
      const replacement = this.stated[this.next]?.replacement;
      if (this.register.rows.length > 0 && replacement?.lastReading !== undefined) this.replaced(replacement);
    }
  }

  /** A reading of the very instant of a replacement is the last one of the old device, or the first one of the new. */
  private readThen(replacement: Replacement, value: number): Replacement {
    const { lastReading, firstReading } = replacement;
    const { level, digit } = this.register;
    const isOld = lastReading === undefined && value !== firstReading && !(value < level - digit);
    if (isOld) return { ...replacement, lastReading: value };
    return firstReading === undefined && value !== lastReading ? { ...replacement, firstReading: value } : replacement;
  }

  private replaced({ tMs, lastReading, firstReading }: Replacement): void {
    const { register } = this;
    const { level, levelMs } = register;
    if (tMs <= levelMs) return;
    const isBelow = lastReading !== undefined && lastReading < level - register.digit;
    const counted = lastReading === undefined ? register.estimate(tMs - levelMs) : Math.max(0, lastReading - level);
    const amount = isBelow ? Number.NaN : counted;
    const isUnknown = Number.isNaN(amount);
    const event = { tMs, before: lastReading ?? level, value: firstReading ?? Number.NaN, counts: true, open: false };
    const sentence = say.replaced({ last: lastReading === undefined, first: firstReading === undefined, isUnknown });
    register.tell({ ...event, kind: "replacement", sentence });
    if (isBelow)
      register.tell({
        ...event,
        kind: "disagreement",
        before: level,
        value: lastReading,
        open: true,
        sentence: say.disagreement(lastReading, level),
      });
    const step = STEP.replaced | (lastReading === undefined && !isUnknown ? STEP.estimated : 0);
    register.turn(tMs, amount, { register: firstReading ?? Number.NaN, step });
  }

  /** The scale begins again. What was used up to then goes by the rates before and after it. */
  private reset(tMs: number, shown: Shown): void {
    const { register } = this;
    const { level, levelMs } = register;
    if (tMs < levelMs) return;
    const isRead = tMs === levelMs;
    const amount = isRead ? 0 : register.aroundPerMs(shown.tMs - tMs, shown.value) * (tMs - levelMs);
    const step = STEP.reset | (isRead || Number.isNaN(amount) ? 0 : STEP.estimated);
    register.tell({ kind: "reset", tMs, before: level, value: 0, counts: true, open: false, sentence: say.reset(!isRead) });
    // The reading of the due date stays what it is; the scale begins right behind it.
    register.turn(isRead ? tMs + 1 : tMs, amount, { register: 0, step });
  }
}
