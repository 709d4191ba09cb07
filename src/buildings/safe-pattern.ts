/** A pattern of a person that can be tried on any name without taking long, or the sentence that says why it cannot. */
export type SafePattern = { readonly pattern: RegExp } | { readonly problem: string };

const LONGEST_PATTERN = 300;
/** Repetitions of more than blanks: each multiplies the work by the length of a name. */
const MOST_REPEATS = 2;
/** Ways to read the optional and alternative parts of a pattern; each may be tried at every character of a name. */
const MOST_WAYS = 2_000;
const MOST_TIMES = 20;

const TOKEN =
  /\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|.)|\[(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]|<\w+>|P?<\w+>)|[()|]|(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?|[\s\S]/giu;

/**
 * A regular expression as a person writes it, tried without regard to case; `(?i)` in front says the same and is dropped.
 * Names come from anywhere, so what could take for ever on one of them is refused: repeated groups that repeat within,
 * back-references, more than a few wide repetitions. Blanks (`\s*`) and `?` are free to use.
 */
export function safePattern(given: string): SafePattern {
  if (given.length > LONGEST_PATTERN) return { problem: `is longer than ${LONGEST_PATTERN} characters` };
  const source = given.replace(/^\(\?i\)/, "");
  if (source.trim() === "") return { problem: "is empty" };
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, "i");
  } catch {
    return { problem: "is not a regular expression" };
  }
  if (pattern.test("")) return { problem: "fits every name" };
  const problem = dangerOf(source);
  return problem === undefined ? { pattern } : { problem };
}

interface Group {
  /** Whether something within it repeats or is a choice. */
  branches: boolean;
  alternatives: number;
}

function dangerOf(source: string): string | undefined {
  const open: Group[] = [{ branches: false, alternatives: 1 }];
  let [repeats, ways, last, group] = [0, 1, "", undefined as Group | undefined];
  for (const [token] of source.matchAll(TOKEN)) {
    const inside = open.at(-1) as Group;
    if (/^\\(?:[1-9]|k)/.test(token)) return "refers back to what it found, which can take for ever";
    if (token.startsWith("(")) {
      open.push({ branches: false, alternatives: 1 });
    } else if (token === ")") {
      group = open.pop() as Group;
      if (group.alternatives > 1) group.branches = true;
      ways *= group.alternatives;
      (open.at(-1) ?? group).branches ||= group.branches;
    } else if (token === "|") {
      if (open.length > 1) inside.alternatives += 1;
    } else if (isQuantifier(token, last)) {
      const most = mostTimes(token);
      if (most === 1) {
        ways *= 2;
      } else {
        if (last === ")" && group?.branches) return "repeats a group that repeats or chooses within, which can take for ever";
        ways *= widthOf(token);
        if (!/^(?:\\s|[ ]|\[ \])$/.test(last)) repeats += most > MOST_TIMES || most < 0 ? 1 : 0.5;
      }
      inside.branches = true;
    }
    if (ways > MOST_WAYS) return "can be read in too many ways; write several shorter patterns";
    if (repeats > MOST_REPEATS) return `repeats more than ${MOST_REPEATS} times what is no blank; write several shorter patterns`;
    last = token;
  }
  return undefined;
}

function isQuantifier(token: string, last: string): boolean {
  return /^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(token) && last !== "";
}

/** In how many numbers of times a bounded quantifier can be read; one without end counts by itself. */
function widthOf(token: string): number {
  const [, from, to] = /^\{(\d+),(\d+)\}/.exec(token) ?? [];
  return from === undefined || to === undefined ? 1 : Number(to) - Number(from) + 1;
}

/** The most a quantifier repeats; -1 for without end. */
function mostTimes(token: string): number {
  if (token.startsWith("?")) return 1;
  if (!token.startsWith("{")) return -1;
  const [, from = "1", comma, to = ""] = /^\{(\d+)(,?)(\d*)\}/.exec(token) ?? [];
  if (comma === "") return Number(from);
  return to === "" ? -1 : Number(to);
}
