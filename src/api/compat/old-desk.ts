import type { z } from "zod";
import type { KyzCompat } from "#api/deps.ts";
import { openDesk, type PlantDesk } from "#api/plants/desk.ts";
import type { Api, RouteDeps } from "#api/route-kit.ts";
import { oldErrorSchema } from "#contract/old-kyz.ts";
import { OldProblem } from "./old-problem.ts";

const KEEP_MS = 30_000;
const UNAVAILABLE = 503;

/** What the old routes are made of. */
export interface OldDeps {
  readonly app: Api;
  readonly deps: RouteDeps;
  readonly settings: KyzCompat;
  /** The plant they speak of. Errors: 503 while the site has none. */
  readonly desk: () => PlantDesk;
  /** Keeps an answer for 30 seconds, as the old dashboard did. */
  readonly kept: <T>(name: string, make: () => Promise<T>) => Promise<T>;
}

export function openOldDesk(app: Api, deps: RouteDeps, settings: KyzCompat): OldDeps {
  const plants = (deps.plants ?? []).filter((plant) => plant.settings.site === settings.site);
  const plant = plants.find((one) => settings.point === undefined || one.settings.point === settings.point);
  const desk = plant && openDesk(plant);
  const answers = new Map<string, { readonly untilMs: number; readonly answer: Promise<unknown> }>();
  return {
    app,
    deps,
    settings,
    desk: () => {
      if (desk === undefined) throw new OldProblem(UNAVAILABLE, `There is no metered point at the site ${settings.site} yet`);
      return desk;
    },
    kept: <T>(name: string, make: () => Promise<T>): Promise<T> => {
      const nowMs = deps.nowMs();
      const had = answers.get(name);
      if (had !== undefined && nowMs < had.untilMs && had.untilMs - nowMs <= KEEP_MS) return had.answer as Promise<T>;
      const answer = make();
      answers.set(name, { untilMs: nowMs + KEEP_MS, answer });
      // What failed is asked again at once.
      answer.catch(() => answers.delete(name));
      return answer;
    },
  };
}

/** The answers of an old route for its document. */
export function oldAnswers<Schema extends z.ZodType>(schema: Schema, example: z.output<Schema>) {
  return { 200: schema.meta({ examples: [example] }), "4xx": oldErrorSchema, "5xx": oldErrorSchema };
}
