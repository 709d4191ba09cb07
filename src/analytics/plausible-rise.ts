/** How many times what a meter used on its strong days it may use and be believed: with a year behind it, and before that. */
const MOST_TIMES = 10;
/** A meter that has not seen all seasons may be read in summer first and in winter next. */
const MOST_TIMES_UNKNOWN_SEASON = 30;
const SEASONS_DAYS = 300;
/** Strong days: at most so many were stronger. */
const STRONG_SHARE = 0.95;
const BINS_PER_DOUBLING = 8;
/** What many small steps add up to is no other bin than their sum. */
const ROUNDING = 1e-6;
/** A day of 23 hours is one, from first reading to first reading, which come when they like. */
const LEAST_DAYS = 0.9;
/** Against a strong day: more is doubted where other readings contradict. */
export const DOUBTFUL_TIMES = 3;

/**
 * How much a register may rise and be believed: what is said of it, else a generous multiple of what its own strong days used so far.
 * Steps within a day may bring what a whole day may: what is looked for are wrong registers, not high consumption.
 * Units:   of the meter, days of 24 hours.
 */
export class PlausibleRise {
  /** The most that is believed of a step within a day. */
  mostWithinDay: number;
  private readonly saidPerDay: number | undefined;
  private readonly slack: number;
  private readonly bins = new Map<number, number>();
  /** Bins there are, the strongest first. */
  private order: readonly number[] = [];
  private blocks = 0;
  private days = 0;
  private blockAmount = 0;
  private blockDays = 0;
  private perDay: number;
  private strong = Number.NaN;

  /** `slack` is believed in any case. */
  constructor({ mostPerDay, slack }: { mostPerDay: number | undefined; slack: number }) {
    this.saidPerDay = mostPerDay;
    this.slack = slack;
    this.perDay = mostPerDay ?? Infinity;
    this.mostWithinDay = this.most(1);
  }

  /** The most that is believed of a step. */
  most(days: number): number {
    return this.perDay * Math.max(1, days) + this.slack;
  }

  /** The most that would be believed by a meter that used so much on its strong days. */
  mostBy(perDay: number, days: number): number {
    return this.saidPerDay === undefined ? this.times * perDay * Math.max(1, days) + this.slack : this.most(days);
  }

  /** What is usual, per day: a multiple of it is told apart from a typo only by the readings that follow. NaN before the first day. */
  get strongPerDay(): number {
    return this.blocks === 0 ? Number.NaN : this.strong;
  }

  /** Learns a step that stands. `isNewDay`: it ends with the first reading of a day. */
  add(amount: number, days: number, isNewDay: boolean): void {
    this.blockAmount += amount;
    this.blockDays += days;
    if (isNewDay && this.blockDays >= LEAST_DAYS) this.close();
  }

  /** The next step does not go on from the last one. */
  begin(): void {
    this.blockAmount = 0;
    this.blockDays = 0;
  }

  private close(): void {
    this.days += this.blockDays;
    const perDay = this.blockAmount / this.blockDays;
    this.begin();
    if (!(perDay > 0)) return;
    const bin = Math.ceil(Math.log2(perDay) * BINS_PER_DOUBLING - ROUNDING);
    if (!this.bins.has(bin)) this.order = [...this.order, bin].sort((a, b) => b - a);
    this.bins.set(bin, (this.bins.get(bin) ?? 0) + 1);
    this.blocks += 1;
    this.strong = this.strongest();
    if (this.saidPerDay === undefined) this.perDay = this.times * this.strong;
    this.mostWithinDay = this.most(1);
  }

  private get times(): number {
    return this.days >= SEASONS_DAYS ? MOST_TIMES : MOST_TIMES_UNKNOWN_SEASON;
  }

  private strongest(): number {
    let left = Math.floor(this.blocks * (1 - STRONG_SHARE));
    for (const bin of this.order) {
      left -= this.bins.get(bin) as number;
      if (left < 0) return 2 ** (bin / BINS_PER_DOUBLING);
    }
    return Number.NaN;
  }
}
