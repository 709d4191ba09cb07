import type { EquipmentListAnswer } from "#contract/building.ts";

export type EquipmentRow = EquipmentListAnswer["equipment"][number];

/** Kinds of equipment as people call several of them, the large before the small. */
const KINDS: readonly (readonly [types: readonly string[], title: string])[] = [
  [["ahu", "rtu"], "Air handlers"],
  [["chiller", "boiler", "pump"], "Plant"],
  [["ef", "efu"], "Fans"],
  [["vav", "fpb", "fcu", "zone"], "Zones"],
  [[], "Other"],
];

export interface EquipmentGroup {
  readonly title: string;
  readonly rows: readonly EquipmentRow[];
}

/** Equipment by kind, in the order of the server; of it what holds every typed word. */
export function equipmentGroups(rows: readonly EquipmentRow[], find: string): EquipmentGroup[] {
  const words = find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found = rows.filter(({ equipment: { id, name, floor } }) =>
    words.every((word) => `${id} ${name} ${floor}`.toLowerCase().includes(word)),
  );
  const kindOf = ({ equipment: { type } }: EquipmentRow): string => KINDS.find(([types]) => types.includes(type))?.[1] ?? "Other";
  return KINDS.flatMap(([, title]) => {
    const own = found.filter((row) => kindOf(row) === title);
    return own.length === 0 ? [] : [{ title, rows: own }];
  });
}

/** The one of the address, else the first that has anything to find, else the first of all. */
export function chosenEquipment(rows: readonly EquipmentRow[], id: string | undefined): EquipmentRow | undefined {
  const groups = equipmentGroups(rows, "").flatMap((group) => group.rows);
  return rows.find(({ equipment }) => equipment.id === id) ?? groups.find(({ findings }) => findings.length > 0) ?? groups[0];
}

/** The gravest thing that was found, as a mark in a list. */
export function gravest({ findings }: EquipmentRow): "critical" | "warning" | undefined {
  if (findings.some(({ severity }) => severity === "critical")) return "critical";
  return findings.some(({ severity }) => severity === "warning") ? "warning" : undefined;
}
