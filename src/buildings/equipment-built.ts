import { byText, countKey } from "./count-order.ts";
import { bothSaid, type EquipmentSaid, NONE, type Said, saidEvidence } from "./decided.ts";
import type { Group, Read } from "./drafted.ts";
import type { EquipmentIndex, EquipmentRef } from "./equipment-index.ts";
import { floorOf } from "./floor-of.ts";
import type { BuildingPoint, Equipment, Evidence } from "./model.ts";
import { type EquipmentType, type Role, ZONE_TYPES } from "./role.ts";
import { isAirHandler, type Served, type ServedBy, servedBy } from "./served-by.ts";
import { tagValue } from "./tags.ts";
import { type Claim, winnerOf } from "./winners.ts";

/** What was decided of each piece of equipment, whatever it was called when it was decided. */
export function saidByGroup(
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

export interface World {
  readonly index: EquipmentIndex;
  readonly types: Map<string, EquipmentType>;
  readonly saidOf: ReadonlyMap<string, EquipmentSaid>;
  /** Filled with why a point is not the one of its role. */
  readonly lost: Map<BuildingPoint, string>;
}

export function equipmentOf(groups: Map<string, Group>, world: World): Equipment[] {
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
  said: Said<string> | undefined,
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
