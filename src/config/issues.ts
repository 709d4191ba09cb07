import type { z } from "zod";
import type { ConfigDocument, Path } from "./document.ts";
import type { Problem } from "./problem.ts";
import { keysAt, kindsAt } from "./schema-keys.ts";
import { didYouMean } from "./suggest.ts";
import { shown } from "./values.ts";

/** What a schema and the content it judged say together. */
interface Judged {
  readonly document: ConfigDocument;
  readonly schema: z.ZodType;
  readonly content: unknown;
  /** Where the content stands in the file. */
  readonly at: Path;
}

type Issue = z.core.$ZodIssue;

/** The issues of a schema as problems with their places, in our words. */
export function issuesOf(issues: readonly Issue[], judged: Judged): Problem[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [problemAt(judged, issue.path as Path, sentenceOf(issue, judged))];
    return issue.keys.map((key) => unknownKey(judged, [...(issue.path as Path), key]));
  });
}

/** A problem at a path: `sources.kyz.dialect: …`, at the place of the value there. */
export function problemAt({ document, at }: Pick<Judged, "document" | "at">, path: Path, sentence: string): Problem {
  const full = [...at, ...path];
  return { ...document.positionOf(full), sentence: `${full.length === 0 ? "" : `${full.join(".")}: `}${sentence}` };
}

function unknownKey(judged: Judged, path: Path): Problem {
  const { document, at, schema, content } = judged;
  const key = String(path.at(-1));
  const full = [...at, ...path];
  const known = keysAt(schema, path.slice(0, -1), content);
  const suggestion = didYouMean(key, known);
  const list = known.length <= 14 ? `; known here: ${known.join(", ")}` : "";
  return { ...document.keyPositionOf(full), sentence: `${full.join(".")}: there is no such key${suggestion || list}` };
}

function sentenceOf(issue: Issue, { content, schema }: Judged): string {
  const given = valueAt(content, issue.path as Path);
  if (given === undefined) return issue.code === "custom" ? `is missing: ${issue.message}` : "is missing";
  if (issue.code === "invalid_type") return `expected ${KIND[issue.expected] ?? issue.expected}, found ${kindOf(given)}`;
  const kinds = issue.code === "invalid_union" && issue.discriminator !== undefined ? kindsAt(schema, issue.path as Path) : undefined;
  const values = issue.code === "invalid_value" ? issue.values.map(String) : kinds;
  if (values !== undefined) {
    return `${shown(given)} is none of ${values.join(", ")}${didYouMean(String(given), values)}`;
  }
  return issue.message.replace(/^Invalid input: /, "").replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}

const KIND: Readonly<Record<string, string>> = {
  object: "a map of keys",
  record: "a map of keys",
  array: "a list",
  string: "a text",
  number: "a number",
  boolean: "true or false",
};

function kindOf(given: unknown): string {
  if (given === null) return "nothing";
  if (Array.isArray(given)) return "a list";
  return KIND[typeof given] ?? typeof given;
}

function valueAt(content: unknown, path: Path): unknown {
  let value = content;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
