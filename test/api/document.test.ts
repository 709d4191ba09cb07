import { readFileSync } from "node:fs";
import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demandPolicies } from "#api/access.ts";
import { ERRORS } from "#api/errors.ts";
import { get, type House, openHouse } from "./house.ts";

interface Content {
  readonly example?: unknown;
  readonly schema?: { readonly examples?: readonly unknown[] };
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly responses?: Record<string, { readonly content?: Record<string, Content> }>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
}

/** What the API promises; a route that comes or goes shows here. */
const ROUTES = [
  "GET /healthz",
  "GET /metrics",
  "GET /api/v1/backups",
  "GET /api/v1/alerts",
  "GET /api/v1/alerts/rules",
  "GET /api/v1/columns",
  "GET /api/v1/edits",
  "GET /api/v1/export.csv",
  "GET /api/v1/health",
  "GET /api/v1/latest",
  "GET /api/v1/ledger",
  "GET /api/v1/live",
  "GET /api/v1/homes",
  "GET /api/v1/homes/{id}/balance",
  "GET /api/v1/homes/{id}/chart",
  "GET /api/v1/homes/{id}/days",
  "GET /api/v1/homes/{id}/events",
  "GET /api/v1/homes/{id}/export.csv",
  "GET /api/v1/homes/{id}/selection",
  "GET /api/v1/homes/{id}/summary",
  "GET /api/v1/anomalies",
  "GET /api/v1/corrections",
  "GET /api/v1/jobs",
  "GET /api/v1/jobs/{name}/runs/{run}",
  "GET /api/v1/buildings",
  "GET /api/v1/buildings/{site}",
  "GET /api/v1/buildings/{site}/equipment",
  "GET /api/v1/buildings/{site}/equipment/{id}",
  "GET /api/v1/buildings/{site}/findings",
  "GET /api/v1/buildings/{site}/overrides",
  "GET /api/v1/buildings/{site}/peak",
  "GET /api/v1/buildings/{site}/points",
  "GET /api/v1/buildings/{site}/stopped",
  "GET /api/v1/buildings/{site}/zones/{id}",
  "GET /api/v1/buildings/{site}/zones/{id}/export.csv",
  "GET /api/v1/meters",
  "GET /api/v1/meters/costs",
  "GET /api/v1/meters/{id}",
  "GET /api/v1/meters/{id}/consumption",
  "GET /api/v1/meters/{id}/consumption.csv",
  "GET /api/v1/meters/{id}/expectation",
  "GET /api/v1/meters/{id}/lineage",
  "GET /api/v1/meters/{id}/profile",
  "GET /api/v1/meters/{id}/readings",
  "GET /api/v1/round",
  "GET /api/v1/round/photos/{id}",
  "GET /api/v1/plants",
  "GET /api/v1/plants/{id}/bills",
  "GET /api/v1/plants/{id}/bills/{period}",
  "GET /api/v1/plants/{id}/cap",
  "GET /api/v1/plants/{id}/days",
  "GET /api/v1/plants/{id}/heat",
  "GET /api/v1/plants/{id}/imports",
  "GET /api/v1/plants/{id}/intervals",
  "GET /api/v1/plants/{id}/intervals.csv",
  "GET /api/v1/plants/{id}/intervals/{endMs}",
  "GET /api/v1/plants/{id}/power",
  "GET /api/v1/plants/{id}/quality",
  "GET /api/v1/plants/{id}/running",
  "GET /api/v1/plants/{id}/summary",
  "GET /api/v1/usage/summary",
  "GET /api/v1/points",
  "GET /api/v1/rejects",
  "GET /api/v1/series",
  "GET /api/v1/session",
  "GET /api/v1/sites",
  "GET /api/v1/sources",
  "GET /api/v1/tokens",
  "PATCH /api/v1/points/{site}/{point}",
  "PATCH /api/v1/sites/{site}",
  "POST /api/v1/alerts/channels/{channel}/test",
  "POST /api/v1/alerts/rules/{rule}/mute",
  "POST /api/v1/alerts/{id}/acknowledge",
  "POST /api/v1/edits/{id}/undo",
  "POST /api/v1/anomalies/dismiss",
  "POST /api/v1/corrections",
  "POST /api/v1/meters/gas",
  "POST /api/v1/meters/{id}/events",
  "POST /api/v1/meters/{id}/prices",
  "POST /api/v1/meters/{id}/readings",
  "POST /api/v1/meters/{id}/replacements",
  "PUT /api/v1/buildings/{site}/equipment/{id}",
  "PUT /api/v1/buildings/{site}/points/{point}",
  "PUT /api/v1/meters/{id}",
  "PUT /api/v1/round/photos/{id}",
  "DELETE /api/v1/buildings/{site}/facts/{fact}",
  "DELETE /api/v1/corrections/{id}",
  "DELETE /api/v1/meters/{id}",
  "DELETE /api/v1/meters/{id}/facts/{fact}",
  "POST /api/v1/homes/{id}/events",
  "POST /api/v1/homes/{id}/import",
  "POST /api/v1/homes/{id}/instalments",
  "POST /api/v1/homes/{id}/prices",
  "POST /api/v1/jobs/{name}/cancel",
  "POST /api/v1/jobs/{name}/run",
  "POST /api/v1/pairings",
  "POST /api/v1/plants/{id}/check-bill",
  "POST /api/v1/usage/pageview",
  "POST /api/v1/readings/csv",
  "POST /api/v1/rejects/redrive",
  "POST /api/v1/session",
  "POST /api/v1/tokens",
  "PUT /api/v1/alerts/rules/{rule}",
  "DELETE /api/v1/alerts/rules/{rule}",
  "DELETE /api/v1/alerts/{id}/acknowledge",
  "DELETE /api/v1/homes/{id}/facts/{fact}",
  "DELETE /api/v1/session",
  "DELETE /api/v1/tokens/{id}",
];

const OPEN = ["GET /healthz", "GET /api/v1/session", "POST /api/v1/session", "DELETE /api/v1/session"];

let house: House;
let document: Document;
beforeAll(async () => {
  house = await openHouse({ loopbackOpen: false, anonymous: [{ role: "viewer", from: "127.0.0.1/32" }] });
  document = (await get(house, "/api/docs/json")).json();
});
afterAll(() => house.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
  );

describe("the OpenAPI document", () => {
  test("holds every route and no other", () => {
    expect(document.openapi).toBe("3.1.0");
    const listed = operations().map(({ route }) => route);
    expect(listed.filter((route) => !route.startsWith("HEAD")).toSorted()).toEqual(ROUTES.toSorted());
  });

  test("says of each what it does, with an example of its answer and the shape of its errors", () => {
    const bare = operations().filter(({ operation }) => {
      const { responses = {}, summary, description, tags = [] } = operation;
      const contents = Object.values(responses["200"]?.content ?? {});
      const examples = contents.flatMap((content) => content.example ?? content.schema?.examples ?? []);
      const errors = JSON.stringify(responses["4XX"] ?? responses["4xx"] ?? {});
      return !summary || !description || tags.length === 0 || examples.length === 0 || !errors.includes("sentence");
    });
    expect(bare.map(({ route }) => route)).toEqual([]);
  });
});

describe("policies", () => {
  test("the document says of the open routes, and of no others, that they need no token", () => {
    const free = operations().filter(({ operation }) => operation.security?.length === 0);
    expect(
      free
        .map(({ route }) => route)
        .filter((route) => !route.startsWith("HEAD"))
        .toSorted(),
    ).toEqual(OPEN.toSorted());
  });

  test("nobody gets an answer from any route but the open ones", async () => {
    for (const route of ROUTES) {
      const [method, path] = route.split(" ") as ["GET", string];
      const url = path.replaceAll(/\{\w+\}/g, "x");
      const answer = await house.app.inject({ method, url, remoteAddress: "203.0.113.9", headers: { host: "localhost" } });
      expect({ route, closed: answer.statusCode === 401 }).toEqual({ route, closed: !OPEN.includes(route) });
    }
  });

  test("a route without one keeps the server from starting", async () => {
    const app = Fastify();
    demandPolicies(app);
    app.get("/forgotten", async () => "hello");
    await expect(app.ready()).rejects.toThrow("Routes without a policy: GET /forgotten");
  });
});

describe("the page to read it", () => {
  test("brings every script and style from this server", async () => {
    const page = await get(house, "/api/docs/");
    expect(page.status).toBe(200);
    const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] as string);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect((await get(house, new URL(link, "http://localhost/api/docs/").pathname)).status).toBe(200);
    expect(links.filter((link) => /^https?:/.test(link))).toEqual([]);
    expect(page.text).not.toMatch(/<script(?![^>]*src=)[^>]*>\s*\S/);
  });
});

describe("errors", () => {
  test("the guide lists every code with its status, and none that is gone", () => {
    const guide = readFileSync("docs/guides/errors.md", "utf8");
    const listed = [...guide.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm)].map((match) => `${match[1]} ${match[2]}`);
    expect(listed.toSorted()).toEqual(
      Object.entries(ERRORS)
        .map(([code, { status }]) => `${code} ${status}`)
        .toSorted(),
    );
  });

  test("each sentence says what to do and ends as a sentence does", () => {
    for (const { sentence } of Object.values(ERRORS)) expect(sentence).toMatch(/^[A-Z{].{20,}[.`]$/);
  });

  test("a fault of ours is answered with an id that the log explains, and nothing of it leaks", async () => {
    const broken = await openHouse(
      {},
      {
        sources: () => {
          throw new Error("secret inner state of /var/lib");
        },
      },
    );
    const answer = await get(broken, "/api/v1/sources");
    expect(answer.status).toBe(500);
    const { code, sentence } = answer.json().error;
    expect(code).toBe("internal");
    expect(answer.text).not.toContain("secret inner state");
    const id = /id ([0-9a-f]+)/.exec(sentence)?.[1] as string;
    expect(broken.logs.join("\n")).toContain(id);
    expect(broken.logs.join("\n")).toContain("secret inner state");
    await broken.close();
  });

  test("a store that is gone is said in its own code", async () => {
    const closed = await openHouse();
    await closed.store.close();
    const answer = await get(closed, "/api/v1/latest");
    expect({ status: answer.status, code: answer.json().error.code }).toEqual({ status: 503, code: "closed" });
    expect(answer.headers["retry-after"]).toBe("5");
    await closed.app.close();
  });
});
