/**
 * Whether a file name is meant by a glob: `*` is any text, `?` any character, upper and lower case are the same. A name that
 * begins with a dot is meant only by a glob that does.
 */
export function matches(glob: string, name: string): boolean {
  if (name.startsWith(".") && !glob.startsWith(".")) return false;
  const source = [...glob].map((character) => (character === "*" ? ".*" : character === "?" ? "." : escaped(character))).join("");
  return new RegExp(`^${source.replace(/(?:\.\*)+/g, ".*")}$`, "isu").test(name);
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}
