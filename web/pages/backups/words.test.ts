import { expect, test } from "vitest";
import type { BackupInfo, BackupsAnswer } from "#contract/backups.ts";
import { backupsSentence, keepWords, keptWords, untilWords } from "./words.ts";

const NOW_MS = Date.UTC(2026, 2, 10, 14, 0);
const MINUTE_MS = 60_000;
const copy = (ageMs: number, verified = true): BackupInfo => ({
  ...{ file: `${ageMs}.db`, madeMs: NOW_MS - ageMs, bytes: 600_000_000, verified, samples: 1, keptAs: ["hourly"] },
});
const answer = (backups: BackupInfo[], more: Partial<BackupsAnswer> = {}): BackupsAnswer => ({
  ...{ nowMs: NOW_MS, folder: "/b", enabled: true, nextMs: null, running: false, keep: { hours: 24, days: 14, months: 12 }, backups },
  ...{ totalBytes: 1_200_000_000, freeBytes: null, destination: null, last: null, restoreCommand: null, ...more },
});
const say = (backups: BackupInfo[], more: Partial<BackupsAnswer> = {}) => backupsSentence(answer(backups, more)).replaceAll("\u00a0", " ");
const failed = { last: { atMs: NOW_MS, result: "failed", sentence: "The disk is full." } } as const;

test("the sentence says how old the newest copy is, whether it can be read, and how many there are", () => {
  expect(say([copy(12 * MINUTE_MS), copy(72 * MINUTE_MS)])).toBe("Backed up 12 min ago, verified; 2 copies, 1.20 GB.");
  expect(say([copy(MINUTE_MS, false)])).toBe("Backed up 1 min ago, not verified; 1 copy, 1.20 GB.");
  expect(say([copy(MINUTE_MS)], { enabled: false })).toBe("Backed up 1 min ago, verified; 1 copy, 1.20 GB. Backups are off.");
});

test("a failure is told before what went well, with how old the newest copy is", () => {
  expect(say([copy(180 * MINUTE_MS)], failed)).toBe("The last backup failed; the newest copy is 3 h old.");
  expect(say([], failed)).toBe("The last backup failed; there is no copy.");
  expect(say([], { running: true, ...failed })).toBe("A backup is being made.");
});

test("nothing is claimed where there is no copy", () => {
  expect(say([])).toBe("No backup has been made yet.");
  expect(say([], { enabled: false })).toBe("Backups are off, and there is no copy.");
});

test("what is kept is told without the kinds of which none is kept", () => {
  const kept = (hours: number, days: number, months: number) => keepWords({ hours, days, months }).replaceAll("\u00a0", " ");
  expect([kept(24, 14, 12), kept(1, 0, 0), kept(0, 7, 1), kept(0, 0, 0)]).toEqual([
    "the last 24 hours, 14 days and 12 months",
    "the last 1 hour",
    "the last 7 days and 1 month",
    "only the newest",
  ]);
  expect([keptWords({ keptAs: ["hourly", "daily"] }), keptWords({ keptAs: [] })]).toEqual(["hourly, daily", "until the next"]);
});

test("what is due is told in the one unit that matters", () => {
  expect([0, 59_999, 48 * MINUTE_MS, 180 * MINUTE_MS].map((ms) => untilWords(NOW_MS + ms, NOW_MS).replaceAll("\u00a0", " "))).toEqual([
    "any moment",
    "any moment",
    "in 48 min",
    "in 3 h",
  ]);
});
