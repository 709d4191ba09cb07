import { type ViewSearch, viewOf } from "./range.ts";
import { many, one } from "./search.ts";

/** What of the address the pages of a building read, beside site and time. */
export interface BuildingSearch extends ViewSearch {
  /** Id of a zone. */
  readonly zone?: string | undefined;
  /** Zones: left out worst first; `handler` by air handler, `floor` by floor. */
  readonly by?: string | undefined;
  /** Id of an air handler; `none` for zones nobody knows the air handler of. */
  readonly handler?: string | undefined;
  readonly standing?: string | undefined;
  /** Typed words. */
  readonly find?: string | undefined;
  /** A column of the table, `-` in front for falling. */
  readonly order?: string | undefined;
  /** A stretch chosen on a chart, "fromMs-toMs". */
  readonly select?: string | undefined;
  readonly show?: string | undefined;
  /** Ids of equipment. */
  readonly equipment?: readonly string[] | undefined;
  readonly series?: readonly string[] | undefined;
  /** Id of a point. */
  readonly point?: string | undefined;
  /** site/point whose peak is asked about. */
  readonly of?: string | undefined;
}

const PLAIN = ["zone", "by", "handler", "standing", "find", "order", "select", "show", "point", "of"] as const;

/** What is not understood is left out; every name is there, because the router keeps raw text under a name that is not. */
export function buildingSearchOf(raw: Readonly<Record<string, unknown>>): BuildingSearch {
  const [equipment, series] = [many(raw, "equipment"), many(raw, "series")];
  return {
    ...viewOf(raw),
    ...(Object.fromEntries(PLAIN.map((name) => [name, one(raw, name)])) as Partial<Record<(typeof PLAIN)[number], string | undefined>>),
    equipment: equipment.length > 0 ? equipment : undefined,
    series: series.length > 0 ? series : undefined,
  };
}
