interface InfluxCounts {
  readonly registers: number;
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  readonly rejected: number;
  readonly gone: number;
}

interface About {
  readonly place: string;
  readonly domain: string;
  readonly refused: number;
  readonly others: number;
  readonly sweep: boolean;
  readonly whole: boolean;
}

/** What a run did, for a person. */
export function influxSentence(counts: InfluxCounts, { place, domain, refused, others, sweep, whole }: About): string {
  if (counts.registers + refused === 0)
    return others > 0
      ? `The ${place} holds no register of domain ${domain}, only what no meter counts. Nothing taken.`
      : `The ${place} holds nothing of domain ${domain} yet. Nothing taken.`;
  const parts = [
    counted(counts.registers, "meter"),
    `${counted(counts.read, "reading")} looked at${sweep ? " from the beginning" : ""}`,
    counts.new + counts.changed === 0 ? "nothing new" : `${number(counts.new)} new`,
    ...(counts.changed > 0 ? [`${number(counts.changed)} changed`] : []),
    ...(counts.rejected > 0 ? [`${number(counts.rejected)} rejected`] : []),
    ...(counts.gone > 0 ? [`${number(counts.gone)} gone from there and kept here`] : []),
  ];
  const rest = refused > 0 ? ` ${counted(refused, "series", "series")} cannot be taken; the log says why.` : "";
  return `${parts.join(", ")}.${rest}${whole ? "" : " Ended before all was looked at; the next run goes on."}`;
}

const number = (n: number): string => n.toLocaleString("en-US");
const counted = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;
