const UNITS = [
  ["d", 86_400_000, /^(d|day|days)$/],
  ["h", 3_600_000, /^(h|hour|hours|hr|hrs)$/],
  ["min", 60_000, /^(m|min|mins|minute|minutes)$/],
  ["s", 1000, /^(s|sec|secs|second|seconds)$/],
] as const;

/** "90 s", "10m", "1 h 30 min", "a day" as milliseconds. Missing: undefined where it is no length of time. */
export function parseDuration(text: string): number | undefined {
  const words = text.trim().toLowerCase();
  const part = /(\d+(?:[.,]\d+)?|an?)\s*([a-z]+)\s*/y;
  let ms = 0;
  while (part.lastIndex < words.length) {
    const found = part.exec(words);
    const size = UNITS.find(([, , spelling]) => spelling.test(found?.[2] ?? ""))?.[1];
    if (found === null || size === undefined) return undefined;
    const count = /^an?$/.test(found[1] ?? "") ? 1 : Number(found[1]?.replace(",", "."));
    ms += count * size;
  }
  return words === "" || !Number.isFinite(ms) ? undefined : Math.round(ms);
}

/** The same as a person would write it: every whole unit that is in it, the largest first. */
export function durationText(ms: number): string {
  const parts: string[] = [];
  let rest = ms;
  for (const [word, size] of UNITS) {
    const count = word === "s" ? rest / size : Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${word}`);
    rest -= Math.floor(rest / size) * size;
  }
  return parts.length === 0 ? "0 s" : parts.join(" ");
}
