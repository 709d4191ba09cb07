import type { Decision, EquipmentDecision, Evidence } from "./model.ts";

/** The word with which a person says that there is none. */
export const NONE = "none";

type From = "file" | "page";

/** One thing a person decided. */
export interface Said<T> {
  readonly value: T;
  readonly from: From;
  /** Of what was decided alike, the higher was said later. */
  readonly factId: number;
}

export interface PointSaid {
  readonly role?: Said<NonNullable<Decision["role"]>>;
  readonly equipment?: Said<string>;
}

export interface EquipmentSaid {
  readonly servedBy?: Said<string>;
  readonly name?: Said<string>;
  readonly floor?: Said<string>;
}

/** What was decided of each point. What the file says goes before the page, and the later before the earlier. */
export function pointsSaid(decisions: readonly Decision[]): ReadonlyMap<string, PointSaid> {
  const found = new Map<string, PointSaid>();
  for (const one of decisions) {
    const before = found.get(one.point) ?? {};
    const role = later(before.role, one.role, one);
    const equipment = later(before.equipment, one.equipment?.trim(), one);
    found.set(one.point, { ...(role && { role }), ...(equipment && { equipment }) });
  }
  return found;
}

/** What was decided of equipment, by how it was written. */
export function equipmentSaid(decisions: readonly EquipmentDecision[]): ReadonlyMap<string, EquipmentSaid> {
  const found = new Map<string, EquipmentSaid>();
  for (const one of decisions) found.set(one.equipment, merged(found.get(one.equipment) ?? {}, one));
  return found;
}

function merged(before: EquipmentSaid, one: EquipmentDecision): EquipmentSaid {
  const servedBy = later(before.servedBy, one.servedBy?.trim(), one);
  const name = later(before.name, one.name?.trim(), one);
  const floor = later(before.floor, one.floor?.trim(), one);
  return { ...(servedBy && { servedBy }), ...(name && { name }), ...(floor !== undefined && { floor }) };
}

/** Two spellings of one piece of equipment, as one. */
export function bothSaid(a: EquipmentSaid, b: EquipmentSaid): EquipmentSaid {
  const servedBy = stronger(a.servedBy, b.servedBy);
  const name = stronger(a.name, b.name);
  const floor = stronger(a.floor, b.floor);
  return { ...(servedBy && { servedBy }), ...(name && { name }), ...(floor && { floor }) };
}

function later<T>(before: Said<T> | undefined, value: T | undefined, one: { from: From; factId?: number }): Said<T> | undefined {
  if (value === undefined || value === "") return before;
  return stronger(before, { value, from: one.from, factId: one.factId ?? 0 });
}

function stronger<T>(before: Said<T> | undefined, one: Said<T> | undefined): Said<T> | undefined {
  if (before === undefined || one === undefined) return before ?? one;
  if (before.from !== one.from) return before.from === "file" ? before : one;
  return one.factId >= before.factId ? one : before;
}

/** Evidence of what a person decided: "Written in the file: no role." */
export function saidEvidence(from: From, what: string): Evidence {
  return { rule: from, sentence: `${from === "file" ? "Written in the file" : "Decided on the page"}: ${what}.`, confidence: 1 };
}
