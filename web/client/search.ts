/** What an address may say after its question mark: every name once or more, as plain text. */
export type RawSearch = Readonly<Record<string, string | readonly string[]>>;

/** `?site=plant&series=a&series=b` without quoting: addresses that people can read and write by hand. */
export function parseSearch(text: string): RawSearch {
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name];
    found[name] = before === undefined ? value : [before, value].flat();
  }
  return found;
}

/** The inverse of parseSearch; nothing for empty texts and undefined. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") params.append(name, String(one));
    }
  }
  const text = params.toString().replaceAll("%2F", "/").replaceAll("%40", "@").replaceAll("%3A", ":").replaceAll("%2C", ",");
  return text === "" ? "" : `?${text}`;
}

/** The one value of a name; the first where it is there several times. */
export function one(raw: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = raw[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" && first !== "" ? first : typeof first === "number" ? String(first) : undefined;
}

/** Every value of a name, without repeats. */
export function many(raw: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = raw[name];
  const all: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return [...new Set(all.filter((text): text is string => typeof text === "string" && text !== ""))];
}
