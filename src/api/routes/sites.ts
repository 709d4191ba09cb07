import { demand, whoOf } from "#api/access.ts";
import { pointOf, siteOf } from "#api/catalog.ts";
import { ApiError } from "#api/errors.ts";
import { factPolicy } from "#api/fact-policy.ts";
import { removedPoints } from "#api/meters/removed-points.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { pointInfo, siteInfo } from "#api/series-info.ts";
import {
  editBodySchema,
  editParamsSchema,
  editSchema,
  editsQuerySchema,
  editsSchema,
  pointParamsSchema,
  siteParamsSchema,
} from "#contract/edits.ts";
import { pointSchema, pointsQuerySchema, pointsSchema, siteSchema, sitesSchema } from "#contract/series.ts";
import type { Declared, Fact } from "#sites/registry.ts";

const SITE = { id: "plant", name: "Plant", zone: "America/Indiana/Indianapolis", currency: "USD", demo: false };
const POINT = {
  key: "plant/main",
  site: "plant",
  id: "main",
  name: "Main electricity",
  medium: "electricity" as const,
  series: ["plant/main/power@kyz"],
};
const EDIT = {
  id: 7,
  site: "plant",
  point: "main",
  name: "name",
  value: "Main electricity",
  fromMs: 1_763_600_000_000,
  who: "Ada (cookie)",
  madeMs: 1_763_600_000_000,
};

/** Sites, their points, and the names people give them. */
export function siteRoutes(app: Api, deps: RouteDeps): void {
  app.get("/sites", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Sites",
      description: "Every site with its time zone and currency, and which pages have something of it.",
      tags: ["sites"],
      response: answers(sitesSchema, { sites: [{ ...SITE, has: ["plant"] }] }),
    },
    handler: async () => {
      const catalog = await deps.catalog();
      const has = pagesOf(deps);
      return { sites: catalog.sites.map((site) => ({ ...siteInfo(catalog, site), has: has(site.id) })) };
    },
  });

  app.get("/points", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Points",
      description: "Roles at a site, such as its main electricity, each with its series; the series shown first comes first.",
      tags: ["sites"],
      querystring: pointsQuerySchema,
      response: answers(pointsSchema, { points: [POINT] }),
    },
    handler: async (request) => {
      const catalog = await deps.catalog();
      const { site } = request.query;
      if (site !== undefined) siteOf(catalog, site);
      const removed = await removedPoints(deps);
      const asked = catalog.points.filter((point) => site === undefined || point.site === site);
      return {
        points: asked.map((point) => {
          const info = pointInfo(catalog, point);
          const removedOn = removed.get(info.key);
          return removedOn === undefined ? info : { ...info, removedOn };
        }),
      };
    },
  });

  app.patch("/sites/:site", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Name a site",
      description: "Gives a site another name. What the configuration declares is changed there, not here.",
      tags: ["edits"],
      params: siteParamsSchema,
      body: editBodySchema,
      response: answers(siteSchema, SITE),
    },
    handler: async (request) => {
      const site = siteOf(await deps.catalog(), request.params.site);
      refuseDeclared(`Site ${site.id}`, site.declared);
      await deps.store.register({
        facts: [nameFact(deps, { site: site.id, point: "" }, { name: request.body.name, who: whoOf(request.identity) })],
      });
      const catalog = await deps.catalog();
      return siteInfo(catalog, siteOf(catalog, site.id));
    },
  });

  app.patch("/points/:site/:point", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Name a point",
      description: "Gives a point another name. What the configuration declares is changed there, not here.",
      tags: ["edits"],
      params: pointParamsSchema,
      body: editBodySchema,
      response: answers(pointSchema, POINT),
    },
    handler: async (request) => {
      const { site, point: id } = request.params;
      const point = pointOf(await deps.catalog(), `${site}/${id}`);
      refuseDeclared(`Point ${site}/${id}`, point.declared);
      await deps.store.register({
        facts: [nameFact(deps, { site, point: id }, { name: request.body.name, who: whoOf(request.identity) })],
      });
      const catalog = await deps.catalog();
      return pointInfo(catalog, pointOf(catalog, `${site}/${id}`));
    },
  });

  app.get("/edits", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Edits",
      description: "What people changed on the pages: who, when, and whether it was undone. Newest first.",
      tags: ["edits"],
      querystring: editsQuerySchema,
      response: answers(editsSchema, { edits: [EDIT] }),
    },
    handler: async (request) => {
      const { facts } = (await deps.catalog()).registry;
      const { site, point } = request.query;
      const wanted = facts.filter((fact) => (site === undefined || fact.site === site) && (point === undefined || fact.point === point));
      return { edits: wanted.toSorted((a, b) => b.madeMs - a.madeMs || numbered(b).id - numbered(a).id).map(numbered) };
    },
  });

  app.post("/edits/:id/undo", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Undo an edit",
      description: "What held before holds again. The edit stays listed, marked as undone. Prices and instalments need the role billing.",
      tags: ["edits"],
      params: editParamsSchema,
      response: answers(editSchema, { ...EDIT, undoneMs: 1_763_600_060_000 }),
    },
    handler: async (request) => {
      const edit = (await deps.catalog()).registry.facts.find((fact) => fact.id === request.params.id);
      if (!edit) throw new ApiError("unknown-edit", { id: request.params.id });
      demand(factPolicy(edit.name), request.identity);
      if (edit.undoneMs !== undefined) return numbered(edit);
      const undone = { ...edit, undoneMs: deps.nowMs() };
      await deps.store.register({ facts: [undone] });
      return numbered(undone);
    },
  });
}

const numbered = (fact: Fact) => ({ ...fact, id: fact.id ?? 0 });

function refuseDeclared(what: string, declared: Declared | undefined): void {
  if (declared) throw new ApiError("declared-in-file", { what, file: declared.file, line: declared.line });
}

function nameFact(deps: RouteDeps, of: { site: string; point: string }, edit: { name: string; who: string }): Fact {
  const nowMs = deps.nowMs();
  return { ...of, name: "name", value: edit.name, fromMs: nowMs, who: edit.who, madeMs: nowMs };
}

/** Which pages have something of a site: told from who is there, without asking any of them. */
function pagesOf({ plants = [], homes, buildings }: RouteDeps): (site: string) => ("plant" | "home" | "building")[] {
  const groups = [
    ["plant", plants],
    ["home", homes?.() ?? []],
    ["building", buildings?.() ?? []],
  ] as const;
  const sites = groups.map(([page, all]) => [page, new Set(all.map(({ settings }) => settings.site))] as const);
  return (site) => sites.filter(([, of]) => of.has(site)).map(([page]) => page);
}
