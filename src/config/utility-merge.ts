import { resolve } from "node:path";
import type { ConfigDocument } from "./document.ts";
import { type Environment, EnvironmentError, environmentOf } from "./environment.ts";
import type { Problem } from "./problem.ts";
import { utilityContent } from "./utility-content.ts";
import { readUtilityFiles, readUtilityFolder, type UtilityFiles } from "./utility-files.ts";
import { isMap } from "./written.ts";

/** What their files are found and understood with. */
export interface UtilityPlaces {
  readonly document: ConfigDocument;
  readonly environment: Environment;
  /** Folder that relative paths of our file start from. */
  readonly folder: string;
  readonly cwd: string;
  /** Clock of this computer, for theirs named no place. */
  readonly zone: string;
}

/** Our content with theirs added. */
export interface WithUtility {
  readonly content: unknown;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** Secrets by what may be shown in their place. */
  readonly used: ReadonlyMap<string, string>;
}

/** What a `config.yaml` of theirs, given in the place of our file, stands for. */
export function insteadOfOurs(places: UtilityPlaces): WithUtility {
  const { document, cwd, zone } = places;
  const files = readUtilityFiles(document, { path: resolve(cwd, document.file), cwd });
  const own = { sites: { house: { name: "House", zone } } };
  const said = `${document.file} is one of Utility Meter Analytics and names no place: days are those of ${zone}, the clock of this computer, and its schedules go by UTC as before; wattkeep convert config utility writes a file in which you can say so`;
  const made = merged(files, { own, site: "house", places });
  return { ...made, warnings: [said, ...made.warnings] };
}

/** What `utilities.files` names, added to what our file says. */
export function withUtilityFiles(content: unknown, places: UtilityPlaces): WithUtility {
  const nothing = { content, problems: [], warnings: [], used: new Map<string, string>() };
  if (!isMap(content) || !isMap(content["utilities"])) return nothing;
  const { files: folder, site: named } = content["utilities"];
  if (typeof folder !== "string") return nothing;
  const sites = isMap(content["sites"]) ? Object.keys(content["sites"]) : [];
  const site = typeof named === "string" ? named : sites.length === 1 ? sites[0] : undefined;
  if (site === undefined) {
    const sentence =
      sites.length === 0
        ? "utilities.files: these files name no place; add it to sites, like house: { zone: Europe/Berlin }"
        : `utilities.files: say in utilities.site where these meters are; there are ${sites.join(", ")}`;
    return { ...nothing, problems: [{ ...places.document.positionOf(["utilities", "files"]), sentence }] };
  }
  return merged(readUtilityFolder(resolve(places.folder, folder), places.cwd), { own: content, site, places });
}

interface Merging {
  readonly own: Readonly<Record<string, unknown>>;
  readonly site: string;
  readonly places: UtilityPlaces;
}

function merged(files: UtilityFiles, { own, site, places }: Merging): WithUtility {
  const { document, environment } = places;
  const beside = [
    environmentOf({}, files.root),
    ...(files.config === undefined ? [] : [environmentOf({}, folderOfConfig(files, places.cwd))]),
  ];
  const used = new Map<string, string>();
  const unreadable: Problem[] = [];
  const secret = (name: string): string | undefined => {
    try {
      const value = [environment, ...beside].map((layer) => layer.get(name)).find((one) => one !== undefined);
      // The name of an organisation is no secret, and may be any word of a sentence.
      if (value !== undefined && name.endsWith("_TOKEN")) used.set(value, `$\{${name}}`);
      return value;
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      unreadable.push({ file: name, sentence: error.message });
      return undefined;
    }
  };
  const built = utilityContent(files, { own, site, secret });
  built.graftOn(document);
  const unread = beside.flatMap((layer) =>
    layer.unreadable.map((file) => ({
      file,
      sentence: "This file of secrets cannot be read; let the account that Wattkeep runs as own it.",
    })),
  );
  const known = new Set(environment.warnings);
  const open = new Set(beside.flatMap(({ warnings }) => warnings.filter((warning) => !known.has(warning))));
  return { content: built.content, problems: [...unreadable, ...unread, ...built.problems], warnings: [...open, ...built.warnings], used };
}

function folderOfConfig({ config }: UtilityFiles, cwd: string): string {
  return resolve(cwd, config?.document.file ?? "", "..");
}
