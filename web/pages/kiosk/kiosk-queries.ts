import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { PlantsAnswer, RunningAnswer, SummaryAnswer } from "#contract/plant.ts";
import type { PowerAnswer } from "#contract/plant-power.ts";
import { getJson } from "#web/client/fetch.ts";
import { plantPath } from "#web/client/plant-queries.ts";
import { allIntervals, type Stretch } from "#web/pages/plant/plant-queries.ts";

const SECOND = 1000;
/** A network that swallows packets answers never: after this a request is given up, and the next one has its turn. */
const PATIENCE_MS = 10 * SECOND;

/** A wall asks on and on, also in a window nobody looks at and where the browser believes that there is no network. */
const TIRELESS = { retry: false, networkMode: "always", refetchIntervalInBackground: true, staleTime: 0, gcTime: 60 * SECOND } as const;

export const kioskPlants = (everyMs: number) =>
  queryOptions({
    queryKey: ["kiosk", "plants"],
    queryFn: ({ signal }) => patient<PlantsAnswer>("/plants", {}, signal),
    // Settings of a plant change rarely; one that is not there yet is looked for as often as everything else.
    refetchInterval: (query) => (query.state.data === undefined || query.state.data.plants.length === 0 ? everyMs : 60 * SECOND),
    ...TIRELESS,
  });

export const kioskRunning = (plant: string, everyMs: number) =>
  queryOptions({
    queryKey: ["kiosk", plant, "running"],
    queryFn: ({ signal }) => patient<RunningAnswer>(plantPath(plant, "running"), {}, signal),
    refetchInterval: everyMs,
    ...TIRELESS,
  });

export const kioskSummary = (plant: string, everyMs: number) =>
  queryOptions({
    queryKey: ["kiosk", plant, "summary"],
    queryFn: ({ signal }) => patient<SummaryAnswer>(plantPath(plant, "summary"), {}, signal),
    refetchInterval: Math.max(everyMs, 10 * SECOND),
    ...TIRELESS,
  });

export const kioskPower = (plant: string, everyMs: number, overSeconds: number) =>
  queryOptions({
    queryKey: ["kiosk", plant, "power", overSeconds],
    queryFn: ({ signal }) => patient<PowerAnswer>(plantPath(plant, "power"), { minutes: 30, every: overSeconds }, signal),
    refetchInterval: Math.max(everyMs, 15 * SECOND),
    placeholderData: keepPreviousData,
    ...TIRELESS,
  });

/** `name` keeps one picture per chart, whatever day or week it shows. */
export const kioskIntervals = (plant: string, name: "day" | "week", stretch: Stretch) =>
  queryOptions({
    queryKey: ["kiosk", plant, name, stretch.fromMs],
    queryFn: ({ signal }) => allIntervals(plant, stretch, patience(signal)),
    refetchInterval: 30 * SECOND,
    placeholderData: keepPreviousData,
    ...TIRELESS,
  });

function patient<Answer>(path: string, params: Readonly<Record<string, number>>, signal: AbortSignal): Promise<Answer> {
  return getJson<Answer>(path, { params, signal: patience(signal) });
}

const patience = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
