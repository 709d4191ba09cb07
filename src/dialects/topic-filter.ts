/** Topic filters of MQTT as sources and dialects write them down: `+` is one level, a final `#` is all that follow. */

/** The filter proper: a shared subscription `$share/group/filter` claims the same topics as `filter`. */
export function plainFilter(filter: string): string {
  const shared = /^\$share\/[^/]*\/(.*)$/s.exec(filter);
  return shared?.[1] ?? filter;
}

/** What is wrong with a filter, in words; undefined when it can be subscribed to. */
export function filterProblem(filter: string): string | undefined {
  const plain = plainFilter(filter);
  if (plain === "") return "it is empty";
  if (plain.includes("\0")) return "it holds a NUL character";
  if (new TextEncoder().encode(filter).length > 65_535) return "it is longer than 65,535 bytes";
  if (filter.startsWith("$share/") && plain === filter) return "a shared filter reads $share/GROUP/FILTER";
  const levels = plain.split("/");
  for (const [at, level] of levels.entries()) {
    if (level.includes("#") && (level !== "#" || at !== levels.length - 1)) return "# must stand alone as the last level";
    if (level.includes("+") && level !== "+") return "+ must stand alone between slashes";
  }
  return undefined;
}

/** Whether a filter covers a topic. Wildcards at the first level do not cover topics that begin with `$`. */
export function filterCovers(filter: string, topic: string): boolean {
  const levels = plainFilter(filter).split("/");
  const parts = topic.split("/");
  if (topic.startsWith("$") && (levels[0] === "+" || levels[0] === "#")) return false;
  for (const [at, level] of levels.entries()) {
    if (level === "#") return true;
    if (at >= parts.length || (level !== "+" && level !== parts[at])) return false;
  }
  return levels.length === parts.length;
}
