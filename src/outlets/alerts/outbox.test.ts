import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AlertDelivery } from "#store/records.ts";
import { messageOf } from "#test/fakes/alert-message.ts";
import { PlantWorld, START_MS } from "#test/plant-world.ts";
import { StandingClock } from "#test/standing-clock.ts";
import { until } from "#test/until.ts";
import { type Channel, ChannelProblem, type Message, type Sending } from "./channel.ts";
import { Outbox } from "./outbox.ts";

const HOUR_MS = 3_600_000;
let world: PlantWorld;
let clock: StandingClock;
let outbox: Outbox;
let sent: { message: Message; how: Sending }[];
let answer: (how: Sending) => Promise<void>;
const logs: string[] = [];
beforeEach(async () => {
  world = await PlantWorld.open();
  clock = new StandingClock(START_MS);
  sent = [];
  logs.length = 0;
  answer = async () => undefined;
  outbox = outboxOf();
});
afterEach(async () => {
  await outbox.close();
  await world.close();
});

function outboxOf(more: Pick<Channel, "gathers"> = {}): Outbox {
  const channel: Channel = {
    ...more,
    name: "phone",
    kind: "webhook",
    target: "example.org",
    secrets: ["SECRET"],
    async send(message, how) {
      sent.push({ message, how });
      await answer(how);
    },
    close: async () => undefined,
  };
  const logger = { warn: (about: object, text: string) => void logs.push(`${text} ${JSON.stringify(about)}`) };
  return new Outbox({ channel, store: world.store, nowMs: clock.nowMs, after: clock.after, random: () => 0.5, logger });
}

/** Writes messages down, as a look does. */
async function put(...titles: string[]): Promise<void> {
  const { value: _, ...rest } = messageOf();
  const deliveries = titles.map((title) => ({ channel: "phone", message: JSON.stringify({ ...rest, title, value: null }) }));
  const { rule, ruleName, subject, subjectTitle, severity, title, text, unit, firedMs } = messageOf();
  const alert = { rule, ruleName, subject, subjectTitle, severity, title, text, value: 1, unit, firedMs, deliveries };
  await world.store.changeAlerts({ atMs: clock.nowMs(), fired: [alert] });
}

const rows = (): Promise<AlertDelivery[]> => world.store.alertDeliveries();
const results = async (): Promise<string[]> => (await rows()).map(({ result }) => result);

/** Until every attempt that can be made now was made. */
async function settled(wanted: readonly string[]): Promise<void> {
  for (let i = 0; i < 2_000 && JSON.stringify(await results()) !== JSON.stringify(wanted); i += 1)
    await new Promise((next) => setTimeout(next, 1));
  expect(await results()).toEqual(wanted);
}

describe("what waits for a channel", () => {
  test("is sent in order, each once, and marked", async () => {
    await put("one", "two", "three");
    outbox.wake();
    outbox.wake();
    await settled(["sent", "sent", "sent"]);
    expect(sent.map(({ message }) => message.title)).toEqual(["one", "two", "three"]);
    expect(sent[0]?.message.value).toBeNaN();
    expect(outbox.state).toEqual({ works: true });
  });

  test("is one message to people where many say the same, and each by itself to machines", async () => {
    const titles = Array.from({ length: 90 }, (_, i) => `meter ${i} is silent`);
    outbox = outboxOf({ gathers: true });
    await put(...titles);
    outbox.wake();
    await settled(titles.map(() => "sent"));
    expect(sent.map(({ message }) => message.title)).toEqual(["A source falls silent: 90 at once"]);
    expect(sent[0]?.message.text).toContain("– meter 0 is silent\n– meter 1 is silent");
    expect(sent[0]?.message.text).toMatch(/– meter 19 is silent\nand 70 more; the page Alerts names them all\.$/);
    await put("a few", "more");
    outbox.wake();
    await settled([...titles.map(() => "sent"), "sent", "sent"]);
    expect(sent.slice(1).map(({ message }) => message.title)).toEqual(["a few", "more"]);
  });

  test("and went out together is tried together again, and what differs is not among it", async () => {
    answer = async () => {
      if (sent.length === 1) throw new ChannelProblem("away", "nothing answers");
    };
    outbox = outboxOf({ gathers: true });
    await put(..."abcdef");
    outbox.wake();
    await settledTries(1);
    await until(() => clock.awaited);
    clock.pass(HOUR_MS);
    await settled(Array(6).fill("sent"));
    expect(new Set(sent.map(({ how, message }) => `${how.id} ${message.title}`)).size).toBe(1);
    expect(sent).toHaveLength(2);
  });

  test("is tried again after longer and longer waits, and what comes later stays behind it", async () => {
    answer = async () => {
      if (sent.length <= 3) throw new ChannelProblem("away", "example.org with SECRET: nothing answers.");
    };
    await put("one", "two");
    outbox.wake();
    const waits: number[] = [];
    for (let tries = 1; tries <= 3; tries += 1) {
      await until(() => sent.length === tries && clock.awaited);
      await settledTries(tries);
      let ms = 0;
      while (sent.length === tries && ms < 10 * HOUR_MS) {
        clock.pass(1_000);
        ms += 1_000;
        await new Promise((next) => setTimeout(next, 1));
        if (!clock.awaited) break;
      }
      waits.push(ms / 1_000);
    }
    await settled(["sent", "sent"]);
    expect(sent.map(({ message }) => message.title)).toEqual(["one", "one", "one", "one", "two"]);
    expect(new Set(sent.slice(0, 4).map(({ how }) => how.id)).size).toBe(1);
    expect(waits).toEqual([5, 10, 20]);
  });

  test("is not tried before the other side wants to be", async () => {
    answer = async () => {
      if (sent.length === 1) throw new ChannelProblem("away", "a pause", 90_000);
    };
    await put("one");
    outbox.wake();
    await settledTries(1);
    await until(() => clock.awaited);
    clock.pass(89_000);
    outbox.wake();
    expect(sent).toHaveLength(1);
    clock.pass(1_000);
    await settled(["sent"]);
  });

  test("has failed for good after a day, in words without a secret", async () => {
    answer = () => Promise.reject(new ChannelProblem("person", "The token SECRET is wrong."));
    await put("one");
    outbox.wake();
    await settledTries(1);
    await until(() => clock.awaited);
    expect(await rows()).toMatchObject([{ result: "waiting", problem: "The token [secret] is wrong." }]);
    expect(outbox.state).toEqual({ works: false, problem: "The token [secret] is wrong." });
    clock.pass(25 * HOUR_MS);
    await settled(["failed"]);
  });

  test("a message that will never be taken has failed at once, and the next goes", async () => {
    answer = async () => {
      if (sent.length === 1) throw new ChannelProblem("message", "too odd");
    };
    await put("one", "two");
    outbox.wake();
    await settled(["failed", "sent"]);
  });

  test("a channel that hangs is left after twenty seconds", async () => {
    answer = ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new ChannelProblem("away", "late"))));
    await put("one");
    outbox.wake();
    await until(() => sent.length === 1);
    clock.pass(19_999);
    expect(sent[0]?.how.signal.aborted).toBe(false);
    clock.pass(1);
    await settledTries(1);
    expect(await rows()).toMatchObject([{ result: "waiting", problem: "late" }]);
  });

  test("waits for the next start when the program ends in the middle", async () => {
    answer = ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("ended"))));
    await put("one");
    outbox.wake();
    await until(() => sent.length === 1);
    await outbox.close();
    expect(await rows()).toMatchObject([{ result: "waiting", tries: 0 }]);
    await world.restart();
    answer = async () => undefined;
    outbox = outboxOf();
    outbox.wake();
    await settled(["sent"]);
    expect(sent[1]?.how.id).toBe(sent[0]?.how.id);
  });

  test("a fault of our own is told in words and tried again", async () => {
    answer = async () => {
      if (sent.length === 1) throw new TypeError("undefined is not SECRET");
    };
    await put("one");
    outbox.wake();
    await settledTries(1);
    expect(await rows()).toMatchObject([{ problem: "undefined is not [secret]" }]);
    await until(() => clock.awaited);
    clock.pass(10_000);
    await settled(["sent"]);
  });
});

test("a person's test that works sends what waited", async () => {
  answer = () => Promise.reject(new ChannelProblem("person", "the token is wrong"));
  await put("one");
  outbox.wake();
  await settledTries(1);
  await until(() => clock.awaited);
  answer = async () => undefined;
  expect(await outbox.sendNow(messageOf({ what: "test" }), "id")).toBeUndefined();
  await settled(["sent"]);
});

test("a message of a person's test is sent at once and not written down", async () => {
  expect(await outbox.sendNow(messageOf({ what: "test" }), "id")).toBeUndefined();
  answer = () => Promise.reject(new ChannelProblem("person", "no SECRET"));
  expect(await outbox.sendNow(messageOf({ what: "test" }), "id")).toBe("no [secret]");
  expect(await rows()).toEqual([]);
});

async function settledTries(tries: number): Promise<void> {
  for (let i = 0; i < 2_000 && (await rows())[0]?.tries !== tries; i += 1) await new Promise((next) => setTimeout(next, 1));
  expect((await rows())[0]?.tries).toBe(tries);
}
