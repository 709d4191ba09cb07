import type { Decimal } from "decimal.js";
import type { CounterDecision, CounterEvent } from "#analytics/counter-events.ts";

/** Money and energy of a stretch of time at a home. NaN is unknown, never nothing. */
export interface HomeFigures {
  readonly fromMs: number;
  /** The end, or now where it still runs. */
  readonly toMs: number;
  readonly boughtKwh: number;
  /** NaN where nothing is ever sold. */
  readonly soldKwh: number;
  /** What buying costs: energy, and the base fee by days begun. Left out without any price. */
  readonly cost?: Decimal;
  /** The part of it that is the base fee. */
  readonly baseFee?: Decimal;
  /** What selling earns; left out where nothing is paid for it. */
  readonly earned?: Decimal;
  /** Share of the time that was observed, 0 to 1. */
  readonly coverage: number;
  /** Bought on a typical stretch of the kind, whole, and until the same moment. NaN with less than four to compare with. */
  readonly typicalKwh: number;
  readonly typicalSoFarKwh: number;
}

export interface HomePower {
  /** W from the grid; negative is sold. NaN while unknown. */
  readonly powerW: number;
  /** Newest reading; left out where there never was one. */
  readonly tMs?: number;
  readonly ageMs?: number;
  /** It follows from the register: the meter sends no power. */
  readonly derived: boolean;
  readonly phasesW?: readonly [number, number, number];
  readonly source?: string;
}

/** What was paid in advance against what the energy costs. */
export interface Instalments {
  /** The year of settlement that runs. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly paid: Decimal;
  readonly paidCount: number;
  /** All of the year, those to come included. */
  readonly yearPaid: Decimal;
  readonly yearCount: number;
  /** The one in force now. */
  readonly each: Decimal;
  /** What was metered of it cost, its fees included, what was earned taken off: since `costFromMs`. */
  readonly costSoFar: Decimal;
  /** The beginning of the year, or the day of the first reading in it. */
  readonly costFromMs: number;
  /** What the year before that day is taken to have cost: fees and usual days. 0 where nothing is missing; left out with too little history. */
  readonly costBefore?: Decimal;
  /** Paid minus cost until now, what was not metered included as far as it is known; positive is money back. */
  readonly balanceSoFar: Decimal;
  /** At the year's end, as the rest of the year usually goes. Left out with too little history. */
  readonly yearEnd?: {
    readonly cost: Decimal;
    readonly balance: Decimal;
    /** Half the width of what it can be. */
    readonly plusMinus: Decimal;
    /** How it was found, in words. */
    readonly method: string;
  };
}

export interface HomeSummary {
  readonly nowMs: number;
  readonly power: HomePower;
  readonly today: HomeFigures;
  readonly week: HomeFigures;
  readonly month: HomeFigures;
  readonly year: HomeFigures;
  /** Everything there is. */
  readonly total: HomeFigures;
  readonly instalments?: Instalments;
  /** Readings of today, how many there should be by now, and those of the last 60 minutes. */
  readonly readings: { readonly today: number; readonly expectedToday: number; readonly lastHour: number };
}

/** Power and energy over a range, as wide as the screen asked for. Shape: columns of one length. Missing: NaN. */
export interface HomeChart {
  readonly fromMs: number;
  readonly toMs: number;
  /** Width of a row; 0 where rows are the readings themselves. */
  readonly stepMs: number;
  readonly tMs: Float64Array;
  /** W from the grid, negative is sold: the reading, or the mean of the row. */
  readonly powerW: Float64Array;
  readonly minW: Float64Array;
  readonly maxW: Float64Array;
  readonly quality: Uint16Array;
  /** Bought since the beginning of the range. */
  readonly boughtKwh: Float64Array;
  readonly soldKwh: Float64Array;
  /** W; left out where the meter does not tell phases, or they were not asked for. */
  readonly phasesW?: readonly [Float64Array, Float64Array, Float64Array];
  /** Power follows from the register: draw it as steps. */
  readonly derived: boolean;
  /** Mean power of the same hours on the same weekdays before, a row per quarter-hour of the range; empty where it is longer than nine days. */
  readonly typical: { readonly tMs: Float64Array; readonly powerW: Float64Array; readonly days: number };
}

/** Statistics of a stretch somebody chose. */
export interface HomeSelection extends HomeFigures {
  readonly maxW: number;
  readonly maxMs?: number;
  readonly minW: number;
  readonly minMs?: number;
  /** Over time, not over readings. */
  readonly meanW: number;
  /** Readings with power. */
  readonly count: number;
  readonly derived: boolean;
}

export interface HomeDay {
  /** Local date. */
  readonly date: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly boughtKwh: number;
  readonly soldKwh: number;
  readonly cost?: Decimal;
  readonly coverage: number;
  /** Less than 23 hours were observed, or the day still runs. */
  readonly partial: boolean;
  /** Mean of this and the 29 days before, whole days only. */
  readonly mean30Kwh: number;
  /** Of this weekday. */
  readonly typicalKwh: number;
}

/** Where the energy of a stretch came from and where it went, kWh. NaN for what is not metered. */
export interface HomeBalance {
  readonly fromMs: number;
  readonly toMs: number;
  readonly gridInKwh: number;
  readonly gridOutKwh: number;
  readonly solarKwh: number;
  readonly batteryInKwh: number;
  readonly batteryOutKwh: number;
  readonly houseKwh: number;
  /** Share of the own production that was used here, 0 to 1. */
  readonly selfConsumption: number;
  /** Share of the use that the house met itself, 0 to 1. */
  readonly autarky: number;
  /** Share of the time in which every meter is known, 0 to 1: the energies are of that time alone. */
  readonly coverage: number;
  /** Now, W: `gridW` is negative while the house sells, `batteryW` while the battery charges; house = grid + solar + battery. NaN for what is not metered or silent. */
  readonly now: { readonly gridW: number; readonly solarW: number; readonly batteryW: number; readonly houseW: number };
}

/** An event of a register, and what was decided about it. */
export interface HomeEvent extends CounterEvent {
  /** Stable: `energy-import@meter:1773165600000`. */
  readonly id: string;
  readonly quantity: string;
  readonly source: string;
  readonly unit: string;
  /** What a person decided; left out where nobody did. */
  readonly decision?: { readonly what: CounterDecision; readonly who: string; readonly madeMs: number; readonly factId: number };
}

/** A price that holds from a local date on. */
export interface HomePrice {
  readonly fromDate: string;
  readonly perKwh: Decimal;
  /** Per month; 0 for none. */
  readonly baseFee: Decimal;
  /** Paid for a sold kWh; left out for nothing. */
  readonly feedIn?: Decimal;
  /** `default`: nobody said any, and 0.3102 is assumed. */
  readonly from: "file" | "page" | "default" | "tariff";
  /** Of one said on a page: what undoing names. */
  readonly factId?: number;
}

/** What is paid in advance each month from a local date on. */
export interface HomeInstalment {
  readonly fromDate: string;
  readonly amount: Decimal;
  readonly from: "file" | "page";
  readonly factId?: number;
}

/** What the grid meter sends. Series are keys, of the source that counts most; left out where it sends none. */
export interface HomeInfo {
  readonly series: {
    readonly power?: string;
    readonly bought?: string;
    readonly sold?: string;
    /** Three, or none. */
    readonly phases: readonly string[];
    readonly solar: readonly string[];
    readonly battery: readonly string[];
  };
  /** Source that reads the meter, and how often it does: the middle spacing of its newest readings. NaN while nothing came. */
  readonly source?: string;
  readonly everyMs: number;
  /** It counts whole kWh and sends no power. */
  readonly wholeKwh: boolean;
  readonly hasBalance: boolean;
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** Events of its registers that nobody has decided. */
  readonly openEvents: number;
  /** What is not set yet, in words. */
  readonly needs: readonly string[];
}
