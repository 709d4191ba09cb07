import { filterProblem, plainFilter } from "#dialects/topic-filter.ts";
import type { Source } from "./source.ts";

/** Answers which source claims a topic. */
export interface Claims {
  /** Name of the source, or undefined when nobody claims the topic. */
  claim(topic: string): string | undefined;
  /** What to subscribe to, each filter once, in the words of the configuration. */
  readonly filters: readonly string[];
}

interface Node {
  readonly literal: Map<string, Node>;
  plus?: Node;
  /** Source of the filter that ends here. */
  ends?: string;
  /** Source of the filter that ends in `#` below here. */
  rest?: string;
}

const newNode = (): Node => ({ literal: new Map() });

/**
 * Compiles the filters of all sources on one broker. Of several filters that cover a topic the most specific wins:
 * at the first level where they differ a name beats `+`, and `+` beats `#`.
 * Errors: throws for a filter that cannot be, and for two sources with an equal filter; the configuration has refused both before.
 */
export function compileClaims(sources: readonly Source[], broker?: string): Claims {
  const root = newNode();
  const filters = new Set<string>();
  for (const source of sources) {
    if (broker !== undefined && source.broker !== undefined && source.broker !== broker) continue;
    for (const filter of source.topics) {
      const problem = filterProblem(filter);
      if (problem !== undefined) throw new Error(`Topic filter "${filter}" of source ${source.name}: ${problem}.`);
      plant(root, plainFilter(filter), source.name);
      filters.add(filter);
    }
  }
  return { claim: (topic) => find(root, topic.split("/"), 0), filters: [...filters] };
}

function plant(root: Node, filter: string, source: string): void {
  const levels = filter.split("/");
  const rest = levels.at(-1) === "#";
  if (rest) levels.pop();
  const node = levels.reduce(descend, root);
  const taken = rest ? node.rest : node.ends;
  if (taken !== undefined && taken !== source) throw new Error(`Sources ${taken} and ${source} claim the same topic filter "${filter}".`);
  if (rest) node.rest = source;
  else node.ends = source;
}

function descend(node: Node, level: string): Node {
  if (level === "+") {
    node.plus ??= newNode();
    return node.plus;
  }
  const next = node.literal.get(level) ?? newNode();
  node.literal.set(level, next);
  return next;
}

/** Depth first in the order of precedence, so that the first hit is the most specific; every node is met once at the most. */
function find(node: Node, levels: readonly string[], at: number): string | undefined {
  const level = levels[at];
  if (level === undefined) return node.ends ?? node.rest;
  const literal = node.literal.get(level);
  const wildcards = at > 0 || !level.startsWith("$");
  return (
    (literal && find(literal, levels, at + 1)) ??
    (wildcards && node.plus ? find(node.plus, levels, at + 1) : undefined) ??
    (wildcards ? node.rest : undefined)
  );
}
