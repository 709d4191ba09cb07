import { DAY_MS } from "#calendar/civil.ts";
import type { Column } from "#series/column.ts";
import { type CleanReadings, cleanReadings } from "./clean-readings.ts";
import { resolutionOf } from "./counter-resolution.ts";
import { JudgedRows } from "./judged-rows.ts";
import { judgingSentences as tell } from "./judging-sentences.ts";
import { backAt } from "./look-ahead.ts";
import { type JudgedReadings, type MeterEvent, type RegisterRules, type Replacement, STEP } from "./meter-index.ts";
import { PlausibleRise } from "./plausible-rise.ts";
import { decisionsOf, type Said, type SaidDecision, saidOf } from "./register-said.ts";

/** As many rows can be taken back as a reader sends in a day; of readings rarer than that, one. */
const MOST_TAKEN_BACK = 96;
/** So many last digits more than usual are nothing. */
const SLACK_DIGITS = 10;
/** Against a strong day: more is doubted once the register is lower again. */
const DOUBTFUL_TIMES = 3;

/** Follows a register reading by reading, and says what each step is. */
export class Judging {
  private readonly readings: CleanReadings;
  private readonly rules: RegisterRules;
  private readonly decisions: ReadonlyMap<number, SaidDecision>;
  private readonly said: readonly Said[];
  private readonly rise: PlausibleRise;
  private readonly digit: number;
  private readonly rows: JudgedRows;
  private readonly events = new Map<string, MeterEvent>();
  private nextSaid = 0;
  /** What the register shows by the newest row that stands; NaN where a new device was never read. */
  private level = Number.NaN;
  private levelMs = Number.NaN;
  /** What it would show had nothing been counted. */
  private origin = 0;
  /** Bits that the next row has besides its own. */
  private pending = 0;
  private knownAmount = 0;
  private knownMs = 0;

  constructor(column: Column, rules: RegisterRules) {
    this.readings = cleanReadings(column);
    this.rules = rules;
    this.decisions = decisionsOf(rules);
    this.said = saidOf(rules);
    this.digit = resolutionOf(this.readings.value);
    this.rise = new PlausibleRise({ mostPerDay: rules.mostPerDay, slack: SLACK_DIGITS * this.digit });
    this.rows = new JudgedRows(this.readings.tMs.length + this.said.length);
  }

  judged(): JudgedReadings {
    const { tMs, value, isCorrected } = this.readings;
    const hasDecisions = this.decisions.size > 0;
    let saidMs = -Infinity;
    let most = 0;
    for (let i = 0; i < tMs.length; i += 1) {
      const at = tMs[i] as number;
      const step = (value[i] as number) - this.level;
      const isPlain = at < saidMs && step >= 0 && step <= most && isCorrected[i] === 0 && this.pending === 0;
      if (isPlain && !(hasDecisions && this.decisions.has(at))) this.standPlain(at, value[i] as number);
      else {
        i = this.judge(i);
        saidMs = this.saidMs;
      }
      most = this.rise.most(1);
    }
    this.sayTheRest();
    return { index: this.rows.index(), events: [...this.events.values()].sort((a, b) => a.tMs - b.tMs) };
  }

  private get saidMs(): number {
    return this.said[this.nextSaid]?.tMs ?? Infinity;
  }

  /** Judges a reading that does not go without saying. Returns the last reading that is dealt with. */
  private judge(i: number): number {
    const [at, shown] = [this.readings.tMs[i] as number, this.readings.value[i] as number];
    if (this.rows.length === 0) return this.begin(i);
    if (this.applySaid(i)) return i;
    const decided = this.decisions.get(at);
    if (decided) return this.decided(i, decided);
    if (shown < 0) return this.leaveOut(i, tell.belowZero(shown));
    if (Number.isNaN(this.level)) return this.firstOfNew(i);
    const step = shown - this.level;
    if (step < -this.digit * 1.001) return this.fell(i);
    if (step > this.rise.most((at - this.levelMs) / DAY_MS)) return this.rose(i);
    this.stand(i, Math.max(0, step));
    return i;
  }

  private begin(i: number): number {
    const [at, shown] = [this.readings.tMs[i] as number, this.readings.value[i] as number];
    const decided = this.decisions.get(at);
    if (shown < 0) return this.leaveOut(i, tell.belowZero(shown));
    if (decided?.decision === "typo") return this.decided(i, decided);
    while (this.saidMs < at || (this.saidMs === at && this.said[this.nextSaid]?.replacement)) this.nextSaid += 1;
    this.origin = shown;
    this.stand(i, 0);
    return i;
  }

  private standPlain(at: number, shown: number): void {
    this.learn(at, shown - this.level);
    this.rows.pushPlain(at, shown - this.origin, shown);
    this.level = shown;
    this.levelMs = at;
  }

  private learn(at: number, amount: number): void {
    const ms = at - this.levelMs;
    this.knownAmount += amount;
    this.knownMs += ms;
    this.rise.add(amount, ms / DAY_MS);
  }

  /** Takes a reading as what the register shows, after so much was used. NaN: nobody knows how much. */
  private stand(i: number, amount: number, bits = 0): void {
    const { tMs, value, isCorrected } = this.readings;
    const [at, shown] = [tMs[i] as number, value[i] as number];
    const isFirst = this.rows.length === 0;
    const before = isFirst ? 0 : this.rows.totalAt(this.rows.length - 1);
    const own = bits | this.pending | (Number.isNaN(amount) ? STEP.unknown : 0) | (isCorrected[i] === 1 ? STEP.corrected : 0);
    const goesOn = !isFirst && amount === Math.max(0, shown - this.level);
    // The height of before stands where only the last digit went down.
    const register = goesOn ? Math.max(this.level, shown) : shown;
    const total = goesOn ? Math.max(before, register - this.origin) : before + (Number.isNaN(amount) ? 0 : amount);
    if (own & (STEP.unknown | STEP.estimated)) this.rise.begin();
    else if (!isFirst) this.learn(at, amount);
    this.rows.push(at, total, { register, step: own });
    this.goOn(at, register, total);
  }

  private goOn(at: number, register: number, total: number): void {
    if (register - total !== this.origin) this.origin = register - total;
    this.level = register;
    this.levelMs = at;
    this.pending = 0;
  }

  private tell(kind: MeterEvent["kind"], i: number, more: Pick<MeterEvent, "counts" | "open" | "sentence"> & Partial<MeterEvent>): void {
    const [at, value] = [this.readings.tMs[i] as number, this.readings.value[i] as number];
    const id = more.id ?? `${kind}-${at}`;
    this.events.set(id, { id, kind, tMs: at, before: this.level, value, ...more });
  }

  private leaveOut(i: number, sentence: string): number {
    this.tell("typo", i, { counts: false, open: false, sentence });
    this.pending |= STEP.leftOut;
    return i;
  }

  private get held() {
    return { levelMs: this.levelMs, level: this.level, untilMs: this.saidMs, rise: this.rise, digit: this.digit };
  }

  /** All up to the reading that goes on from before are wrong. */
  private leaveOutUpTo(i: number, back: number): number {
    const after = this.readings.value[back] as number;
    for (let j = i; j < back; j += 1) this.leaveOut(j, tell.typo(this.readings.value[j] as number, this.level, after));
    return back - 1;
  }

  /** More than can be believed: wrong if the register is back after it, real if it goes on like that, otherwise not certain. */
  private rose(i: number): number {
    const { tMs, value } = this.readings;
    const [at, shown] = [tMs[i] as number, value[i] as number];
    const days = (at - this.levelMs) / DAY_MS;
    const rise = shown - this.level;
    const most = this.rise.most(days);
    const back = backAt(this.readings, i, this.held);
    if (back >= 0) return this.leaveOutUpTo(i, back);
    const next = this.nextAbove(i);
    if (next < 0) {
      this.tell("implausible", i, { counts: false, open: true, sentence: tell.implausibleLast(shown, rise, most) });
      this.pending |= STEP.leftOut;
      return i;
    }
    const perDay = ((value[next] as number) - shown) / (((tMs[next] as number) - at) / DAY_MS);
    if (rise <= this.rise.mostBy(perDay, days)) this.stand(i, rise);
    else {
      this.tell("implausible", i, { counts: true, open: true, sentence: tell.implausibleJump(rise, most) });
      this.stand(i, Number.NaN);
    }
    return i;
  }

  /** The next reading that goes on from a doubtful one. Missing: -1. */
  private nextAbove(i: number): number {
    const { tMs, value } = this.readings;
    const isThere =
      i + 1 < tMs.length && (tMs[i + 1] as number) <= this.saidMs && (value[i + 1] as number) >= (value[i] as number) - this.digit;
    return isThere ? i + 1 : -1;
  }

  private fell(i: number): number {
    const shown = this.readings.value[i] as number;
    const { modulus } = this.rules;
    const days = ((this.readings.tMs[i] as number) - this.levelMs) / DAY_MS;
    const most = this.rise.most(days);
    if (modulus !== undefined && modulus - this.level + shown <= Math.min(most, modulus / 2)) {
      this.tell("rollover", i, { counts: true, open: false, sentence: tell.rollover(shown, this.level, modulus) });
      this.stand(i, modulus - this.level + shown);
      return i;
    }
    const back = backAt(this.readings, i, this.held);
    const base = this.baseBelow(i);
    if (back >= 0 && !(base >= 0 && back === i + 1 && this.isSmootherWithout(i, base))) return this.leaveOutUpTo(i, back);
    if (base >= 0) return this.takeBack(i, base);
    this.tell("fall", i, { counts: true, open: true, sentence: tell.fall(shown, this.level) });
    this.stand(i, Number.NaN);
    return i;
  }

  /** The row that stands from which a fallen register goes on as if what stands after it were too high. Missing: -1. */
  private baseBelow(i: number): number {
    const { rows } = this;
    const shown = this.readings.value[i] as number;
    const at = this.readings.tMs[i] as number;
    const newest = rows.length - 1;
    for (let base = newest - 1; base >= 0 && newest - base <= MOST_TAKEN_BACK; base -= 1) {
      const taken = base + 1;
      if (rows.stepAt(taken) & (STEP.replaced | STEP.reset) || this.decisions.has(rows.timeAt(taken))) return -1;
      if (taken < newest && rows.timeAt(newest) - rows.timeAt(taken) > DAY_MS) return -1;
      const rise = shown - rows.registerAt(base);
      if (rise < -this.digit) continue;
      const days = (at - rows.timeAt(base)) / DAY_MS;
      return rise <= this.rise.most(days) && this.wasTooHigh(i, base) ? base : -1;
    }
    return -1;
  }

  /** Whether it is the rows behind the base that are wrong, not the reading below them. */
  private wasTooHigh(i: number, base: number): boolean {
    const { rows } = this;
    const shown = this.readings.value[i] as number;
    const strong = DOUBTFUL_TIMES * this.rise.strongPerDay;
    const daysTo = (tMs: number) => Math.max(1, (tMs - rows.timeAt(base)) / DAY_MS);
    const rose = rows.registerAt(base + 1) - rows.registerAt(base);
    const isDoubtful = rose > strong * daysTo(rows.timeAt(base + 1)) || (rows.stepAt(base + 1) & STEP.unknown) !== 0;
    if (this.nextAbove(i) >= 0) return isDoubtful || (rows.length - 2 === base && shown >= this.level / 2);
    return isDoubtful && shown - rows.registerAt(base) <= strong * daysTo(this.readings.tMs[i] as number);
  }

  /** Whether the register runs more evenly without the newest row than without the reading below it. */
  private isSmootherWithout(i: number, base: number): boolean {
    const { rows } = this;
    if (base !== rows.length - 2) return false;
    const from = { tMs: rows.timeAt(base), value: rows.registerAt(base) };
    const reading = (row: number) => ({ tMs: this.readings.tMs[row] as number, value: this.readings.value[row] as number });
    const to = reading(i + 1);
    return unevenness(from, reading(i), to) < unevenness(from, { tMs: this.levelMs, value: this.level }, to);
  }

  /** Rows that stand were too high: they are left out, and the reading is judged again. */
  private takeBack(i: number, base: number): number {
    const { rows } = this;
    const after = this.readings.value[i] as number;
    const before = rows.registerAt(base);
    for (let row = rows.length - 1; row > base; row -= 1) {
      const [tMs, value] = [rows.timeAt(row), rows.registerAt(row)];
      this.events.delete(`implausible-${tMs}`);
      const id = `typo-${tMs}`;
      this.events.set(id, { id, kind: "typo", tMs, before, value, counts: false, open: false, sentence: tell.typo(value, before, after) });
      if ((rows.stepAt(row) & (STEP.unknown | STEP.estimated)) === 0) {
        this.knownAmount -= rows.totalAt(row) - rows.totalAt(row - 1);
        this.knownMs -= tMs - rows.timeAt(row - 1);
      }
      rows.pop();
    }
    this.rise.begin();
    this.goOn(rows.timeAt(base), before, rows.totalAt(base));
    this.pending = STEP.leftOut;
    return this.judge(i);
  }

  private decided(i: number, { id, decision }: SaidDecision): number {
    const shown = this.readings.value[i] as number;
    const kind = id.slice(0, id.indexOf("-")) as MeterEvent["kind"];
    const step = shown - this.level;
    this.tell(kind, i, { id, counts: decision !== "typo", open: false, decision, sentence: tell.decided(decision, step < 0) });
    if (decision === "typo") this.pending |= STEP.leftOut;
    else if (decision === "real") this.stand(i, step < 0 ? Number.NaN : step);
    else if (decision === "reset") this.stand(i, shown, STEP.reset);
    else if (decision === "rollover") this.stand(i, step < 0 ? this.highest - this.level + shown : step);
    else this.replacedUnseen(i);
    return i;
  }

  /** Where nobody said: a one with as many zeros as the register has digits. */
  private get highest(): number {
    return this.rules.modulus ?? 10 ** Math.ceil(Math.log10(this.level + 1));
  }

  private replacedUnseen(i: number): void {
    const amount = this.estimate((this.readings.tMs[i] as number) - this.levelMs);
    this.stand(i, amount, STEP.replaced | (Number.isNaN(amount) ? 0 : STEP.estimated));
  }

  /** By the mean of all that is known so far. NaN where nothing is. */
  private estimate(ms: number): number {
    return this.knownMs > 0 ? (this.knownAmount / this.knownMs) * ms : Number.NaN;
  }

  /** Applies what was said up to a reading. Returns whether the reading is dealt with. */
  private applySaid(i: number): boolean {
    const [at, shown] = [this.readings.tMs[i] as number, this.readings.value[i] as number];
    for (; this.saidMs <= at; this.nextSaid += 1) {
      const { tMs, replacement } = this.said[this.nextSaid] as Said;
      if (replacement === undefined) {
        // A reading of the due date itself is the last one of the old scale.
        if (tMs === at) return false;
        this.reset(tMs, { at, shown });
      } else if (tMs < at) this.replaced(replacement);
      else {
        this.nextSaid += 1;
        this.replaced(this.readThen(replacement, shown));
        return true;
      }
    }
    return false;
  }

  /** A reading of the very instant of a replacement is the last one of the old device, or the first one of the new. */
  private readThen(replacement: Replacement, shown: number): Replacement {
    const { lastReading, firstReading } = replacement;
    const isOld = lastReading === undefined && shown !== firstReading && !(shown < this.level - this.digit);
    if (isOld) return { ...replacement, lastReading: shown };
    return firstReading === undefined && shown !== lastReading ? { ...replacement, firstReading: shown } : replacement;
  }

  private replaced({ tMs, lastReading, firstReading }: Replacement): void {
    if (tMs <= this.levelMs) return;
    const isBelow = lastReading !== undefined && lastReading < this.level - this.digit;
    const counted = lastReading === undefined ? this.estimate(tMs - this.levelMs) : Math.max(0, lastReading - this.level);
    const amount = isBelow ? Number.NaN : counted;
    const isUnknown = Number.isNaN(amount);
    const missing = { last: lastReading === undefined, first: firstReading === undefined, isUnknown };
    const about = { tMs, before: lastReading ?? this.level, value: firstReading ?? Number.NaN, counts: true };
    if (isBelow)
      this.say("disagreement", {
        ...about,
        before: this.level,
        value: lastReading,
        open: true,
        sentence: tell.disagreement(lastReading, this.level),
      });
    this.say("replacement", { ...about, open: false, sentence: tell.replaced(missing) });
    this.turn(tMs, amount, {
      register: firstReading ?? Number.NaN,
      step: STEP.replaced | (missing.last && !isUnknown ? STEP.estimated : 0),
    });
  }

  private say(kind: MeterEvent["kind"], event: Omit<MeterEvent, "id" | "kind">): void {
    const id = `${kind}-${event.tMs}`;
    this.events.set(id, { id, kind, ...event });
  }

  /** The register goes on from another height at an instant that is no reading. NaN: nobody knows what was used until then. */
  private turn(tMs: number, amount: number, { register, step }: { register: number; step: number }): void {
    const before = this.rows.totalAt(this.rows.length - 1);
    const isUnknown = Number.isNaN(amount);
    const total = before + (isUnknown ? 0 : amount);
    const own = step | this.pending | (isUnknown ? STEP.unknown : 0);
    if (own & (STEP.unknown | STEP.estimated)) this.rise.begin();
    else this.learn(tMs, amount);
    this.rows.push(tMs, total, { register, step: own });
    this.goOn(tMs, register, total);
  }

  /** The scale begins again. What was used up to then goes by the rates before and after it. */
  private reset(tMs: number, { at, shown }: { at: number; shown: number }): void {
    const isRead = tMs === this.levelMs;
    if (tMs < this.levelMs) return;
    const amount = isRead ? 0 : this.aroundPerMs(at - tMs, shown) * (tMs - this.levelMs);
    const step = STEP.reset | (isRead || Number.isNaN(amount) ? 0 : STEP.estimated);
    this.say("reset", { tMs, before: this.level, value: 0, counts: true, open: false, sentence: tell.reset(!isRead) });
    // The reading of the due date stays what it is; the scale begins right behind it.
    this.turn(isRead ? tMs + 1 : tMs, amount, { register: 0, step });
  }

  private aroundPerMs(afterMs: number, after: number): number {
    const newest = this.rows.length - 1;
    const isKnown = newest > 0 && (this.rows.stepAt(newest) & (STEP.unknown | STEP.estimated)) === 0;
    const beforeMs = isKnown ? this.rows.timeAt(newest) - this.rows.timeAt(newest - 1) : 0;
    const before = isKnown ? this.rows.totalAt(newest) - this.rows.totalAt(newest - 1) : 0;
    return (before + after) / (beforeMs + afterMs);
  }

  /** The first reading of a device of which nobody wrote down what it showed first: what is likely from zero counts from zero. */
  private firstOfNew(i: number): number {
    const [at, shown] = [this.readings.tMs[i] as number, this.readings.value[i] as number];
    const days = Math.max(1, (at - this.levelMs) / DAY_MS);
    const amount = shown <= DOUBTFUL_TIMES * this.rise.strongPerDay * days ? shown : this.estimate(at - this.levelMs);
    this.stand(i, amount, Number.isNaN(amount) ? 0 : STEP.estimated);
    return i;
  }

  /** A device that was replaced after its last reading: what it showed last is known. */
  private sayTheRest(): void {
    for (; this.nextSaid < this.said.length; this.nextSaid += 1) {
      const replacement = this.said[this.nextSaid]?.replacement;
      if (this.rows.length > 0 && replacement?.lastReading !== undefined) this.replaced(replacement);
    }
  }
}

interface Point {
  readonly tMs: number;
  readonly value: number;
}

/** How much the pace changes at the middle one of three readings: 0 where it does not. */
function unevenness(from: Point, middle: Point, to: Point): number {
  const pace = (a: Point, b: Point) => (b.value - a.value) / (b.tMs - a.tMs);
  return Math.abs(pace(from, middle) - pace(middle, to));
}
