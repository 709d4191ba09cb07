/** Named parts of a topic: `tele/{device}/power` on `tele/cellar/power` gives device = cellar. */
export type Parts = ReadonlyMap<string, string>;

export interface TopicPattern {
  readonly names: readonly string[];
  /** Missing: undefined where the topic is not of this pattern. */
  match(topic: string): Parts | undefined;
}

const NAMED = /^([^{}]*)\{([a-zA-Z][a-zA-Z0-9_]*)\}([^{}]*)$/;

/**
 * `{name}` stands for one level or a part of it, `+` for a level without a name, a last `#` for all that follows.
 * Errors: a sentence that says what is wrong.
 */
export function topicPattern(pattern: string): TopicPattern | string {
  const levels = pattern.split("/");
  const names: string[] = [];
  for (const [i, level] of levels.entries()) {
    const name = NAMED.exec(level)?.[2];
    if (name !== undefined && names.includes(name)) return `{${name}} stands in it twice`;
    if (name !== undefined) names.push(name);
    else if (/[{}]/.test(level)) return `the level "${level}" is not written like {name}`;
    else if (level.includes("#") && (level !== "#" || i !== levels.length - 1)) return "# may only stand alone at the end";
    else if (level.includes("+") && level !== "+") return "+ may only stand alone between slashes";
  }
  const tests = levels.map(levelTest);
  return { names, match: (topic: string) => matchLevels(tests, topic.split("/")) };
}

type LevelTest = (level: string, parts: Map<string, string>) => boolean | "rest";

function levelTest(level: string): LevelTest {
  if (level === "#") return () => "rest";
  if (level === "+") return () => true;
  const named = NAMED.exec(level);
  if (!named) return (found) => found === level;
  const [, before = "", name = "", after = ""] = named;
  return (found, parts) => {
    if (found.length <= before.length + after.length || !found.startsWith(before) || !found.endsWith(after)) return false;
    parts.set(name, found.slice(before.length, found.length - after.length));
    return true;
  };
}

function matchLevels(tests: readonly LevelTest[], levels: readonly string[]): Parts | undefined {
  const parts = new Map<string, string>();
  for (const [i, test] of tests.entries()) {
    const level = levels[i];
    if (level === undefined) return test("", parts) === "rest" ? parts : undefined;
    const fits = test(level, parts);
    if (fits === "rest") return parts;
    if (!fits) return undefined;
  }
  return levels.length === tests.length ? parts : undefined;
}

export interface Template {
  readonly names: readonly string[];
  fill(parts: Parts): string;
}

/** A text with `{name}` in it. Errors: a sentence where a brace is left over. */
export function template(text: string): Template | string {
  const names: string[] = [];
  const rest = text.replace(/\{([a-zA-Z][a-zA-Z0-9_]*)\}/g, (_whole, name: string) => {
    names.push(name);
    return "";
  });
  if (/[{}]/.test(rest)) return `"${text}" has a brace that belongs to no {name}`;
  if (names.length === 0) return { names, fill: () => text };
  return { names, fill: (parts) => text.replace(/\{([a-zA-Z][a-zA-Z0-9_]*)\}/g, (_whole, name: string) => parts.get(name) ?? "") };
}
