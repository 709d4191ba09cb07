import type { BuildingPoint, Evidence } from "./model.ts";
import type { EquipmentType } from "./role.ts";
import { AIR_HANDLER_TYPES } from "./role.ts";
import { markersOf, tagValue } from "./tags.ts";
import { nameOf } from "./tell.ts";
import { apart, ownRoot, rootsIn, slug, type ZoneRoot, type ZoneRootAt } from "./zone-root.ts";

/** What one point says of its equipment, and its name without it. */
export interface Named {
  readonly equipment?: ZoneRoot;
  readonly evidence?: Evidence;
  /** Air handlers that its path or its sender's equipment names beside its own. */
  readonly airHandlers: readonly ZoneRoot[];
  /** The name in which words are apart. */
  readonly text: string;
  /** Parts of the name without the equipment, outermost first. */
  readonly parts: readonly string[];
}

const NAME = 0.9;
const SENDER = 0.95;
/** What stays in a name where equipment stood: a room's temperature is that of the room, a chiller's flow is water. */
const STANDS_FOR: Partial<Record<EquipmentType, string>> = {
  zone: " space ",
  ef: " fan ",
  efu: " fan ",
  boiler: " water ",
  chiller: " water ",
  pump: " water ",
};

/** What a sender calls the equipment of a point: its own field, or a tag. Missing: empty, and for one of nothing but signs. */
export function senderEquipment(point: BuildingPoint): string {
  const told = [point.equipment, tagValue(point.tags, "equip", "equipName", "equipRef") ?? ""];
  return told.find((text) => slug(text) !== "")?.trim() ?? "";
}

/** What a point says of its equipment. `folders` are sender's names that hold points of several pieces of equipment. */
export function namedBy(point: BuildingPoint, folders: ReadonlySet<string>): Named {
  const text = apart(nameOf(point));
  const found = rootsIn(text);
  const roots = found.length > 0 ? found : elsewhere(point);
  const said = senderEquipment(point);
  const parts = partsWithout(text, found, said);
  const byName = ownRoot(roots);
  const bySender = said === "" || folders.has(said) ? undefined : senderNamed(said, { point, byName });
  const own = bySender?.equipment ?? byName;
  const beside = bySender === undefined ? roots : [...bySender.airHandlers, ...roots];
  const airHandlers = beside.length > 1 || bySender ? beside.filter((one) => isOther(one, own)) : [];
  if (own === undefined) return { airHandlers, text, parts };
  return { equipment: own, evidence: bySender?.evidence ?? nameEvidence(own, point), airHandlers, text, parts };
}

function isOther(one: ZoneRoot, own: ZoneRoot | undefined): boolean {
  return AIR_HANDLER_TYPES.includes(one.type) && one.root !== own?.root;
}

/** Equipment that the display name or the id says where the history's own name does not. */
function elsewhere(point: BuildingPoint): ZoneRootAt[] {
  const named = point.path === "" ? [] : rootsIn(apart(point.name));
  return named.length > 0 ? named : rootsIn(point.point.replaceAll("-", " "));
}

function nameEvidence(own: ZoneRoot, point: BuildingPoint): Evidence {
  const words = "words" in own ? (own as ZoneRootAt).words : own.name;
  return { rule: "name", sentence: `"${words}" in the name "${nameOf(point)}".`, confidence: NAME };
}

interface SenderNamed {
  readonly equipment: ZoneRoot;
  readonly airHandlers: readonly ZoneRoot[];
  readonly evidence: Evidence;
}

function senderNamed(said: string, { point, byName }: { point: BuildingPoint; byName: ZoneRootAt | undefined }): SenderNamed {
  const roots = rootsIn(apart(said));
  const own = ownRoot(roots);
  const equipment = own ?? { root: slug(said), type: typeByTags(point.tags), name: said };
  const rule = slug(point.equipment) === "" ? "tag" : "sender";
  const clue = rule === "tag" ? `Its tags name the equipment "${said}"` : `Its sender calls the equipment "${said}"`;
  const against = byName && byName.root !== equipment.root ? `, which goes before "${byName.words}" in its name` : "";
  return {
    equipment,
    airHandlers: roots.filter((one) => one !== own),
    evidence: { rule, sentence: `${clue}${against}.`, confidence: SENDER },
  };
}

const MARKED: readonly (readonly [marker: string, type: EquipmentType])[] = [
  ["vav", "vav"],
  ["fpb", "fpb"],
  ["fcu", "fcu"],
  ["fanCoil", "fcu"],
  ["rtu", "rtu"],
  ["ahu", "ahu"],
  ["boiler", "boiler"],
  ["chiller", "chiller"],
  ["pump", "pump"],
];

function typeByTags(tags: readonly string[]): EquipmentType {
  const markers = markersOf(tags);
  return MARKED.find(([marker]) => markers.includes(marker))?.[1] ?? "other";
}

/** The parts of a name between slashes, where each piece of equipment is taken out. */
function partsWithout(text: string, roots: readonly ZoneRootAt[], said: string): string[] {
  let left = "";
  let at = 0;
  for (const one of roots) {
    left += text.slice(at, one.from) + (STANDS_FOR[one.type] ?? " ");
    at = one.to;
  }
  left += text.slice(at);
  if (said !== "") left = without(left, apart(said));
  return left.split("/").filter((part) => /[\p{L}\d]/u.test(part));
}

function without(text: string, said: string): string {
  const at = text.toLowerCase().indexOf(said.toLowerCase());
  return at < 0 ? text : `${text.slice(0, at)} ${text.slice(at + said.length)}`;
}

/** Sender's names of equipment that are folders: they name no kind, while the points in them name several pieces of equipment. */
export function foldersOf(points: readonly BuildingPoint[]): ReadonlySet<string> {
  const rootsOf = new Map<string, Set<string>>();
  for (const point of points) {
    const said = senderEquipment(point);
    if (said === "" || rootsIn(apart(said)).length > 0) continue;
    const own = ownRoot(rootsIn(apart(nameOf(point))));
    const roots = rootsOf.get(said) ?? new Set<string>();
    if (own) roots.add(own.root);
    rootsOf.set(said, roots);
  }
  return new Set([...rootsOf].filter(([, roots]) => roots.size > 1).map(([said]) => said));
}
