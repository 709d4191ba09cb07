import type { Observation } from "#alerts/alert.ts";
import type { Views } from "./views.ts";

/** How the newest run of a job ended. */
export class JobWatch {
  readonly #views: Pick<Views, "jobs">;

  constructor(views: Pick<Views, "jobs">) {
    this.#views = views;
  }

  async observe(wanted: string): Promise<Observation[]> {
    const jobs = await this.#views.jobs();
    return jobs
      .filter(({ name }) => wanted === "*" || name === wanted)
      .map(({ name, title, last }) => ({
        subject: name,
        title,
        value: last === undefined ? Number.NaN : last.failed ? 1 : 0,
        unit: "",
        tMs: last?.endedMs ?? Number.NaN,
        ...(last === undefined ? {} : { sentence: last.sentence }),
      }));
  }
}
