import { type ViewSearch, viewOf } from "#web/client/range.ts";
import { many, one } from "#web/client/search.ts";

/** What of the address the list of meters reads. */
export interface MetersSearch extends ViewSearch {
  /** A medium. */
  readonly medium?: string | undefined;
  readonly group?: string | undefined;
  readonly standing?: string | undefined;
  /** Typed words. */
  readonly find?: string | undefined;
}

/** What of the address the page of one meter reads; its window are the instants every page shares. */
export interface MeterSearch extends ViewSearch {
  /** Id of the meter. */
  readonly meter?: string | undefined;
  /** `interval`, `hour`, `day`, `month` or `year`. */
  readonly by?: string | undefined;
  /** `table` where rows are shown instead of the picture. */
  readonly show?: string | undefined;
  /** `on`: what the dial showed, below the bars. */
  readonly register?: string | undefined;
  /** A local date: as it was known at its end. */
  readonly asOf?: string | undefined;
  /** The stretch whose making is shown, "fromMs-toMs". */
  readonly made?: string | undefined;
}

/** What of the address the pages of many meters read. */
export interface YearSearch extends ViewSearch {
  readonly year?: string | undefined;
  readonly medium?: string | undefined;
  readonly group?: string | undefined;
  /** Ids of meters; left out, all. */
  readonly meters?: readonly string[] | undefined;
}

type Raw = Readonly<Record<string, unknown>>;

/** What is not understood is left out; every name is there, because the router keeps raw text under a name that is not. */
export function metersSearchOf(raw: Raw): MetersSearch {
  return {
    ...viewOf(raw),
    medium: one(raw, "medium"),
    group: one(raw, "group"),
    standing: one(raw, "standing"),
    find: one(raw, "find"),
  };
}

/** The same for one meter. */
export function meterSearchOf(raw: Raw): MeterSearch {
  return {
    ...viewOf(raw),
    meter: one(raw, "meter"),
    by: one(raw, "by"),
    show: one(raw, "show"),
    register: one(raw, "register"),
    asOf: dateOrNothing(one(raw, "asOf")),
    made: stretchOf(one(raw, "made")) === undefined ? undefined : one(raw, "made"),
  };
}

/** The same for a year of many meters. */
export function yearSearchOf(raw: Raw): YearSearch {
  const year = one(raw, "year");
  const meters = many(raw, "meters");
  return {
    ...viewOf(raw),
    year: year !== undefined && /^\d{4}$/.test(year) ? year : undefined,
    medium: one(raw, "medium"),
    group: one(raw, "group"),
    meters: meters.length > 0 ? meters : undefined,
  };
}

/** Two instants as an address names them, "fromMs-toMs"; undefined for anything else. */
export function stretchOf(text: string | undefined): { readonly fromMs: number; readonly toMs: number } | undefined {
  const found = /^(-?\d+)-(-?\d+)$/.exec(text ?? "");
  const [fromMs, toMs] = [Number(found?.[1]), Number(found?.[2])];
  return found !== null && fromMs < toMs ? { fromMs, toMs } : undefined;
}

const dateOrNothing = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
