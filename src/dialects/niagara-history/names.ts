import { kebab } from "#dialects/kebab.ts";
import { canonicalName, decodeName, unescapeName } from "#series/history-name.ts";

const LONGEST_NAME = 500;

/** A decoded name as people write it: `1 st Floor` → `1st Floor`, `CO 2` → `CO2`. The keys keep the apart spelling. */
export function readableName(decoded: string): string {
  return decoded.replace(/\b(\d+) (st|nd|rd|th)\b/gi, "$1$2").replace(/\b(CO|PM|NO) (\d)/gi, "$1$2");
}

/** A history path in its parts as they are written, without the station's own name in front. */
function rawParts(station: string, path: string): string[] {
  // A slash inside a name is written $2f, so the path is split before anything is expanded.
  const parts = path.split("/").filter((part) => part.trim() !== "");
  return parts.length > 1 && canonicalName(parts[0] as string) === canonicalName(station) ? parts.slice(1) : parts;
}

/** A history path in decoded parts: `/AmsShop/MaxSpaceTemp` → [`Max Space Temp`]. */
function historyParts(station: string, path: string): string[] {
  return rawParts(station, path).map(decodeName);
}

/**
 * The name of a history within its station, as its owner typed it: `/AmsShop/1st$20Floor/Vav1$2d01` → `1st Floor/Vav1-01`. Two histories of a
 * station that differ anywhere have two such names. Missing: empty where the path names nothing.
 */
export function historyPath(station: string, path: string): string {
  return rawParts(station, path)
    .map((part) => unescapeName(part.trim()))
    .join("/")
    .slice(0, LONGEST_NAME);
}

/** What people call a history; "/" where the path names nothing. */
export function historyLabel(station: string, path: string): string {
  const parts = historyParts(station, path);
  return parts.length === 0 ? "/" : parts.join(" / ");
}

/**
 * Id of the point of a history: both names decoded, the station in front unless it is the plain one (by its key), in lower case. Different
 * spellings of one name give one id.
 */
export function historyPointId(station: string, key: string, plainStation?: string): string {
  const stationKey = canonicalName(station);
  return kebab(stationKey === plainStation ? key : `${stationKey}-${key}`);
}

/** The key of a history within its station. */
export function historyKey(station: string, path: string): string {
  return canonicalName(historyLabel(station, path));
}
