import fastifySwagger from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import type { ApiConfig } from "./deps.ts";

/** Writes the OpenAPI document from the routes; register before them. */
export async function documentRoutes(app: FastifyInstance, config: Pick<ApiConfig, "version" | "basePath">): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Wattkeep", version: config.version, description: "From live pulse to explained bill." },
      servers: [{ url: config.basePath === "" ? "/" : config.basePath }],
      components: {
        securitySchemes: {
          token: { type: "http", scheme: "bearer", description: "wk_… from `wattkeep token create` or POST /api/v1/tokens" },
          session: { type: "apiKey", in: "cookie", name: "wattkeep_session" },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
  });
}

/** Serves the document and a page to read and try it, all from this server. */
export async function serveDocuments(app: FastifyInstance): Promise<void> {
  await app.register(async (docs) => {
    docs.addHook("onRoute", (route) => {
      route.config = { ...route.config, policy: "viewer" };
    });
    await docs.register(fastifySwaggerUi, { routePrefix: "/api/docs", uiConfig: { validatorUrl: null, docExpansion: "list" } });
  });
}
