import type { BackupInfo, BackupsAnswer } from "#contract/backups.ts";
import { bytesText, countText } from "#web/parts/format-number.ts";
import { ageText } from "#web/parts/format-time.ts";

/** "Backed up 12 min ago, verified; 38 copies, 1.2 GB." What went wrong comes first. */
export function backupsSentence(answer: BackupsAnswer): string {
  const { backups, last } = answer;
  const newest = backups[0];
  if (answer.running) return "A backup is being made.";
  if (last?.result === "failed") {
    const since = newest === undefined ? "there is no copy" : `the newest copy is ${ageText(answer.nowMs - newest.madeMs)} old`;
    return `The last backup failed; ${since}.`;
  }
  if (newest === undefined) return answer.enabled ? "No backup has been made yet." : "Backups are off, and there is no copy.";
  const copies = `${countText(backups.length)}\u00a0${backups.length === 1 ? "copy" : "copies"}, ${bytesText(answer.totalBytes)}`;
  const proof = newest.verified ? "verified" : "not verified";
  const off = answer.enabled ? "" : " Backups are off.";
  return `Backed up ${ageText(answer.nowMs - newest.madeMs)} ago, ${proof}; ${copies}.${off}`;
}

/** "the last 24 hours, 14 days and 12 months": how many copies of each kind the rule keeps. */
export function keepWords({ hours, days, months }: BackupsAnswer["keep"]): string {
  const parts = [
    [hours, "hour"],
    [days, "day"],
    [months, "month"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${countText(count)}\u00a0${word}${count === 1 ? "" : "s"}`);
  if (said.length === 0) return "only the newest";
  return said.length === 1 ? `the last ${said[0]}` : `the last ${said.slice(0, -1).join(", ")} and ${said.at(-1)}`;
}

/** What a copy is kept as, in words; nothing for one that the next run takes away. */
export function keptWords({ keptAs }: Pick<BackupInfo, "keptAs">): string {
  return keptAs.length === 0 ? "until the next" : keptAs.join(", ");
}

const RESULTS = {
  done: { words: "✓ done", tone: "good" },
  unchanged: { words: "✓ unchanged", tone: "good" },
  failed: { words: "✕ failed", tone: "bad" },
} as const;

/** A result as a sign and a word. */
export function resultWords(result: keyof typeof RESULTS): { readonly words: string; readonly tone: "good" | "bad" } {
  return RESULTS[result];
}

export const DESTINATION_WORDS = { folder: "Folder", rsync: "Rsync", git: "Git" } as const;

/** "in 48 min": how long until something is due; "any moment" where it is. */
export function untilWords(dueMs: number, nowMs: number): string {
  return dueMs - nowMs < 60_000 ? "any moment" : `in ${ageText(dueMs - nowMs + 30_000)}`;
}
