import type { Readable } from "node:stream";
import { ApiError } from "#api/errors.ts";
import { homeOf } from "#api/homes/desk.ts";
import { withUpload } from "#api/homes/upload.ts";
import { type Api, answers, type RouteDeps } from "#api/route-kit.ts";
import { homeImportQuerySchema, homeImportSchema, homeParamsSchema } from "#contract/home.ts";
import { HOME_IMPORT_EXAMPLE } from "#contract/home-examples.ts";

/** Takes a CSV file of readings back in, one file at a time. */
export function homeImportRoute(app: Api, deps: RouteDeps): void {
  let busy = false;

  app.register(async (scope) => {
    const api = scope as unknown as Api;
    // The body stays a stream: a year of readings is no text in memory.
    api.addContentTypeParser("text/csv", (_request, payload, done) => done(null, payload));
    api.post("/homes/:id/import", {
      config: { policy: "operator" },
      schema: {
        summary: "Take readings from a CSV file",
        description:
          "A file shaped like the export, with `Content-Type: text/csv` and at most 256 MiB: counted first, kept with `dryRun=false`. A line " +
          "goes to the source it names where that one is known here, else to the home's reader. What is known stays as it is, and where the " +
          "reader has its own readings nothing is added, so the same file twice changes nothing.",
        tags: ["homes"],
        params: homeParamsSchema,
        querystring: homeImportQuerySchema,
        response: answers(homeImportSchema, HOME_IMPORT_EXAMPLE),
      },
      handler: async (request) => {
        const desk = homeOf(deps.homes?.() ?? [], request.params.id);
        const take = deps.actions.importReadings;
        if (!isStream(request.body) || take === undefined)
          throw new ApiError("unsupported-media", {}, ["a file of readings needs `Content-Type: text/csv`"]);
        if (busy) throw new ApiError("importing");
        busy = true;
        try {
          const { source } = await desk.reports.info();
          const about = { ...desk.place, zone: desk.zone.id, dryRun: request.query.dryRun, ...(source === undefined ? {} : { source }) };
          const found = await withUpload(request.body, (path) => take({ path, ...about }));
          if ("trouble" in found) throw new ApiError("file-unusable", {}, [found.trouble]);
          return found;
        } finally {
          busy = false;
        }
      },
    });
  });
}

function isStream(body: unknown): body is Readable {
  return typeof body === "object" && body !== null && "pipe" in body;
}
