import { expect, test } from "vitest";
import type { AlertChannel, AlertInfo, AlertRuleInfo } from "#contract/alerts.ts";
import { alertsEvidence, alertsSentence, deliveryWords, seenWords, standingWords } from "./words.ts";

const NOW_MS = Date.UTC(2026, 2, 10, 14, 0);
const alert = (title: string, severity: AlertInfo["severity"] = "warning", firedMs = 0): AlertInfo => ({
  ...{ id: 1, rule: "r", ruleName: "R", subject: "s", subjectTitle: "S", severity, title, text: "", value: null, unit: "" },
  ...{ firedMs, clearedMs: null, acknowledged: null, deliveries: [], link: null },
});
const rule = (subjects: number, more: { enabled?: boolean; mutedUntilMs?: number } = {}): AlertRuleInfo => ({
  rule: { kind: "job", id: "j", name: "J", severity: "warning", channels: [], enabled: more.enabled ?? true, job: "*" },
  from: "page",
  declared: null,
  sentence: "",
  standing: Array.from({ length: subjects }, (_, index) => ({ subject: `${index}`, title: "", standing: "clear", value: null, unit: "" })),
  mutedUntilMs: more.mutedUntilMs ?? null,
});
const channel = (name: string, works: boolean | null): AlertChannel => ({
  ...{ name, kind: "ntfy", target: "", works, problem: null, lastSentMs: null },
});
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

test("the gravest alert is told first, and that there are others", () => {
  expect(alertsSentence([alert("Meter has been silent for 25 minutes")], [])).toBe("Meter has been silent for 25 minutes.");
  const others = [alert("a price is high", "info", 9), alert("the backup failed", "critical", 1), alert("a peak is coming", "warning", 5)];
  expect(plain(alertsSentence(others, []))).toBe("the backup failed; and 2 more alerts.");
});

test("quiet is told with what is watched, and is not claimed where nothing is", () => {
  expect(plain(alertsSentence([], [rule(4), rule(7), rule(1), rule(3, { enabled: false })]))).toBe("All quiet. 3 rules watch 12 subjects.");
  expect(plain(alertsSentence([], [rule(1)]))).toBe("All quiet. 1 rule watches 1 subject.");
  expect(alertsSentence([], [])).toBe("Nothing is watched yet.");
  expect(alertsSentence([], [rule(2, { enabled: false })])).toBe("Nothing is watched: every rule is off.");
});

test("it is said that nobody would be told, and which channel is broken", () => {
  const say = (rules: AlertRuleInfo[], channels: AlertChannel[]) => alertsEvidence({ nowMs: NOW_MS, rules, channels }).map(plain);
  expect(say([], [])).toEqual(["No channel is set: alerts are shown on this page alone"]);
  expect(say([], [channel("phone", true), channel("mail", false)])).toEqual(["✕ Channel mail does not work"]);
  expect(say([rule(1, { mutedUntilMs: NOW_MS + 1 }), rule(1, { mutedUntilMs: NOW_MS })], [channel("phone", null)])).toEqual([
    "1 channel",
    "1 rule muted",
  ]);
});

test("what was tried in vain is told apart from what was not tried yet, and what failed is told with when", () => {
  const say = (result: AlertInfo["deliveries"][number]["result"], problem: string | null = null) =>
    plain(deliveryWords({ channel: "mail", result, atMs: NOW_MS, problem }, NOW_MS, { zone: "UTC" }).words);
  expect([say("sent"), say("waiting"), say("waiting", "no answer"), say("failed", "refused"), say("muted")]).toEqual([
    "✓ mail, 14:00",
    "… mail, on its way",
    "… mail, tried 14:00 and again soon",
    "✕ mail, given up 14:00",
    "– mail, muted",
  ]);
});

test("what a rule sees is told in the words of its kind, and a job has no number", () => {
  const seen = (kind: Parameters<typeof seenWords>[0], value: number | null, unit = "") =>
    plain(seenWords(kind, { subject: "s", title: "S", standing: "clear", value, unit }));
  expect([seen("stale", 25, "min"), seen("stale", 300, "min"), seen("stale", null, "min")]).toEqual(["silent 25 min", "silent 5 h", ""]);
  expect([seen("thinning", 212), seen("thinning", 1), seen("thinning", null)]).toEqual(["212 readings", "1 reading", ""]);
  expect([seen("threshold", 4820, "W"), seen("price", 0.0812, "EUR/kWh"), seen("job", 0)]).toEqual(["4.82 kW", "0.0812 €/kWh", ""]);
});

test("quiet is not claimed of a subject nothing is known of", () => {
  const say = (standing: "clear" | "pending" | "firing", value: number | null) =>
    standingWords({ subject: "s", title: "S", standing, value, unit: "" }).words;
  expect([say("clear", 0), say("clear", null), say("pending", 1), say("firing", null)]).toEqual([
    "✓ quiet",
    "– not known yet",
    "… about to",
    "✕ alert",
  ]);
});
