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

/** Markers that older and newer vocabularies write in two ways. */
const ALSO: ReadonlyMap<string, string> = new Map([
  ["heat", "heating"],
  ["cool", "cooling"],
  ["occupied", "occ"],
  ["unoccupied", "unocc"],
  ["outdoor", "outside"],
  ["electric", "elec"],
  ["setpoint", "sp"],
]);

/** Markers, without the tags that have values, and beside each the word the rules are written in. */
export function markersOf(tags: readonly string[]): readonly string[] {
  if (tags.length === 0) return tags;
  return tags.flatMap((tag) => {
    if (tag.includes("=")) return [];
    const also = ALSO.get(tag);
    return also === undefined ? [tag] : [tag, also];
  });
}

function sameText(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}
