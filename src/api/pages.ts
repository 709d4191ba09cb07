import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { failure } from "./errors.ts";
import { send } from "./failing.ts";

interface PagesOptions {
  readonly folder: string;
  readonly basePath: string;
}

const YEAR_S = 31_536_000;
/** A file the build put a hash into its name may be kept for ever. */
const HASHED = /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+(\.(br|gz))?$/;
/** Addresses that are never a page: what is not there is told in JSON. */
const NOT_A_PAGE = /^\/(api|metrics|healthz)(\/|$)|(?<!^\/index)\.[A-Za-z0-9]{1,8}$/;

/** Serves the built pages; an address without a file is a page of the browser program. Everything else is `not-found`. */
export async function servePages(app: FastifyInstance, options: PagesOptions | undefined): Promise<void> {
  if (!options) {
    app.setNotFoundHandler((_request, reply) => send(reply, failure("not-found")));
    return;
  }
  const page = withBase(await readFile(join(options.folder, "index.html"), "utf8"), options.basePath);
  await app.register(async (files) => {
    files.addHook("onRoute", (route) => {
      route.config = { ...route.config, policy: "open" };
    });
    await files.register(fastifyStatic, {
      root: options.folder,
      index: false,
      dotfiles: "deny",
      cacheControl: false,
      wildcard: false,
      // The build lays a compressed twin beside every file that is worth it.
      preCompressed: true,
      globIgnore: ["index.html", "**/*.map", "**/*.br", "**/*.gz"],
      setHeaders: (reply, path) => {
        reply.header("cache-control", HASHED.test(path) ? `public, max-age=${YEAR_S}, immutable` : "no-cache");
      },
    });
  });
  const sendPage = (reply: FastifyReply): FastifyReply =>
    reply.header("cache-control", "no-cache").type("text/html; charset=utf-8").send(page);
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?", 1)[0] as string;
    const wantsPage = (request.method === "GET" || request.method === "HEAD") && !NOT_A_PAGE.test(path);
    return wantsPage ? sendPage(reply) : send(reply, failure("not-found"));
  });
}

/** The pages name their files relative to this, so that they work at any depth and behind any prefix. */
function withBase(html: string, basePath: string): string {
  return html.replace(/<head>/i, `<head><base href="${basePath}/">`);
}
