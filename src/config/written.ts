/** A map as it stands in a file, before anything of it is checked. */
export type Body = Readonly<Record<string, unknown>>;

export function isMap(given: unknown): given is Body {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

/** Missing: an empty list for what is none. */
export function listOf(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [];
}
