import { useQuery } from "@tanstack/react-query";
import type { AlertRule } from "#contract/alerts.ts";
import type { JobsAnswer } from "#contract/jobs.ts";
import type { SeriesInfo } from "#contract/series.ts";
import { getJson } from "#web/client/fetch.ts";
import { homesQuery } from "#web/client/home-queries.ts";
import { metersQuery } from "#web/client/meter-queries.ts";
import { plantsQuery } from "#web/client/plant-queries.ts";
import { seriesQuery, sitesQuery, sourcesQuery } from "#web/client/queries.ts";
import { unitText } from "#web/parts/format-number.ts";

/** Something a rule can watch. `words` are searched besides the label. */
export interface Subject {
  readonly value: string;
  readonly label: string;
  readonly note: string;
  readonly words: string;
  /** Of the values it has; empty where it has none. */
  readonly unit: string;
}

export const SUBJECT_WORDS: Readonly<Record<AlertRule["kind"], string>> = {
  stale: "Source",
  thinning: "Home or series",
  threshold: "Series",
  demand: "Plant",
  price: "Series of prices",
  job: "Job",
  meter: "Meter",
};

/** What a rule of a kind can watch; undefined while it is asked for. */
export function useSubjects(kind: AlertRule["kind"]): readonly Subject[] | undefined {
  const ofSeries = kind === "threshold" || kind === "price" || kind === "thinning";
  const series = useQuery({ ...seriesQuery, enabled: ofSeries }).data;
  const sites = useQuery(sitesQuery).data;
  const homes = useQuery({ ...homesQuery, enabled: kind === "thinning" }).data?.homes;
  const sources = useQuery({ ...sourcesQuery, enabled: kind === "stale" }).data?.sources;
  const plants = useQuery({ ...plantsQuery, enabled: kind === "demand" }).data?.plants;
  const jobs = useQuery({ ...jobsQuery, enabled: kind === "job" }).data?.jobs;
  const meters = useQuery({ ...metersQuery(), enabled: kind === "meter" }).data?.meters;
  const siteNames = new Map((sites ?? []).map((site) => [site.id, site.name]));
  const seriesWhere = (take: (one: SeriesInfo) => boolean) => series?.filter(take).map((one) => seriesSubject(one, siteNames));
  switch (kind) {
    case "stale":
      return sources && [{ ...EVERY, label: "Every source, each by itself" }, ...sources.map(sourceSubject)];
    case "thinning":
      return (
        series && [
          { ...EVERY, label: "Every home, each by itself" },
          ...(homes ?? []).map(homeSubject),
          ...(seriesWhere((one) => !one.diagnostic) ?? []),
        ]
      );
    case "threshold":
      return seriesWhere((one) => one.kind !== "state");
    case "price":
      return seriesWhere((one) => one.kind === "price");
    case "demand":
      return plants?.map(({ id, name, siteName }) => subject(id, name, siteName, "kW"));
    case "job":
      return jobs && [{ ...EVERY, label: "Every job" }, ...jobs.map((job) => subject(job.name, job.title, job.name, ""))];
    case "meter":
      return (
        meters && [
          { ...EVERY, label: "Every meter, each by itself" },
          ...meters.map((meter) => subject(meter.id, meter.name, meter.group, "")),
        ]
      );
  }
}

const jobsQuery = { queryKey: ["jobs"], queryFn: () => getJson<JobsAnswer>("/jobs") };
const EVERY: Subject = { value: "*", label: "", note: "those to come as well", words: "all any", unit: "" };

const subject = (...[value, label, note, unit]: [string, string, string, string]): Subject => ({
  ...{ value, label, note, unit },
  words: value,
});

const sourceSubject = (one: { name: string; site: string; dialectTitle: string }): Subject =>
  subject(one.name, one.name, `${one.dialectTitle}, ${one.site}`, "");

const homeSubject = (one: { site: string; point: string; name: string; siteName: string }): Subject =>
  subject(`${one.site}/${one.point}`, one.name, `home, ${one.siteName}`, "");

function seriesSubject(one: SeriesInfo, siteNames: ReadonlyMap<string, string>): Subject {
  const label = `${one.pointName}, ${one.quantityName.toLowerCase()}`;
  const note = `${siteNames.get(one.site) ?? one.site} · ${one.source}${one.unit === "" ? "" : ` · ${unitText(one.unit)}`}`;
  return { value: one.key, label, note, words: `${one.key} ${one.serial ?? ""} ${one.medium}`, unit: unitText(one.unit) };
}

const MOST = 50;

/** Subjects that hold every word, those whose name begins with one first. */
export function findSubjects(all: readonly Subject[], typed: string): Subject[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = all.flatMap((one) => {
    const label = one.label.toLowerCase();
    const text = `${label} ${one.note} ${one.words}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) return [];
    return [{ one, score: words.filter((word) => label.startsWith(word) || label.includes(` ${word}`)).length }];
  });
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ one }) => one);
}
