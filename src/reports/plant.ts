import type { Intervals } from "#analytics/intervals.ts";
import type { Tiles } from "#analytics/live-tiles.ts";
import type { Range } from "#store/store.ts";
import type { Bill, Period } from "#tariffs/bill.ts";
import type {
  Basis,
  BillCheck,
  CapReport,
  Day,
  Difference,
  Explanation,
  IntervalRow,
  LivePower,
  PeriodRow,
  PowerColumns,
  QualityReport,
  RunningInterval,
  Summary,
  TypedBill,
} from "./plant-answers.ts";
import type { PlantSettings } from "./plant-settings.ts";

/** As known at an instant: without what was received or corrected later. */
export interface AsOf {
  readonly asOfMs?: number;
}

/**
 * Everything that is asked about one metered point, derived from what is stored whenever it is asked.
 * Units:   kWh and kW; money is decimal, in the currency of the settings.
 * Missing: NaN in numbers; what cannot be said without a tariff is left out.
 */
export interface PlantReports {
  readonly settings: PlantSettings;
  /** Grows whenever any answer about the past could be another one. */
  version(): Promise<number>;
  /** End of the newest interval that is over, its grace included. */
  finishedMs(): number;

  /** The ladder applied: every interval of the range, from the best source that knows it. */
  intervals(range: Range, options?: AsOf): Promise<Intervals>;
  /** The same range from one source alone. */
  layer(source: string, range: Range): Promise<Intervals>;
  /** Rows with the register; for tables, and for what leaves for other systems. */
  rows(range: Range): Promise<IntervalRow[]>;
  /** Newest interval that is over and somebody said something about. Missing: undefined where there is none. */
  latest(): Promise<IntervalRow | undefined>;

  /** Tiles of 15 s out of pulses: a view, and what the old system mirrored. */
  live(range: Range): Promise<Tiles>;
  livePower(): Promise<LivePower>;
  /** Power of the range, a value every `everyMs` (a minute at least), each with its uncertainty. */
  power(range: Range, everyMs: number): Promise<PowerColumns>;
  running(): Promise<RunningInterval>;

  /** Local days from one date up to and including another; `endDate` counts an interval to the date of its end, as the old system did. */
  days(fromDate: string, toDate: string, options?: { readonly attribution?: "lies-in" | "end-date" }): Promise<Day[]>;
  /** The newest periods, the running one last; with bills where there is a tariff. The look-back is over all history. */
  periods(count: number, basis?: Basis): Promise<PeriodRow[]>;
  bills(count: number, basis?: Basis): Promise<Bill[]>;
  /** `name` is the local date the period begins with. Missing: undefined where there is no such period or no tariff. */
  explain(name: string, basis?: Basis): Promise<Explanation | undefined>;

  quality(range: Range): Promise<QualityReport>;
  summary(): Promise<Summary>;
  /** Missing: undefined where there is no such period or no tariff. */
  cap(name: string, capKw: number, basis?: Basis): Promise<CapReport | undefined>;
  /** Missing: undefined without a tariff. Errors: RangeError for dates that are none. */
  checkBill(typed: TypedBill): Promise<BillCheck | undefined>;
  /** What changed in a range between two states of knowledge; left out, now. */
  difference(range: Range, states: { readonly beforeMs: number; readonly afterMs?: number }): Promise<Difference>;
  /** Keeps what counts now, and answers what has changed since in a range: exact also for what came minutes ago. */
  remember(): Promise<(range: Range) => Promise<Difference>>;
  /** The running period of a basis. */
  period(basis?: Basis): Promise<Period>;
}
