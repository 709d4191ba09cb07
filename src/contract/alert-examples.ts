import type { AlertChannel, AlertInfo, AlertRuleInfo } from "./alerts.ts";

/** What the routes of alerts answer, for their document. */
export const ALERT: AlertInfo = {
  id: 17,
  rule: "source-silent",
  ruleName: "A source falls silent",
  subject: "meter",
  subjectTitle: "Electricity meter",
  severity: "warning",
  title: "Electricity meter has been silent for 10 minutes",
  text: "Nothing has come from Electricity meter for 10 minutes; 10 minutes without a word is too long for it. Look whether it has power and network and whether the broker runs. What it sends meanwhile may be lost.",
  value: 10,
  unit: "min",
  firedMs: 1_773_168_080_000,
  clearedMs: null,
  acknowledged: null,
  deliveries: [{ channel: "phone", result: "sent", atMs: 1_773_168_081_000, problem: null }],
  link: "/sources?source=meter",
};

export const ALERT_RULE: AlertRuleInfo = {
  rule: {
    id: "cellar-warm",
    name: "Cellar is warm",
    severity: "warning",
    channels: ["phone"],
    enabled: true,
    kind: "threshold",
    series: "home/cellar/temperature@air",
    above: 25,
    hysteresis: 1,
    forMs: 600_000,
  },
  from: "page",
  declared: null,
  sentence: "when Cellar: Temperature is above 25 °C for 10 minutes",
  standing: [{ subject: "home/cellar/temperature@air", title: "Cellar: Temperature", standing: "clear", value: 18.5, unit: "°C" }],
  mutedUntilMs: null,
};

export const ALERT_CHANNEL: AlertChannel = {
  name: "phone",
  kind: "telegram",
  target: "chat 1234",
  works: true,
  problem: null,
  lastSentMs: 1_773_168_081_000,
};
