import type { Message } from "#outlets/alerts/channel.ts";

/** A message as the outbox hands it to a channel. */
export function messageOf(more: Partial<Message> = {}): Message {
  return {
    what: "fired",
    rule: "source-silent",
    ruleName: "A source falls silent",
    subject: "home/meter",
    subjectTitle: "Electricity meter",
    severity: "warning",
    title: "Electricity meter has been silent for 10 minutes",
    text: "Nothing has come from Electricity meter for 10 minutes.",
    value: 10,
    unit: "min",
    tMs: Date.UTC(2026, 2, 2, 5),
    firedMs: Date.UTC(2026, 2, 2, 5),
    ...more,
  };
}

/** A sending that nobody ends. */
export const SENDING = {
  id: "wattkeep-abc-1",
  get signal(): AbortSignal {
    return new AbortController().signal;
  },
};
