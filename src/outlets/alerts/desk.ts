import { type AlertDesk, AlertProblem, type ChannelStanding, type RuleStanding } from "#alerts/desk.ts";
import { type Naming, ruleSentence } from "#alerts/rule-sentence.ts";
import type { Store } from "#store/store.ts";
import type { AlertRoom } from "./alert-room.ts";
import type { Channel, Message } from "./channel.ts";
import type { Observer } from "./observe.ts";
import type { Outbox } from "./outbox.ts";
import type { BookedRule, RuleBook } from "./rule-book.ts";

interface DeskParts {
  readonly store: Store;
  readonly book: RuleBook;
  readonly room: AlertRoom;
  readonly observer: Observer;
  readonly channels: readonly Channel[];
  readonly outboxes: ReadonlyMap<string, Outbox>;
  readonly nowMs: () => number;
}

/** What pages ask of the alerts and do with them. What was said counts as soon as it is written down. */
export function openDesk(parts: DeskParts): AlertDesk {
  const { store, book, room, observer, channels, outboxes, nowMs } = parts;
  const one = async (id: string): Promise<RuleStanding> => standingOf(parts, book.get(id), await observer.naming());
  return {
    async rules() {
      const naming = await observer.naming();
      return book.all().map((booked) => standingOf(parts, booked, naming));
    },
    channels: () => Promise.all(channels.map((channel) => channelOf(parts, channel))),
    async saveRule(rule, who) {
      book.checkOfPage(rule.id);
      const unknown = rule.channels.find((name) => !outboxes.has(name));
      if (unknown !== undefined) throw new AlertProblem("unknown-channel", unknown);
      await store.changeAlerts({ atMs: nowMs(), rules: [{ id: rule.id, rule: JSON.stringify(rule), who }] });
      book.save(rule);
      await room.look();
      return one(rule.id);
    },
    async removeRule(id) {
      const { rule } = book.get(id);
      book.checkOfPage(id);
      await store.changeAlerts({ atMs: nowMs(), rules: [{ id, rule: null, who: "" }] });
      book.remove(id);
      await room.look();
      return rule;
    },
    async mute(id, untilMs) {
      book.get(id);
      await store.changeAlerts({ atMs: nowMs(), mutes: [{ rule: id, untilMs: untilMs ?? null }] });
      book.mute(id, untilMs);
      return one(id);
    },
    async test(name) {
      const outbox = outboxes.get(name);
      const channel = channels.find((known) => known.name === name);
      if (outbox === undefined || channel === undefined) throw new AlertProblem("unknown-channel", name);
      const problem = await outbox.sendNow(testMessage(name, nowMs()), `wattkeep-test-${nowMs().toString(36)}`);
      if (problem !== undefined) return { sent: false, sentence: problem };
      return { sent: true, sentence: `${channel.target} took the message. Look whether it arrived.` };
    },
  };
}

function standingOf({ room, book, nowMs }: DeskParts, { rule, from, declared }: BookedRule, naming: Naming): RuleStanding {
  const mutedUntilMs = book.mutedUntilMs(rule.id, nowMs());
  return {
    rule,
    from,
    ...(declared === undefined ? {} : { declared }),
    sentence: ruleSentence(rule, naming),
    standing: room.seen(rule.id).map(({ observation: { subject, title, value, unit }, state }) => ({
      ...{ subject, title, value, unit },
      standing: state.standing,
    })),
    ...(mutedUntilMs === undefined ? {} : { mutedUntilMs }),
  };
}

async function channelOf({ store, outboxes }: DeskParts, { name, kind, target }: Channel): Promise<ChannelStanding> {
  const [newest] = await store.alertDeliveries({ channel: name, result: "sent", newestFirst: true, limit: 1 });
  return { name, kind, target, ...outboxes.get(name)?.state, ...(newest === undefined ? {} : { lastSentMs: newest.atMs }) };
}

function testMessage(channel: string, nowMs: number): Message {
  return {
    what: "test",
    rule: "test",
    ruleName: "Test",
    subject: channel,
    subjectTitle: "Test",
    severity: "info",
    title: "A test from Wattkeep",
    text: "This is how an alert arrives. Nothing is wrong.",
    value: Number.NaN,
    unit: "",
    tMs: nowMs,
    firedMs: nowMs,
  };
}
