import type { AlertDelivery } from "#store/records.ts";
import type { Message } from "./channel.ts";

/** What waits, with its message as it was written down. */
export interface Waiting {
  readonly delivery: AlertDelivery;
  readonly message: Message;
}

/** So many of one kind are read one by one; more of them are one message, or a broker that ends would ring a phone a thousand times. */
const MOST_ALONE = 5;
const MOST_NAMED = 20;

/** A delivery with the message it carries. Missing: a value nobody knows is NaN again. */
export function waitingOf(delivery: AlertDelivery): Waiting {
  const message = JSON.parse(delivery.message) as Message;
  return { delivery, message: { ...message, value: message.value ?? Number.NaN } };
}

/**
 * What goes next: the first of what waits, or all behind it that say the same of one rule where those are many.
 * Shape: one at least where any waits, in order.
 */
export function togetherOf(waiting: readonly Waiting[]): readonly Waiting[] {
  const [first] = waiting;
  if (first === undefined) return [];
  const other = waiting.findIndex(({ message: { rule, what } }) => rule !== first.message.rule || what !== first.message.what);
  const alike = other < 0 ? waiting : waiting.slice(0, other);
  return alike.length > MOST_ALONE ? alike : [first];
}

/** One message for what goes together: how many, and the first of them by their titles. */
export function gathered(together: readonly Waiting[]): Message | undefined {
  const [first] = together;
  if (first === undefined || together.length === 1) return first?.message;
  const { message } = first;
  const { link: _, ...rest } = message;
  const rows = together.slice(0, MOST_NAMED).map((one) => `– ${one.message.title}`);
  const more = together.length - rows.length;
  return {
    ...rest,
    title: `${message.ruleName}: ${together.length} ${message.what === "cleared" ? "are over" : "at once"}`,
    text: [...rows, ...(more > 0 ? [`and ${more} more; the page Alerts names them all.`] : [])].join("\n"),
    value: Number.NaN,
    unit: "",
  };
}
