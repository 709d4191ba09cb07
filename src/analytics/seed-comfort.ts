/** The older system's comfort: every sample counts one. NaN where there is none. */
export interface SeedComfort {
  readonly samples: number;
  readonly withinPct: number;
  readonly meanError: number;
}

export interface SeedComfortOptions {
  /** Minutes after midnight, both inclusive; a window over midnight holds nothing. */
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly band: number;
  /** Milliseconds east of UTC of the clock that is read at an instant: that of the site, of a message, or 0 for UTC. */
  readonly offsetAt: (tMs: number) => number;
  /** 30 s unless said. */
  readonly toleranceMs?: number;
}
