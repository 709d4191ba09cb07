/** Whether every topic that `narrow` matches is matched by `wide` too. Both are MQTT topic filters. */
export function covers(wide: string, narrow: string): boolean {
  const w = wide.split("/");
  const n = narrow.split("/");
  for (let i = 0; i < w.length; i += 1) {
    if (w[i] === "#") return true;
    const level = n[i];
    if (level === undefined || level === "#") return false;
    if (w[i] !== "+" && w[i] !== level) return false;
  }
  return w.length === n.length;
}

/** The filters without those another one covers: some brokers deliver a message once per matching filter. */
export function distinctFilters(filters: readonly string[]): string[] {
  const unique = [...new Set(filters)];
  return unique.filter((filter) => !unique.some((other) => other !== filter && covers(other, filter)));
}
