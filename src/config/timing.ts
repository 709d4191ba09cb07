import { z } from "zod";
import { schedule } from "./schedule.ts";
import { zone } from "./values.ts";

/** When something is done. */
export interface PullSchedule {
  /** Five fields of cron. */
  readonly schedule: string;
  /** Clock the schedule goes by; left out, that of the site. */
  readonly scheduleZone?: string;
  readonly timeoutMs: number;
  /** How often it is tried in one run, the first time counted. */
  readonly tries: number;
}

/** The keys that say so. */
export const timing = {
  schedule: schedule.optional(),
  scheduleZone: zone.optional(),
  timeoutSeconds: z.number().min(1).max(3_600).optional(),
  tries: z.int().min(1).max(20).optional(),
};

export type Timing = { readonly [K in keyof typeof timing]?: z.infer<(typeof timing)[K]> | undefined };

/** When and how patiently something is fetched. */
export function pullOf(
  body: Timing,
  usual: { readonly schedule: string; readonly timeoutSeconds: number; readonly tries: number },
): PullSchedule {
  return {
    schedule: body.schedule ?? usual.schedule,
    ...(body.scheduleZone === undefined ? {} : { scheduleZone: body.scheduleZone }),
    timeoutMs: (body.timeoutSeconds ?? usual.timeoutSeconds) * 1000,
    tries: body.tries ?? usual.tries,
  };
}
