import { countText } from "#web/parts/format-number.ts";
import type { OfflineState } from "./offline.ts";
import type { Drained, QueuedReading } from "./queue.ts";
import type { Walk } from "./walk.ts";

const counted = (count: number, noun: string): string => `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;

/** The first line: how far the walk is, or that there is nothing to do. */
export function roundSentence(walk: Walk): string {
  const { stops, read, unusual, skipped, left } = walk;
  if (stops.length === 0) return "No meter is due today";
  if (read === 0 && skipped === 0) return `${counted(stops.length, "meter")} to read`;
  const done = `Read ${countText(read)} of ${countText(stops.length)}`;
  const more = [
    ...(unusual > 0 ? [`${countText(unusual)} unusual`] : []),
    ...(skipped > 0 ? [`${countText(skipped)} skipped`] : []),
    ...(left.length > 0 ? [`${countText(left.length)} to go`] : []),
  ];
  return more.length === 0 ? done : `${done}, ${more.join(", ")}`;
}

/** Whether the page may be used where there is no connection, in one sentence. */
export const OFFLINE_WORDS: Readonly<Record<OfflineState, { readonly short: string; readonly more: string }>> = {
  ready: { short: "✓ Opens without a connection", more: "" },
  preparing: { short: "Preparing for no connection", more: "" },
  "no-https": {
    short: "! Keep this page open",
    more: "It came over plain http, and a browser keeps pages for later only over https. Without a connection you can read on as long as this page stays open; the readings themselves are kept on this phone either way.",
  },
  "no-worker": {
    short: "! Keep this page open",
    more: "This browser keeps no pages for later. Without a connection you can read on as long as this page stays open; the readings themselves are kept on this phone either way.",
  },
  failed: {
    short: "! Keep this page open",
    more: "The page could not be kept for later: the server did not answer. Open it once more with a connection before you go.",
  },
};

/** What of the queue a person should know at a glance. Missing: undefined where all arrived. */
export function queueSentence(readings: readonly QueuedReading[], last: Drained | undefined): string | undefined {
  const waiting = readings.filter((reading) => reading.state === "waiting").length;
  const refused = readings.filter((reading) => reading.state === "refused").length;
  if (waiting + refused === 0) return undefined;
  const parts = [
    ...(waiting > 0 ? [`${counted(waiting, "reading")} ${waiting === 1 ? "waits" : "wait"} on this device`] : []),
    ...(refused > 0 ? [`${counted(refused, "reading")} ${refused === 1 ? "was" : "were"} refused`] : []),
  ];
  return `${parts.join(", ")}${waiting > 0 ? whyWaiting(last) : ""}`;
}

function whyWaiting(last: Drained | undefined): string {
  if (last?.end === "signed-out") return ": sign in again and they are sent";
  if (last?.end === "forbidden") return `: ${last.sentence}`;
  return last?.end === "away" ? "; sent by themselves when the server is back" : "";
}

/** State of one reading, with its sign. */
export function stateWords(reading: QueuedReading): { readonly words: string; readonly tone: "good" | "warn" | "bad" | "" } {
  if (reading.state === "sent") return reading.unusual ? { words: "! sent, unusual", tone: "warn" } : { words: "✓ sent", tone: "good" };
  return reading.state === "refused" ? { words: "✕ refused", tone: "bad" } : { words: "– waiting", tone: "" };
}

const HALF_DAY_MS = 43_200_000;

/** "tomorrow, Sun 22 Nov", "in 3 days, Tue 24 Nov": when a meter is due; due is a whole day of the house, wherever this device is. */
export function dueWords(dueMs: number, nowMs: number): string {
  const noonMs = dueMs + HALF_DAY_MS;
  const days = localDay(noonMs) - localDay(nowMs);
  if (days <= 0) return "today";
  const day = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" }).format(noonMs);
  return days === 1 ? `tomorrow, ${day}` : `in ${countText(days)} days, ${day}`;
}

/** "49 days ago", "today": how long ago a last reading is, in days of this device. */
export function daysAgo(tMs: number, nowMs: number): string {
  const days = localDay(nowMs) - localDay(tMs);
  if (days <= 0) return "today";
  return days === 1 ? "yesterday" : `${countText(days)} days ago`;
}

/** A day of this device as a number. */
function localDay(tMs: number): number {
  return Math.floor((tMs - new Date(tMs).getTimezoneOffset() * 60_000) / 86_400_000);
}
