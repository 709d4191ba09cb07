/** What a plain assignment of a Python file says. */
export interface Assigned {
  readonly line: number;
  /** Left out where it is not a plain text or number: nothing is ever worked out. */
  readonly value?: string;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)\s*(.*)$/;
const TEXT = /^[rRuU]?(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:#.*)?$/;
const NUMBER = /^([+-]?\d[\d_]*(?:\.\d+)?)\s*(?:#.*)?$/;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

/**
 * The plain assignments at the top level of a Python file, by name; the last of a name counts. Nothing is executed, and what a
 * function or another name makes has no value.
 */
export function pythonLiterals(text: string): ReadonlyMap<string, Assigned> {
  const found = new Map<string, Assigned>();
  for (const [i, row] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const match = ASSIGNMENT.exec(row);
    if (!match?.[1] || match[2] === undefined) continue;
    const value = literalOf(match[2].trim());
    found.set(match[1], { line: i + 1, ...(value === undefined ? {} : { value }) });
  }
  return found;
}

/** Missing: undefined for whatever is no text and no number. */
function literalOf(written: string): string | undefined {
  const text = TEXT.exec(written);
  if (text) {
    const inside = text[1] ?? text[2] ?? "";
    return /^[rR]/.test(written) ? inside : inside.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
  }
  return NUMBER.exec(written)?.[1]?.replaceAll("_", "");
}
