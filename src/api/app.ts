import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import fastifyCompress from "@fastify/compress";
import fastifyCookie from "@fastify/cookie";
import fastifyHelmet from "@fastify/helmet";
import fastifyRateLimit from "@fastify/rate-limit";
import fastifyWebsocket from "@fastify/websocket";
import Fastify, { type FastifyInstance } from "fastify";
import { validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import { API_BASE } from "#contract/names.ts";
import { demandPolicies, openAccess } from "./access.ts";
import { openCatalog } from "./catalog.ts";
import { openColumnCache } from "./column-cache.ts";
import type { ApiConfig, ApiDeps } from "./deps.ts";
import { documentRoutes, serveDocuments } from "./documents.ts";
import { failure } from "./errors.ts";
import { failInOneShape, failureOf, send } from "./failing.ts";
import { guard } from "./guard.ts";
import { readLatest } from "./latest.ts";
import { MAX_INBOUND_BYTES, openLiveRoom } from "./live.ts";
import { servePages } from "./pages.ts";
import type { RouteDeps } from "./route-kit.ts";
import { accessRoutes } from "./routes/access.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { anomalyRoutes } from "./routes/anomalies.ts";
import { backupRoutes } from "./routes/backups.ts";
import { buildingRoutes } from "./routes/buildings.ts";
import { kyzRoutes } from "./routes/compat/kyz.ts";
import { niagaraRoutes } from "./routes/compat/niagara.ts";
import { tasmotaRoutes } from "./routes/compat/tasmota.ts";
import { correctionRoutes } from "./routes/corrections.ts";
import { csvImportRoutes } from "./routes/csv-import.ts";
import { healthRoutes, watchRoutes } from "./routes/health.ts";
import { historyRoutes } from "./routes/history.ts";
import { homeRoutes } from "./routes/homes.ts";
import { jobRoutes } from "./routes/jobs.ts";
import { liveRoutes } from "./routes/live.ts";
import { meterRoutes } from "./routes/meters.ts";
import { plantRoutes } from "./routes/plants.ts";
import { roundRoutes } from "./routes/round.ts";
import { seriesRoutes } from "./routes/series.ts";
import { siteRoutes } from "./routes/sites.ts";
import { sourceRoutes } from "./routes/sources.ts";
import { usageRoutes } from "./routes/usage.ts";
import { openSessions } from "./session.ts";
import { openSpacing } from "./spacing.ts";
import { openUsage } from "./usage.ts";

const MAX_BODY_BYTES = 1_048_576;
const MAX_HEADER_BYTES = 65_536;
const MAX_PART_CHARACTERS = 500;
const REQUEST_MS = 30_000;
/** A reader that takes nothing for so long is gone; it holds an export open. Live connections have their own heartbeat. */
const IDLE_MS = 120_000;
const MAX_CONNECTIONS = 1_000;
const MINUTE_MS = 60_000;
const DEFAULT_REQUESTS = 6_000;
const MIN_COMPRESSED_BYTES = 1_024;
const ID_BYTES = 6;

/** The routes below `/api/v1`. */
const V1 = [
  healthRoutes,
  siteRoutes,
  seriesRoutes,
  historyRoutes,
  sourceRoutes,
  accessRoutes,
  liveRoutes,
  plantRoutes,
  homeRoutes,
  meterRoutes,
  buildingRoutes,
  anomalyRoutes,
  correctionRoutes,
  roundRoutes,
  csvImportRoutes,
  jobRoutes,
  alertRoutes,
  backupRoutes,
  usageRoutes,
];

/**
 * The HTTP server over a store, ready and not yet listening. Closing it closes the live room, not the store.
 * Errors:  throws for a route without a policy and for a network range that is none.
 */
export async function buildApp(deps: ApiDeps): Promise<FastifyInstance> {
  const app = newServer(deps.config).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // Answers are built by typed functions; zod documents them and tests hold them to it. Checking each again would cost most of the time.
  app.setSerializerCompiler(() => JSON.stringify);
  app.removeContentTypeParser("text/plain");
  failInOneShape(app, deps.logger, () => Buffer.from(deps.random(ID_BYTES)).toString("hex"));
  demandPolicies(app);

  const sessions = await openSessions(deps);
  const access = openAccess({ ...deps, sessions });
  const catalog = openCatalog(deps.store);
  const live = openLiveRoom({ ...deps, access, limits: deps.config.live ?? {}, snapshot });
  app.addHook("preClose", async () => live.close());
  const usage = openUsage({
    ...deps,
    zone: await usageZone(deps),
    ...(deps.config.usageDays === undefined ? {} : { keptDays: deps.config.usageDays }),
  });
  app.addHook("onClose", () => usage.close());
  const routeDeps: RouteDeps = {
    ...deps,
    access,
    sessions,
    catalog,
    live,
    usage,
    spacing: openSpacing(deps.store, deps.nowMs),
    columns: openColumnCache(deps.store),
  };

  await registerPlugins(app, deps.config);
  guard(app, { ...deps, access });
  await documentRoutes(app, deps.config);
  watchRoutes(app, routeDeps);
  await app.register(
    async (api) => {
      const typed = api.withTypeProvider<ZodTypeProvider>();
      for (const add of V1) add(typed, routeDeps);
    },
    { prefix: API_BASE },
  );
  await kyzRoutes(app, routeDeps);
  await tasmotaRoutes(app, routeDeps);
  await niagaraRoutes(app, routeDeps);
  await serveDocuments(app);
  await servePages(
    app,
    deps.config.webFolder === undefined ? undefined : { folder: deps.config.webFolder, basePath: deps.config.basePath },
  );
  app.server.maxConnections = MAX_CONNECTIONS;
  await app.ready();
  return app as unknown as FastifyInstance;

  async function snapshot(keys?: readonly string[]) {
    const now = await catalog();
    // A page may know a series from before that is gone; it simply has no value.
    const wanted = keys?.map((key) => now.byKey.get(key)).filter((series) => series !== undefined);
    return readLatest(deps.store, now, wanted);
  }
}

/** Days of page views are those of the first plant, else of the first site. */
async function usageZone({ plants, store }: ApiDeps): Promise<Zone> {
  return zoneNamed(plants?.[0]?.settings.zone ?? (await store.registry()).sites[0]?.zone ?? "UTC");
}

function newServer(config: ApiConfig): FastifyInstance {
  return Fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_MS,
    connectionTimeout: IDLE_MS,
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: REQUEST_MS },
    routerOptions: { maxParamLength: MAX_PART_CHARACTERS },
    forceCloseConnections: true,
    trustProxy: config.trustProxy === false ? false : [...config.trustProxy],
    // A proxy may keep the prefix or strip it; either arrives at the same routes.
    rewriteUrl: ({ url = "/" }) => withoutPrefix(url, config.basePath),
    clientErrorHandler: answerBroken,
    frameworkErrors: (error, _request, reply) => {
      send(reply, failureOf(error) ?? failure("bad-request"));
    },
  });
}

/** Answers what is no HTTP request: there is no reply object yet, so the answer is written by hand. */
function answerBroken(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body } = failure(error.code === "HPE_HEADER_OVERFLOW" ? "headers-too-large" : "bad-request");
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  socket.end(`${[...head, "connection: close"].join("\r\n")}\r\n\r\n${text}`);
}

function withoutPrefix(url: string, basePath: string): string {
  if (basePath === "" || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  return rest === "" || rest.startsWith("?") ? `/${rest}` : rest.startsWith("/") ? rest : url;
}

async function registerPlugins(app: FastifyInstance, config: ApiConfig): Promise<void> {
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Mantine sets styles on elements.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'", "data:"],
        connectSrc: ["'self'", "ws:", "wss:"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'self'"],
        objectSrc: ["'none'"],
      },
    },
    // Plain HTTP on a local network is usual; whoever puts TLS in front sets it there.
    hsts: false,
    frameguard: { action: "deny" },
    referrerPolicy: { policy: "no-referrer" },
  });
  await app.register(fastifyRateLimit, {
    max: config.requestsPerMinute ?? DEFAULT_REQUESTS,
    timeWindow: MINUTE_MS,
    errorResponseBuilder: (_request, context) => Object.assign(new Error("too many requests"), { statusCode: context.statusCode }),
  });
  await app.register(fastifyCompress, { threshold: MIN_COMPRESSED_BYTES, globalDecompression: false, encodings: ["br", "gzip"] });
  await app.register(fastifyWebsocket, { options: { maxPayload: MAX_INBOUND_BYTES, perMessageDeflate: false } });
}
