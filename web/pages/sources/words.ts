import type { BrokerInfo, LedgerInfo, RedriveAnswer, SourcesAnswer, UnclaimedInfo } from "#contract/sources.ts";
import { countText } from "#web/parts/format-number.ts";
import { rateText } from "#web/parts/shell/pulse-words.ts";

export interface Flow {
  readonly perSecond: number;
  readonly balanced: boolean;
  readonly rejectsOpen: number;
}

/** "4 sources, 38 messages a second, nothing lost; 2 topics nobody claims." */
export function sourcesSentence(answer: SourcesAnswer, flow: Flow): string {
  const away = answer.brokers.filter((broker) => broker.state !== "connected" && broker.state !== "starting");
  const parts = [
    counted(answer.sources.length, "source"),
    `${rateText(flow.perSecond)} messages a second`,
    flow.balanced ? "nothing lost" : "the ledger does not add up",
  ];
  const troubles = [
    ...(away.length > 0 ? [`${counted(away.length, "broker")} away`] : []),
    ...(flow.rejectsOpen > 0 ? [`${countText(flow.rejectsOpen)} rejected`] : []),
    ...(answer.unclaimed.length > 0 ? [`${counted(answer.unclaimed.length, "topic")} nobody claims`] : []),
  ];
  return `${parts.join(", ")}${troubles.length > 0 ? `; ${troubles.join(", ")}` : ""}.`;
}

/** "1 source", "4 sources". */
export function counted(count: number, noun: string): string {
  return `${countText(count)}\u00a0${noun}${count === 1 ? "" : "s"}`;
}

const STATES: Readonly<Record<BrokerInfo["state"], { words: string; tone: "good" | "warn" | "bad" | "" }>> = {
  starting: { words: "Starting", tone: "" },
  connected: { words: "✓ Connected", tone: "good" },
  waiting: { words: "! Away, trying again", tone: "warn" },
  refused: { words: "✕ Refused", tone: "bad" },
  closed: { words: "Closed", tone: "" },
};

/** A broker's state as a sign and a word. */
export function brokerState(broker: BrokerInfo): { words: string; tone: string } {
  return STATES[broker.state];
}

/** What a re-drive did: "7 read again: 3 became readings, 4 are still rejected." */
export function redriveText(answer: RedriveAnswer): string {
  if (answer.tried === 0 && answer.skipped === 0) return "There was nothing to read again.";
  const parts = [`${countText(answer.mended)} became readings`, `${countText(answer.stillRejected)} still rejected`];
  if (answer.skipped > 0) parts.push(`${countText(answer.skipped)} skipped, because their kept bytes were cut off`);
  return `${countText(answer.tried)} read again: ${parts.join(", ")}.`;
}

/** Lines of configuration that would claim a topic for the first of the sites, or undefined where nothing was recognised. */
export function claimYaml(topic: UnclaimedInfo, sites: readonly string[]): string | undefined {
  const { guess } = topic;
  if (!guess) return undefined;
  const [site = "home", ...others] = sites;
  const choice = others.length > 0 ? ` # or ${others.map(plain).join(", ")}` : "";
  return [
    "sources:",
    `  ${guess.dialect}:`,
    `    site: ${plain(site)}${choice}`,
    `    broker: ${plain(topic.broker)}`,
    `    topics: [${JSON.stringify(guess.filter)}]`,
    `    dialect: ${plain(guess.dialect)}`,
  ].join("\n");
}

function plain(text: string): string {
  return /^[A-Za-z][\w-]*$/.test(text) ? text : JSON.stringify(text);
}

const SUMS = ["messages", "withItems", "items", "stored", "replaced", "duplicate", "refused", "rejected", "spooled"] as const;

/** All sources' rows added up, balances included: two faults must not cancel out. */
export function totalOf(rows: readonly LedgerInfo[]): LedgerInfo {
  const total = { source: "all", without: {} as Record<string, number>, messagesBalance: 0, itemsBalance: 0 };
  const sums = Object.fromEntries(SUMS.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]));
  for (const row of rows) {
    for (const [reason, count] of Object.entries(row.without)) total.without[reason] = (total.without[reason] ?? 0) + count;
    total.messagesBalance += Math.abs(row.messagesBalance);
    total.itemsBalance += Math.abs(row.itemsBalance);
  }
  return { ...total, ...(sums as Pick<LedgerInfo, (typeof SUMS)[number]>) };
}
