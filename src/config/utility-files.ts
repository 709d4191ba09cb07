import { readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { z } from "zod";
import { ConfigDocument, type Path } from "./document.ts";
import { issuesOf } from "./issues.ts";
import { type Problem, problemText } from "./problem.ts";
import { configSchema } from "./schema.ts";
import {
  type UtilityConfig,
  type UtilityMeters,
  type UtilityPatterns,
  utilityConfigSchema,
  utilityMetersSchema,
  utilityPatternsSchema,
} from "./utility-schema.ts";

/** A file of theirs as it was read, with the way back to its lines. */
export interface ReadFile<T> {
  readonly document: ConfigDocument;
  readonly content: T;
}

/** The three files of Utility Meter Analytics, as far as they are there and good. */
export interface UtilityFiles {
  /** Absolute folder that the paths in them start from. */
  readonly root: string;
  readonly config?: ReadFile<UtilityConfig>;
  readonly meters?: ReadFile<UtilityMeters>;
  readonly patterns?: ReadFile<UtilityPatterns>;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

const CONFIG = "config.yaml";
const METERS = "config/meters.yaml";
const PATTERNS = "config/seasonal_patterns.yaml";

/** Whether a configuration is one of Utility Meter Analytics: keys of theirs, and none of ours. */
export function isUtilityConfig(content: unknown): boolean {
  if (typeof content !== "object" || content === null) return false;
  const keys = Object.keys(content);
  const own = keys.filter((key) => key in utilityConfigSchema.shape);
  return own.length >= 2 && !keys.some((key) => key in configSchema.shape);
}

/** Reads the files of a folder: `config.yaml` in it or in its folder `config`, and the two that it names. */
export function readUtilityFolder(folder: string, cwd: string): UtilityFiles {
  const places = [join(folder, CONFIG), join(folder, "config", CONFIG)];
  for (const path of places) {
    const text = textOf(path);
    if (text !== undefined) return readUtilityFiles(new ConfigDocument(shownPath(path, cwd), text), { path, cwd });
  }
  return new Reader(folder, cwd).read(undefined);
}

/** Reads the files that a `config.yaml` goes with; `path` is absolute. */
export function readUtilityFiles(config: ConfigDocument, { path, cwd }: { path: string; cwd: string }): UtilityFiles {
  const folder = dirname(path);
  return new Reader(basename(folder) === "config" ? dirname(folder) : folder, cwd, folder).read(config);
}

class Reader {
  readonly #root: string;
  readonly #cwd: string;
  readonly #beside: string;
  readonly #problems: Problem[] = [];
  readonly #warnings: string[] = [];

  constructor(root: string, cwd: string, beside = root) {
    this.#root = root;
    this.#cwd = cwd;
    this.#beside = beside;
  }

  read(document: ConfigDocument | undefined): UtilityFiles {
    const config = document && this.#judged(document, utilityConfigSchema);
    const named = config?.content;
    const meters = this.#open(named?.meters_config ?? METERS, document && { document, at: ["meters_config"] });
    const patterns = this.#open(
      named?.seasonal_patterns_config ?? PATTERNS,
      named?.seasonal_patterns_config === undefined ? undefined : document && { document, at: ["seasonal_patterns_config"] },
    );
    if (document === undefined && meters === undefined && patterns === undefined)
      this.#problems.push({
        file: shownPath(this.#root, this.#cwd),
        sentence: "holds no config.yaml, meters.yaml or seasonal_patterns.yaml",
      });
    const read = {
      config,
      meters: meters && this.#judged(meters, utilityMetersSchema),
      patterns: patterns && this.#judged(patterns, utilityPatternsSchema),
    };
    const there = Object.fromEntries(Object.entries(read).filter(([, file]) => file !== undefined)) as Partial<UtilityFiles>;
    return { root: this.#root, ...there, problems: this.#problems, warnings: this.#warnings };
  }

  /** Paths are relative to the folder the old program was started in; a file may also lie beside its `config.yaml`. */
  #open(named: string, by: { document: ConfigDocument; at: Path } | undefined): ConfigDocument | undefined {
    for (const path of [resolve(this.#root, named), join(this.#beside, named), join(this.#beside, basename(named))]) {
      const text = textOf(path);
      if (text !== undefined) return new ConfigDocument(shownPath(path, this.#cwd), text);
    }
    if (by !== undefined)
      this.#problems.push({
        ...by.document.keyPositionOf(by.at),
        sentence: `${by.at.join(".")}: ${named} is not there, neither below ${shownPath(this.#root, this.#cwd)} nor beside this file`,
      });
    return undefined;
  }

  /** What they did not know did nothing there and does nothing here; that is told and no problem. */
  #judged<T extends z.ZodType>(document: ConfigDocument, schema: T): ReadFile<z.infer<T>> | undefined {
    const content = document.content() ?? {};
    if (document.problems.length > 0) {
      this.#problems.push(...document.problems);
      return undefined;
    }
    const strict = schema.safeParse(content);
    if (strict.success) return { document, content: strict.data };
    const unknown = strict.error.issues.filter((issue) => issue.code === "unrecognized_keys");
    const house = { document, schema, content, at: [] };
    this.#warnings.push(...issuesOf(unknown, house).map((problem) => `${problemText(problem)}; it is left out`));
    const parsed = schema.safeParse(
      without(
        content,
        unknown.flatMap(({ path, keys }) => keys.map((key) => [...(path as Path), key])),
      ),
    );
    if (parsed.success) return { document, content: parsed.data };
    this.#problems.push(...issuesOf(parsed.error.issues, house));
    return undefined;
  }
}

function without(content: unknown, paths: readonly Path[]): unknown {
  const copy = structuredClone(content);
  for (const path of paths) {
    const above = path.slice(0, -1).reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], copy);
    delete (above as Record<string | number, unknown>)[path.at(-1) as string];
  }
  return copy;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}

/** As a person in the folder the program was started in would write it. */
function shownPath(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  return inside === "" || inside.startsWith("..") ? path : inside;
}
