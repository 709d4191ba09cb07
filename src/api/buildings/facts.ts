import type { z } from "zod";
import { demand } from "#api/access.ts";
import { ApiError } from "#api/errors.ts";
import { factPolicy } from "#api/fact-policy.ts";
import { type SayWish, say } from "#api/meters/facts.ts";
import { ROLES, ZONE_TYPES } from "#buildings/role.ts";
import type { BuildingFact, equipmentDecisionSchema, pointDecisionSchema } from "#contract/building-points.ts";
import { BUILDING_EQUIPMENT_FACT, BUILDING_POINT_FACT } from "#reports/building-facts.ts";
import { type BuildingDesk, unknownEquipment } from "./desk.ts";

const SAYINGS: ReadonlySet<string> = new Set([BUILDING_POINT_FACT, BUILDING_EQUIPMENT_FACT]);
const NAME_CHARACTERS = 200;

/** Errors: unknown-point, decision-unusable, decided-in-file. */
export async function sayPoint(
  desk: BuildingDesk,
  of: { readonly point: string; readonly said: z.output<typeof pointDecisionSchema> },
  wish: SayWish,
): Promise<BuildingFact> {
  const { points } = await desk.reports.model();
  const guess = points.find(({ point }) => point.point === of.point);
  if (guess === undefined) throw new ApiError("unknown-point", { point: `${desk.site}/${of.point}`.slice(0, 2 * NAME_CHARACTERS) });
  const said = present(of.said);
  if (said.role !== undefined && said.role !== "none" && !(ROLES as readonly string[]).includes(said.role))
    throw unusable(`There is no role ${said.role}. GET /api/v1/buildings/${desk.site}/points lists them; \`none\` says it has none.`);
  if (said.equipment !== undefined) refuseName(said.equipment);
  const file = desk.reports.settings.decisions.find(({ from, point }) => from === "file" && point === of.point);
  refuseDecided(said, file, { what: guess.point.name, site: desk.site, section: "points" });
  const place = { site: desk.site, point: of.point };
  return say(place, { name: BUILDING_POINT_FACT, value: JSON.stringify(said), fromMs: wish.deps.nowMs() }, wish);
}

/** Errors: unknown-equipment, decision-unusable, decided-in-file. */
export async function sayEquipment(
  desk: BuildingDesk,
  of: { readonly id: string; readonly said: z.output<typeof equipmentDecisionSchema> },
  wish: SayWish,
): Promise<BuildingFact> {
  const { equipment } = await desk.reports.model();
  const one = equipment.find(({ id }) => id === of.id);
  if (one === undefined) throw unknownEquipment(desk, of.id);
  const said = present(of.said);
  if (said.servedBy !== undefined) {
    const server = equipment.find(({ id }) => id === said.servedBy);
    if (server === undefined) throw unusable(`There is no equipment ${said.servedBy} that could serve ${one.name}.`);
    if (server.id === one.id) throw unusable(`${one.name} cannot serve itself.`);
    if (ZONE_TYPES.includes(server.type)) throw unusable(`${server.name} is a zone itself: name an air handler.`);
  }
  if (said.name !== undefined) refuseName(said.name);
  if (said.floor !== undefined) refuseSigns(said.floor);
  const file = desk.reports.settings.equipment.find(({ from, equipment: id }) => from === "file" && id === of.id);
  refuseDecided(said, file, { what: one.name, site: desk.site, section: "equipment" });
  const value = JSON.stringify({ equipment: of.id, ...said });
  return say({ site: desk.site, point: "" }, { name: BUILDING_EQUIPMENT_FACT, value, fromMs: wish.deps.nowMs() }, wish);
}

/** Takes back what a page said; saying so twice changes nothing. Errors: unknown-edit, forbidden. */
export async function takeBack({ site }: Pick<BuildingDesk, "site">, factId: number, { deps, request }: SayWish): Promise<BuildingFact> {
  const { facts } = await deps.store.registry();
  const fact = facts.find(({ id, name, site: at }) => id === factId && at === site && SAYINGS.has(name));
  if (fact === undefined) throw new ApiError("unknown-edit", { id: factId });
  demand(factPolicy(fact.name), request.identity);
  const undone = fact.undoneMs === undefined ? { ...fact, undoneMs: deps.nowMs() } : fact;
  if (undone !== fact) await deps.store.register({ facts: [undone] });
  return { ...undone, id: factId };
}

/** Errors: decision-unusable for a name in which there is nothing to call it by. */
function refuseName(name: string): void {
  refuseSigns(name);
  if (!/[\p{L}\p{N}]/u.test(name)) throw unusable(`${JSON.stringify(name)} is no name: it has neither a letter nor a digit.`);
}

/** What pages and files cannot show as it is written. Errors: decision-unusable. */
function refuseSigns(text: string): void {
  if (/[\p{Cc}\p{Cs}]/u.test(text)) throw unusable(`${JSON.stringify(text)} holds control characters.`);
}

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** What is left out and what is null says the same: as guessed. */
function present<T extends object>(said: T): Present<T> {
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  ) as Present<T>;
}

/** What the file says of a thing stays; what it leaves open a page may say. */
function refuseDecided(said: object, file: object | undefined, at: { what: string; site: string; section: string }): void {
  const written = Object.entries(file ?? {}).filter(([, value]) => value !== undefined);
  const taken = Object.keys(said).find((key) => written.some(([name]) => name === key));
  if (taken !== undefined) throw new ApiError("decided-in-file", { ...at, what: `\`${taken}\` of ${at.what}` });
}

const unusable = (sentence: string): ApiError => new ApiError("decision-unusable", {}, [sentence]);
