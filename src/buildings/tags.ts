/** Value of a tag that has one: `floor=2`. Missing: undefined; an empty value is none. */
export function tagValue(tags: readonly string[], ...names: readonly string[]): string | undefined {
  if (tags.length === 0) return undefined;
  for (const name of names) {
    const tag = tags.find((one) => one.length > name.length + 1 && one[name.length] === "=" && sameText(one.slice(0, name.length), name));
    const value = tag?.slice(name.length + 1).trim();
    if (value !== undefined && value !== "") return value.replace(/^@|^r:/, "");
  }
  return undefined;
}

/** Markers, without the tags that have values. */
export function markersOf(tags: readonly string[]): readonly string[] {
  return tags.length === 0 ? tags : tags.filter((tag) => !tag.includes("="));
}

function sameText(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}
