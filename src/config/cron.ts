const FIELDS = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of the month", least: 1, most: 31 },
  { name: "month", least: 1, most: 12 },
  { name: "day of the week", least: 0, most: 7 },
] as const;

/** What is wrong with a schedule of five fields, numbers with `*`, `,`, `-` and `/`; undefined when nothing is. */
export function cronProblem(given: string): string | undefined {
  const fields = given.trim().split(/\s+/);
  if (fields.length !== FIELDS.length)
    return `expected five fields like "0 * * * *": minute, hour, day of the month, month, day of the week`;
  for (const [i, { name, least, most }] of FIELDS.entries()) {
    if (!(fields[i] as string).split(",").every((part) => isPart(part, least, most)))
      return `the ${name} of a schedule is *, or numbers from ${least} to ${most} with , - and /`;
  }
  return undefined;
}

function isPart(part: string, least: number, most: number): boolean {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
  if (!match) return false;
  const [from, to, step] = match.slice(1).map((text) => (text === undefined ? undefined : Number(text)));
  const inside = [from, to].every((n) => n === undefined || (n >= least && n <= most));
  return inside && (from === undefined || to === undefined || from <= to) && step !== 0;
}
