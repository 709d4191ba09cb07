import type { Readable } from "node:stream";
import { ApiError } from "#api/errors.ts";
import { withUpload } from "#api/homes/upload.ts";
import { type Api, answers, type RouteDeps } from "#api/route-kit.ts";
import { type CsvMapping, csvImportQuerySchema, csvImportSchema, csvMappingSchema } from "#contract/csv-import.ts";
import { CSV_IMPORT_EXAMPLE } from "#contract/csv-import-examples.ts";

/** Takes files of readings by their columns, one at a time. */
export function csvImportRoutes(app: Api, deps: RouteDeps): void {
  let busy = false;

  app.register(async (scope) => {
    const api = scope as unknown as Api;
    // The body stays as it came: its letters may be anything.
    for (const type of ["text/csv", "application/octet-stream"])
      api.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
    api.post("/readings/csv", {
      config: { policy: "operator" },
      schema: {
        summary: "Take readings from a file by its columns",
        description:
          "The file as it is, with `Content-Type: text/csv` and at most 64 MiB. `mode=preview` shows how it is read and by what that was found " +
          "out, `dry-run` what would change, `import` changes it in one transaction. What `mapping` leaves out is found out from the file. A " +
          "known instant with another value is replaced, and what stood there is kept as a revision; the same file twice changes nothing.",
        tags: ["meters"],
        querystring: csvImportQuerySchema,
        response: answers(csvImportSchema, CSV_IMPORT_EXAMPLE),
      },
      handler: async (request) => {
        const { site, mode, name, mapping } = request.query;
        const take = deps.actions.importCsv;
        if (!isStream(request.body) || take === undefined)
          throw new ApiError("unsupported-media", {}, ["a file of readings needs `Content-Type: text/csv`"]);
        if (site !== undefined && !deps.meters?.().some(({ settings }) => settings.site === site))
          throw new ApiError("unknown-site", { site });
        const wish = { name, mode, mapping: mappingOf(mapping), ...(site === undefined ? {} : { site }) };
        if (busy) throw new ApiError("importing");
        busy = true;
        try {
          const found = await withUpload(request.body, (path) => take({ path, ...wish }));
          if ("trouble" in found) throw new ApiError("file-unusable", {}, [found.trouble]);
          return found;
        } finally {
          busy = false;
        }
      },
    });
  });
}

/** Errors: bad-request. */
function mappingOf(text: string): CsvMapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ApiError("bad-request", {}, ["`mapping` is no JSON"]);
  }
  const parsed = csvMappingSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ApiError(
    "bad-request",
    {},
    parsed.error.issues.map(({ path, message }) => `\`mapping.${path.join(".")}\`: ${message}`),
  );
}

function isStream(body: unknown): body is Readable {
  return typeof body === "object" && body !== null && "pipe" in body;
}
