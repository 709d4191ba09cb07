import type { ZoneRowAnswer } from "#contract/building.ts";
import type { ZoneOrder } from "./zones-view.ts";

/** What every arrangement of zones needs besides how it arranges them. */
export interface ZoneLists {
  readonly rows: readonly ZoneRowAnswer[];
  readonly nowMs: number;
  readonly timeZone: string;
  readonly order: ZoneOrder | undefined;
  readonly onOrder: (order: ZoneOrder) => void;
  /** End of the scale of the airflow bars. */
  readonly most: number;
  /** "today": what the comfort is of. */
  readonly when: string;
  /** What of the address goes along to a zone's page. */
  readonly search: object;
}
