import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { ROLES, type Role } from "#buildings/role.ts";
import type { RoleRule } from "#buildings/role-rule.ts";
import { safePattern } from "#buildings/safe-pattern.ts";
import { ConfigDocument, type Path } from "./document.ts";
import { issuesOf, problemAt } from "./issues.ts";
import type { Problem } from "./problem.ts";
import { line, shown } from "./values.ts";
import { isMap } from "./written.ts";

/** How the older system called roles in its file of rules. */
const OLD_ROLES: Readonly<Record<string, Role>> = {
  space_temp: "space-temp",
  space_temp_sp: "effective-setpoint",
  flow_sp: "flow-setpoint",
  damper: "damper-position",
  fan_cmd: "fan-command",
  fan_status: "fan-status",
  cooling_valve: "cooling-valve",
  heating_valve: "heating-valve",
  compressor_cmd: "compressor-command",
  compressor_status: "compressor-status",
};

const role = z.preprocess((given) => OLD_ROLES[String(given)] ?? given, z.enum(ROLES));

/** A regular expression, tried on names without regard to case. */
const pattern = z.string().transform((given, context) => {
  const safe = safePattern(given);
  if ("pattern" in safe) return safe.pattern;
  context.addIssue({ code: "custom", message: `${shown(given)} ${safe.problem}` });
  return z.NEVER;
});

const patterns = z.array(pattern).max(100);
const tags = z.array(z.string().min(1).max(100)).max(50);

const ruleSchema = z.strictObject({
  name: line.optional(),
  role,
  priority: z.number().optional(),
  patterns: patterns.optional(),
  not: patterns.optional(),
  tagsAll: tags.optional(),
  tagsAny: tags.optional(),
  dimensions: z.array(line).optional(),
  confidence: z.number().min(0).max(1).optional(),
  reason: z.string().min(1).max(300).optional(),
  name_regex: patterns.optional(),
  tags_all: tags.optional(),
  tags_any: tags.optional(),
});

/** Rules in a file of their own may stand below `rules`, as the older system wrote them. */
const rulesSchema = z.array(ruleSchema).max(500);

/** Where rules are read from. */
export interface RulesHouse {
  readonly document: ConfigDocument;
  /** Folder that paths of rules start from. */
  readonly folder: string;
}

const DEFAULTS = { priority: 0, confidence: 0.9 } as const;

/** Rules of a building, or every problem of theirs with its file and line. */
export function readRules(given: unknown, at: Path, { document, folder }: RulesHouse): { rules: RoleRule[]; problems: Problem[] } {
  if (typeof given !== "string") return judged(given, at, document);
  const text = textOf(resolve(folder, given));
  if (text === undefined) {
    const sentence = `the rules ${shown(given)} cannot be read; their path is relative to this file`;
    return { rules: [], problems: [problemAt({ document, at: [] }, at, sentence)] };
  }
  // JSON is YAML too, and this reader knows the line of every value.
  const own = new ConfigDocument(given, text);
  if (own.problems.length > 0) return { rules: [], problems: own.problems };
  const content = own.content();
  return isMap(content) && content["rules"] !== undefined ? judged(content["rules"], ["rules"], own) : judged(content, [], own);
}

function judged(content: unknown, at: Path, document: ConfigDocument): { rules: RoleRule[]; problems: Problem[] } {
  const parsed = rulesSchema.safeParse(content);
  if (!parsed.success) return { rules: [], problems: issuesOf(parsed.error.issues, { document, schema: rulesSchema, content, at }) };
  const empty = parsed.data.flatMap((row, i) => (saysSomething(row) ? [] : [i]));
  const problems = empty.map((i) => problemAt({ document, at }, [i], "matches nothing: add patterns, tagsAll or tagsAny"));
  return { rules: problems.length > 0 ? [] : parsed.data.map(ruleOf), problems };
}

type Row = z.infer<typeof ruleSchema>;

function saysSomething({ patterns: named, name_regex, tagsAll, tags_all, tagsAny, tags_any }: Row): boolean {
  return [named, name_regex, tagsAll, tags_all, tagsAny, tags_any].some((list) => (list?.length ?? 0) > 0);
}

function ruleOf(row: Row, i: number): RoleRule {
  const [tagsAll, tagsAny] = [row.tagsAll ?? row.tags_all ?? [], row.tagsAny ?? row.tags_any ?? []];
  const name = row.name ?? `file-${i + 1}`;
  return {
    name,
    role: row.role,
    priority: row.priority ?? DEFAULTS.priority,
    patterns: row.patterns ?? row.name_regex ?? [],
    ...(row.not === undefined ? {} : { not: row.not }),
    ...(tagsAll.length > 0 ? { tagsAll } : {}),
    ...(tagsAny.length > 0 ? { tagsAny } : {}),
    ...(row.dimensions === undefined ? {} : { dimensions: row.dimensions }),
    confidence: row.confidence ?? DEFAULTS.confidence,
    reason: row.reason ?? `the configuration says so in its rule ${name}`,
  };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}
