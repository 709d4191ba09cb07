import type { BuildingPoint } from "./model.ts";
import { tagValue } from "./tags.ts";

const ORDINAL_FLOOR = /(?<![\p{L}\d])(\d{1,3})\s?(?:st|nd|rd|th)[\s_-]*(?:floor|flr|fl|level)(?!\p{L})/iu;
const NUMBERED_FLOOR = /(?<!\p{L})(?:floor|flr|level|lvl)[\s_-]*(\d{1,3}|[a-z](?![\p{L}\d]))/iu;
const NAMED_FLOOR = /(?<!\p{L})(basement|bsmt|ground floor|penthouse|mezzanine)(?!\p{L})/iu;

/** The floor a point says it is on: by its tags, else by its name. Missing: empty. */
export function floorOf(point: BuildingPoint, text: string): string {
  const tagged = tagValue(point.tags, "floor", "floorNum", "floorName", "floorRef", "level");
  if (tagged !== undefined) return floorName(tagged);
  if (!/fl|lvl|level|b.?sm|basement|ground|penthouse|mezz/i.test(text)) return "";
  const numbered = ORDINAL_FLOOR.exec(text) ?? NUMBERED_FLOOR.exec(text);
  if (numbered) return (numbered[1] as string).toUpperCase();
  const named = NAMED_FLOOR.exec(text)?.[1]?.toLowerCase();
  return named === undefined ? "" : floorName(named === "bsmt" ? "basement" : named);
}

/** "2nd Floor", "Floor 2" and "2.0" are floor 2; what has no number stays as it is written. */
function floorName(given: string): string {
  const number = (ORDINAL_FLOOR.exec(given) ?? NUMBERED_FLOOR.exec(given))?.[1];
  if (number !== undefined) return number.toUpperCase();
  return given.replace(/^(-?\d+)\.0+$/, "$1").replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}
