export type DayType = "working" | "saturday" | "sunday";

/** A local day that could be compared with. */
export interface DayFacts {
  /** Local date, `2026-07-14`. */
  readonly date: string;
  readonly type: DayType;
  /** Outdoor temperature at the time asked about, in `outdoorUnit`; NaN unknown. */
  readonly outdoor: number;
}

export interface SimilarDays<D extends DayFacts> {
  /** Newest first. */
  readonly days: readonly D[];
  /** False with fewer than three. */
  readonly enough: boolean;
  readonly by: "outdoor" | "nearest";
  /** Why those, and how many were looked at: "7 of 21 working days, outdoor temperature within 3 K". */
  readonly method: string;
}
