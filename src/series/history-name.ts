const ESCAPE = /\$(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))/g;
const LONGEST_NAME = 500;

/** A station's slot name as its owner typed it: `$2d` → `-`, `$u00b0` → `°`. A `$` that starts no escape stays. */
export function unescapeName(raw: string): string {
  if (!raw.includes("$")) return raw;
  return raw.replace(ESCAPE, (_whole, four: string | undefined, two: string | undefined) =>
    String.fromCharCode(Number.parseInt(four ?? two ?? "", 16)),
  );
}

/**
 * A name in words: `Zone$2d1$20SpaceTemp` → `Zone-1 Space Temp`, `VAV1$2d01` → `VAV 1-01`, `AHU-1_SAT` → `AHU-1-SAT`.
 * Every `$hh` and `$uhhhh` is expanded first.
 */
export function decodeName(raw: string): string {
  return unescapeName(raw.slice(0, LONGEST_NAME))
    .replace(/_/g, "-")
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ")
    .replace(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/-+/g, "-");
}

/** The name as a key: `Zone$2d1$20Space$20Temp` → `zone_1_space_temp`. Different spellings of one name give one key. */
export function canonicalName(raw: string): string {
  return decodeName(raw)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}
