import type { RegisterEvent } from "./pulse-spans.ts";

/** What is needed to judge a step of a register: what is usual around it. NaN where too little is known. */
export interface Usual {
  /** Most pulses of a message. */
  readonly most: number;
  /** Time between messages. */
  readonly spacingMs: number;
}

/** A register seen elsewhere than it should be, until it is clear whether it stays there. */
interface Doubt {
  readonly kind: "reset" | "jump";
  /** What it showed last before. */
  readonly good: number;
  readonly goodMs: number;
  /** The event, by its place in the list. */
  readonly event: number;
  /** Span of the message that raised the doubt. */
  readonly span: number;
  /** What was counted since, and how often it moved. */
  counted: number;
  moves: number;
}

/** What a total of a register says: pulses counted since the last one, or nothing of the kind. */
export interface Step {
  /** Pulses since `sinceMs`; NaN where the step says nothing about pulses. */
  readonly pulses: number;
  readonly sinceMs: number;
  /** Span from which on wrongly counted pulses can be taken back. */
  readonly fromSpan: number;
  /** Set where a doubt has turned out to be none: the span to clear of it. */
  readonly cleared?: number;
}

const KNOWN_MODULI = [2 ** 16, 2 ** 32];
/** As near to its largest number a register has to be before it can have gone through it. */
const NEAR = 1 / 16;
const NEAR_UNKNOWN = 1 / 64;
const MOVES_UNTIL_BELIEVED = 3;
/** A last digit may flicker by this much. */
const FLICKER = 2;
const LEAST_IMPLAUSIBLE = 1_000;
const MOST_PER_MS = 20;
const A_MINUTE_MS = 60_000;

/** Follows a register that repeats, starts again, rolls over, or shows nonsense for a moment. */
export class Register {
  readonly events: RegisterEvent[] = [];
  last = Number.NaN;
  private lastMs = Number.NaN;
  private doubt: Doubt | undefined;
  private readonly moduli: readonly number[];

  constructor(modulus: number | undefined) {
    this.moduli = modulus === undefined ? KNOWN_MODULI : [modulus];
  }

  get isSure(): boolean {
    return this.doubt === undefined;
  }

  /** Begins anew: what comes next has nothing to do with what was. */
  forget(tMs: number): void {
    if (!Number.isNaN(this.last)) this.events.push({ kind: "swap", tMs, before: this.last, after: Number.NaN, possible: 0 });
    this.last = Number.NaN;
    this.doubt = undefined;
  }

  /** Takes the ordinary case without judging it. */
  advance(tMs: number, total: number): void {
    this.last = total;
    this.lastMs = tMs;
  }

  /** Takes any total. `span` is where its pulses will go, `since` the first span since the last total. */
  take(tMs: number, total: number, { usual, span, since }: { usual: Usual; span: number; since: number }): Step {
    const before = this.last;
    const { doubt, lastMs } = this;
    this.advance(tMs, total);
    if (Number.isNaN(before)) return { pulses: Number.NaN, sinceMs: tMs, fromSpan: span };
    if (doubt && total >= doubt.good - FLICKER && isPlausible(total - doubt.good, tMs - doubt.goodMs, usual))
      return this.cleared(doubt, tMs, total);
    const step = total - before;
    if (!doubt && step < 0 && step >= -FLICKER) return this.flickered(before);
    if (step < 0) return this.fell({ tMs, before, after: total }, usual, { span, since, lastMs });
    if (!(doubt ? isPlausibleInDoubt({ step, ms: tMs - lastMs }, usual, doubt) : isPlausible(step, tMs - lastMs, usual)))
      return this.jumped({ tMs, before, after: total }, { span, since, lastMs });
    if (doubt) this.moved(doubt, step);
    return { pulses: step, sinceMs: lastMs, fromSpan: since };
  }

  /** What it showed before stays the height from which is counted. */
  private flickered(before: number): Step {
    this.last = before;
    return { pulses: 0, sinceMs: this.lastMs, fromSpan: Infinity };
  }

  private cleared(doubt: Doubt, tMs: number, total: number): Step {
    const raised = this.events[doubt.event];
    if (raised) this.events[doubt.event] = { ...raised, kind: "momentary", possible: 0 };
    this.doubt = undefined;
    this.last = Math.max(total, doubt.good);
    this.lastMs = tMs;
    return { pulses: Math.max(0, total - doubt.good) - doubt.counted, sinceMs: doubt.goodMs, fromSpan: doubt.span, cleared: doubt.span };
  }

  private moved(doubt: Doubt, step: number): void {
    if (step === 0) return;
    doubt.counted += step;
    doubt.moves += 1;
    if (doubt.moves >= MOVES_UNTIL_BELIEVED) this.doubt = undefined;
  }

  private fell(change: Change, usual: Usual, at: At): Step {
    const modulus = this.moduli.find((candidate) => rolledOver(change, candidate, mostIn(change.tMs - at.lastMs, usual)));
    if (modulus !== undefined) {
      this.events.push({ kind: "rollover", ...change, possible: 0 });
      return { pulses: modulus - change.before + change.after, sinceMs: at.lastMs, fromSpan: at.since };
    }
    this.raise("reset", change, at, possibleSince(change.after, change.tMs - at.lastMs, usual));
    return { pulses: Number.NaN, sinceMs: at.lastMs, fromSpan: at.since };
  }

  private jumped(change: Change, at: At): Step {
    this.raise("jump", change, at, 0);
    return { pulses: Number.NaN, sinceMs: at.lastMs, fromSpan: at.since };
  }

  /** A doubt that is already there keeps what was good before it. */
  private raise(kind: "reset" | "jump", change: Change, at: At, possible: number): void {
    if (this.doubt) return;
    this.doubt = { kind, good: change.before, goodMs: at.lastMs, event: this.events.length, span: at.span, counted: 0, moves: 0 };
    this.events.push({ kind, ...change, possible });
  }
}

interface Change {
  readonly tMs: number;
  readonly before: number;
  readonly after: number;
}

interface At {
  readonly span: number;
  readonly since: number;
  readonly lastMs: number;
}

/** Most pulses that are usual in so much time. */
function mostIn(ms: number, { most, spacingMs }: Usual): number {
  return most * Math.max(1, ms / spacingMs);
}

function rolledOver({ before, after }: Change, modulus: number, most: number): boolean {
  const step = modulus - before + after;
  if (!(before < modulus) || before < modulus * (1 - NEAR) || after < 0) return false;
  return most > 0 ? step <= 10 * (most + 1) : step <= modulus * NEAR_UNKNOWN;
}

/** Pulses a register that started again may have counted since. */
function possibleSince(after: number, ms: number, usual: Usual): number {
  const believable = usual.most > 0 ? isPlausible(after, ms, usual) : after <= LEAST_IMPLAUSIBLE;
  return believable ? Math.max(0, after) : 0;
}

/**
 * Whether so many pulses can have been counted: a hundred times what is usual cannot, and where nothing is usual, because little
 * is known or the plant stood still, no more than any contact or lamp gives in a minute.
 */
function isPlausible(step: number, ms: number, usual: Usual): boolean {
  const most = usual.most > 0 ? 100 * mostIn(ms, usual) : MOST_PER_MS * Math.min(ms, A_MINUTE_MS);
  return step <= Math.max(LEAST_IMPLAUSIBLE, most);
}

/** A register that fell and climbs again by much more than usual is still not itself. */
function isPlausibleInDoubt({ step, ms }: { step: number; ms: number }, usual: Usual, doubt: Doubt): boolean {
  if (doubt.kind === "jump") return isPlausible(step, ms, usual);
  return usual.most > 0 ? step <= Math.max(10, 10 * mostIn(ms, usual)) : step <= doubt.good / 2;
}
