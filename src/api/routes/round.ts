import type { Readable } from "node:stream";
import { ApiError } from "#api/errors.ts";
import { metersNow, sitesOf } from "#api/meters/desk.ts";
import { bodyOf, keepPhoto, photoOf } from "#api/meters/photos.ts";
import { roundAnswer } from "#api/meters/round.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps, sendBytes, textAnswers } from "#api/route-kit.ts";
import { ROUND_EXAMPLE } from "#contract/meter-history-examples.ts";
import { photoKeptSchema, photoParamsSchema, roundQuerySchema, roundSchema } from "#contract/round.ts";

const TAGS = ["round"];
const MARK_BYTES = 6;

/** A walk past the dials, with pictures of them. */
export function roundRoutes(app: Api, deps: RouteDeps): void {
  app.get("/round", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "The round",
      description:
        "The meters that people read, those that are due first: the last reading of each, what it would show now, and how fast it moves, so that " +
        "a phone knows what is plausible while it is away.",
      tags: TAGS,
      querystring: roundQuerySchema,
      response: answers(roundSchema, ROUND_EXAMPLE),
    },
    handler: async (request) => roundAnswer(sitesOf(await metersNow(deps), request.query.site), deps.nowMs()),
  });

  app.get("/round/photos/:id", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "A picture of a dial",
      description: "As it was sent. A picture never changes.",
      tags: TAGS,
      params: photoParamsSchema,
      response: textAnswers("image/jpeg", "(the picture)"),
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const photo = deps.config.photoFolder === undefined ? undefined : await photoOf(deps.config.photoFolder, id);
      if (photo === undefined) throw new ApiError("unknown-photo", { id });
      reply
        .headers({
          "x-content-type-options": "nosniff",
          "content-security-policy": "default-src 'none'; sandbox",
          "content-disposition": `inline; filename="${id}.${photo.ending}"`,
          "cache-control": "private, max-age=31536000, immutable",
        })
        .type(photo.type);
      return sendBytes(reply, photo.bytes);
    },
  });

  photoRoute(app, deps);
}

function photoRoute(app: Api, deps: RouteDeps): void {
  app.register(async (scope) => {
    const api = scope as unknown as Api;
    // Whatever the sender calls it, its first bytes say what it is.
    api.removeAllContentTypeParsers();
    api.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    api.put("/round/photos/:id", {
      // Without a limit of its own: a phone in a cellar may need a while for a picture.
      config: { policy: "operator" },
      schema: {
        summary: "Keep a picture of a dial",
        description:
          "A JPEG, PNG, WebP or HEIC file of at most 5 MiB, under an id its sender made up once. The same picture again changes nothing; another " +
          "one under the same id is refused. Readings name it by its id.",
        tags: TAGS,
        params: photoParamsSchema,
        response: answers(photoKeptSchema, { id: "9f1c2d3e4b5a", bytes: 183_412 }),
      },
      handler: async (request) => {
        const { id } = request.params;
        const folder = deps.config.photoFolder;
        if (folder === undefined) throw new ApiError("photo-unusable", {}, ["this server keeps no pictures"]);
        if (!isStream(request.body)) throw new ApiError("photo-unusable", {}, ["the body is empty"]);
        const bytes = await bodyOf(request.body);
        await keepPhoto(folder, id, { bytes, mark: Buffer.from(deps.random(MARK_BYTES)).toString("hex") });
        return { id, bytes: bytes.byteLength };
      },
    });
  });
}

function isStream(body: unknown): body is Readable {
  return typeof body === "object" && body !== null && "pipe" in body;
}
