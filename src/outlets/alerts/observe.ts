import type { Observation } from "#alerts/alert.ts";
import type { Rule } from "#alerts/rule.ts";
import type { Naming } from "#alerts/rule-sentence.ts";
import { observeDemand } from "./observe-demand.ts";
import { JobWatch } from "./observe-jobs.ts";
import { MeterWatcher } from "./observe-meters.ts";
import { ReadingsWatch } from "./observe-readings.ts";
import { SeriesWatch } from "./observe-series.ts";
import { SourceWatch } from "./observe-sources.ts";
import type { Views } from "./views.ts";

/** What rules see at this moment. */
export interface Observer {
  /** One observation for each subject there is. Errors: those of the store and of reports. */
  observe(rule: Rule): Promise<readonly Observation[]>;
  /** What people call what rules name, as of now. */
  naming(): Promise<Naming>;
  /** Count of the readings of each home in the last hour. */
  readings(): Promise<readonly { readonly title: string; readonly count: number }[]>;
}

const HOUR_MS = 3_600_000;

/** Looks at what rules watch. What it finds out about habits it remembers. */
export function openObserver(views: Views): Observer {
  const series = new SeriesWatch(views);
  const sources = new SourceWatch(views);
  const readings = new ReadingsWatch(views, series);
  const jobs = new JobWatch(views);
  const meters = new MeterWatcher(views);
  return {
    async observe(rule) {
      switch (rule.kind) {
        case "stale":
          return sources.observe(rule);
        case "thinning":
          return readings.observe(rule);
        case "threshold":
        case "price":
          return series.observe(rule.series);
        case "demand":
          return observeDemand(views, rule.plant);
        case "job":
          return jobs.observe(rule.job);
        case "meter":
          return meters.observe(rule);
      }
    },
    async naming() {
      const [ofSeries, ofJobs] = await Promise.all([series.naming(), views.jobs()]);
      const titles = new Map([
        ...views.sources().map(({ name, title }) => [name, title] as const),
        ...views.homes().map(({ key, title }) => [key, title] as const),
        ...views.plants().map(({ settings }) => [`${settings.site}.${settings.point}`, settings.name] as const),
        ...ofJobs.map(({ name, title }) => [name, title] as const),
        ...meters.names(),
      ]);
      return (key) => ofSeries(key) ?? { title: titles.get(key) ?? key, unit: "" };
    },
    readings: async () => (await readings.all({ overMs: HOUR_MS })).map(({ title, count }) => ({ title, count })),
  };
}
