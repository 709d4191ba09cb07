import { collisionsOf } from "./collisions.ts";
import { byText, countKey } from "./count-order.ts";
import {
  bothSaid,
  type EquipmentSaid,
  equipmentSaid,
  NONE,
  type PointSaid,
  pointsSaid,
  type Said as SaidOne,
  saidEvidence,
} from "./decided.ts";
import { type EquipmentIndex, type EquipmentRef, equipmentIndex } from "./equipment-index.ts";
import { foldersOf, type Named, namedBy } from "./equipment-named.ts";
import { floorOf } from "./floor-of.ts";
import type { BuildingModel, BuildingPoint, Decision, Equipment, EquipmentDecision, Evidence, PointGuess } from "./model.ts";
import { type RoleRead, roleReader } from "./point-role.ts";
import { type EquipmentType, type Role, ZONE_TYPES } from "./role.ts";
import type { RoleRule } from "./role-rule.ts";
import { isAirHandler, type Served, type ServedBy, servedBy } from "./served-by.ts";
import { tagValue } from "./tags.ts";
import { evidenceOf, lostEvidence, nameOf, roleWords } from "./tell.ts";
import { type Claim, winnerOf } from "./winners.ts";

/** What people said of a building. */
export interface Said {
  /** Rules of the file, tried before those of the house. */
  readonly rules?: readonly RoleRule[];
  readonly decisions?: readonly Decision[];
  readonly equipment?: readonly EquipmentDecision[];
}

/** A point on its way to what it is taken for. */
interface Drafted {
  readonly point: BuildingPoint;
  readonly named: Named;
  readonly said: PointSaid;
  readonly ref: EquipmentRef | undefined;
}

/** A point whose role is read. */
interface Read extends Drafted {
  readonly role: Role | undefined;
  readonly read: RoleRead;
}

/** Points of one piece of equipment. */
interface Group {
  readonly ref: EquipmentRef;
  readonly points: Read[];
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

/** What was decided of each piece of equipment, whatever it was called when it was decided. */
function saidByGroup(
  groups: ReadonlyMap<string, Group>,
  { index, said }: { index: EquipmentIndex; said: ReadonlyMap<string, EquipmentSaid> },
): Map<string, EquipmentSaid> {
  const found = new Map<string, EquipmentSaid>();
  for (const [text, one] of said) {
    const ref = index.known(text, "");
    if (ref === undefined || !groups.has(ref.id)) continue;
    found.set(ref.id, bothSaid(found.get(ref.id) ?? {}, one));
    if (one.name) index.rename(ref, one.name.value);
  }
  return found;
}

interface World {
  readonly index: EquipmentIndex;
  readonly types: Map<string, EquipmentType>;
  readonly saidOf: ReadonlyMap<string, EquipmentSaid>;
  /** Filled with why a point is not the one of its role. */
  readonly lost: Map<BuildingPoint, string>;
}

function equipmentOf(groups: Map<string, Group>, world: World): Equipment[] {
  addNamedAirHandlers(groups, world);
  const built = [...groups.values()].map((group) => {
    const roles = rolesOf(group, world.lost);
    const type = world.types.get(group.ref.id) ?? "other";
    // A heat pump or a sender's own word is a zone once it has a room's temperature.
    const isZone = type === "other" && roles.has("space-temp");
    return { group, roles, type: isZone ? ("zone" as const) : type, said: world.saidOf.get(group.ref.id) ?? {} };
  });
  const served = new Map(
    built.map(({ group, type, said }) => [group.ref.id, servedOf(group, { type, name: said.name?.value, index: world.index })]),
  );
  const airHandlers = [...served.values()].filter(isAirHandler);
  const equipment = built.map(({ group, roles, type, said }): Equipment => {
    const { id, root, station } = group.ref;
    const one = served.get(id) as Served;
    const by = servedBySaid(said.servedBy, world, station) ?? (ZONE_TYPES.includes(type) ? servedBy(one, airHandlers) : undefined);
    const floor = said.floor?.value ?? mostSaid(group.points.map(({ point, named }) => floorOf(point, named.text)));
    return { id, name: one.name, type, root, station, floor, roles, ...by, demo: group.points.some(isDemo) };
  });
  return equipment
    .map((one) => ({ one, key: countKey(one.name) }))
    .sort((a, b) => byText(a.key, b.key) || byText(a.one.id, b.one.id))
    .map(({ one }) => one);
}

/** Air handlers that people or paths name are there though no point is their own. */
function addNamedAirHandlers(groups: Map<string, Group>, { index, types, saidOf }: World): void {
  const add = (ref: EquipmentRef, type: EquipmentType) => {
    if (groups.has(ref.id)) return;
    groups.set(ref.id, { ref, points: [] });
    types.set(ref.id, isAirHandler({ type }) ? type : "ahu");
  };
  for (const { ref, points } of [...groups.values()]) {
    for (const { named } of points) for (const handler of named.airHandlers) add(index.of(handler, ref.station), handler.type);
    const decided = saidOf.get(ref.id)?.servedBy?.value;
    if (decided === undefined || decided === NONE) continue;
    const handler = index.called(decided, ref.station);
    add(handler, handler.type);
  }
}

function rolesOf(group: Group, lost: Map<BuildingPoint, string>): Map<Role, BuildingPoint> {
  const claims = new Map<Role, Claim[]>();
  for (const one of group.points) {
    if (one.role === undefined) continue;
    const claim = claimOf(one, one.role);
    const before = claims.get(one.role);
    if (before) before.push(claim);
    else claims.set(one.role, [claim]);
  }
  const roles = new Map<Role, BuildingPoint>();
  for (const [role, some] of claims) {
    if (some.length === 1) {
      roles.set(role, (some[0] as Claim).point);
      continue;
    }
    const { winner, lost: losers } = winnerOf(some);
    roles.set(role, winner.point);
    for (const [point, why] of losers) lost.set(point, why);
  }
  return roles;
}

function claimOf({ point, said, read }: Read, role: Role): Claim {
  const decided = said.role === undefined ? 0 : 1 + (said.role.from === "file" ? Number.MAX_SAFE_INTEGER - 1 : said.role.factId);
  const { priority, confidence } = read.taken?.rule ?? { priority: 0, confidence: 0 };
  return { point, role, decided, priority, confidence, words: read.words };
}

function servedOf(group: Group, { type, name, index }: { type: EquipmentType; name: string | undefined; index: EquipmentIndex }): Served {
  const { id, root, station } = group.ref;
  const tagged = group.points
    .map(({ point }) => tagValue(point.tags, "ahuRef", "airRef", "rtuRef", "ahu", "rtu"))
    .flatMap((value) => (value === undefined ? [] : [index.known(value, station)?.id ?? ""]));
  const nested = group.points.flatMap(({ named }) => named.airHandlers.map((handler) => index.of(handler, station).id));
  return { id, root, name: name ?? group.ref.name, type, station, tagged: byVotes(tagged), nested: byVotes(nested) };
}

function servedBySaid(
  said: SaidOne<string> | undefined,
  { index }: World,
  station: string,
): ServedBy | { servedEvidence: Evidence } | undefined {
  if (said === undefined) return undefined;
  if (said.value === NONE) return { servedEvidence: saidEvidence(said.from, "no air handler serves it") };
  const handler = index.called(said.value, station);
  return { servedBy: handler.id, servedEvidence: saidEvidence(said.from, `${handler.name} serves it`) };
}

function isDemo({ point }: { readonly point: BuildingPoint }): boolean {
  return point.series.some((one) => one.demo === true);
}

/** The text that is said most often; among equals the first as people count. Missing: empty. */
function mostSaid(texts: readonly string[]): string {
  return byVotes(texts)[0] ?? "";
}

function byVotes(texts: readonly string[]): string[] {
  const votes = new Map<string, number>();
  for (const text of texts) if (text !== "") votes.set(text, (votes.get(text) ?? 0) + 1);
  return [...votes].sort(([a, n], [b, m]) => m - n || byText(countKey(a), countKey(b)) || byText(a, b)).map(([text]) => text);
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
