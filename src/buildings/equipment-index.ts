import { slug, type ZoneRoot, zoneRoot } from "./zone-root.ts";

/** Equipment as it is told apart within a site. */
export interface EquipmentRef extends ZoneRoot {
  readonly id: string;
  readonly station: string;
}

/** Finds equipment of a site by whatever a person or a sender calls it. */
export interface EquipmentIndex {
  /** Equipment of a root that a name gave. */
  of(root: ZoneRoot, station: string): EquipmentRef;
  /** The same by id, name or any spelling; what is not known yet is made of the text. */
  called(text: string, station: string): EquipmentRef;
  /** Missing: undefined where nothing is called so. */
  known(text: string, station: string): EquipmentRef | undefined;
  /** Another name for equipment that is there. */
  rename(ref: EquipmentRef, name: string): void;
}

/** Id of what is called by nothing but signs. */
const NAMELESS = "unnamed";

/** An index whose ids have the station in front where the site has several. */
export function equipmentIndex(several: boolean): EquipmentIndex {
  const byId = new Map<string, EquipmentRef>();
  const byName = new Map<string, EquipmentRef>();
  const byRoot = new Map<string, EquipmentRef[]>();
  const idOf = (root: string, station: string) => (several && station !== "" ? `${slug(station) || "station"}-${root}` : root);

  function of(root: ZoneRoot, station: string): EquipmentRef {
    const id = idOf(root.root, station);
    const before = byId.get(id);
    if (before) return before;
    const made: EquipmentRef = { id, root: root.root, type: root.type, name: root.name, station };
    byId.set(id, made);
    if (!byName.has(slug(root.name))) byName.set(slug(root.name), made);
    byRoot.set(root.root, [...(byRoot.get(root.root) ?? []), made]);
    return made;
  }

  function known(text: string, station: string): EquipmentRef | undefined {
    const written = text.trim();
    const direct = byId.get(written) ?? byId.get(slug(written));
    if (direct) return direct;
    const root = zoneRoot(written)?.root ?? slug(written);
    const alike = byRoot.get(root) ?? [];
    const near = alike.find((one) => one.station === station) ?? (alike.length === 1 ? alike[0] : undefined);
    // What several stations have is nobody's until somebody says whose.
    return alike.length > 1 ? near : (near ?? byName.get(slug(written)));
  }

  function called(text: string, station: string): EquipmentRef {
    const written = text.trim();
    return known(written, station) ?? of(zoneRoot(written) ?? { root: slug(written) || NAMELESS, type: "other", name: written }, station);
  }

  return { of, called, known, rename: (ref, name) => byName.set(slug(name), ref) };
}
