import type { Config, SourceConfig } from "#config/config.ts";
import type { PullSchedule } from "#config/timing.ts";
import type { IntakeLine } from "#intake/line.ts";
import type { PullHouse, Pulling, PullOutcome } from "#intake/pull/pulled.ts";
import type { Source } from "#intake/source.ts";
import type { Store } from "#store/store.ts";

/** What fetching from services needs of the program. */
export interface PullParts {
  readonly config: Pick<Config, "sites" | "sources" | "meters">;
  readonly store: Store;
  readonly line: Pick<IntakeLine, "within" | "rates">;
  readonly nowMs: () => number;
  /** Told of what somebody has to look at, beside the log of the run. */
  readonly logger?: { warn(o: object, msg: string): void };
}

/** One way of fetching readings, as its job runs it. */
export interface Pull {
  readonly title: string;
  readonly when: Pick<PullSchedule, "schedule" | "scheduleZone" | "tries">;
  /** Before the second try; the third waits twice as long. */
  readonly waitMs: number;
  run(pulling: Pulling, house: PullHouse): Promise<PullOutcome>;
}

/** A source that is fetched, as the line knows it. */
export function pulledSource({ name, site, points }: SourceConfig): Source {
  return { name, ...(site === undefined ? {} : { site }), topics: [], dialect: "", options: undefined, points, keepRawMs: 0 };
}
