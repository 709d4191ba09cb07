import type { IntervalFlag, IntervalSort } from "#contract/plant-intervals.ts";
import { type RangeFault, type ViewSearch, viewOf } from "#web/client/range.ts";
import { many, one } from "#web/client/search.ts";

/** The address of the interval table: plant, time, filters, order, page and the row that is open. */
export interface IntervalSearch extends ViewSearch {
  readonly plant?: string | undefined;
  /** Only those with this mark. */
  readonly flag?: IntervalFlag | undefined;
  readonly without?: readonly IntervalFlag[] | undefined;
  readonly minKw?: number | undefined;
  readonly maxKw?: number | undefined;
  readonly sort?: IntervalSort | undefined;
  readonly page?: number | undefined;
  /** End of the interval whose details are open. */
  readonly row?: number | undefined;
}

/** Marks a person can pick intervals by, as the filter offers them. */
export const FLAG_CHOICES: Readonly<Record<IntervalFlag, string>> = {
  any: "any mark",
  missing: "missing",
  excludedFromDemand: "left out by R17",
  invalidAlarm: "invalid alarm",
  badStatus: "bad status",
  "not-demand": "not counted as demand",
  uncertain: "demand not certain",
  estimated: "estimated",
  recoveredAfterGap: "recovered after a gap",
  filled: "filled in",
  corrected: "corrected",
  suspect: "suspect",
  clockUncertain: "clock unsure",
  overridden: "overridden by hand",
};

const SORTS: Readonly<Record<IntervalSort, true>> = { time: true, "-time": true, kw: true, "-kw": true, kwh: true, "-kwh": true };

/**
 * Reads the address; what is not understood is left out, but a time that cannot be is named, because a person typed it.
 * Every name is there, also as undefined: the router keeps raw text under a name that is not.
 */
export function intervalSearchOf(raw: Readonly<Record<string, unknown>>): IntervalSearch {
  const view = viewOf(raw);
  const without = many(raw, "without").filter(isFlag);
  const flag = one(raw, "flag");
  const sort = one(raw, "sort");
  return {
    site: view.site,
    range: view.range,
    from: view.from,
    to: view.to,
    plant: one(raw, "plant"),
    flag: flag !== undefined && isFlag(flag) ? flag : undefined,
    without: without.length > 0 ? without : undefined,
    minKw: numberOf(one(raw, "minKw")),
    maxKw: numberOf(one(raw, "maxKw")),
    sort: sort !== undefined && Object.hasOwn(SORTS, sort) ? (sort as IntervalSort) : undefined,
    page: wholeOf(one(raw, "page"), 2),
    row: wholeOf(one(raw, "row"), 1),
    wrong: view.wrong,
  };
}

/** The sentence for each fault, and what to do. */
export const FAULT_WORDS: Readonly<Record<RangeFault, string>> = {
  order: "The end lies before the beginning, or is the same. Set a later end.",
  unreadable: "Beginning or end is not a date and time. Choose both again.",
  half: "One of the two ends is missing. Set both, or choose a range above.",
};

function isFlag(name: string): name is IntervalFlag {
  return Object.hasOwn(FLAG_CHOICES, name);
}

function numberOf(text: string | undefined): number | undefined {
  const value = Number(text);
  return text === undefined || !Number.isFinite(value) ? undefined : value;
}

function wholeOf(text: string | undefined, least: number): number | undefined {
  const value = numberOf(text);
  return value !== undefined && Number.isInteger(value) && value >= least ? value : undefined;
}
