import { isObject, type JsonObject, own } from "#dialects/json.ts";
import { quoted } from "#dialects/text.ts";
import type { About, RejectItem } from "#readings/reading.ts";
import { canonicalName, decodeName } from "#series/history-name.ts";
import { aboutOf, equipmentName, firstText } from "./about.ts";
import { historyLabel, historyPointId, readableName } from "./names.ts";

/** What a frame says before its rows. */
export interface Head {
  readonly station: string;
  readonly point: string;
  readonly pointName: string;
  /** Decoded name and tags: what the meaning is guessed from. */
  readonly words: string;
  readonly unit: string;
  readonly about: About;
  readonly rows: readonly unknown[];
}

/**
 * The head of a frame, or why it has no rows to read.
 * Errors: `not-an-object`, `no-rows`, `no-station`, `bad-history-id`; `nothing` for another kind of message.
 */
export function headOf(frame: unknown, plainStation?: string): Head | RejectItem | { nothing: string } {
  if (!isObject(frame)) return { code: "not-an-object", sentence: `A frame should be an object, but it is ${quoted(frame)}.` };
  const type = own(frame, "messageType");
  const rows = own(frame, "historyData");
  if (type !== "history" && !(type === undefined && Array.isArray(rows)))
    return { nothing: `messageType is ${type === undefined ? "missing" : quoted(type)}, not history.` };
  if (!Array.isArray(rows)) return { code: "no-rows", sentence: "historyData is not a list of rows." };
  const station = own(frame, "stationName");
  if (typeof station !== "string" || station.trim() === "")
    return { code: "no-station", sentence: "stationName is missing or not a text." };
  const point = own(frame, "point");
  const described = isObject(point) ? point : undefined;
  const path = pathOf(frame, described);
  if (typeof path !== "string") return path;
  const about = aboutOf(frame, described, { station, path: path === MISSING_ID ? undefined : path });
  return { ...naming({ station, path, plainStation }, saidOf(frame, described, about)), unit: unitText(described), about, rows };
}

const MISSING_ID = "missing_history_id";

/** The first path that says something. Histories without any share one name, so that nothing is lost. */
function pathOf(frame: JsonObject, about: JsonObject | undefined): string | RejectItem {
  const id = own(frame, "historyId");
  if (id !== undefined && id !== null && typeof id !== "string")
    return { code: "bad-history-id", sentence: `historyId is ${quoted(id)}, not a text.` };
  const candidates = [id, own(frame, "id"), own(frame, "historyName"), own(frame, "name"), ...texts(about, ["n:history", "hs:history"])];
  return candidates.find((text): text is string => typeof text === "string" && text.trim() !== "") ?? MISSING_ID;
}

function texts(object: JsonObject | undefined, keys: readonly string[]): string[] {
  return keys.map((key) => object && own(object, key)).filter((text): text is string => typeof text === "string" && text.trim() !== "");
}

interface Said {
  readonly equipment: string | undefined;
  readonly name: string | undefined;
  /** Names of the tags that are mere markers. */
  readonly tags: string;
}

function saidOf(frame: JsonObject, described: JsonObject | undefined, { tags = [] }: About): Said {
  const name = described && firstText(described, ["n:displayName", "n:name"]);
  return { equipment: equipmentName(frame), name, tags: tags.filter((tag) => !tag.includes("=")).join(" ") };
}

interface Names {
  readonly station: string;
  readonly path: string;
  readonly plainStation: string | undefined;
}

/** The key is that of the path: it stays when somebody changes a display name. */
function naming({ station, path, plainStation }: Names, said: Said): Omit<Head, "unit" | "rows" | "about"> {
  const label = historyLabel(station, path);
  const key = canonicalName(label) || MISSING_ID;
  const words = displayName(said) ?? (label === "/" ? decodeName(station) : label);
  const pointName = path === MISSING_ID ? `${decodeName(station)} (no history id)` : words;
  const point = historyPointId(station, key, plainStation);
  return { station, point, pointName: readableName(pointName), words: `${words} ${said.tags}` };
}

/** What the frame itself calls the point, with its equipment in front. */
function displayName({ name, equipment }: Said): string | undefined {
  if (name === undefined) return undefined;
  const own = decodeName(name);
  if (equipment === undefined || canonicalName(own).startsWith(canonicalName(equipment))) return own;
  return `${decodeName(equipment)} ${own}`;
}

/** `°F`, `u:fahrenheit`, or Niagara's own `fahrenheit;°F;(K);+0.5555;+255.37;`. */
function unitText(about: JsonObject | undefined): string {
  const [text] = texts(about, ["hs:unit", "h4:unit", "n:units"]);
  if (text === undefined) return "";
  const [first = "", second = ""] = text.replace(/^u:/, "").split(";");
  return (second.trim() || first.trim()).slice(0, 40);
}
