import { type Message, oneLine } from "./channel.ts";

/** Fits into a message of every service. */
export const MOST_CHARACTERS = 3_500;
const SIGNS = { fired: "⚠️", repeated: "⚠️", cleared: "✅", test: "👋" } as const;
const CRITICAL_SIGN = "🚨";

/** The first line of a message, with a sign that tells at a glance what it is. */
export function headline(message: Message): string {
  const begins = message.what === "fired" || message.what === "repeated";
  const sign = begins && message.severity === "critical" ? CRITICAL_SIGN : SIGNS[message.what];
  return `${sign} ${titleOf(message)}`;
}

/** One line without any sign, for where a header goes. */
export function titleOf({ what, title }: Message): string {
  return oneLine(what === "repeated" ? `Still: ${title}` : title).slice(0, 250);
}

/** What it means, and where to look. */
export function bodyOf({ text, link }: Message): string {
  const plain = text.slice(0, MOST_CHARACTERS);
  return link === undefined ? plain : `${plain}\n\n${link}`;
}
