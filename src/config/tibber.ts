import { z } from "zod";
import type { Secret } from "./secret.ts";
import { type PullSchedule, pullOf, type Timing } from "./timing.ts";
import { line, openUrl, secret } from "./values.ts";

const TIBBER_PRICES = ["hourly", "quarter-hourly", "none"] as const;

/** An account of Tibber whose hours of consumption and prices are fetched. */
export interface TibberSourceConfig extends PullSchedule {
  readonly url: string;
  readonly token: Secret;
  /** Point by the id of a home; empty: every home of the account. */
  readonly homes: ReadonlyMap<string, string>;
  /** Point of the account's only home; left out, a home is its own point. */
  readonly point?: string;
  /** Fetched anew in every run, so that hours that were missing heal. */
  readonly lookbackHours: number;
  /** Reached back at most, after a long absence. */
  readonly maxLookbackHours: number;
  readonly prices: (typeof TIBBER_PRICES)[number];
}

const USUAL = {
  url: "https://api.tibber.com/v1-beta/gql",
  lookbackHours: 48,
  maxLookbackHours: 720,
  prices: "hourly",
  schedule: "5 * * * *",
  timeoutSeconds: 30,
  tries: 3,
} as const;
/** The service answers with no more hours at once. */
const MOST_HOURS = 744;

const hours = z.int().min(1).max(MOST_HOURS, `expected hours up to ${MOST_HOURS}, which is as far as the service reaches back`);

export const tibberSchema = z
  .strictObject({
    token: secret,
    url: openUrl.optional(),
    homes: z.record(z.string(), line).optional(),
    point: line.optional(),
    lookbackHours: hours.optional(),
    maxLookbackHours: hours.optional(),
    prices: z.enum(TIBBER_PRICES).optional(),
  })
  .refine((body) => body.homes === undefined || body.point === undefined, {
    message: "homes names the points already; keep one of the two",
    path: ["point"],
  })
  .refine((body) => (body.lookbackHours ?? USUAL.lookbackHours) <= (body.maxLookbackHours ?? USUAL.maxLookbackHours), {
    message: "is less than lookbackHours",
    path: ["maxLookbackHours"],
  });

/** The account with its defaults filled in. */
export function tibberOf(body: z.infer<typeof tibberSchema>, around: Timing): TibberSourceConfig {
  return {
    url: body.url ?? USUAL.url,
    token: body.token,
    homes: new Map(Object.entries(body.homes ?? {})),
    ...(body.point === undefined ? {} : { point: body.point }),
    lookbackHours: body.lookbackHours ?? USUAL.lookbackHours,
    maxLookbackHours: body.maxLookbackHours ?? USUAL.maxLookbackHours,
    prices: body.prices ?? USUAL.prices,
    ...pullOf(around, USUAL),
  };
}
