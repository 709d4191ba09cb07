const MAX_LENGTH = 120;
const SIMPLE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A sender's name as an id: `Zählerraum 2` → `zaehlerraum-2`. Letters of other scripts stay. Missing: "" where nothing is left. */
export function kebab(name: string): string {
  if (name.length <= MAX_LENGTH && SIMPLE.test(name)) return name;
  return name
    .slice(0, MAX_LENGTH)
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => ({ ä: "ae", ö: "oe", ü: "ue", ß: "ss" })[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}
