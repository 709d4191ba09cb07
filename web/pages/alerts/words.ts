import type { AlertChannel, AlertInfo, AlertRule, AlertRuleInfo, AlertRulesAnswer } from "#contract/alerts.ts";
import { countText, numberText } from "#web/parts/format-number.ts";
import { ageText, momentText, type TimeStyle } from "#web/parts/format-time.ts";

export interface SignWords {
  readonly words: string;
  readonly tone: "good" | "warn" | "bad" | "";
}

export const SEVERITY_WORDS: Readonly<Record<AlertInfo["severity"], SignWords>> = {
  critical: { words: "‼ critical", tone: "bad" },
  warning: { words: "! warning", tone: "warn" },
  info: { words: "○ notice", tone: "" },
};
const RANK: Readonly<Record<AlertInfo["severity"], number>> = { critical: 2, warning: 1, info: 0 };

const STANDING_WORDS: Readonly<Record<AlertRuleInfo["standing"][number]["standing"], SignWords>> = {
  clear: { words: "✓ quiet", tone: "good" },
  pending: { words: "… about to", tone: "warn" },
  firing: { words: "✕ alert", tone: "bad" },
};

/** How a subject of a rule stands. Missing: quiet is not claimed of what is not known. */
export function standingWords({ standing, value }: AlertRuleInfo["standing"][number]): SignWords {
  return standing === "clear" && value === null ? { words: "– not known yet", tone: "" } : STANDING_WORDS[standing];
}

/** What can be watched, as a choice of the form. */
export const KIND_WORDS: Readonly<Record<AlertRule["kind"], string>> = {
  stale: "A source falls silent",
  thinning: "Readings get thin",
  threshold: "A value passes a limit",
  demand: "A demand peak is coming",
  price: "A price passes a limit",
  job: "A job fails",
  meter: "A meter needs a look",
};

export const CHANNEL_WORDS: Readonly<Record<AlertChannel["kind"], string>> = {
  telegram: "Telegram",
  mail: "Mail",
  ntfy: "ntfy",
  webhook: "Webhook",
  mqtt: "MQTT",
};

const many = (count: number, word: string): string => `${countText(count)}\u00a0${word}${count === 1 ? "" : "s"}`;

/**
 * What the page says first: the gravest alert that lasts, or that all is quiet and what is watched.
 * Missing: nothing is said of the rules while they are not known.
 */
export function alertsSentence(active: readonly AlertInfo[], rules: readonly AlertRuleInfo[] | undefined): string {
  const first = active.toSorted((a, b) => RANK[b.severity] - RANK[a.severity] || b.firedMs - a.firedMs)[0];
  if (first !== undefined) {
    const title = first.title.replace(/[.!]$/, "");
    return active.length === 1 ? `${title}.` : `${title}; and ${many(active.length - 1, "more alert")}.`;
  }
  if (rules === undefined) return "All quiet.";
  const on = rules.filter(({ rule }) => rule.enabled);
  if (on.length === 0) return rules.length === 0 ? "Nothing is watched yet." : "Nothing is watched: every rule is off.";
  const subjects = on.reduce((sum, { standing }) => sum + standing.length, 0);
  return `All quiet. ${many(on.length, "rule")} ${on.length === 1 ? "watches" : "watch"} ${many(subjects, "subject")}.`;
}

/** The lines under the sentence: what is muted, and whether anybody would be told. */
export function alertsEvidence({ rules, channels, nowMs }: AlertRulesAnswer): string[] {
  const muted = rules.filter((rule) => isMuted(rule, nowMs)).length;
  return [channelsWords(channels), ...(muted === 0 ? [] : [`${many(muted, "rule")} muted`])];
}

function channelsWords(channels: readonly AlertChannel[]): string {
  if (channels.length === 0) return "No channel is set: alerts are shown on this page alone";
  const broken = channels.filter((channel) => channel.works === false);
  const first = broken[0];
  if (first === undefined) return many(channels.length, "channel");
  return broken.length === 1 ? `✕ Channel ${first.name} does not work` : `✕ ${many(broken.length, "channel")} do not work`;
}

/** Whether nobody is told of a rule at this moment. */
export function isMuted(rule: Pick<AlertRuleInfo, "mutedUntilMs">, nowMs: number): boolean {
  return rule.mutedUntilMs !== null && rule.mutedUntilMs > nowMs;
}

/** "✓ phone, 14:02", "… mail, tried 14:10 and again soon": what became of a message. */
export function deliveryWords(delivery: AlertInfo["deliveries"][number], nowMs: number, style: TimeStyle = {}): SignWords {
  const at = momentText(delivery.atMs, nowMs, style);
  switch (delivery.result) {
    case "sent":
      return { words: `✓ ${delivery.channel}, ${at}`, tone: "good" };
    case "waiting":
      return delivery.problem === null
        ? { words: `… ${delivery.channel}, on its way`, tone: "" }
        : { words: `… ${delivery.channel}, tried ${at} and again soon`, tone: "warn" };
    case "failed":
      return { words: `✕ ${delivery.channel}, given up ${at}`, tone: "bad" };
    case "muted":
      return { words: `– ${delivery.channel}, muted`, tone: "" };
  }
}

/** What a rule sees of a subject, with its unit: "4.82 kW", "silent 25 min", "212 readings"; nothing where there is no value to tell. */
export function seenWords(kind: AlertRule["kind"], { value, unit }: AlertRuleInfo["standing"][number]): string {
  if (kind === "job" || kind === "meter" || value === null) return "";
  if (kind === "thinning") return many(value, "reading");
  if (kind === "stale") return `silent ${ageText(unit === "min" ? value * 60_000 : value * 1000)}`;
  return numberText(value, { unit });
}
