import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { CounterSettings } from "./counter-settings.ts";

/** Messages that waited come at once: within so much time a step says nothing about power. */
const LATE_MS = MINUTE_MS;
/** What comes at once after standing still and is no more than this is not worth a word, nor are two digits: kWh. */
const SMALL_KWH = 1;
/** A house may draw so much, or half of what its connection can deliver: kW. */
const HOUSE_KW = 22;
/** A last digit may flicker by so many of them. */
const FLICKER_DIGITS = 2;
/** As near to an end nobody stated a register has to be to have passed it; a stated one is believed earlier. */
const NEAR_USUAL = 1 / 64;
const NEAR_STATED = 1 / 16;

/** What steps of a register are possible. */
export class CounterLimits {
  readonly digitKwh: number;
  readonly kwhPerMs: number;
  /** It went back by no more than this: a last digit that flickers. */
  readonly flickerKwh: number;
  /** More than this at once is looked at. */
  readonly smallKwh: number;
  readonly housePerMs: number;
  private readonly slackKwh: number;
  private readonly statedKwh: number | undefined;
  private readonly usualKwh: readonly number[];

  constructor(digitKwh: number, { connectionKw, modulusKwh }: CounterSettings) {
    this.digitKwh = digitKwh;
    this.kwhPerMs = connectionKw / HOUR_MS;
    this.flickerKwh = digitKwh * (FLICKER_DIGITS + 0.01);
    this.smallKwh = Math.max(SMALL_KWH, this.flickerKwh);
    this.housePerMs = Math.min(HOUSE_KW / HOUR_MS, this.kwhPerMs / 2);
    this.slackKwh = this.kwhPerMs * LATE_MS;
    this.statedKwh = modulusKwh;
    this.usualKwh = usualEnds(digitKwh);
  }

  /** Whether so much can have come through the connection in the time. */
  isPossible(kwh: number, ms: number): boolean {
    return kwh <= ms * this.kwhPerMs + this.digitKwh;
  }

  /** The same where the reading may have waited on its way. */
  isPossibleLate(kwh: number, ms: number): boolean {
    return kwh <= ms * this.kwhPerMs + this.slackKwh + this.digitKwh;
  }

  /** Counted where a register passed its end. Missing: NaN where it cannot have. */
  rolledKwh({ beforeKwh, afterKwh, ms }: { beforeKwh: number; afterKwh: number; ms: number }): number {
    const passed = (end: number, near: number): boolean => {
      const kwh = end - beforeKwh + afterKwh;
      return beforeKwh < end && beforeKwh >= end * (1 - near) && kwh <= 2 * near * end && this.isPossibleLate(kwh, ms);
    };
    const end =
      this.statedKwh === undefined
        ? this.usualKwh.find((one) => passed(one, NEAR_USUAL))
        : passed(this.statedKwh, NEAR_STATED)
          ? this.statedKwh
          : undefined;
    return end === undefined ? Number.NaN : end - beforeKwh + afterKwh;
  }

  /** Counted where a person says that it passed its end: the nearest one above. Missing: NaN where there is none. */
  surelyRolledKwh(beforeKwh: number, afterKwh: number): number {
    const ends = this.statedKwh === undefined ? this.usualKwh : [this.statedKwh];
    const end = ends.find((one) => one > beforeKwh && one > afterKwh);
    return end === undefined ? Number.NaN : end - beforeKwh + afterKwh;
  }
}

/** Ends of registers people have: of 16 and 32 bits, and of five to eight digits, counted in digits or in kWh. */
function usualEnds(digitKwh: number): number[] {
  const digits = [2 ** 16, 1e5, 1e6, 1e7, 1e8, 2 ** 32].map((end) => end * digitKwh);
  return [...new Set([...digits, 1e5, 1e6, 1e7, 1e8])].sort((a, b) => a - b);
}
