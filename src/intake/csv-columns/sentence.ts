interface Counts {
  readonly lines: number;
  readonly fresh: number;
  readonly same: number;
  readonly changed: number;
  readonly rejected: number;
}

/** What a file did, or would do, for a person. */
export function columnsSentence(counts: Counts, { name, meters, isDry }: { name: string; meters: number; isDry: boolean }): string {
  const { lines, fresh, same, changed, rejected } = counts;
  if (fresh + same + changed === 0) return `${name}: none of ${counted(lines, "line")} could be read.`;
  const would = isDry ? "would be " : "";
  const parts = [
    fresh + changed === 0 ? "nothing new" : `${number(fresh)} ${would}new`,
    ...(changed > 0 ? [`${number(changed)} ${would}changed`] : []),
    ...(same > 0 ? [`${number(same)} known already`] : []),
    ...(rejected > 0 ? [`${number(rejected)} not taken`] : []),
  ];
  return `${name}: ${counted(fresh + same + changed, "reading")} of ${counted(meters, "meter")}, ${parts.join(", ")}.`;
}

const number = (n: number): string => n.toLocaleString("en-US");
const counted = (n: number, one: string): string => `${number(n)} ${one}${n === 1 ? "" : "s"}`;
