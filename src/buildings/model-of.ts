import { collisionsOf } from "./collisions.ts";
import { byText, countKey } from "./count-order.ts";
import { equipmentSaid, NONE, type PointSaid, pointsSaid, saidEvidence } from "./decided.ts";
import type { Drafted, Group, Read } from "./drafted.ts";
import { equipmentOf, saidByGroup } from "./equipment-built.ts";
import { type EquipmentIndex, equipmentIndex } from "./equipment-index.ts";
import { foldersOf, namedBy } from "./equipment-named.ts";
import type { BuildingModel, BuildingPoint, Decision, EquipmentDecision, PointGuess } from "./model.ts";
import { type RoleRead, roleReader } from "./point-role.ts";
import type { EquipmentType, Role } from "./role.ts";
import type { RoleRule } from "./role-rule.ts";
import { evidenceOf, lostEvidence, nameOf, roleWords } from "./tell.ts";

/** What people said of a building. */
export interface Said {
  /** Rules of the file, tried before those of the house. */
  readonly rules?: readonly RoleRule[];
  readonly decisions?: readonly Decision[];
  readonly equipment?: readonly EquipmentDecision[];
}

/**
 * Equipment, zones and roles of the points of one site, as their senders, their names and people say. What a person decided wins
 * over every rule; the order of the points does not matter.
 * Missing: a point without equipment or role keeps neither; it is told all the same.
 */
export function modelOf(points: readonly BuildingPoint[], said: Said = {}): BuildingModel {
  const stations = new Set(points.map((point) => point.station).filter((station) => station !== ""));
  const index = equipmentIndex(stations.size > 1);
  const drafted = draft(points, pointsSaid(said.decisions ?? []), index);
  const readRole = roleReader(said.rules ?? []);
  const types = typesOf(drafted);
  const all = drafted.map((one): Read => {
    const read = readRole(one.point, { named: one.named, type: one.ref && types.get(one.ref.id) });
    return { point: one.point, named: one.named, said: one.said, ref: one.ref, read, role: roleOf(one.said, read) };
  });
  const groups = grouped(all);
  const lost = new Map<BuildingPoint, string>();
  const saidOf = saidByGroup(groups, { index, said: equipmentSaid(said.equipment ?? []) });
  const equipment = equipmentOf(groups, { index, types, saidOf, lost });
  const collides = collisionsOf(points);
  return { points: all.map((one) => guessOf(one, { shadowed: lost.get(one.point), collides: collides.get(one.point) ?? [] })), equipment };
}

function draft(points: readonly BuildingPoint[], said: ReadonlyMap<string, PointSaid>, index: EquipmentIndex): Drafted[] {
  const folders = foldersOf(points);
  const keyed = points.map((point) => ({ point, key: countKey(nameOf(point)) }));
  keyed.sort((a, b) => byText(a.key, b.key) || byText(a.point.station, b.point.station) || byText(a.point.point, b.point.point));
  const named = keyed.map(({ point }) => {
    const one = namedBy(point, folders);
    return { point, named: one, said: said.get(point.point) ?? {}, ref: one.equipment && index.of(one.equipment, point.station) };
  });
  return named.map((one) => {
    const decided = one.said.equipment?.value;
    if (decided === undefined) return one;
    return { ...one, ref: decided === NONE ? undefined : index.called(decided, one.point.station) };
  });
}

/** Kinds by id; a sender's own word says none, so the tags of any of its points may. */
function typesOf(drafted: readonly Drafted[]): Map<string, EquipmentType> {
  const types = new Map<string, EquipmentType>();
  for (const { ref, named } of drafted) {
    if (ref === undefined) continue;
    const own = named.equipment?.root === ref.root ? named.equipment.type : ref.type;
    if ((types.get(ref.id) ?? "other") === "other") types.set(ref.id, own);
  }
  return types;
}

function roleOf(said: PointSaid, read: RoleRead): Role | undefined {
  if (said.role !== undefined) return said.role.value === NONE ? undefined : said.role.value;
  return read.taken?.rule.role;
}

function grouped(all: readonly Read[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const one of all) {
    if (one.ref === undefined) continue;
    const group = groups.get(one.ref.id) ?? { ref: one.ref, points: [] };
    group.points.push(one);
    groups.set(one.ref.id, group);
  }
  return groups;
}

function guessOf(one: Read, { shadowed, collides }: { shadowed: string | undefined; collides: readonly string[] }): PointGuess {
  const { point, named, ref, said, role, read } = one;
  const { taken } = read;
  const equipmentEvidence = said.equipment
    ? saidEvidence(said.equipment.from, ref ? `part of ${ref.name}` : "part of no equipment")
    : ref && named.evidence;
  const roleEvidence = said.role ? saidEvidence(said.role.from, role ? roleWords(role) : "no role") : taken && evidenceOf(taken, point);
  const others = said.role && taken && taken.rule.role !== role ? [taken, ...read.others] : read.others;
  return {
    point,
    ...(ref && { equipment: ref.id }),
    ...(equipmentEvidence && { equipmentEvidence }),
    ...(role && { role }),
    ...(roleEvidence && { roleEvidence }),
    others: others
      .filter((match) => match.rule.role !== role)
      .map((match) => ({ role: match.rule.role, evidence: lostEvidence(match, match === taken ? undefined : taken, point) })),
    ...(shadowed !== undefined && { shadowedBy: shadowed }),
    collidesWith: collides,
  };
}
