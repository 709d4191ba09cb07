const LONGEST_NAME = 500;

/**
 * The key of a name, which its spellings share: "VAV-1 01", "VAV 1-01" and "vav1_01" are `vav_1_01`.
 * Shape: that of the key from which point ids of a station's histories are made.
 */
export function nameKey(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ")
    .replace(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/gu, " ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}
