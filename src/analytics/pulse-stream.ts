import { QUALITY } from "#series/quality.ts";
import { messagesOf, type PulseColumns, type PulseMessages } from "./pulse-messages.ts";
import { SpanSheet, type Spans } from "./pulse-spans.ts";
import { Register, type Usual } from "./register.ts";
import { isSentByPulse, mostPulses, usualGapMs } from "./spacing.ts";

export interface StreamSettings {
  /** Length of a demand interval: how long a silence has to be to matter depends on it. */
  readonly lengthMs: number;
  /** The number at which the register starts again from 0; left out, 2^16 and 2^32 are recognised. */
  readonly modulus?: number;
  /** Instants at which another device took over the point: its register has nothing to do with the one before. Ascending. */
  readonly swapsMs?: readonly number[];
  /** Longest time without a message that is no silence; left out, it follows from the usual spacing. */
  readonly silenceMs?: number;
}

const LEAST_SILENCE_MS = 45_000;
/** More than this between what a device says it counted and what its register says was lost on the way at no known time. */
const LOST_SHARE = 0.05;
const CLEARED = 0xffff & ~QUALITY.suspect;

/**
 * Where the pulses of a source were counted, each of them once. The register counts where there is one: a repeated message adds
 * nothing, a lost one comes back with the next, and what messages without the register said before it is not counted again.
 * Negative amounts count 0. Where the register starts again nothing is counted until the next total. What a total brings back
 * after a silence lies over the silence and is marked.
 */
export function spansOf(columns: PulseColumns, settings: StreamSettings): Spans {
  return new PulseStream(messagesOf(columns), settings).spans();
}

class PulseStream {
  private readonly messages: PulseMessages;
  private readonly settings: StreamSettings;
  private readonly sheet: SpanSheet;
  private readonly register: Register;
  /** What each message brought; NaN where that is not known. */
  private readonly brought: Float64Array;
  private readonly leastMs: number;
  private readonly swapsMs: readonly number[];
  private swap = 0;
  private nextSwapMs: number;
  /** First span since the last total, and silences since. */
  private since = 0;
  private silences: { fromMs: number; toMs: number }[] = [];

  constructor(messages: PulseMessages, settings: StreamSettings) {
    this.messages = messages;
    this.settings = settings;
    this.sheet = new SpanSheet(messages.length + (messages.length >> 4) + 16);
    this.register = new Register(settings.modulus);
    this.brought = new Float64Array(messages.length);
    this.leastMs = settings.silenceMs ?? Math.min(LEAST_SILENCE_MS, settings.lengthMs / 20);
    this.swapsMs = settings.swapsMs ?? [];
    this.nextSwapMs = this.swapsMs[0] ?? Infinity;
  }

  spans(): Spans {
    const { length, tMs, total } = this.messages;
    for (let i = 0; i < length; i += 1) {
      const here = total[i] as number;
      const taken = Number.isNaN(here) ? this.takeOrdinaryDelta(i, tMs[i] as number) : this.takeOrdinary(i, tMs[i] as number, here);
      if (!taken) this.take(i);
    }
    return this.sheet.spans(this.register.events);
  }

  /** Nearly every message: soon after the last one, with a total a little above the last one. */
  private takeOrdinary(i: number, tMs: number, total: number): boolean {
    const { register, sheet } = this;
    if (i === 0 || this.since !== sheet.length || !register.isSure || tMs >= this.nextSwapMs) return false;
    const fromMs = this.messages.tMs[i - 1] as number;
    const step = total - register.last;
    if (!(step >= 0 && (step <= 1_000 || step <= 100 * (this.brought[i - 1] as number)))) return false;
    if (tMs - fromMs > this.leastMs && this.isSilence(i)) return false;
    sheet.add(fromMs, tMs, step, this.messages.quality[i] as number);
    this.brought[i] = step;
    register.advance(tMs, total);
    this.since = sheet.length;
    return true;
  }

  private takeOrdinaryDelta(i: number, tMs: number): boolean {
    if (i === 0 || tMs >= this.nextSwapMs) return false;
    const fromMs = this.messages.tMs[i - 1] as number;
    if (tMs - fromMs > this.leastMs && this.isSilence(i)) return false;
    const delta = this.deltaOf(i);
    this.sheet.add(fromMs, tMs, delta, this.messages.quality[i] as number);
    this.brought[i] = delta;
    return true;
  }

  private take(i: number): void {
    const total = this.messages.total[i] as number;
    this.passSwaps(this.messages.tMs[i] as number);
    const silent = this.isSilence(i);
    this.brought[i] = Number.NaN;
    if (!Number.isNaN(total)) this.takeTotal(i, total, silent);
    else this.takeDelta(i, silent);
  }

  private passSwaps(tMs: number): void {
    while (this.nextSwapMs <= tMs) {
      this.register.forget(this.nextSwapMs);
      this.swap += 1;
      this.nextSwapMs = this.swapsMs[this.swap] ?? Infinity;
      this.closeRegister();
    }
  }

  /** What was said since the last total is settled. */
  private closeRegister(): void {
    this.since = this.sheet.length;
    if (this.silences.length > 0) this.silences = [];
  }

  private takeDelta(i: number, silent: boolean): void {
    const delta = this.deltaOf(i);
    const heldBack = silent && delta > 3 * Math.max(1, mostPulses(this.brought, i));
    if (!heldBack) this.brought[i] = delta;
    this.addSaid(i, { silent, pulses: delta, over: heldBack });
  }

  /** A span for what a message itself says: since the one before it, or for its usual time where that is too long ago. */
  private addSaid(i: number, { silent, pulses, over }: { silent: boolean; pulses: number; over: boolean }): void {
    const { tMs, quality } = this.messages;
    const toMs = tMs[i] as number;
    const bits = quality[i] as number;
    const beforeMs = i === 0 ? -Infinity : (tMs[i - 1] as number);
    if (over) {
      this.sheet.add(toMs, toMs, 0, bits);
      this.sheet.add(beforeMs, toMs, pulses, QUALITY.recoveredAfterGap);
    } else if (silent || i === 0) {
      const fromMs = Math.max(beforeMs, toMs - this.usualMs(i));
      if (silent) this.silences.push({ fromMs: beforeMs, toMs: fromMs });
      this.sheet.add(fromMs, toMs, pulses, bits);
    } else {
      this.sheet.add(beforeMs, toMs, pulses, bits);
    }
  }

  private takeTotal(i: number, total: number, silent: boolean): void {
    const { sheet } = this;
    const tMs = this.messages.tMs[i] as number;
    const known = !Number.isNaN(this.register.last);
    const usual = known ? this.usual(i) : UNKNOWN;
    const step = this.register.take(tMs, total, { usual, span: sheet.length, since: this.since });
    if (step.cleared !== undefined) this.clear(step.cleared);
    if (!known) this.addFirst(i, silent);
    else if (Number.isNaN(step.pulses)) this.addDoubtful(i, silent);
    else this.settle(i, step, silent);
    this.closeRegister();
  }

  /** The first total of a register is where counting begins; what the message says it counted is believed. */
  private addFirst(i: number, silent: boolean): void {
    const delta = this.messages.delta[i] as number;
    const tMs = this.messages.tMs[i] as number;
    if (!Number.isNaN(delta)) {
      this.brought[i] = this.deltaOf(i);
      this.addSaid(i, { silent, pulses: this.deltaOf(i), over: false });
    } else {
      const fromMs = i === 0 || silent ? tMs : (this.messages.tMs[i - 1] as number);
      this.sheet.add(fromMs, tMs, 0, this.messages.quality[i] as number);
    }
  }

  /** The register went elsewhere: nothing is counted, and the time is only observed where there was no silence. */
  private addDoubtful(i: number, silent: boolean): void {
    const tMs = this.messages.tMs[i] as number;
    const fromMs = silent ? tMs : (this.messages.tMs[i - 1] as number);
    this.sheet.add(fromMs, tMs, 0, (this.messages.quality[i] as number) | QUALITY.suspect);
  }

  private settle(i: number, step: { pulses: number; sinceMs: number; fromSpan: number; cleared?: number }, silent: boolean): void {
    const { sheet } = this;
    const tMs = this.messages.tMs[i] as number;
    const beforeMs = this.messages.tMs[i - 1] as number;
    const rest = step.pulses - this.saidSince();
    if (rest < 0) this.takeBack(step.fromSpan, -rest);
    if (silent) this.silences.push({ fromMs: beforeMs, toMs: tMs });
    if (step.cleared !== undefined && tMs - step.sinceMs > this.silenceMs(i)) this.silences.push({ fromMs: step.sinceMs, toMs: tMs });
    const own = this.ownOf(i, Math.max(0, rest), silent);
    sheet.add(silent ? tMs : beforeMs, tMs, own, this.messages.quality[i] as number);
    if (!silent && step.cleared === undefined) this.brought[i] = own;
    const lost = Math.max(0, rest) - own;
    if (this.silences.length > 0) this.spreadOverSilences(lost);
    else if (lost > 0) this.spreadLost(lost, step);
  }

  private saidSince(): number {
    let said = 0;
    for (let span = this.since; span < this.sheet.length; span += 1) said += this.sheet.pulses[span] as number;
    return said;
  }

  /** Of what a total brings, the part that belongs to its own message. */
  private ownOf(i: number, rest: number, silent: boolean): number {
    if (silent) return 0;
    if (this.since === this.sheet.length && this.silences.length === 0) return rest;
    const delta = this.messages.delta[i] as number;
    if (!Number.isNaN(delta)) return Math.min(rest, this.deltaOf(i));
    const most = mostPulses(this.brought, i);
    if (this.silences.length > 0) return Math.min(rest, Number.isNaN(most) ? 0 : most);
    return Number.isNaN(most) ? rest : Math.min(rest, 3 * Math.max(1, most));
  }

  private spreadOverSilences(pulses: number): void {
    const { silences } = this;
    const wholeMs = silences.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    let passedMs = 0;
    let given = 0;
    for (const { fromMs, toMs } of silences) {
      passedMs += toMs - fromMs;
      const upTo = wholeMs > 0 ? Math.round((pulses * passedMs) / wholeMs) : pulses;
      this.sheet.add(fromMs, toMs, upTo - given, QUALITY.recoveredAfterGap);
      given = upTo;
    }
  }

  /** Messages were lost at no known time since the last total. */
  private spreadLost(lost: number, step: { pulses: number; sinceMs: number }): void {
    const { sheet } = this;
    if (lost > LOST_SHARE * step.pulses) {
      sheet.add(step.sinceMs, sheet.toMs[sheet.length - 1] as number, lost, QUALITY.recoveredAfterGap);
      return;
    }
    const last = sheet.length - 1;
    const wholeMs = Math.max(1, (sheet.toMs[last] as number) - step.sinceMs);
    let given = 0;
    for (let span = this.since; span <= last; span += 1) {
      const upTo = span === last ? lost : Math.round((lost * ((sheet.toMs[span] as number) - step.sinceMs)) / wholeMs);
      sheet.pulses[span] = (sheet.pulses[span] as number) + upTo - given;
      given = upTo;
    }
  }

  /** Takes back what was counted too much, the newest first. */
  private takeBack(fromSpan: number, tooMany: number): void {
    const { pulses, length } = this.sheet;
    let left = tooMany;
    for (let span = length - 1; span >= fromSpan && left > 0; span -= 1) {
      const taken = Math.min(left, pulses[span] as number);
      pulses[span] = (pulses[span] as number) - taken;
      left -= taken;
    }
  }

  private clear(fromSpan: number): void {
    const { quality, length } = this.sheet;
    for (let span = fromSpan; span < length; span += 1) quality[span] = (quality[span] as number) & CLEARED;
  }

  private deltaOf(i: number): number {
    return Math.max(0, this.messages.delta[i] as number);
  }

  private usualMs(i: number): number {
    const usual = usualGapMs(this.messages.tMs, this.messages.length, i);
    return Number.isNaN(usual) ? this.settings.lengthMs : Math.min(usual, this.settings.lengthMs);
  }

  private usual(i: number): Usual {
    return { most: mostPulses(this.brought, i), spacingMs: this.usualMs(i) };
  }

  /** Longest gap before message `i` that is no silence. */
  private silenceMs(i: number): number {
    if (this.settings.silenceMs !== undefined) return this.settings.silenceMs;
    return Math.min(Math.max(1.5 * this.usualMs(i), this.leastMs), 1.25 * this.settings.lengthMs);
  }

  private isSilence(i: number): boolean {
    if (i === 0) return false;
    const { tMs, total } = this.messages;
    const gapMs = (tMs[i] as number) - (tMs[i - 1] as number);
    if (gapMs <= this.leastMs || gapMs <= this.silenceMs(i)) return false;
    const here = total[i] as number;
    const step = Number.isNaN(here) ? this.deltaOf(i) : here - this.register.last;
    return !(step === this.brought[i - 1] && isSentByPulse(tMs, this.brought, i));
  }
}

const UNKNOWN: Usual = { most: Number.NaN, spacingMs: Number.NaN };
