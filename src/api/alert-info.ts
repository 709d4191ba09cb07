import type { ChannelStanding, RuleStanding } from "#alerts/desk.ts";
import type { AlertChannel, AlertInfo, AlertRuleInfo } from "#contract/alerts.ts";
import type { AlertDelivery, AlertRecord } from "#store/records.ts";

const HIDDEN_PROBLEM = "It does not work.";

/** An alert as the wire has it. Why a message did not arrive names addresses and servers: without `withWhy`, that it did not. */
export function alertInfo(alert: AlertRecord, withWhy: boolean): AlertInfo {
  const { id, rule, ruleName, subject, subjectTitle, title, text, value, unit, firedMs, clearedMs, acknowledged, link } = alert;
  return {
    ...{ id, rule, ruleName, subject, subjectTitle, title, text, unit, firedMs },
    severity: alert.severity as AlertInfo["severity"],
    value: figureOf(value),
    clearedMs: clearedMs ?? null,
    acknowledged: acknowledged ?? null,
    deliveries: newestOfEach(alert.deliveries).map(({ channel, result, atMs, problem }) => ({
      channel,
      result,
      atMs,
      problem: problem === undefined ? null : withWhy ? problem : HIDDEN_PROBLEM,
    })),
    link: link ?? null,
  };
}

/** One row for each channel: the newest message about the alert that was not muted, else that it was. */
function newestOfEach(deliveries: readonly AlertDelivery[]): AlertDelivery[] {
  const newest = new Map<string, AlertDelivery>();
  for (const one of deliveries) if (one.result !== "muted" || !newest.has(one.channel)) newest.set(one.channel, one);
  return [...newest.values()];
}

/** A rule and what it saw, as the API says it. Missing: null. */
export function ruleInfo({ rule, from, declared, sentence, standing, mutedUntilMs }: RuleStanding): AlertRuleInfo {
  return {
    rule: { ...rule, channels: [...rule.channels] } as AlertRuleInfo["rule"],
    from,
    declared: declared ?? null,
    sentence,
    standing: standing.map((one) => ({ ...one, value: figureOf(one.value) })),
    mutedUntilMs: mutedUntilMs ?? null,
  };
}

/** Addresses of people are nothing for a wall display: without `withTarget` only what kind of a channel it is. */
export function channelInfo(channel: ChannelStanding, withTarget: boolean): AlertChannel {
  const { name, kind, target, works, problem, lastSentMs } = channel;
  const told = withTarget ? { target, problem: problem ?? null } : { target: kind, problem: problem === undefined ? null : HIDDEN_PROBLEM };
  return { name, kind, ...told, works: works ?? null, lastSentMs: lastSentMs ?? null };
}

const figureOf = (value: number): number | null => (Number.isFinite(value) ? value : null);
