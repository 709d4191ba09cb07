import type { EquipmentType } from "./role.ts";

/** How one kind of equipment is written in names. */
export interface EquipmentWord {
  /** First part of the root, the same for every spelling of the kind: `room` for RM and Room. */
  readonly root: string;
  /** As people write it in front of the number. */
  readonly name: string;
  readonly type: EquipmentType;
  /** Spellings in lower case; a blank stands for any separators or none. */
  readonly spelled: readonly string[];
}

const word = (root: string, name: string, of: { type: EquipmentType; also?: readonly string[] }): EquipmentWord => ({
  root,
  name,
  type: of.type,
  spelled: [root, ...(of.also ?? [])],
});

/** The kinds that names tell beyond doubt when a number follows. Roots are API: added, never renamed. */
export const EQUIPMENT_WORDS: readonly EquipmentWord[] = [
  word("vav", "VAV", { type: "vav", also: ["vavr", "vav box"] }),
  word("fpb", "FPB", { type: "fpb", also: ["fpvav", "fp vav", "pfpb", "sfpb", "fan powered box"] }),
  word("fcu", "FCU", { type: "fcu", also: ["fan coil", "fan coil unit"] }),
  word("rtu", "RTU", { type: "rtu", also: ["rooftop unit", "roof top unit", "rooftop", "roof top"] }),
  word("ahu", "AHU", { type: "ahu", also: ["ah", "air handler", "air handling unit", "air handler unit"] }),
  word("doas", "DOAS", { type: "ahu" }),
  word("efu", "EFU", { type: "efu", also: ["exhaust fan unit"] }),
  word("ef", "EF", { type: "ef", also: ["exhaust fan"] }),
  word("boiler", "Boiler", { type: "boiler", also: ["blr"] }),
  word("chiller", "Chiller", { type: "chiller", also: ["chlr"] }),
  word("chwp", "CHWP", { type: "pump", also: ["chilled water pump"] }),
  word("pchwp", "PCHWP", { type: "pump" }),
  word("schwp", "SCHWP", { type: "pump" }),
  word("hwp", "HWP", { type: "pump", also: ["hot water pump"] }),
  word("cwp", "CWP", { type: "pump", also: ["condenser water pump"] }),
  word("pump", "Pump", { type: "pump", also: ["pmp"] }),
  word("hp", "HP", { type: "other", also: ["heat pump"] }),
  word("wshp", "WSHP", { type: "other" }),
  word("uv", "UV", { type: "other", also: ["unit ventilator"] }),
  word("uh", "UH", { type: "other", also: ["unit heater"] }),
  word("erv", "ERV", { type: "other" }),
  word("hrv", "HRV", { type: "other" }),
  word("mau", "MAU", { type: "other", also: ["makeup air unit", "make up air unit"] }),
  word("crac", "CRAC", { type: "other" }),
  word("ct", "CT", { type: "other", also: ["cooling tower"] }),
  word("vfd", "VFD", { type: "other" }),
  word("zone", "Zone", { type: "zone", also: ["zn"] }),
  word("room", "Room", { type: "zone", also: ["rm"] }),
];
