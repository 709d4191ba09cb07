import { type Column, lowerBound } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { AROUND_ROWS, type CatchUp, catchUpOf, mayCatchUp, paceAfter, paceBefore } from "./counter-catch-up.ts";
import { BLIP_ROWS, comeBackRow, isSettled } from "./counter-doubt.ts";
import type { CounterDecision, CounterEvent } from "./counter-events.ts";
import { CounterLimits } from "./counter-limits.ts";
import { isReading } from "./counter-reading.ts";
import { resolutionOf } from "./counter-resolution.ts";
import { sentenceOf } from "./counter-sentences.ts";
import type { CounterSettings, CounterSwap } from "./counter-settings.ts";
import type { TimeRange } from "./interval-grid.ts";

/**
 * What a register really counted.
 * Shape:   columns of one length, ascending: the readings that stand. Readings of bad quality, blips, and what is too new to be
 *          judged are left out.
 * Units:   kWh since the first row; never falls.
 */
export interface CounterTruth {
  readonly length: number;
  readonly tMs: Float64Array;
  readonly energyKwh: Float64Array;
  /**
   * QUALITY bits of the reading; besides `suspect` where the step up to it is not certain, and `filled` with `recoveredAfterGap`
   * where it brought at once what was used while the reader said the same again and again.
   */
  readonly quality: Uint16Array;
  /** Rows up to which nobody knows what was used since the row before: it is not in `energyKwh`. Ascending. */
  readonly unknown: Uint32Array;
  /** In order of time. */
  readonly events: readonly CounterEvent[];
  /** What the last digit is worth. */
  readonly resolutionKwh: number;
}

const CAUGHT_UP = QUALITY.recoveredAfterGap | QUALITY.filled;
/** A register that shows more than this share of what it showed has not begun at 0. */
const BEGAN_AGAIN = 1 / 2;

/**
 * What a register counted, reading by reading, without what registers do besides counting.
 * Units:   readings in kWh.
 * Missing: a step nobody can judge counts nothing, is in `unknown`, and is an open event.
 * Source:  reliability reference F1–F6: evcc #30592, refoss_rpc #14, grott #99, hass_wibeee #191, home-assistant/core #133588.
 */
export function counterTruth(column: Column, settings: CounterSettings): CounterTruth {
  return new Following(column, settings).truth();
}

/**
 * Whether the rows on either side of a stretch are enough for its energy and events to be the same as out of all there ever was.
 * Where they are not and there are more, read more.
 */
export function hasCounterMargin(column: Column, range: TimeRange, settings: CounterSettings): { before: boolean; after: boolean } {
  const { tMs, value, quality } = column;
  const first = lowerBound(tMs, range.fromMs);
  const early = { tMs: tMs.subarray(0, first), value: value.subarray(0, first), quality: quality.subarray(0, first) };
  const { length, energyKwh, resolutionKwh } = counterTruth(early, settings);
  // A last digit that flickers is forgotten once the register has risen by more, and how it moved before it stood still is known.
  const rose = (energyKwh[length - 1] as number) - (energyKwh[BLIP_ROWS + AROUND_ROWS] as number);
  let readings = 0;
  for (let i = lowerBound(tMs, range.toMs); i < tMs.length; i += 1) {
    if (isReading(value[i] as number, quality[i] as number)) readings += 1;
  }
  return { before: rose > 3 * resolutionKwh, after: readings > BLIP_ROWS + 1 };
}

/** Instants at which not the readings decide. */
interface Said {
  readonly tMs: number;
  readonly swap?: CounterSwap;
  readonly decision?: CounterDecision;
}

class Following {
  private readonly column: Column;
  private readonly limits: CounterLimits;
  private readonly said: readonly Said[];
  private readonly tMs: Float64Array;
  private readonly energyKwh: Float64Array;
  private readonly quality: Uint16Array;
  private readonly unknown: number[] = [];
  private readonly events: CounterEvent[] = [];
  private length = 0;
  private nextSaid = 0;
  /** What the register shows, and since when. */
  private levelKwh = Number.NaN;
  private levelMs = Number.NaN;
  /** The row that stands at which it last moved. */
  private movedAt = 0;
  /** The row that stands at which it last fell, and from where. */
  private fellAt = -1;
  private fellFromKwh = Number.NaN;
  /** What it would have shown when nothing had been counted. */
  private originKwh = 0;
  private flickeredKwh = Number.NaN;

  constructor(column: Column, settings: CounterSettings) {
    const n = column.tMs.length;
    this.column = column;
    this.limits = new CounterLimits(settings.resolutionKwh ?? resolutionOf(column.value), settings);
    this.said = saidIn(settings);
    this.tMs = new Float64Array(n);
    this.energyKwh = new Float64Array(n);
    this.quality = new Uint16Array(n);
  }

  truth(): CounterTruth {
    const { tMs, value, quality } = this.column;
    const { kwhPerMs, digitKwh, smallKwh } = this.limits;
    let row = this.begin();
    let saidMs = this.saidMs;
    for (; row < tMs.length; row += 1) {
      const kwh = value[row] as number;
      if (!isReading(kwh, quality[row] as number)) continue;
      const atMs = tMs[row] as number;
      const step = kwh - this.levelKwh;
      if (atMs < saidMs && step >= 0 && step <= smallKwh && step <= (atMs - this.levelMs) * kwhPerMs + digitKwh) {
        this.stand(row, kwh);
      } else {
        row = this.judge(row);
        saidMs = this.saidMs;
      }
    }
    const { length } = this;
    return {
      length,
      tMs: this.tMs.subarray(0, length),
      energyKwh: this.energyKwh.subarray(0, length),
      quality: this.quality.subarray(0, length),
      unknown: Uint32Array.from(this.unknown),
      events: this.events,
      resolutionKwh: digitKwh,
    };
  }

  private get saidMs(): number {
    return this.said[this.nextSaid]?.tMs ?? Infinity;
  }

  /** The first reading is where counting begins. Returns the row after it. */
  private begin(): number {
    const { tMs, value, quality } = this.column;
    for (let row = 0; row < tMs.length; row += 1) {
      const kwh = value[row] as number;
      if (!isReading(kwh, quality[row] as number)) continue;
      this.originKwh = kwh;
      this.stand(row, kwh);
      while (this.saidMs <= this.levelMs) this.nextSaid += 1;
      return row + 1;
    }
    return tMs.length;
  }

  /** Takes a reading as what the register shows. */
  private stand(row: number, kwh: number): void {
    const { length } = this;
    const energyKwh = kwh - this.originKwh;
    const beforeKwh = length === 0 ? 0 : (this.energyKwh[length - 1] as number);
    const atMs = this.column.tMs[row] as number;
    this.tMs[length] = atMs;
    this.energyKwh[length] = Math.max(energyKwh, beforeKwh);
    this.quality[length] = this.column.quality[row] as number;
    this.length = length + 1;
    if (kwh !== this.levelKwh) this.movedAt = length;
    this.levelKwh = kwh;
    this.levelMs = atMs;
  }

  /** Any step that does not go without saying. Returns the last row that is dealt with. */
  private judge(row: number): number {
    const said = this.takeSaid(this.column.tMs[row] as number);
    if (said?.swap) return this.swapped(row, said.swap);
    if (said?.decision) return this.decided(row, said.decision);
    const kwh = this.column.value[row] as number;
    const step = kwh - this.levelKwh;
    const ms = (this.column.tMs[row] as number) - this.levelMs;
    if (step < 0 && step >= -this.limits.flickerKwh) return this.flickered(row);
    if (step >= 0 && this.limits.isPossible(step, ms)) return this.rose(row, step);
    return this.doubted(row, step, ms);
  }

  /** What somebody said about the step up to an instant: about the reading itself, else a swap since the last one. */
  private takeSaid(atMs: number): Said | undefined {
    let found: Said | undefined;
    for (; this.saidMs <= atMs; this.nextSaid += 1) {
      const said = this.said[this.nextSaid] as Said;
      if (said.swap !== undefined || said.tMs === atMs) found = said;
    }
    return found;
  }

  /** What it showed before stays the height from which is counted. */
  private flickered(row: number): number {
    const { levelKwh } = this;
    if (this.flickeredKwh !== levelKwh) this.tell("jitter", row, { countedKwh: 0, open: false });
    this.flickeredKwh = levelKwh;
    this.stand(row, levelKwh);
    return row;
  }

  private doubted(row: number, step: number, ms: number): number {
    const back = comeBackRow(this.column, row, this.doubt);
    if (back >= 0) return this.blipped(row, back);
    if (step >= 0 && this.limits.isPossibleLate(step, ms)) return this.rose(row, step);
    if (!isSettled(this.column, row, this.saidMs)) {
      this.tell(step < 0 ? "reset" : "implausible", row, { countedKwh: 0, open: true, pending: true });
      return this.column.tMs.length;
    }
    if (this.isBeginning) return this.beganLate(row);
    const movedMs = this.tMs[this.movedAt] as number;
    const isLate = step > 0 && this.limits.isPossibleLate(step, (this.column.tMs[row] as number) - movedMs);
    if (isLate && !this.isBack(row)) return this.caughtUp(row, this.catchUpAt(row, step));
    return step < 0 ? this.fell(row, ms) : this.step(row, "implausible", { countedKwh: Number.NaN, open: true });
  }

  /** A reader that has not heard its meter yet sends 0. */
  private get isBeginning(): boolean {
    return this.levelKwh === 0 && this.originKwh === 0;
  }

  /** Its first number is where counting begins: there is nothing to decide. */
  private beganLate(row: number): number {
    this.originKwh = this.column.value[row] as number;
    this.unknown.push(this.length);
    this.stand(row, this.originKwh);
    return row;
  }

  /** What the connection can deliver between two readings counts; after a long standing still it is told. */
  private rose(row: number, step: number): number {
    const found = this.catchUpAt(row, step);
    if (found !== undefined && isSettled(this.column, row, this.saidMs)) return this.caughtUp(row, found);
    this.stand(row, this.column.value[row] as number);
    return row;
  }

  /** A reader that could not see its meter repeats what it saw last: all of it counts, and nobody knows when it was used. */
  private caughtUp(row: number, found: CatchUp | undefined): number {
    const kwh = this.column.value[row] as number;
    if (found) this.tell("caught-up", row, { countedKwh: kwh - this.levelKwh, open: found.isFar, stillMs: found.stillMs });
    this.stand(row, kwh);
    this.mark(CAUGHT_UP | (found?.isFar ? QUALITY.suspect : 0));
    return row;
  }

  /** What a step up brought that was used while the register stood still. */
  private catchUpAt(row: number, kwh: number): CatchUp | undefined {
    const { column, limits, movedAt, tMs, energyKwh } = this;
    const ms = (column.tMs[row] as number) - this.levelMs;
    const step = { kwh, ms, stillMs: this.levelMs - (tMs[movedAt] as number), stillRows: this.length - 1 - movedAt };
    if (!mayCatchUp(step, limits)) return undefined;
    return catchUpOf(step, [paceBefore(tMs, energyKwh, { movedAt, limits }), paceAfter(column, row, limits)], limits);
  }

  /** Stood still since it fell, and is back: it was not read, and the way back is no consumption. */
  private isBack(row: number): boolean {
    return this.movedAt === this.fellAt && (this.column.value[row] as number) >= this.fellFromKwh - this.limits.flickerKwh;
  }

  /** Adds to what the newest row that stands says about itself. */
  private mark(bits: number): void {
    const at = this.length - 1;
    this.quality[at] = (this.quality[at] as number) | bits;
  }

  private get doubt() {
    return { levelKwh: this.levelKwh, levelMs: this.levelMs, untilMs: this.saidMs, limits: this.limits };
  }

  private blipped(row: number, back: number): number {
    this.tell("blip", row, { countedKwh: Math.max(0, (this.column.value[back] as number) - this.levelKwh), open: false, back });
    return back - 1;
  }

  private fell(row: number, ms: number): number {
    const afterKwh = this.column.value[row] as number;
    const rolledKwh = this.limits.rolledKwh({ beforeKwh: this.levelKwh, afterKwh, ms });
    if (!Number.isNaN(rolledKwh)) return this.step(row, "rollover", { countedKwh: rolledKwh, open: false });
    const began = afterKwh <= BEGAN_AGAIN * this.levelKwh && this.limits.isPossible(afterKwh, ms);
    return this.step(row, "reset", { countedKwh: began ? afterKwh : Number.NaN, open: !began });
  }

  private swapped(row: number, { endKwh, startKwh }: CounterSwap): number {
    const parts = [(endKwh ?? Number.NaN) - this.levelKwh, (this.column.value[row] as number) - (startKwh ?? Number.NaN)];
    const known = parts.filter((kwh) => !Number.isNaN(kwh)).map((kwh) => Math.max(0, kwh));
    const countedKwh = known.length === 0 ? Number.NaN : known.reduce((sum, kwh) => sum + kwh, 0);
    return this.step(row, "swap", { countedKwh, open: false });
  }

  private decided(row: number, decision: CounterDecision): number {
    const afterKwh = this.column.value[row] as number;
    const step = afterKwh - this.levelKwh;
    if (decision === "blip") {
      const back = comeBackRow(this.column, row, { ...this.doubt, decided: true });
      return back >= 0 ? this.blipped(row, back) : this.step(row, "blip", { countedKwh: Number.NaN, open: false, decision });
    }
    if (decision === "real") {
      const isCatchUp = step > 0 && this.catchUpAt(row, step) !== undefined;
      this.step(row, step < 0 ? "reset" : isCatchUp ? "caught-up" : "implausible", {
        countedKwh: Math.max(0, step),
        open: false,
        decision,
      });
      if (isCatchUp) this.mark(CAUGHT_UP);
      return row;
    }
    const countedKwh = this.beganKwh(afterKwh, decision);
    return this.step(row, decision, { countedKwh, open: decision === "rollover" && Number.isNaN(countedKwh), decision });
  }

  /** Counted of a register that began again, as somebody said. Missing: NaN where it did not fall: it shows no beginning. */
  private beganKwh(afterKwh: number, decision: CounterDecision): number {
    if (afterKwh > this.levelKwh) return Number.NaN;
    if (decision === "reset") return afterKwh;
    return decision === "rollover" ? this.limits.surelyRolledKwh(this.levelKwh, afterKwh) : Number.NaN;
  }

  /** The register goes on from another height. NaN counts nothing and says that nobody knows. */
  private step(row: number, kind: CounterEvent["kind"], found: Found): number {
    const { countedKwh } = found;
    const isKnown = !Number.isNaN(countedKwh);
    this.tell(kind, row, { ...found, countedKwh: isKnown ? countedKwh : 0 });
    const kwh = this.column.value[row] as number;
    const before = this.energyKwh[this.length - 1] as number;
    this.originKwh = kwh - before - (isKnown ? countedKwh : 0);
    if (!isKnown) this.unknown.push(this.length);
    if (kwh < this.levelKwh) [this.fellAt, this.fellFromKwh] = [this.length, this.levelKwh];
    this.stand(row, kwh);
    if (found.open || (kind === "reset" && found.decision === undefined)) this.mark(QUALITY.suspect);
    return row;
  }

  private tell(kind: CounterEvent["kind"], row: number, { countedKwh, open, pending, back, decision, stillMs }: Found): void {
    const { tMs, value } = this.column;
    const after = back ?? row;
    const event = {
      kind,
      tMs: tMs[row] as number,
      beforeKwh: this.levelKwh,
      afterKwh: value[after] as number,
      beforeMs: this.levelMs,
      afterMs: tMs[after] as number,
      countedKwh,
      open,
      ...(pending ? { pending } : {}),
    };
    this.events.push({ ...event, sentence: sentenceOf(event, { shownKwh: value[row] as number, decision, stillMs }) });
  }
}

interface Found {
  readonly countedKwh: number;
  readonly open: boolean;
  readonly pending?: true;
  /** The row at which a blip was over. */
  readonly back?: number;
  readonly decision?: CounterDecision;
  /** How long it had stood still. */
  readonly stillMs?: number;
}

function saidIn({ swaps = [], decisions }: CounterSettings): Said[] {
  const said: Said[] = swaps.map((swap) => ({ tMs: swap.tMs, swap }));
  for (const [tMs, decision] of decisions ?? []) said.push({ tMs, decision });
  // Of several at one instant the last one holds: what a person decided about the very reading.
  return said.sort((a, b) => a.tMs - b.tMs || (a.swap ? 0 : 1) - (b.swap ? 0 : 1));
}
