import type { AlertDesk } from "#alerts/desk.ts";
import type { Store } from "#store/store.ts";
import { AlertRoom } from "./alert-room.ts";
import type { Channel } from "./channel.ts";
import { openDesk } from "./desk.ts";
import { type Observer, openObserver } from "./observe.ts";
import { type After, Outbox } from "./outbox.ts";
import { type BookedRule, RuleBook } from "./rule-book.ts";
import type { Views } from "./views.ts";

export interface AlertsParts {
  readonly store: Store;
  readonly channels: readonly Channel[];
  /** Built in and of the file. */
  readonly rules: readonly BookedRule[];
  readonly views: Views;
  /** Address of a page with the server's name. Missing: undefined where the name is not known. */
  readonly pageAt: (path: string) => string | undefined;
  readonly checkMs: number;
  readonly nowMs: () => number;
  readonly after: After;
  /** 0 to 1. */
  readonly random: () => number;
  readonly logger: { warn(about: object, message: string): void };
}

/** Everything that watches and tells. */
export interface Alerts {
  readonly desk: AlertDesk;
  /** Looks once, now. Errors: those of the store. */
  look(): Promise<void>;
  readings: Observer["readings"];
  /** Asks the channels whether they work, sends what waits, and looks from now on. */
  begin(): void;
  close(): Promise<void>;
}

const MOST_WAITING = 10_000;

/** Takes up what was remembered; nothing is looked at or sent before `begin`. Errors: those of the store. */
export async function openAlerts(parts: AlertsParts): Promise<Alerts> {
  const { store, channels, nowMs, after, random, logger } = parts;
  const outboxes = new Map(channels.map((channel) => [channel.name, new Outbox({ channel, store, nowMs, after, random, logger })]));
  const book = new RuleBook(parts.rules, await store.alertMemory());
  const observer = openObserver(parts.views);
  const wake = (): void => {
    for (const outbox of outboxes.values()) outbox.wake();
  };
  const room = new AlertRoom({ ...parts, book, observer, channels: [...outboxes.keys()], wake });
  await room.open();
  await giveUpOn(parts, outboxes);
  let stop: (() => void) | undefined;
  let isClosed = false;
  let hasFailed = false;
  let looking: Promise<void> = Promise.resolve();

  /** One look after another, each so long after the one before ended. */
  const goOn = (): void => {
    if (isClosed) return;
    looking = room
      .look()
      .then(
        () => {
          hasFailed = false;
        },
        (error: unknown) => {
          // Once, not at every look: a full disk stays full for hours.
          if (!isClosed && !hasFailed) logger.warn({ err: error }, "Alerts could not be looked at; it is tried again and again");
          hasFailed = true;
        },
      )
      .then(() => {
        if (!isClosed) stop = after(parts.checkMs, goOn);
      });
  };

  return {
    desk: openDesk({ store, book, room, observer, channels, outboxes, nowMs }),
    look: () => room.look(),
    readings: observer.readings,
    begin() {
      for (const channel of channels) channel.restore?.(room.standing(channel.name));
      for (const outbox of outboxes.values()) {
        outbox.check().catch((error: unknown) => logger.warn({ err: error }, "A channel could not be asked"));
        outbox.wake();
      }
      goOn();
    },
    async close() {
      isClosed = true;
      stop?.();
      await looking;
      await Promise.all([...outboxes.values()].map((outbox) => outbox.close()));
    },
  };
}

/** What waits for a channel that is not configured any more is not sent by anybody. */
async function giveUpOn({ store, nowMs }: AlertsParts, outboxes: ReadonlyMap<string, Outbox>): Promise<void> {
  const waiting = await store.alertDeliveries({ result: "waiting", limit: MOST_WAITING });
  const orphans = waiting.filter(({ channel }) => !outboxes.has(channel));
  if (orphans.length === 0) return;
  const problem = "The channel is not configured any more.";
  await store.changeAlerts({ atMs: nowMs(), delivered: orphans.map(({ id, tries }) => ({ id, tries, result: "failed", problem })) });
}
