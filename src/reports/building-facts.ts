import type { Decision, EquipmentDecision } from "#buildings/model.ts";
import { ROLES, type Role } from "#buildings/role.ts";
import type { Fact, Registry } from "#sites/registry.ts";
import type { BuildingSettings } from "./building-settings.ts";
import { saidIn, textOf } from "./meter-facts.ts";

/** What a page says a point is: JSON `{ role?, equipment? }`. */
export const BUILDING_POINT_FACT = "building-point";
/** What a page says of equipment, as a fact of the site: JSON `{ equipment, servedBy?, name?, floor? }`. */
export const BUILDING_EQUIPMENT_FACT = "building-equipment";

/** What people decided about a building: the file, then pages for all that the file leaves open. */
export interface Decided {
  readonly decisions: readonly Decision[];
  readonly equipment: readonly EquipmentDecision[];
}

/** Of each thing that a page says the newest counts; what was taken back does not. */
export function decidedOf(settings: BuildingSettings, registry: Pick<Registry, "facts">): Decided {
  const facts = registry.facts.filter(({ site, undoneMs }) => site === settings.site && undoneMs === undefined);
  const decisions = newestBy(facts.flatMap(decisionIn), ({ point }) => point);
  const equipment = newestBy(facts.flatMap(equipmentIn), (one) => one.equipment);
  const pinned = new Map(settings.decisions.map((one) => [one.point, one]));
  const pinnedEquipment = new Map(settings.equipment.map((one) => [one.equipment, one]));
  return {
    decisions: [...settings.decisions, ...decisions.flatMap((one) => leftOpen(one, pinned.get(one.point), ["role", "equipment"]))],
    equipment: [
      ...settings.equipment,
      ...equipment.flatMap((one) => leftOpen(one, pinnedEquipment.get(one.equipment), ["servedBy", "name", "floor"])),
    ],
  };
}

function decisionIn(fact: Fact): Decision[] {
  const said = fact.point !== "" && fact.name === BUILDING_POINT_FACT ? saidIn(fact) : undefined;
  if (said === undefined) return [];
  const role = roleOf(said["role"]);
  const equipment = textOf(said["equipment"]);
  return [
    {
      point: fact.point,
      ...(role === undefined ? {} : { role }),
      ...(equipment === undefined ? {} : { equipment }),
      from: "page",
      ...(fact.id === undefined ? {} : { factId: fact.id }),
    },
  ];
}

function roleOf(given: unknown): Role | "none" | undefined {
  return given === "none" ? "none" : ROLES.find((role) => role === given);
}

function equipmentIn(fact: Fact): EquipmentDecision[] {
  const said = fact.point === "" && fact.name === BUILDING_EQUIPMENT_FACT ? saidIn(fact) : undefined;
  const equipment = textOf(said?.["equipment"]);
  if (said === undefined || equipment === undefined) return [];
  const texts = (["servedBy", "name", "floor"] as const).flatMap((key) => {
    const text = textOf(said[key]);
    return text === undefined ? [] : [[key, text] as const];
  });
  return [{ equipment, ...Object.fromEntries(texts), from: "page", ...(fact.id === undefined ? {} : { factId: fact.id }) }];
}

/** Facts come in the order they were made. */
function newestBy<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

/** What a page says of what the file does not. */
function leftOpen<T extends object>(said: T, pinned: T | undefined, keys: readonly (keyof T)[]): T[] {
  if (pinned === undefined) return [said];
  const open = keys.filter((key) => pinned[key] === undefined && said[key] !== undefined);
  if (open.length === 0) return [];
  const taken = new Set<keyof T>(keys.filter((key) => !open.includes(key)));
  return [Object.fromEntries(Object.entries(said).filter(([key]) => !taken.has(key as keyof T))) as T];
}
