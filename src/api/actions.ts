import type { LiveValue } from "#contract/series.ts";
import type { BrokerInfo, RedriveAnswer, SourceInfo, UnclaimedInfo } from "#contract/sources.ts";

/** What the API can do or ask besides reading the store; `main.ts` fills it. */
export interface Actions {
  brokers(): BrokerInfo[];
  /** Rates and QoS shares per source; devices come from the registry. */
  sourceRates(): ReadonlyMap<string, { perMinute: number; lastMs?: number; qos0Share: number }>;
  /** The configured sources, without rates. */
  sources(): Omit<SourceInfo, "perMinute" | "lastMs" | "qos0Share" | "devices">[];
  unclaimed(): UnclaimedInfo[];
  redrive(choice: { ids?: number[]; source?: string; code?: string }): Promise<RedriveAnswer>;
  /** Samples just committed; the returned function stops listening. The one listener is the live room. */
  onCommitted(listener: (committed: Committed) => void): () => void;
  messagesPerSecond(): number;
  /** What keeps mirrors in other systems from being up to date, in words; left out where there are none. */
  outletProblems?(): readonly string[];
}

/** What a commit brought: newest-first is not promised, the order is that of the batch. */
export interface Committed {
  readonly values: readonly LiveValue[];
  /** Keys of series seen for the first time. */
  readonly newSeries: readonly string[];
  /** Series whose past changed (late or replaced samples), with the range to read again. */
  readonly changed: readonly { readonly key: string; readonly fromMs: number; readonly toMs: number }[];
}
