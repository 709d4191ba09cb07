import { DAY_MS } from "#calendar/civil.ts";
import type { Column } from "#series/column.ts";
import { type CleanReadings, cleanReadings } from "./clean-readings.ts";
import { resolutionOf } from "./counter-resolution.ts";
import { JudgedRegister, type Shown } from "./judged-register.ts";
import { judgingSentences as say } from "./judging-sentences.ts";
import { backAt, type Held, nextAbove } from "./look-ahead.ts";
import { baseBelow, isSmootherWithoutNewest } from "./look-back.ts";
import { type JudgedReadings, type MeterDecision, type MeterEvent, type RegisterRules, STEP } from "./meter-index.ts";
import { DOUBTFUL_TIMES, PlausibleRise } from "./plausible-rise.ts";
import { StatedChanges } from "./stated-changes.ts";

/** So many last digits more than usual are nothing. */
const SLACK_DIGITS = 10;
/** So many readings show every digit there is. */
const MOST_SAMPLED = 4096;

/** What was decided about the reading of an instant. */
interface Decided {
  readonly id: string;
  readonly decision: MeterDecision;
}

/** Follows a register reading by reading, and says what each step is. */
export class Judging {
  private readonly readings: CleanReadings;
  private readonly modulus: number | undefined;
  private readonly decisions: ReadonlyMap<number, Decided>;
  private readonly register: JudgedRegister;
  private readonly changes: StatedChanges;

  constructor(column: Column, rules: RegisterRules) {
    this.readings = cleanReadings(column);
    this.modulus = rules.modulus;
    this.decisions = byInstant(rules);
    const digit = resolutionOf(sampled(this.readings.value));
    const rise = new PlausibleRise({ mostPerDay: rules.mostPerDay, slack: SLACK_DIGITS * digit });
    const room = this.readings.tMs.length + rules.replacements.length + rules.resetsMs.length;
    this.register = new JudgedRegister(room, { rise, digit, dayEndMs: rules.dayEndMs });
    this.changes = new StatedChanges(this.register, rules);
  }

  judged(): JudgedReadings {
    const { register, decisions } = this;
    const { tMs, value, isCorrected } = this.readings;
    const hasDecisions = decisions.size > 0;
    let statedMs = -Infinity;
    for (let i = 0; i < tMs.length; i += 1) {
      const at = tMs[i] as number;
      const step = (value[i] as number) - register.level;
      const isPlain = at < statedMs && step >= 0 && step <= register.rise.mostWithinDay && isCorrected[i] === 0 && !register.hasLeftOut;
      if (isPlain && !(hasDecisions && decisions.has(at))) register.standPlain(at, value[i] as number);
      else {
        i = this.judge(i);
        statedMs = this.changes.nextMs;
      }
    }
    this.changes.applyTheRest();
    return { index: register.rows.index(), events: register.events() };
  }

  private shown(i: number): Shown {
    const { tMs, value, isCorrected } = this.readings;
    return { tMs: tMs[i] as number, value: value[i] as number, isCorrected: isCorrected[i] === 1 };
  }

  /** Judges a reading that does not go without saying. Returns the last reading that is dealt with. */
  private judge(i: number): number {
    const { register } = this;
    const shown = this.shown(i);
    const isFirst = register.rows.length === 0;
    if (shown.value < 0) return this.leaveOut(i, say.belowZero(shown.value));
    if (isFirst) this.changes.skipTo(shown.tMs);
    else if (this.changes.applyUpTo(shown)) return i;
    const decided = this.decisions.get(shown.tMs);
    if (decided && !(isFirst && decided.decision !== "typo")) return this.decided(i, decided);
    if (isFirst) register.stand(shown, 0);
    else if (Number.isNaN(register.level)) this.firstOfNew(shown);
    else if (shown.value < register.level - register.digit * 1.001) return this.fell(i);
    else if (shown.value - register.level > this.mostUpTo(shown)) return this.rose(i);
    else register.stand(shown, Math.max(0, shown.value - register.level));
    return i;
  }

  private mostUpTo({ tMs }: Shown): number {
    return this.register.rise.most((tMs - this.register.levelMs) / DAY_MS);
  }

  private tell(i: number, what: Pick<MeterEvent, "kind" | "counts" | "open" | "sentence">, decided?: Decided): void {
    const { tMs, value } = this.shown(i);
    this.register.tell({ tMs, before: this.register.level, value, ...what, ...decided });
  }

  private leaveOut(i: number, sentence: string): number {
    this.tell(i, { kind: "typo", counts: false, open: false, sentence });
    this.register.hasLeftOut = true;
    return i;
  }

  /** All up to the reading that goes on from before are wrong. */
  private leaveOutUpTo(i: number, back: number): number {
    const { value } = this.readings;
    for (let j = i; j < back; j += 1) this.leaveOut(j, say.typo(value[j] as number, this.register.level, value[back] as number));
    return back - 1;
  }

  private get held(): Held {
    const { level, levelMs, rise, digit } = this.register;
    return { level, levelMs, untilMs: this.changes.nextMs, rise, digit };
  }

  /** More than can be believed: wrong if the register is back after it, real if it goes on like that, otherwise not certain. */
  private rose(i: number): number {
    const { register, readings, held } = this;
    const shown = this.shown(i);
    const most = this.mostUpTo(shown);
    const rise = shown.value - register.level;
    const back = backAt(readings, i, held);
    if (back >= 0) return this.leaveOutUpTo(i, back);
    const next = nextAbove(readings, i, held);
    if (next < 0) {
      this.tell(i, { kind: "implausible", counts: false, open: true, sentence: say.implausibleLast(shown.value, rise, most) });
      register.hasLeftOut = true;
      return i;
    }
    const following = this.shown(next);
    const perDay = ((following.value - shown.value) / (following.tMs - shown.tMs)) * DAY_MS;
    const isRegime = rise <= register.rise.mostBy(perDay, (shown.tMs - register.levelMs) / DAY_MS);
    if (!isRegime) this.tell(i, { kind: "implausible", counts: true, open: true, sentence: say.implausibleJump(rise, most) });
    register.stand(shown, isRegime ? rise : Number.NaN);
    return i;
  }

  private fell(i: number): number {
    const { register, readings, held, modulus } = this;
    const shown = this.shown(i);
    const rolled = modulus === undefined ? Infinity : modulus - register.level + shown.value;
    if (modulus !== undefined && rolled >= 0 && rolled <= Math.min(this.mostUpTo(shown), modulus / 2)) {
      this.tell(i, { kind: "rollover", counts: true, open: false, sentence: say.rollover(shown.value, register.level, modulus) });
      register.stand(shown, rolled);
      return i;
    }
    const back = backAt(readings, i, held);
    const base = baseBelow(register, shown, { goesOn: nextAbove(readings, i, held) >= 0, isSettled: (tMs) => this.decisions.has(tMs) });
    // What takes fewer readings for wrong is likelier; of one against one, what leaves the register smoother.
    const [taken, left] = [register.rows.length - 1 - base, back < 0 ? Infinity : back - i];
    const isSmoother = () => taken === 1 && left === 1 && isSmootherWithoutNewest(register, shown, this.shown(back));
    const isNewestWrong = base >= 0 && (taken < left || isSmoother());
    if (isNewestWrong) return this.takeBack(i, base);
    if (back >= 0) return this.leaveOutUpTo(i, back);
    this.tell(i, { kind: "fall", counts: true, open: true, sentence: say.fall(shown.value, register.level) });
    register.stand(shown, Number.NaN);
    return i;
  }

  /** Rows that stand were too high: they are left out, and the reading is judged again. */
  private takeBack(i: number, base: number): number {
    const { register } = this;
    const { rows } = register;
    const before = rows.registerAt(base);
    const taken = Array.from({ length: rows.length - 1 - base }, (_, k) => ({
      tMs: rows.timeAt(base + 1 + k),
      value: rows.registerAt(base + 1 + k),
    }));
    register.takeBack(base);
    for (const { tMs, value } of taken) {
      const sentence = say.typo(value, before, this.shown(i).value);
      register.tell({ kind: "typo", tMs, before, value, counts: false, open: false, sentence });
    }
    return this.judge(i);
  }

  private decided(i: number, decided: Decided): number {
    const { register } = this;
    const shown = this.shown(i);
    const step = shown.value - register.level;
    const { decision, id } = decided;
    const kind = id.slice(0, id.indexOf("-")) as MeterEvent["kind"];
    this.tell(i, { kind, counts: decision !== "typo", open: false, sentence: say.decided(decision, step < 0) }, decided);
    if (decision === "typo") register.hasLeftOut = true;
    else if (decision === "real") register.stand(shown, step < 0 ? Number.NaN : step);
    else if (decision === "reset") register.stand(shown, shown.value, STEP.reset);
    else if (decision === "rollover") register.stand(shown, step < 0 ? this.highest - register.level + shown.value : step);
    else {
      const amount = register.estimate(shown.tMs - register.levelMs);
      register.stand(shown, amount, STEP.replaced | (Number.isNaN(amount) ? 0 : STEP.estimated));
    }
    return i;
  }

  /** Where nobody said: a one with as many zeros as the register has digits. */
  private get highest(): number {
    return this.modulus ?? 10 ** Math.ceil(Math.log10(this.register.level + 1));
  }

  /** The first reading of a device of which nobody wrote down what it showed first: what is likely from zero counts from zero. */
  private firstOfNew(shown: Shown): void {
    const { register } = this;
    const ms = shown.tMs - register.levelMs;
    const isFromZero = shown.value <= DOUBTFUL_TIMES * register.rise.strongPerDay * Math.max(1, ms / DAY_MS);
    const amount = isFromZero ? shown.value : register.estimate(ms);
    register.stand(shown, amount, Number.isNaN(amount) ? 0 : STEP.estimated);
  }
}

/** Some of them, from everywhere: enough to tell what the last digit is worth. */
function sampled(values: Float64Array): Float64Array {
  const step = values.length / MOST_SAMPLED;
  return step <= 1 ? values : Float64Array.from({ length: MOST_SAMPLED }, (_, i) => values[Math.floor(i * step)] as number);
}

/** By the instant of the reading: what was decided holds, whatever later readings make of it. */
function byInstant({ decisions }: RegisterRules): ReadonlyMap<number, Decided> {
  const found = new Map<number, Decided>();
  for (const [id, decision] of decisions) {
    const tMs = /^[a-z]+-(-?\d+(?:\.\d+)?)$/.exec(id)?.[1];
    if (tMs !== undefined) found.set(Number(tMs), { id, decision });
  }
  return found;
}
