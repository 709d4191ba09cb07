import { expect, test } from "vitest";
import type { AlertChannel, AlertInfo, AlertRuleInfo } from "#contract/alerts.ts";
import { alertsEvidence, alertsSentence, deliveryWords } from "./words.ts";

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

test("what waits is told with its next try, what failed with when", () => {
  const say = (result: AlertInfo["deliveries"][number]["result"]) =>
    plain(deliveryWords({ channel: "mail", result, atMs: NOW_MS, problem: null }, NOW_MS, { zone: "UTC" }).words);
  expect((["sent", "waiting", "failed", "muted"] as const).map(say)).toEqual([
    "✓ mail, 14:00",
    "… mail, next try 14:00",
    "✕ mail, given up 14:00",
    "– mail, muted",
  ]);
});
