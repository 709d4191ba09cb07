import type { SourceConfig } from "#config/config.ts";
import type { TibberSourceConfig } from "#config/tibber.ts";
import type { TibberAccount } from "#intake/tibber/client.ts";
import { pullTibber } from "#intake/tibber/pull-tibber.ts";
import { type Pull, pulledSource } from "./pull-kind.ts";

const WAIT_MS = 60_000;

export function tibberPull(tibber: TibberSourceConfig, source: SourceConfig): Pull {
  const { point, lookbackHours, maxLookbackHours, homes } = tibber;
  const about = {
    source: { ...pulledSource(source), points: homes },
    account: tibberAccount(tibber),
    ...(point === undefined ? {} : { point }),
    lookbackHours,
    maxLookbackHours,
  };
  return {
    title: `Take hours and prices ${source.title === "Tibber" ? "" : `of ${source.title} `}from Tibber`,
    when: tibber,
    waitMs: WAIT_MS,
    run: (pulling, house) => pullTibber(about, pulling, house),
  };
}

/** What the configuration says of an account, as it is asked. */
export function tibberAccount({ url, token, timeoutMs, prices }: TibberSourceConfig): TibberAccount {
  return { url, token: token.reveal(), timeoutMs, prices };
}
